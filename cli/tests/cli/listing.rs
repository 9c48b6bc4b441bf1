//! `heads`, `history`, `branches` and `show`.

use crate::project::Project;
use insta::assert_snapshot;

#[test]
fn one_head_is_listed_alone() {
    assert_snapshot!(Project::with_a_line().run("heads"), @"cccc1 (head), create orders");
}

#[test]
fn two_heads_are_listed_with_the_way_to_merge_them() {
    assert_snapshot!(Project::with_two_heads().run("heads"), @r#"
    cccc1 (sales) (head), create orders
    dddd1 (head), index users
    [stderr]
    note: `alembic/versions` has two heads: `cccc1` and `dddd1`
    help: join them with `servicekit migrations merge heads`, or set `allow = ["multiple_heads"]` in `alembic.toml`
    "#);
}

#[test]
fn two_heads_that_are_allowed_are_listed_without_a_remark() {
    let project = Project::with_two_heads().file("alembic.toml", "allow = [\"multiple_heads\"]\n");
    assert_snapshot!(project.run("heads"), @"
    cccc1 (sales) (head), create orders
    dddd1 (head), index users
    ");
}

#[test]
fn heads_can_be_shown_in_full() {
    assert_snapshot!(Project::with_two_heads().run("heads -v 2>/dev/null"), @"
    Rev: cccc1 (head)
    Parent: bbbb1
    Branch names: sales
    Path: alembic/versions/cccc1.sql

        create orders

    Rev: dddd1 (head)
    Parent: bbbb1
    Path: alembic/versions/dddd1.sql

        index users
    ");
}

#[test]
fn a_head_on_which_another_revision_depends_says_so_and_can_be_left_out() {
    let project = Project::with_two_heads()
        .revision("eeee1", "cccc1", "bill orders\n-- depends_on: dddd1")
        .file("alembic.toml", "allow = [\"multiple_heads\"]\n");
    assert_snapshot!(project.run("heads"), @"
    dddd1 (head) (needed by eeee1), index users
    eeee1 (sales) (head), bill orders
    ");
    assert_snapshot!(project.run("heads --resolve-dependencies"), @"eeee1 (sales) (head), bill orders");
}

#[test]
fn a_chain_without_revisions_says_how_to_begin() {
    let project = Project::new();
    assert_snapshot!(project.run("heads"), @r#"
    [stderr]
    note: there are no revisions in `alembic/versions` yet
    help: create the first one, as in `servicekit migrations revision -m "create users"`
    "#);
    assert_snapshot!(project.run("history --directory ./alembic"), @r#"
    [stderr]
    note: there are no revisions in `alembic/versions` yet
    help: create the first one, as in `servicekit migrations revision -m "create users" --directory ./alembic`
    "#);
}

#[test]
fn history_is_newest_first_with_the_arrows_below_each_other() {
    let project = Project::with_two_heads().revision("eeee1", "cccc1, dddd1", "merge both");
    assert_snapshot!(project.run("history"), @"
    cccc1, dddd1 -> eeee1 (sales) (head) (mergepoint), merge both
           bbbb1 -> dddd1, index users
           bbbb1 -> cccc1 (sales), create orders
           aaaa1 -> bbbb1 (branchpoint), add email
          <base> -> aaaa1, create users
    ");
}

#[test]
fn history_shows_dependencies_and_labels() {
    let project = Project::with_two_heads().revision("eeee1", "dddd1", "bill\n-- depends_on: sales");
    assert_snapshot!(project.run("history"), @"
    dddd1 (sales) -> eeee1 (head), bill
            bbbb1 -> dddd1, index users
            bbbb1 -> cccc1 (sales) (head) (needed by eeee1), create orders
            aaaa1 -> bbbb1 (branchpoint), add email
           <base> -> aaaa1, create users
    ");
}

#[test]
fn history_can_be_shown_in_full() {
    let rust = "//! fill users\nrevision! { id: \"dddd1\", down_revision: \"cccc1\", created: \"2026-11-22T16:55:52Z\" }\nfn upgrade(op: &mut Operations) {}\n";
    let project = Project::with_a_line().file("alembic/versions/dddd1.rs", rust);
    assert_snapshot!(project.run("history -v -r bbbb1:"), @"
    Rev: dddd1 (head)
    Parent: cccc1
    Path: alembic/versions/dddd1.rs
    Created: [TIME]
    Downgrade: none, so it cannot be reverted

        fill users

    Rev: cccc1
    Parent: bbbb1
    Path: alembic/versions/cccc1.sql

        create orders

    Rev: bbbb1
    Parent: aaaa1
    Path: alembic/versions/bbbb1.sql

        add email
    ");
}

#[test]
fn history_can_be_cut_to_a_range() {
    let project = Project::with_a_line();
    assert_snapshot!(project.run("history -r aaaa1:bbbb1"), @"
     aaaa1 -> bbbb1, add email
    <base> -> aaaa1, create users
    ");
    assert_snapshot!(project.run("history -r -1:head"), @"
    bbbb1 -> cccc1 (head), create orders
    aaaa1 -> bbbb1, add email
    ");
    assert_snapshot!(project.run("history --rev-range=:bbbb1"), @"
     aaaa1 -> bbbb1, add email
    <base> -> aaaa1, create users
    ");
}

#[test]
fn a_range_that_makes_no_sense_is_refused() {
    let project = Project::with_a_line();
    assert_snapshot!(project.run("history -r cccc1:aaaa1"), @"
    [stderr]
    error: `cccc1` is not below `aaaa1`
    help: a range goes from older to newer, as in `base:head`
    [exit 1]
    ");
    assert_snapshot!(project.run("history -r aaaa1"), @"
    [stderr]
    error: `aaaa1` is no range; write `a:b`, `a:` or `:b`
    [exit 2]
    ");
    assert_snapshot!(project.run("history -r aaab1:"), @"
    [stderr]
    error: Can't locate revision identified by `aaab1` in `alembic/versions`
    help: did you mean `aaaa1` (create users)?
    [exit 4]
    ");
    assert_snapshot!(project.run("history -r current:"), @"
    [stderr]
    error: no database is named
    help: name it with `--database-url`, with the environment variable `DATABASE_URL`, or with `database_url` in `alembic.toml`
    [exit 2]
    ");
}

#[test]
fn branches_are_listed_with_what_follows_them() {
    let project = Project::with_two_heads();
    assert_snapshot!(project.run("branches"), @"
    bbbb1 (branchpoint), add email
          -> cccc1 (sales) (head), create orders
          -> dddd1 (head), index users
    ");
    assert_snapshot!(project.run("branches -v"), @"
    Rev: bbbb1 (branchpoint)
    Parent: aaaa1
    Branches into: cccc1, dddd1
    Path: alembic/versions/bbbb1.sql

        add email

        -> cccc1 (sales) (head), create orders
        -> dddd1 (head), index users
    ");
}

#[test]
fn a_line_has_no_branches() {
    assert_snapshot!(Project::with_a_line().run("branches"), @"
    [stderr]
    note: no revision is followed by more than one
    ");
}

#[test]
fn a_revision_is_shown_by_the_beginning_of_its_id_by_its_label_and_as_head() {
    let project = Project::with_two_heads();
    assert_snapshot!(project.run("show bbb"), @"
    Rev: bbbb1 (branchpoint)
    Parent: aaaa1
    Branches into: cccc1, dddd1
    Path: alembic/versions/bbbb1.sql

        add email
    ");
    assert_snapshot!(project.run("show sales"), @"
    Rev: cccc1 (head)
    Parent: bbbb1
    Branch names: sales
    Path: alembic/versions/cccc1.sql

        create orders
    ");
    assert_eq!(project.run("show sales"), project.run("show sales@head"));
}

#[test]
fn a_merge_is_shown_with_what_it_merges() {
    let project = Project::with_two_heads().revision("eeee1", "cccc1, dddd1", "merge both");
    assert_snapshot!(project.run("show head"), @"
    Rev: eeee1 (head) (mergepoint)
    Merges: cccc1, dddd1
    Branch names: sales
    Path: alembic/versions/eeee1.sql

        merge both
    ");
}

#[test]
fn a_revision_that_is_not_there_is_answered_with_near_ones_and_the_folder_searched() {
    let project = Project::with_two_heads();
    assert_snapshot!(project.run("show bbbc1"), @"
    [stderr]
    error: Can't locate revision identified by `bbbc1` in `alembic/versions`
    help: did you mean `bbbb1` (add email)?
    [exit 4]
    ");
    assert_snapshot!(project.run("show zzzzzzz"), @"
    [stderr]
    error: Can't locate revision identified by `zzzzzzz` in `alembic/versions`
    help: `servicekit migrations history` lists every revision
    [exit 4]
    ");
    assert_snapshot!(project.run("show nosuch@head"), @"
    [stderr]
    error: Can't locate branch identified by `nosuch` in `alembic/versions`
    help: a branch label or a revision stands before `@`; `servicekit migrations history` lists them
    [exit 4]
    ");
}

#[test]
fn further_folders_are_named_as_searched_too() {
    let project = Project::with_a_line()
        .file("alembic.toml", "version_locations = [\"billing\"]\n")
        .file("billing/ffff1.sql", "-- bill\n-- revision: ffff1\n-- down_revision: cccc1\n-- +upgrade\n");
    assert_snapshot!(project.run("show zzzzzzz"), @"
    [stderr]
    error: Can't locate revision identified by `zzzzzzz` in `alembic/versions` or `billing`
    help: `servicekit migrations history` lists every revision
    [exit 4]
    ");
    assert_snapshot!(project.run("heads"), @"ffff1 (head), bill");
}

#[test]
fn an_identifier_that_is_not_clear_says_what_it_could_mean() {
    let project = Project::with_two_heads().revision("bbbb2", "dddd1", "add phone");
    assert_snapshot!(project.run("show bbbb"), @"
    [stderr]
    error: `bbbb` is the beginning of 2 revisions or branch labels
    help: give more of it: `bbbb1` (add email) or `bbbb2` (add phone)
    [exit 4]
    ");
    assert_snapshot!(project.run("show head"), @"
    [stderr]
    error: `head` means one revision, and there are 2
    help: name one of `bbbb2` (add phone) and `cccc1` (create orders), or a branch as in `label@head`
    [exit 4]
    ");
    assert_snapshot!(project.run("show sales@dddd1"), @"
    [stderr]
    error: revision `dddd1` is not in the branch `sales`
    [exit 4]
    ");
    assert_snapshot!(project.run("show bbbb1+1"), @"
    [stderr]
    error: `bbbb1+1` is ambiguous: `bbbb1` is followed by `cccc1` and `dddd1`; name the one that is meant
    [exit 4]
    ");
    assert_snapshot!(project.run("show base"), @"
    [stderr]
    error: `base` is before the first revision, so there is nothing to show
    help: name a revision, or `head`
    [exit 4]
    ");
    assert_snapshot!(project.run("show 'a b'"), @"
    [stderr]
    error: `a b` is no target: `a b` cannot name a revision or branch, because the character ' ' is not allowed in it
    [exit 2]
    ");
}

#[test]
fn a_folder_elsewhere_is_named_by_itself_or_by_its_configuration() {
    let project = Project::empty()
        .file("db/main.toml", "allow = [\"multiple_heads\"]\n")
        .file("db/main/versions/aaaa1.sql", "-- one\n-- revision: aaaa1\n-- +upgrade\n")
        .file(
            "db/main/versions/bbbb1.sql",
            "-- two\n-- revision: bbbb1\n-- down_revision: aaaa1\n-- +upgrade\n",
        )
        .file(
            "db/main/versions/cccc1.sql",
            "-- three\n-- revision: cccc1\n-- down_revision: aaaa1\n-- +upgrade\n",
        );
    assert_snapshot!(project.run("heads -c db/main.toml"), @"
    bbbb1 (head), two
    cccc1 (head), three
    ");
    assert_eq!(project.run("--directory db/main heads"), project.run("heads -c db/main.toml"));
    assert_eq!(
        project.run("heads --directory db/main --config db/main.toml"),
        project.run("heads -c db/main.toml")
    );
    assert_snapshot!(project.run("show --directory db/main x1"), @"
    [stderr]
    error: Can't locate revision identified by `x1` in `db/main/versions`
    help: `servicekit migrations history --directory db/main` lists every revision
    [exit 4]
    ");
}
