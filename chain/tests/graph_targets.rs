//! What each form of target means, as tables: the forms of Alembic's documentation on the graph of a branch, then
//! the places where we differ from it.

#![allow(clippy::unwrap_used, reason = "a test says what it expects by unwrapping it")]

mod support;

use insta::assert_snapshot;
use servicekit_chain::{Graph, Plan, PlanError, RevisionId, StampPlan, Target};
use support::{graph, rows};

/// A branch point with two labelled branches.
fn branched() -> Graph {
    graph("aaaa1 bbbb1<aaaa1 c1c1c1<bbbb1[c1branch] d1d1d1<c1c1c1 c2c2c2<bbbb1[c2branch] d2d2d2<c2c2c2")
}

fn targets(text: &str) -> Result<Target, PlanError> {
    Ok(Target::parse_several(text.split_whitespace())?)
}

fn outcome(plan: Result<Plan, PlanError>) -> String {
    match plan {
        Ok(plan) => {
            let steps: Vec<&str> = plan.steps.iter().map(|step| step.revision.as_str()).collect();
            let notes: Vec<String> = plan.notes.iter().map(|note| format!("; note: {note}")).collect();
            format!("[{}] leaves {}{}", steps.join(" "), plan.to, notes.concat())
        }
        Err(error) => format!("error: {error}"),
    }
}

