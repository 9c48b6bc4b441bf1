//! What can be wrong in the header of a file.

use crate::project::Project;
use insta::assert_snapshot;

/// A `.sql` revision whose whole header is given.
fn sql(header: &str) -> Project {
    Project::new().file("a1_x.sql", format!("{header}\n-- +upgrade\nSELECT 1;\n"))
}

/// A `.rs` revision whose whole invocation is given.
fn rust(keys: &str) -> Project {
    let text = format!("//! x\nrevision! {{\n{keys}\n}}\npub fn upgrade(op: &mut Operations) {{}}\n");
    Project::new().file("a1_x.rs", text)
}

#[test]
fn a_file_without_a_header_is_told_how_to_begin() {
    assert_snapshot!(Project::new().file("a1_users.sql", "CREATE TABLE users (id INT);\n").problems(), @r#"
    error: this file does not say which revision it is
     --> alembic/versions/a1_users.sql:1:1
      |
    1 | CREATE TABLE users (id INT);
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
    help: begin it with a title and the line `-- revision: a1`, and put `-- +upgrade` above its SQL
    "#);
}

#[test]
fn an_empty_file_has_no_header() {
    assert_snapshot!(Project::new().file("users.sql", "").problems(), @r#"
    error: this file does not say which revision it is
    --> alembic/versions/users.sql
    help: begin it with a title and the line `-- revision: users`, and put `-- +upgrade` above its SQL
    "#);
}

#[test]
fn a_file_of_blank_lines_has_no_header() {
    assert_snapshot!(Project::new().file("users.sql", "\n\n").problems(), @r#"
    error: this file does not say which revision it is
     --> alembic/versions/users.sql:1:1
      |
    1 |
      | ^
      |
    help: begin it with a title and the line `-- revision: users`, and put `-- +upgrade` above its SQL
    "#);
}

#[test]
fn sections_without_a_header_are_one_problem() {
    let text =
        "-- create users\n-- +upgrade\nCREATE TABLE users (id INT);\n-- +downgrade\nDROP TABLE users;\n";
    assert_snapshot!(Project::new().file("users.sql", text).problems(), @r#"
    error: this file does not say which revision it is
     --> alembic/versions/users.sql:1:1
      |
    1 | -- create users
      | ^^^^^^^^^^^^^^^
      |
    help: begin it with a title and the line `-- revision: users`, and put `-- +upgrade` above its SQL
    "#);
}

#[test]
fn a_header_without_the_revision_is_reported_at_its_first_key() {
    assert_snapshot!(sql("-- x\n-- created: 2026-01-02\n-- depends_on: b").problems(), @r#"
    error: the header has no `revision`
     --> alembic/versions/a1_x.sql:2:4
      |
    2 | -- created: 2026-01-02
      |    ^^^^^^^ no `revision` here
      |
    help: add the line `-- revision: …` with the revision's own id
    "#);
}

#[test]
fn an_invocation_without_the_id_is_reported_at_its_name() {
    assert_snapshot!(rust("    created: \"2026-01-02\",").problems(), @r#"
    error: `revision!` has no `id`
     --> alembic/versions/a1_x.rs:2:1
      |
    2 | revision! {
      | ^^^^^^^^^ no `id` here
      |
    help: add `id: "…",` with the revision's own id
    "#);
}

#[test]
fn a_misspelt_key_is_answered_with_the_right_one_and_read_as_such() {
    assert_snapshot!(sql("-- x\n-- revison: a1").problems(), @r#"
    error: unknown key `revison`
     --> alembic/versions/a1_x.sql:2:4
      |
    2 | -- revison: a1
      |    ^^^^^^^ no such key
      |
    help: did you mean `revision`?
    "#);
    assert_snapshot!(sql("-- x\n-- revision: a1\n-- Branch-Label: lib").problems(), @r#"
    error: unknown key `Branch-Label`
     --> alembic/versions/a1_x.sql:3:4
      |
    3 | -- Branch-Label: lib
      |    ^^^^^^^^^^^^ no such key
      |
    help: did you mean `branch_labels`?
    "#);
}

#[test]
fn the_words_of_alembics_own_files_are_answered_with_ours() {
    let project = sql("-- x\n-- Revision ID: b2\n-- Revises: a1\n-- Create Date: 2026-01-02 10:00:00");
    assert_snapshot!(project.file("b1.sql", "-- revision: a1\n-- +upgrade\n").problems(), @r#"
    error: unknown key `Revision ID`
     --> alembic/versions/a1_x.sql:2:4
      |
    2 | -- Revision ID: b2
      |    ^^^^^^^^^^^ no such key
      |
    help: did you mean `revision`?

    error: unknown key `Revises`
     --> alembic/versions/a1_x.sql:3:4
      |
    3 | -- Revises: a1
      |    ^^^^^^^ no such key
      |
    help: did you mean `down_revision`?

    error: unknown key `Create Date`
     --> alembic/versions/a1_x.sql:4:4
      |
    4 | -- Create Date: 2026-01-02 10:00:00
      |    ^^^^^^^^^^^ no such key
      |
    help: did you mean `created`?
    "#);
}

#[test]
fn a_misspelt_key_in_an_invocation_is_answered_with_the_right_one() {
    assert_snapshot!(rust("    id: \"a1\",\n    dependson: \"b2\",").problems(), @r#"
    error: unknown key `dependson`
     --> alembic/versions/a1_x.rs:4:5
      |
    4 |     dependson: "b2",
      |     ^^^^^^^^^ no such key
      |
    help: did you mean `depends_on`?

    error: revision `a1` depends on `b2`, which is not in `alembic/versions`
     --> alembic/versions/a1_x.rs:4:16
      |
    4 |     dependson: "b2",
      |                ^^^^ no revision has this id or label
      |
    help: restore the missing file, or name an existing revision
    "#);
}

#[test]
fn a_key_that_is_like_no_other_is_answered_with_the_list() {
    assert_snapshot!(rust("    id: \"a1\",\n    author: \"me\",").problems(), @r#"
    error: unknown key `author`
     --> alembic/versions/a1_x.rs:4:5
      |
    4 |     author: "me",
      |     ^^^^^^ no such key
      |
    help: the keys are `id`, `down_revision`, `branch_labels`, `depends_on`, `created` and `models`
    "#);
}

#[test]
fn what_a_revision_says_of_models_is_read_in_both_kinds_of_file() {
    assert_snapshot!(sql("-- x\n-- revision: a1\n-- models: +users, users").problems());
    assert_snapshot!(rust("    id: \"a1\",\n    models: [\"-a\", \"b -> \"],").problems());
}

#[test]
fn a_key_that_stands_twice_is_shown_at_both_places() {
    assert_snapshot!(sql("-- x\n-- revision: a1\n-- created: 1\n-- revision: a2").problems(), @r#"
    error: `revision` appears twice
     --> alembic/versions/a1_x.sql:4:4
      |
    2 | -- revision: a1
      |    -------- first here
    3 | -- created: 1
    4 | -- revision: a2
      |    ^^^^^^^^ here again
      |
    help: leave one of the two out
    "#);
    assert_snapshot!(rust("    id: \"a1\",\n    id: \"a2\",").problems(), @r#"
    error: `id` appears twice
     --> alembic/versions/a1_x.rs:4:5
      |
    3 |     id: "a1",
      |     -- first here
    4 |     id: "a2",
      |     ^^ here again
      |
    help: leave one of the two out
    "#);
}

#[test]
fn a_key_without_a_value_is_reported_where_the_value_should_be() {
    assert_snapshot!(sql("-- x\n-- revision: a1\n-- down_revision:").problems(), @r#"
    error: `down_revision` has no value
     --> alembic/versions/a1_x.sql:3:18
      |
    3 | -- down_revision:
      |                  ^ a value is missing
      |
    help: name the revision that this one follows, or leave the key out in a first revision
    "#);
    assert_snapshot!(sql("-- x\n-- revision:").problems(), @r#"
    error: `revision` has no value
     --> alembic/versions/a1_x.sql:2:13
      |
    2 | -- revision:
      |             ^ a value is missing
      |
    help: give `revision` the revision's own id
    "#);
    assert_snapshot!(sql("-- x\n-- revision: a1\n-- branch_labels: lib,, app").problems(), @r#"
    error: `branch_labels` has no value
     --> alembic/versions/a1_x.sql:3:23
      |
    3 | -- branch_labels: lib,, app
      |                       ^ a value is missing
      |
    help: give it a value or leave the key out
    "#);
    assert_snapshot!(rust("    id: \"\",").problems(), @r#"
    error: `id` has no value
     --> alembic/versions/a1_x.rs:3:9
      |
    3 |     id: "",
      |         ^^ a value is missing
      |
    help: give `id` the revision's own id
    "#);
}

#[test]
fn a_value_that_stands_twice_in_a_list_is_shown_at_both_places() {
    let project = sql("-- x\n-- revision: b2\n-- down_revision: a1, a1");
    assert_snapshot!(project.sql("a1", "", "").problems(), @r#"
    error: `a1` appears twice in `down_revision`
     --> alembic/versions/a1_x.sql:3:23
      |
    3 | -- down_revision: a1, a1
      |                   --  ^^ here again
      |                   |
      |                   first here
      |
    help: name it once
    "#);
}

#[test]
fn each_kind_of_bad_id_is_told_its_own_way_out() {
    assert_snapshot!(sql("-- x\n-- revision: 7f3c-2b1a").problems(), @r#"
    error: `7f3c-2b1a` cannot be a revision id
     --> alembic/versions/a1_x.sql:2:14
      |
    2 | -- revision: 7f3c-2b1a
      |              ^^^^^^^^^ the character '-' is not allowed in it
      |
    help: leave it out or write `_` for it: `7f3c_2b1a`
    "#);
    assert_snapshot!(sql("-- x\n-- revision: 'a1'").problems(), @r#"
    error: `'a1'` cannot be a revision id
     --> alembic/versions/a1_x.sql:2:14
      |
    2 | -- revision: 'a1'
      |              ^^^^ the character '\'' is not allowed in it
      |
    help: leave out the quotes
    "#);
    assert_snapshot!(sql("-- x\n-- revision: a1\n-- down_revision: None").problems(), @r#"
    error: `None` cannot be a revision id
     --> alembic/versions/a1_x.sql:3:19
      |
    3 | -- down_revision: None
      |                   ^^^^ `None` means something else in a target
      |
    help: leave the key out in a first revision
    "#);
    assert_snapshot!(sql("-- x\n-- revision: head").problems(), @r#"
    error: `head` cannot be a revision id
     --> alembic/versions/a1_x.sql:2:14
      |
    2 | -- revision: head
      |              ^^^^ `head` means something else in a target
      |
    help: choose another name
    "#);
    assert_snapshot!(sql("-- x\n-- revision: a1\n-- down_revision: b2 c3").problems(), @r#"
    error: `b2 c3` cannot be a revision id
     --> alembic/versions/a1_x.sql:3:19
      |
    3 | -- down_revision: b2 c3
      |                   ^^^^^ the character ' ' is not allowed in it
      |
    help: separate several names by commas
    "#);
    assert_snapshot!(sql("-- x\n-- revision: a1\n-- branch_labels: lib@core").problems(), @r#"
    error: `lib@core` cannot be a branch label
     --> alembic/versions/a1_x.sql:3:19
      |
    3 | -- branch_labels: lib@core
      |                   ^^^^^^^^ the character '@' is not allowed in it
      |
    help: use letters, digits, `_` and `.`
    "#);
    assert_snapshot!(sql("-- x\n-- revision: a1\n-- depends_on: lib:core").problems(), @r#"
    error: `lib:core` cannot be a revision id or branch label
     --> alembic/versions/a1_x.sql:3:16
      |
    3 | -- depends_on: lib:core
      |                ^^^^^^^^ the character ':' is not allowed in it
      |
    help: use letters, digits, `_` and `.`
    "#);
    assert_snapshot!(rust("    id: \"a:1\",").problems(), @r#"
    error: `a:1` cannot be a revision id
     --> alembic/versions/a1_x.rs:3:9
      |
    3 |     id: "a:1",
      |         ^^^^^ the character ':' is not allowed in it
      |
    help: use letters, digits, `_` and `.`
    "#);
}

#[test]
fn an_id_that_is_too_long_is_told_the_limit() {
    let problems = sql(&format!("-- x\n-- revision: {}", "a".repeat(256))).problems();
    assert_snapshot!(problems.replace(&"a".repeat(256), "a…"), @r#"
    error: `a…` cannot be a revision id
     --> alembic/versions/a1_x.sql:2:14
      |
    2 | ...n: a…
      |       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ it has 256 characters, and at most 255 are allowed
      |
    help: choose a shorter one
    "#);
}
