//! What can be wrong in a `.rs` file, apart from its header.

use crate::project::Project;
use insta::assert_snapshot;

const UPGRADE: &str = "pub fn upgrade(op: &mut Operations) {}\n";

fn rust(text: &str) -> Project {
    Project::new().file("a1_users.rs", text)
}

#[test]
fn a_file_without_an_invocation_may_be_a_helper_in_the_wrong_place() {
    assert_snapshot!(rust("//! users\npub fn upgrade(op: &mut Operations) {}\n").problems(), @r#"
    error: this file has no `revision! { … }`
     --> alembic/versions/a1_users.rs:1:1
      |
    1 | //! users
      | ^^^^^^^^^
      |
    help: add `revision! { id: "a1", }`; a helper module belongs outside the folder of revisions
    "#);
}

#[test]
fn what_stands_in_modules_comments_strings_and_macros_does_not_count() {
    let hidden = "mod helpers {\n    revision! { id: \"b2\" }\n    pub fn upgrade() {}\n}\n\
        // revision! { id: \"c3\" }\n/* pub fn upgrade() {} */\nconst X: &str = \"revision! { id: 1 }\";\n\
        macro_rules! revision { () => { fn upgrade() {} } }\n";
    assert_snapshot!(rust(hidden).problems(), @r#"
    error: this file has no `revision! { … }`
     --> alembic/versions/a1_users.rs:1:1
      |
    1 | mod helpers {
      | ^^^^^^^^^^^^^
      |
    help: add `revision! { id: "a1", }`; a helper module belongs outside the folder of revisions
    "#);
}

#[test]
fn two_invocations_in_one_file_are_shown_at_both_places() {
    let text = format!("revision! {{ id: \"a1\" }}\nservicekit::revision!(id: \"a2\");\n{UPGRADE}");
    assert_snapshot!(rust(&text).problems(), @r#"
    error: this file has two `revision! { … }`
     --> alembic/versions/a1_users.rs:2:1
      |
    1 | revision! { id: "a1" }
      | ---------------------- the first
    2 | servicekit::revision!(id: "a2");
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the second `revision!`
      |
    help: give each revision its own file
    "#);
}

#[test]
fn a_revision_without_the_function_upgrade_is_reported_at_its_id() {
    let text = "revision! { id: \"a1\" }\npub fn upgrades(op: &mut Operations) {}\n";
    assert_snapshot!(rust(text).problems(), @r#"
    error: revision `a1` has no function `upgrade`
     --> alembic/versions/a1_users.rs:1:17
      |
    1 | revision! { id: "a1" }
      |                 ^^^^ this revision has no function `upgrade`
      |
    help: add `pub fn upgrade(op: &mut Operations) { … }`
    "#);
}

#[test]
fn what_is_no_key_and_value_is_reported_where_it_stands() {
    let keys = |keys: &str| rust(&format!("revision! {{ {keys} }}\n{UPGRADE}")).problems();
    assert_snapshot!(keys("id = \"a1\""), @r#"
    error: expected `:` behind the key in `revision! { … }`
     --> alembic/versions/a1_users.rs:1:16
      |
    1 | revision! { id = "a1" }
      |                ^ expected `:` behind the key
      |
    help: an example: `revision! { id: "b2", down_revision: "a1" }`
    "#);
    assert_snapshot!(keys("id: \"a1\" created: \"now\""), @r#"
    error: expected `,` or the end in `revision! { … }`
     --> alembic/versions/a1_users.rs:1:22
      |
    1 | revision! { id: "a1" created: "now" }
      |                      ^^^^^^^ expected `,` or the end
      |
    help: an example: `revision! { id: "b2", down_revision: "a1" }`
    "#);
    assert_snapshot!(keys("id: \"a1\", down_revision: None"), @r#"
    error: expected a string or a list of strings in `revision! { … }`
     --> alembic/versions/a1_users.rs:1:38
      |
    1 | revision! { id: "a1", down_revision: None }
      |                                      ^^^^ expected a string or a list of strings
      |
    help: an example: `revision! { id: "b2", down_revision: "a1" }`
    "#);
    assert_snapshot!(keys("id: \"a1\", branch_labels: [\"x\" \"y\"]"), @r#"
    error: expected `,` or `]` in `revision! { … }`
     --> alembic/versions/a1_users.rs:1:43
      |
    1 | revision! { id: "a1", branch_labels: ["x" "y"] }
      |                                           ^^^ expected `,` or `]`
      |
    help: an example: `revision! { id: "b2", down_revision: "a1" }`
    "#);
    assert_snapshot!(keys("id: \"a1\", depends_on: [\"x\", 5]"), @r#"
    error: revision `a1` depends on `x`, which is not in `alembic/versions`
     --> alembic/versions/a1_users.rs:1:36
      |
    1 | revision! { id: "a1", depends_on: ["x", 5] }
      |                                    ^^^ no revision has this id or label
      |
    help: restore the missing file, or name an existing revision

    error: expected a string in `revision! { … }`
     --> alembic/versions/a1_users.rs:1:41
      |
    1 | revision! { id: "a1", depends_on: ["x", 5] }
      |                                         ^ expected a string
      |
    help: an example: `revision! { id: "b2", down_revision: "a1" }`
    "#);
    assert_snapshot!(keys("id: 5"), @r#"
    error: expected a string in `revision! { … }`
     --> alembic/versions/a1_users.rs:1:17
      |
    1 | revision! { id: 5 }
      |                 ^ expected a string
      |
    help: an example: `revision! { id: "b2", down_revision: "a1" }`
    "#);
    assert_snapshot!(keys("id:"), @r#"
    error: expected a string in `revision! { … }`
     --> alembic/versions/a1_users.rs:1:16
      |
    1 | revision! { id: }
      |                ^ expected a string
      |
    help: an example: `revision! { id: "b2", down_revision: "a1" }`
    "#);
    assert_snapshot!(keys("\"a1\", \"b2\""), @r#"
    error: expected a key in `revision! { … }`
     --> alembic/versions/a1_users.rs:1:13
      |
    1 | revision! { "a1", "b2" }
      |             ^^^^ expected a key
      |
    help: an example: `revision! { id: "b2", down_revision: "a1" }`

    error: expected a key in `revision! { … }`
     --> alembic/versions/a1_users.rs:1:19
      |
    1 | revision! { "a1", "b2" }
      |                   ^^^^ expected a key
      |
    help: an example: `revision! { id: "b2", down_revision: "a1" }`
    "#);
}

#[test]
fn every_mistake_in_an_invocation_is_found_in_one_go() {
    let text = format!("revision! {{\n    id: 5,\n    creatd: \"x\",\n    depends_on: [b2],\n}}\n{UPGRADE}");
    assert_snapshot!(rust(&text).problems(), @r#"
    error: expected a string in `revision! { … }`
     --> alembic/versions/a1_users.rs:2:9
      |
    2 |     id: 5,
      |         ^ expected a string
      |
    help: an example: `revision! { id: "b2", down_revision: "a1" }`

    error: unknown key `creatd`
     --> alembic/versions/a1_users.rs:3:5
      |
    3 |     creatd: "x",
      |     ^^^^^^ no such key
      |
    help: did you mean `created`?

    error: expected a string in `revision! { … }`
     --> alembic/versions/a1_users.rs:4:18
      |
    4 |     depends_on: [b2],
      |                  ^^ expected a string
      |
    help: an example: `revision! { id: "b2", down_revision: "a1" }`
    "#);
}

#[test]
fn what_is_never_closed_is_named_in_place_of_what_it_hides() {
    let text = format!("//! x\nconst X: &str = \"open;\nrevision! {{ id: \"a1\" }}\n{UPGRADE}");
    assert_snapshot!(rust(&text.replace("\"a1\"", "1")).problems(), @r#"
    error: a string is never closed
     --> alembic/versions/a1_users.rs:2:17
      |
    2 | const X: &str = "open;
      |                 ^ opened here
      |
    help: close it; it hides everything up to the end of the file
    "#);
    assert_snapshot!(rust(&format!("/* open\nrevision! {{ id: \"a1\" }}\n{UPGRADE}")).problems(), @r#"
    error: a comment is never closed
     --> alembic/versions/a1_users.rs:1:1
      |
    1 | /* open
      | ^ opened here
      |
    help: close it; it hides everything up to the end of the file
    "#);
}

#[test]
fn a_broken_literal_below_the_header_is_left_to_the_compiler() {
    let text = "revision! { id: \"a1\" }\nconst X: &str = \"open;\npub fn upgrade(op: &mut Operations) {}\n";
    assert_snapshot!(rust(text).problems(), @"");
}

#[test]
fn a_string_with_a_suffix_is_no_string() {
    assert_snapshot!(rust(&format!("revision! {{ id: \"a1\"x }}\n{UPGRADE}")).problems(), @r#"
    error: expected a string in `revision! { … }`
     --> alembic/versions/a1_users.rs:1:17
      |
    1 | revision! { id: "a1"x }
      |                 ^^^^^ expected a string
      |
    help: an example: `revision! { id: "b2", down_revision: "a1" }`
    "#);
}