/// One line for each `from -> to`.
fn table(cases: &[(&str, &str)], plan: impl Fn(&str, Target) -> Result<Plan, PlanError>) -> String {
    let line = |(from, to): &(&str, &str)| {
        let result = targets(to).and_then(|target| plan(from, target));
        format!("{} -> {to}: {}", if from.is_empty() { "base" } else { from }, outcome(result))
    };
    cases.iter().map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn upgrade_targets() {
    let graph = branched();
    let from_base = "heads | head | d1 | d | c1branch | c1branch@head | c1branch@heads | c1c1@head | \
        c1branch@head-1 | d1d1d1-1 | c1branch@base+3 | c1branch@+1 | c1branch@+9 | \
        c1branch@c2c2c2 | aaaa1@head | +1 | base+1 | base+2 | base+3 | head-1 | -1 | \
        nosuch@head | nosuch | base | d1d1d1 d2d2d2 | d1d1d1 bbbb1";
    let from_base: Vec<(&str, &str)> = from_base.split(" | ").map(|to| ("", to)).collect();
    let upgrade = |from: &str, to| graph.upgrade(&rows(from), &to);
    assert_snapshot!(table(&from_base, upgrade), @r"
    base -> heads: [aaaa1 bbbb1 c1c1c1 d1d1d1 c2c2c2 d2d2d2] leaves d1d1d1, d2d2d2
    base -> head: error: `head` needs one head, and there are several: `d1d1d1` and `d2d2d2`; name one of them, or a branch as in `label@head`, or merge them
    base -> d1: [aaaa1 bbbb1 c1c1c1 d1d1d1] leaves d1d1d1
    base -> d: error: `d` is the beginning of `d1d1d1` and `d2d2d2`; give more of it
    base -> c1branch: [aaaa1 bbbb1 c1c1c1] leaves c1c1c1
    base -> c1branch@head: [aaaa1 bbbb1 c1c1c1 d1d1d1] leaves d1d1d1
    base -> c1branch@heads: [aaaa1 bbbb1 c1c1c1 d1d1d1] leaves d1d1d1
    base -> c1c1@head: [aaaa1 bbbb1 c1c1c1 d1d1d1] leaves d1d1d1
    base -> c1branch@head-1: [aaaa1 bbbb1 c1c1c1] leaves c1c1c1
    base -> d1d1d1-1: [aaaa1 bbbb1 c1c1c1] leaves c1c1c1
    base -> c1branch@base+3: [aaaa1 bbbb1 c1c1c1] leaves c1c1c1
    base -> c1branch@+1: [aaaa1] leaves aaaa1
    base -> c1branch@+9: error: `c1branch@+9` leads past the last revision
    base -> c1branch@c2c2c2: error: revision `c2c2c2` is not in the branch `c1branch`
    base -> aaaa1@head: error: `aaaa1@head` needs one head, and there are several: `d1d1d1` and `d2d2d2`; name one of them, or a branch as in `label@head`, or merge them
    base -> +1: [aaaa1] leaves aaaa1
    base -> base+1: [aaaa1] leaves aaaa1
    base -> base+2: [aaaa1 bbbb1] leaves bbbb1
    base -> base+3: error: `base+3` is ambiguous: `bbbb1` is followed by `c1c1c1` and `c2c2c2`; name the one that is meant
    base -> head-1: error: `head-1` needs one head, and there are several: `d1d1d1` and `d2d2d2`; name one of them, or a branch as in `label@head`, or merge them
    base -> -1: error: `-1` leads down, and this is an upgrade
    base -> nosuch@head: error: can't locate branch identified by `nosuch`
    base -> nosuch: error: can't locate revision identified by `nosuch`
    base -> base: [] leaves base
    base -> d1d1d1 d2d2d2: [aaaa1 bbbb1 c1c1c1 d1d1d1 c2c2c2 d2d2d2] leaves d1d1d1, d2d2d2
    base -> d1d1d1 bbbb1: error: `d1d1d1` already needs `bbbb1`; name only one of them
    ");
    let from_elsewhere = [
        ("d1d1d1", "c1c1c1"),
        ("d1d1d1 d2d2d2", "bbbb1"),
        ("d1d1d1", "d2d2d2"),
        ("c1c1c1 c2c2c2", "+1"),
        ("bbbb1", "+1"),
        ("c1c1c1", "c2branch@+1"),
        ("d1d1d1 bbbb1", "heads"),
        ("zzzz", "heads"),
    ];
    assert_snapshot!(table(&from_elsewhere, upgrade), @r"
    d1d1d1 -> c1c1c1: [] leaves d1d1d1
    d1d1d1 d2d2d2 -> bbbb1: [] leaves d1d1d1, d2d2d2
    d1d1d1 -> d2d2d2: [c2c2c2 d2d2d2] leaves d1d1d1, d2d2d2
    c1c1c1 c2c2c2 -> +1: error: `+1` counts from the head that is applied, and there are 2: `c1c1c1` and `c2c2c2`; say which is meant, as in `c1c1c1@+1`
    bbbb1 -> +1: error: `+1` is ambiguous: `bbbb1` is followed by `c1c1c1` and `c2c2c2`; name the one that is meant
    c1c1c1 -> c2branch@+1: [c2c2c2] leaves c1c1c1, c2c2c2
    d1d1d1 bbbb1 -> heads: error: the version table names `d1d1d1` and also `bbbb1`, which `d1d1d1` already implies; a stamp can put that right
    zzzz -> heads: error: the version table names `zzzz`, which is not among these revisions: the database is ahead of them
    ");
}

#[test]
fn downgrade_targets() {
    let graph = branched();
    let from_both = "base | c1branch@base | c2c2@base | c1branch@bbbb1 | bbbb1 | base+2 | aaaa1+1 | \
        d1d1d1-2 | -1 | -9 | c1branch@-1 | d1d1d1-1 | c1c1c1 | c1branch@d1d1d1-1 | \
        c1branch@-3 | c2branch@base+2 | c2branch@base+3 | d2d2d2@bbbb1 | d1d1d1 | \
        c1branch@head | head | heads | +1 | c1branch@c2c2c2 | c1c1c1 c2c2c2";
    let from_both: Vec<(&str, &str)> = from_both.split(" | ").map(|to| ("d1d1d1 d2d2d2", to)).collect();
    let downgrade = |from: &str, to| graph.downgrade(&rows(from), &to);
    assert_snapshot!(table(&from_both, downgrade), @r"
    d1d1d1 d2d2d2 -> base: [d2d2d2 c2c2c2 d1d1d1 c1c1c1 bbbb1 aaaa1] leaves base
    d1d1d1 d2d2d2 -> c1branch@base: [d2d2d2 c2c2c2 d1d1d1 c1c1c1 bbbb1 aaaa1] leaves base; note: the downgrade reaches into another branch: d2d2d2, c2c2c2 outside the lineage of `c1branch` are reverted as well
    d1d1d1 d2d2d2 -> c2c2@base: [d2d2d2 c2c2c2 d1d1d1 c1c1c1 bbbb1 aaaa1] leaves base; note: the downgrade reaches into another branch: d1d1d1, c1c1c1 outside the lineage of `c2c2` are reverted as well
    d1d1d1 d2d2d2 -> c1branch@bbbb1: [d1d1d1 c1c1c1] leaves d2d2d2
    d1d1d1 d2d2d2 -> bbbb1: [d2d2d2 c2c2c2 d1d1d1 c1c1c1] leaves bbbb1
    d1d1d1 d2d2d2 -> base+2: [d2d2d2 c2c2c2 d1d1d1 c1c1c1] leaves bbbb1
    d1d1d1 d2d2d2 -> aaaa1+1: [d2d2d2 c2c2c2 d1d1d1 c1c1c1] leaves bbbb1
    d1d1d1 d2d2d2 -> d1d1d1-2: [d2d2d2 c2c2c2 d1d1d1 c1c1c1] leaves bbbb1
    d1d1d1 d2d2d2 -> -1: error: `-1` counts from the head that is applied, and there are 2: `d1d1d1` and `d2d2d2`; say which is meant, as in `d1d1d1@-1`
    d1d1d1 d2d2d2 -> -9: error: `-9` counts from the head that is applied, and there are 2: `d1d1d1` and `d2d2d2`; say which is meant, as in `d1d1d1@-9`
    d1d1d1 d2d2d2 -> c1branch@-1: [d1d1d1] leaves c1c1c1, d2d2d2
    d1d1d1 d2d2d2 -> d1d1d1-1: [d1d1d1] leaves c1c1c1, d2d2d2
    d1d1d1 d2d2d2 -> c1c1c1: [d1d1d1] leaves c1c1c1, d2d2d2
    d1d1d1 d2d2d2 -> c1branch@d1d1d1-1: [d1d1d1] leaves c1c1c1, d2d2d2
    d1d1d1 d2d2d2 -> c1branch@-3: [d2d2d2 c2c2c2 d1d1d1 c1c1c1 bbbb1] leaves aaaa1; note: the downgrade reaches into another branch: d2d2d2, c2c2c2 outside the lineage of `c1branch` are reverted as well
    d1d1d1 d2d2d2 -> c2branch@base+2: [d2d2d2 c2c2c2] leaves d1d1d1
    d1d1d1 d2d2d2 -> c2branch@base+3: [d2d2d2] leaves c2c2c2, d1d1d1
    d1d1d1 d2d2d2 -> d2d2d2@bbbb1: [d2d2d2 c2c2c2] leaves d1d1d1
    d1d1d1 d2d2d2 -> d1d1d1: [] leaves d1d1d1, d2d2d2
    d1d1d1 d2d2d2 -> c1branch@head: [] leaves d1d1d1, d2d2d2
    d1d1d1 d2d2d2 -> head: error: `head` needs one head, and there are several: `d1d1d1` and `d2d2d2`; name one of them, or a branch as in `label@head`, or merge them
    d1d1d1 d2d2d2 -> heads: error: one revision is needed, and `heads` means `d1d1d1` and `d2d2d2`
    d1d1d1 d2d2d2 -> +1: error: `+1` leads up, and this is a downgrade
    d1d1d1 d2d2d2 -> c1branch@c2c2c2: error: revision `c2c2c2` is not in the branch `c1branch`
    d1d1d1 d2d2d2 -> c1c1c1 c2c2c2: error: a downgrade leads to one revision, and 2 were given
    ");
    let from_elsewhere = [
        ("d1d1d1", "-1"),
        ("d1d1d1", "-2"),
        ("d1d1d1", "-4"),
        ("d1d1d1", "-5"),
        ("c1c1c1", "d1d1d1"),
        ("", "bbbb1"),
        ("", "-1"),
        ("", "base"),
        ("zzzz", "base"),
        ("aaaa1", "c1branch@-1"),
    ];
    assert_snapshot!(table(&from_elsewhere, downgrade), @r"
    d1d1d1 -> -1: [d1d1d1] leaves c1c1c1
    d1d1d1 -> -2: [d1d1d1 c1c1c1] leaves bbbb1
    d1d1d1 -> -4: [d1d1d1 c1c1c1 bbbb1 aaaa1] leaves base
    d1d1d1 -> -5: error: `-5` leads past the first revision
    c1c1c1 -> d1d1d1: error: cannot downgrade to `d1d1d1`: it is not below what is applied (c1c1c1)
    base -> bbbb1: error: cannot downgrade to `bbbb1`: it is not below what is applied (base)
    base -> -1: error: `-1` leads past the first revision
    base -> base: [] leaves base
    zzzz -> base: error: the version table names `zzzz`, which is not among these revisions: the database is ahead of them
    aaaa1 -> c1branch@-1: [aaaa1] leaves base
    ");
}

#[test]
fn downgrade_by_one_undoes_a_merge() {
    let graph = graph("base1 left1<base1 right1<base1 merge1<left1,right1 after1<merge1");
    let downgrade = |from: &str, to| graph.downgrade(&rows(from), &to);
    let cases = [
        ("merge1", "-1"),
        ("after1", "-1"),
        ("after1", "-2"),
        ("after1", "-3"),
        ("merge1", "left1@-1"),
        ("after1", "merge1-1"),
        ("left1 right1", "merge1-1"),
    ];
    assert_snapshot!(table(&cases, downgrade), @r"
    merge1 -> -1: [merge1] leaves left1, right1
    after1 -> -1: [after1] leaves merge1
    after1 -> -2: [after1 merge1] leaves left1, right1
    after1 -> -3: error: `-3` is ambiguous: `merge1` follows `left1` and `right1`; name the one that is meant
    merge1 -> left1@-1: [merge1] leaves left1, right1
    after1 -> merge1-1: [after1 merge1] leaves left1, right1
    left1 right1 -> merge1-1: error: cannot downgrade to `merge1`: it is not below what is applied (left1, right1)
    ");
}

#[test]
fn a_downgrade_that_reaches_into_another_branch_says_so() {
    let graph = graph("lib1[lib] lib2<lib1 app1[app] app2<app1(lib2) app3<app2");
    let downgrade = |from: &str, to| graph.downgrade(&rows(from), &to);
    let cases =
        [("app3", "lib1"), ("app3", "lib@base"), ("app3", "app1"), ("app3", "lib2"), ("app3", "lib@-1")];
    assert_snapshot!(table(&cases, downgrade), @r"
    app3 -> lib1: [app3 app2 lib2] leaves app1, lib1; note: the downgrade reaches into another branch: app3, app2 outside the lineage of `lib1` are reverted as well
    app3 -> lib@base: [app3 app2 lib2 lib1] leaves app1; note: the downgrade reaches into another branch: app3, app2 outside the lineage of `lib` are reverted as well
    app3 -> app1: [app3 app2] leaves app1, lib2
    app3 -> lib2: error: nothing to revert down to `lib2`: no revision that follows it is applied; it is itself applied because `app3` needs it
    app3 -> lib@-1: [app3 app2 lib2] leaves app1, lib1; note: the downgrade reaches into another branch: app3, app2 outside the lineage of `lib` are reverted as well
    ");
}

#[test]
fn a_branch_that_is_applied_only_because_others_need_it_is_upgraded_from_its_newest_revision() {
    let graph = graph("lib1[lib] left1<lib1 right1<lib1(left1) right2<right1 app1(right1)");
    let upgrade = |from: &str, to| graph.upgrade(&rows(from), &to);
    assert_snapshot!(table(&[("app1", "lib@+1"), ("app1", "right1@+1"), ("app1", "left1@+1")], upgrade), @r"
    app1 -> lib@+1: [right2] leaves app1, right2
    app1 -> right1@+1: [right2] leaves app1, right2
    app1 -> left1@+1: error: `left1@+1` leads past the last revision
    ");
}

#[test]
fn stamp_targets() {
    let graph = branched();
    let describe = |plan: Result<StampPlan, PlanError>| match plan {
        Ok(plan) => {
            let join = |ids: &[RevisionId]| ids.iter().map(RevisionId::as_str).collect::<Vec<_>>().join(",");
            let steps: Vec<String> = plan
                .steps
                .iter()
                .map(|step| format!("{} {}>{}", step.direction, join(&step.from), join(&step.to)))
                .collect();
            format!("[{}] leaves {}", steps.join("; "), plan.to)
        }
        Err(error) => format!("error: {error}"),
    };
    let cases = [
        ("d1d1d1 d2d2d2", "base"),
        ("d1d1d1 d2d2d2", "bbbb1"),
        ("", "heads"),
        ("bbbb1", "heads"),
        ("c1c1c1 c2c2c2", "c1branch@head"),
        ("d1d1d1 d2d2d2", "c1branch@base"),
        ("d1d1d1", "d2d2d2"),
        ("d1d1d1", "d1d1d1"),
        ("", "head"),
        ("d1d1d1", "d1d1d1-1"),
        ("d1d1d1", "-1"),
        ("zzzz", "d1d1d1"),
        ("", "d1d1d1 d1d1d1"),
        // Of two targets in one line the one that is no row yet is meant.
        ("d1d1d1", "d1d1d1 c1c1c1"),
        ("c1c1c1", "c1c1c1 d1d1d1"),
        // A row that is asked for stays; Alembic would drop d1d1d1 here.
        ("c2c2c2 d1d1d1", "heads"),
        // A table that names a row and one that it implies is put right.
        ("bbbb1 d1d1d1", "d1d1d1"),
    ];
    let line = |(from, to): &(&str, &str)| {
        let plan = targets(to).and_then(|target| graph.stamp(&rows(from), &target));
        format!("{} -> {to}: {}", if from.is_empty() { "base" } else { from }, describe(plan))
    };
    assert_snapshot!(cases.iter().map(line).collect::<Vec<_>>().join("\n"), @r"
    d1d1d1 d2d2d2 -> base: [downgrade d1d1d1>; downgrade d2d2d2>] leaves base
    d1d1d1 d2d2d2 -> bbbb1: [downgrade d1d1d1,d2d2d2>bbbb1] leaves bbbb1
    base -> heads: [upgrade >d1d1d1; upgrade >d2d2d2] leaves d1d1d1, d2d2d2
    bbbb1 -> heads: [upgrade bbbb1>d1d1d1; upgrade bbbb1>d2d2d2] leaves d1d1d1, d2d2d2
    c1c1c1 c2c2c2 -> c1branch@head: [upgrade c1c1c1>d1d1d1] leaves c2c2c2, d1d1d1
    d1d1d1 d2d2d2 -> c1branch@base: [downgrade d1d1d1>] leaves d2d2d2
    d1d1d1 -> d2d2d2: [upgrade >d2d2d2] leaves d1d1d1, d2d2d2
    d1d1d1 -> d1d1d1: [] leaves d1d1d1
    base -> head: error: `head` needs one head, and there are several: `d1d1d1` and `d2d2d2`; name one of them, or a branch as in `label@head`, or merge them
    d1d1d1 -> d1d1d1-1: [downgrade d1d1d1>c1c1c1] leaves c1c1c1
    d1d1d1 -> -1: error: `-1` is relative to what is applied; a stamp needs the revision itself
    zzzz -> d1d1d1: error: the version table names `zzzz`, which is not among these revisions: the database is ahead of them
    base -> d1d1d1 d1d1d1: [upgrade >d1d1d1] leaves d1d1d1
    d1d1d1 -> d1d1d1 c1c1c1: [downgrade d1d1d1>c1c1c1] leaves c1c1c1
    c1c1c1 -> c1c1c1 d1d1d1: [upgrade c1c1c1>d1d1d1] leaves d1d1d1
    c2c2c2 d1d1d1 -> heads: [upgrade c2c2c2>d2d2d2] leaves d1d1d1, d2d2d2
    bbbb1 d1d1d1 -> d1d1d1: [upgrade bbbb1>d1d1d1] leaves d1d1d1
    ");
}

#[test]
fn identifiers_and_ranges() {
    let graph = graph(
        "aaaa1 bbbb1<aaaa1 c1c1c1<bbbb1[c1branch] d1d1d1<c1c1c1 c2c2c2<bbbb1[c2branch] xxxx1(c1branch) zz1",
    );
    let identifiers = "bbbb | aaaa1 | c | c1 | c1b | xy | zz1 | zz | head | heads | base | c2branch@base | \
        c1branch@head | d1d1@base | c1branch@-1 | d1d1-2 | -1 | current | +1 | ";
    let line = |text: &str| match graph.resolve(text) {
        Ok(found) => format!("{text}: {found}"),
        Err(error) => format!("{text}: error: {error}"),
    };
    assert_snapshot!(identifiers.split(" | ").map(line).collect::<Vec<_>>().join("\n"), @r"
    bbbb: bbbb1
    aaaa1: aaaa1
    c: error: `c` is the beginning of `c1branch`, `c1c1c1`, `c2branch` and `c2c2c2`; give more of it
    c1: error: `c1` is the beginning of `c1branch` and `c1c1c1`; give more of it
    c1b: c1c1c1
    xy: error: can't locate revision identified by `xy`
    zz1: zz1
    zz: error: can't locate revision identified by `zz`; did you mean `zz1`?
    head: error: `head` needs one head, and there are several: `c2c2c2`, `d1d1d1`, `xxxx1` and `zz1`; name one of them, or a branch as in `label@head`, or merge them
    heads: c2c2c2, d1d1d1, xxxx1, zz1
    base: base
    c2branch@base: base
    c1branch@head: d1d1d1
    d1d1@base: base
    c1branch@-1: c1c1c1
    d1d1-2: bbbb1
    -1: bbbb1, c1c1c1
    current: error: `current` depends on what is applied, which is not known here
    +1: error: `+1` depends on what is applied, which is not known here
    : error: the target is empty; write a revision, `head` or `base`
    ");

    let ranges = ": | bbbb1: | :c1c1c1 | aaaa1:d1d1d1 | bbbb1:bbbb1 | bbbb1:+1 | c1branch@bbbb1:+1 | \
        aaaa1:+1 | -1:d1d1d1 | -9:d1d1d1 | d1d1d1-1:d1d1d1 | c1branch@-1: | current: | :current | -1:current | \
        c1branch@base: | :xxxx1 | d1d1d1:bbbb1 | aaaa1 | a:b:c | bbbb1:zzz";
    let line = |text: &str| match graph.range(text, Some(&rows("c2c2c2"))) {
        Ok(found) => {
            format!("{text}  [{}]", found.iter().map(RevisionId::as_str).collect::<Vec<_>>().join(" "))
        }
        Err(error) => format!("{text}  error: {error}"),
    };
    assert_snapshot!(ranges.split(" | ").map(line).collect::<Vec<_>>().join("\n"), @r"
    :  [aaaa1 bbbb1 c1c1c1 d1d1d1 xxxx1 c2c2c2 zz1]
    bbbb1:  [bbbb1 c1c1c1 d1d1d1 c2c2c2]
    :c1c1c1  [aaaa1 bbbb1 c1c1c1]
    aaaa1:d1d1d1  [aaaa1 bbbb1 c1c1c1 d1d1d1]
    bbbb1:bbbb1  [bbbb1]
    bbbb1:+1  error: `+1` is ambiguous: `bbbb1` is followed by `c1c1c1` and `c2c2c2`; name the one that is meant
    c1branch@bbbb1:+1  error: `+1` is ambiguous: `bbbb1` is followed by `c1c1c1` and `c2c2c2`; name the one that is meant
    aaaa1:+1  [aaaa1 bbbb1]
    -1:d1d1d1  [c1c1c1 d1d1d1]
    -9:d1d1d1  [aaaa1 bbbb1 c1c1c1 d1d1d1]
    d1d1d1-1:d1d1d1  [c1c1c1 d1d1d1]
    c1branch@-1:  [c1c1c1 d1d1d1]
    current:  [c2c2c2]
    :current  [aaaa1 bbbb1 c2c2c2]
    -1:current  [bbbb1 c2c2c2]
    c1branch@base:  [aaaa1 bbbb1 c1c1c1 d1d1d1]
    :xxxx1  [aaaa1 bbbb1 c1c1c1 xxxx1]
    d1d1d1:bbbb1  error: `d1d1d1` is not below `bbbb1`
    aaaa1  error: `aaaa1` is no range; write `a:b`, `a:` or `:b`
    a:b:c  error: `a:b:c` is no range; write `a:b`, `a:` or `:b`
    bbbb1:zzz  error: can't locate revision identified by `zzz`; did you mean `zz1`?
    ");
    assert_snapshot!(graph.range(":current", None).unwrap_err(), @"`current` depends on what is applied, which is not known here");
}

#[test]
fn labels_spread_to_descendants_and_down_a_plain_line() {
    let graph = graph("a b<a c<b[mid] d<c e<d[top] other[x] side<other end<side,e");
    let plain = |graph: &Graph| {
        let line = |r: servicekit_chain::RevisionRef<'_>| format!("{}: {:?}", r.id(), r.labels());
        graph.revisions().map(line).collect::<Vec<_>>().join("\n")
    };
    assert_snapshot!(plain(&graph), @r#"
    a: []
    b: []
    c: ["mid"]
    d: ["mid"]
    e: ["mid", "top"]
    other: ["x"]
    side: ["x"]
    end: ["mid", "top", "x"]
    "#);
    assert_snapshot!(plain(&support::graph("a b<a c<b[mid] d<c e<d[top] f<b")), @r#"
    a: []
    b: []
    c: ["mid", "top"]
    d: ["mid", "top"]
    e: ["mid", "top"]
    f: []
    "#);
}
