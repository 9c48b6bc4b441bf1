//! What can be wrong between revisions.

use crate::project::Project;
use insta::{assert_debug_snapshot, assert_snapshot};
use servicekit_chain::Problem;

const ALLOW: &str = "allow = [\"multiple_heads\", \"multiple_bases\"]\n";

#[test]
fn a_dangling_parent_is_reported_at_its_name_with_what_was_meant() {
    let project = Project::new().sql("3f2a9c41d07e", "", "").sql("7f3c2b1a9d4e", "3f2a9c41d07", "");
    assert_snapshot!(project.problems(), @r#"
    error: revision `7f3c2b1a9d4e` follows `3f2a9c41d07`, which is not in `alembic/versions`
     --> alembic/versions/7f3c2b1a9d4e_make.sql:4:19
      |
    4 | -- down_revision: 3f2a9c41d07
      |                   ^^^^^^^^^^^ no revision has this id
      |
    help: did you mean `3f2a9c41d07e` (make 3f2a9c41d07e)?
    "#);
}

#[test]
fn a_dangling_parent_in_a_rust_file_is_reported_at_its_literal() {
    let project = Project::new().sql("a1", "", "").rust("b2", "down_revision: [\"a1\", \"zzzzzz\"],");
    assert_snapshot!(project.problems(), @r#"
    error: revision `b2` follows `zzzzzz`, which is not in `alembic/versions`
     --> alembic/versions/b2_make.rs:6:27
      |
    6 |     down_revision: ["a1", "zzzzzz"],
      |                           ^^^^^^^^ no revision has this id
      |
    help: restore the missing file, or name an existing revision
    "#);
}

#[test]
fn a_parent_whose_file_did_not_parse_is_not_reported_missing() {
    let project = Project::new()
        .file("a1_x.sql", "-- a1\n-- revision: a1\n")
        .file("b2_x.sql", b"-- b2\n-- revision: b2\n-- down_revision: a1\n-- +upgrade\n\xff\n")
        .file("c3_x.rs", "//! says nothing\n")
        .sql("d4", "a1, b2, c3", "");
    assert_snapshot!(project.problems(), @r#"
    error: revision `a1` has no `-- +upgrade` section
     --> alembic/versions/a1_x.sql:2:14
      |
    2 | -- revision: a1
      |              ^^ this revision does not say how to upgrade
      |
    help: add the line `-- +upgrade` and below it the SQL, if any

    error: this file is not UTF-8: the byte at offset 55 is wrong
     --> alembic/versions/b2_x.sql:5:1
      |
    5 | �
      | ^ not UTF-8
      |
    help: save the file as UTF-8

    error: this file has no `revision! { … }`
     --> alembic/versions/c3_x.rs:1:1
      |
    1 | //! says nothing
      | ^^^^^^^^^^^^^^^^
      |
    help: add `revision! { id: "c3", }`; a helper module belongs outside the folder of revisions
    "#);
}

#[test]
fn a_name_that_a_broken_header_may_have_meant_is_not_reported_missing() {
    let project = Project::new()
        .beside("alembic.toml", ALLOW)
        .file("one.sql", "-- revision: 'a1'\n-- +upgrade\n")
        .file("two.sql", "-- revision: b2\n-- revision: b3\n-- +upgrade\n")
        .file("three.rs", "revision! { id: c3 }\nfn upgrade() {}\n")
        .file("four.sql", "-- +upgrade\n-- revision: d4\n")
        .file("five.rs", "revision! { id: \"e5\", label: \"lib\" }\nfn upgrade() {}\n")
        .file("six.sql", "-- revision: f6\n-- branch_labels: app core\n-- +upgrade\n")
        .sql("z9", "a1, b3, c3, d4", "-- depends_on: lib\n");
    let codes: Vec<(&str, String)> = project
        .read()
        .problems
        .iter()
        .map(|problem| (problem.code(), problem.place().map(|place| place.to_string()).unwrap_or_default()))
        .collect();
    assert_debug_snapshot!(codes, @r#"
    [
        (
            "unknown_key",
            "alembic/versions/five.rs:1:23",
        ),
        (
            "key_in_section",
            "alembic/versions/four.sql:2:4",
        ),
        (
            "invalid_id",
            "alembic/versions/one.sql:1:14",
        ),
        (
            "invalid_id",
            "alembic/versions/six.sql:2:19",
        ),
        (
            "invocation_syntax",
            "alembic/versions/three.rs:1:17",
        ),
        (
            "key_twice",
            "alembic/versions/two.sql:2:4",
        ),
    ]
    "#);
}

#[test]
fn a_dangling_dependency_is_answered_with_ids_and_labels() {
    let project = Project::new().sql("a1", "", "-- branch_labels: accounts\n").sql(
        "b2",
        "a1",
        "-- depends_on: acounts\n",
    );
    assert_snapshot!(project.problems(), @r#"
    error: revision `b2` depends on `acounts`, which is not in `alembic/versions`
     --> alembic/versions/b2_make.sql:5:16
      |
    5 | -- depends_on: acounts
      |                ^^^^^^^ no revision has this id or label
      |
    help: did you mean `accounts` (make a1)?
    "#);
    assert_snapshot!(Project::new().sql("a1", "", "-- depends_on: elsewhere\n").problems(), @r#"
    error: revision `a1` depends on `elsewhere`, which is not in `alembic/versions`
     --> alembic/versions/a1_make.sql:4:16
      |
    4 | -- depends_on: elsewhere
      |                ^^^^^^^^^ no revision has this id or label
      |
    help: restore the missing file, or name an existing revision
    "#);
}

#[test]
fn a_revision_that_follows_itself_is_one_problem() {
    let project = Project::new().sql("a1", "", "").sql("b2", "b2", "").sql("c3", "b2", "");
    assert_snapshot!(project.problems(), @r#"
    error: revision `b2` follows itself
     --> alembic/versions/b2_make.sql:4:19
      |
    4 | -- down_revision: b2
      |                   ^^ this is the revision itself
      |
    help: name the revision before it, or leave the key out in a first revision
    "#);
}

#[test]
fn a_revision_that_depends_on_itself_is_reported_by_id_and_by_label() {
    assert_snapshot!(Project::new().sql("a1", "", "-- depends_on: a1\n").problems(), @r#"
    error: revision `a1` depends on itself
     --> alembic/versions/a1_make.sql:4:16
      |
    4 | -- depends_on: a1
      |                ^^ this leads back to the revision itself
      |
    help: leave it out
    "#);
    let labelled = Project::new().rust("a1", "branch_labels: \"lib\", depends_on: \"lib\",");
    assert_snapshot!(labelled.problems(), @r#"
    error: revision `a1` depends on itself
     --> alembic/versions/a1_make.rs:6:39
      |
    6 |     branch_labels: "lib", depends_on: "lib",
      |                                       ^^^^^ this leads back to the revision itself
      |
    help: leave it out
    "#);
}

#[test]
fn a_cycle_names_only_the_revisions_on_it_with_a_place_in_each_file() {
    let project = Project::new()
        .sql("a1", "", "")
        .sql("b2", "a1, d4", "")
        .rust("c3", "down_revision: \"b2\",")
        .sql("d4", "c3", "")
        .sql("e5", "d4", "");
    assert_snapshot!(project.problems(), @r#"
    error: these revisions follow each other in a circle: `b2` → `d4` → `c3` → `b2`
     --> alembic/versions/b2_make.sql:4:23
      |
    4 | -- down_revision: a1, d4
      |                       ^^ `b2` follows `d4`
      |
     ::: alembic/versions/d4_make.sql:4:19
      |
    4 | -- down_revision: c3
      |                   ^^ `d4` follows `c3`
      |
     ::: alembic/versions/c3_make.rs:6:20
      |
    6 |     down_revision: "b2",
      |                    ^^^^ `c3` follows `b2`
      |
    help: one of them must follow a revision outside the circle, or none
    "#);
}

#[test]
fn a_cycle_through_dependencies_says_which_step_is_one() {
    let project = Project::new()
        .beside("alembic.toml", ALLOW)
        .sql("a1", "", "-- branch_labels: lib\n-- depends_on: b2\n")
        .sql("b2", "", "-- depends_on: c3\n")
        .sql("c3", "a1", "");
    assert_snapshot!(project.problems(), @r#"
    error: these revisions depend on each other in a circle: `a1` → `b2` → `c3` → `a1`
     --> alembic/versions/a1_make.sql:5:16
      |
    5 | -- depends_on: b2
      |                ^^ `a1` depends on `b2`
      |
     ::: alembic/versions/b2_make.sql:4:16
      |
    4 | -- depends_on: c3
      |                ^^ `b2` depends on `c3`
      |
     ::: alembic/versions/c3_make.sql:4:19
      |
    4 | -- down_revision: a1
      |                   ^^ `c3` follows `a1`
      |
    help: leave one of these dependencies out
    "#);
}

#[test]
fn a_duplicate_id_is_shown_in_every_file() {
    let project = Project::new()
        .sql("a1", "", "")
        .file("b2_first.sql", "-- revision: b2\n-- down_revision: a1\n-- +upgrade\n")
        .file("b2_second.sql", "-- revision: b2\n-- down_revision: b2\n-- +upgrade\n")
        .file("third.rs", "revision! { id: \"b2\", down_revision: \"a1\" }\nfn upgrade() {}\n");
    assert_snapshot!(project.problems(), @r#"
    error: three files have the id `b2`
     --> alembic/versions/third.rs:1:17
      |
    1 | revision! { id: "b2", down_revision: "a1" }
      |                 ^^^^ this revision has the id too
      |
     ::: alembic/versions/b2_first.sql:1:14
      |
    1 | -- revision: b2
      |              -- this revision has the id
      |
     ::: alembic/versions/b2_second.sql:1:14
      |
    1 | -- revision: b2
      |              -- this revision has the id
      |
    help: give all but one a new id, and a matching file name
    "#);
}

#[test]
fn a_duplicate_label_is_shown_in_every_file() {
    let project = Project::new()
        .sql("a1", "", "-- branch_labels: lib\n")
        .sql("b2", "a1", "-- branch_labels: app, lib\n")
        .rust("c3", "down_revision: \"b2\", branch_labels: [\"lib\"],");
    assert_snapshot!(project.problems(), @r#"
    error: three revisions have the branch label `lib`
     --> alembic/versions/c3_make.rs:6:42
      |
    6 |     down_revision: "b2", branch_labels: ["lib"],
      |                                          ^^^^^ this revision has the label too
      |
     ::: alembic/versions/a1_make.sql:4:19
      |
    4 | -- branch_labels: lib
      |                   --- this revision has the label
      |
     ::: alembic/versions/b2_make.sql:5:24
      |
    5 | -- branch_labels: app, lib
      |                        --- this revision has the label
      |
    help: a label names one branch: remove it from all but the first revision of the branch
    "#);
}

#[test]
fn a_label_that_is_an_id_is_shown_with_that_id() {
    let project = Project::new().sql("a1", "", "").sql("b2", "a1", "-- branch_labels: a1\n");
    assert_snapshot!(project.problems(), @r#"
    error: the branch label `a1` is also the id of a revision
     --> alembic/versions/b2_make.sql:5:19
      |
    5 | -- branch_labels: a1
      |                   ^^ the label
      |
     ::: alembic/versions/a1_make.sql:3:14
      |
    3 | -- revision: a1
      |              -- the revision with this id
      |
    help: choose another label
    "#);
}

#[test]
fn a_second_head_is_reported_with_both_files() {
    let project = Project::new().sql("a1", "", "").sql("b2", "a1", "").rust("c3", "down_revision: \"a1\",");
    assert_snapshot!(project.problems(), @r#"
    error: `alembic/versions` has two heads: `b2` and `c3`
     --> alembic/versions/b2_make.sql:3:14
      |
    3 | -- revision: b2
      |              ^^ no revision follows this one
      |
     ::: alembic/versions/c3_make.rs:5:9
      |
    5 |     id: "c3",
      |         ^^^^ no revision follows this one
      |
    help: join them with `servicekit migrations merge heads`, or set `allow = ["multiple_heads"]` in `alembic.toml`
    "#);
    let folder = project.read();
    assert!(folder.graph.is_some() && folder.problems.iter().all(Problem::is_policy));
    assert_snapshot!(project.beside("alembic.toml", "allow = [\"multiple_heads\"]").problems(), @"");
}

#[test]
fn a_second_base_is_reported_with_both_files() {
    let project = Project::new().sql("a1", "", "").sql("b2", "", "").sql("c3", "a1, b2", "");
    assert_snapshot!(project.problems(), @r#"
    error: `alembic/versions` has two first revisions: `a1` and `b2`
     --> alembic/versions/a1_make.sql:3:14
      |
    3 | -- revision: a1
      |              ^^ this revision follows none
      |
     ::: alembic/versions/b2_make.sql:3:14
      |
    3 | -- revision: b2
      |              ^^ this revision follows none
      |
    help: give all but one a `down_revision`, or set `allow = ["multiple_bases"]` in `alembic.toml`
    "#);
    assert_snapshot!(project.beside("alembic.toml", "allow = [\"multiple_bases\"]").problems(), @"");
}

#[test]
fn heads_that_a_missing_link_explains_are_not_reported_and_others_are() {
    // Fixing the name of the parent joins the two ends.
    let explained =
        Project::new().sql("a1111111", "", "").sql("b2222222", "a1111111", "").sql("c3333333", "b222222", "");
    assert_snapshot!(explained.problems(), @r#"
    error: revision `c3333333` follows `b222222`, which is not in `alembic/versions`
     --> alembic/versions/c3333333_make.sql:4:19
      |
    4 | -- down_revision: b222222
      |                   ^^^^^^^ no revision has this id
      |
    help: did you mean `b2222222` (make b2222222)?
    "#);
    // Here two ends are left however it is fixed.
    assert_snapshot!(explained.sql("d4444444", "a1111111", "").problems(), @r#"
    error: `alembic/versions` has three heads: `b2222222`, `c3333333` and `d4444444`
     --> alembic/versions/b2222222_make.sql:3:14
      |
    3 | -- revision: b2222222
      |              ^^^^^^^^ no revision follows this one
      |
     ::: alembic/versions/c3333333_make.sql:3:14
      |
    3 | -- revision: c3333333
      |              ^^^^^^^^ no revision follows this one
      |
     ::: alembic/versions/d4444444_make.sql:3:14
      |
    3 | -- revision: d4444444
      |              ^^^^^^^^ no revision follows this one
      |
    help: join them with `servicekit migrations merge heads`, or set `allow = ["multiple_heads"]` in `alembic.toml`

    error: revision `c3333333` follows `b222222`, which is not in `alembic/versions`
     --> alembic/versions/c3333333_make.sql:4:19
      |
    4 | -- down_revision: b222222
      |                   ^^^^^^^ no revision has this id
      |
    help: did you mean `b2222222` (make b2222222)?
    "#);
}
