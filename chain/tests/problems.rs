//! One reviewed rendering for every problem: each test asserts on all that is said about its folder.

mod common;

use common::Project;
use insta::assert_snapshot;

#[test]
fn a_sound_folder_of_both_kinds_has_no_problems() {
    let folder =
        Project::new().sql("a1", "", "").rust("b2", "down_revision: \"a1\",").sql("c3", "b2", "").read();
    assert_snapshot!(folder.render_problems(false), @"");
    let graph = folder.graph.unwrap();
    assert_eq!(graph.heads().to_string(), "c3");
    let messages: Vec<&str> = folder.files.iter().map(|file| file.header.message.as_str()).collect();
    assert_eq!(messages, ["make a1", "make b2", "make c3"]);
}

#[test]
fn an_empty_folder_is_a_sound_chain_with_no_head() {
    let folder = Project::new().file(".gitkeep", "").read();
    assert_snapshot!(folder.render_problems(false), @"");
    assert_eq!(folder.graph.unwrap().heads().to_string(), "base");
}

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
