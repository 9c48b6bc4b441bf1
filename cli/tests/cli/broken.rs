//! Chains that are broken: every problem is shown, and commands answer where they soundly can.

use crate::project::Project;
use insta::assert_snapshot;

fn project() -> Project {
    Project::with_a_line()
        .revision("dddd1", "cccc2", "lost")
        .file("alembic/versions/eeee1.sql", "-- create logs\n-- revison: eeee1\n-- +upgrade\n")
}

#[test]
fn every_problem_is_shown_as_the_compiler_shows_it() {
    assert_snapshot!(project().run("heads"), @r#"
    [stderr]
    error: `alembic/versions` has two first revisions: `aaaa1` and `eeee1`
     --> alembic/versions/aaaa1.sql:2:14
      |
    2 | -- revision: aaaa1
      |              ^^^^^ this revision follows none
      |
     ::: alembic/versions/eeee1.sql:2:13
      |
    2 | -- revison: eeee1
      |             ^^^^^ this revision follows none
      |
    help: give all but one a `down_revision`, or set `allow = ["multiple_bases"]` in `alembic.toml`

    error: `alembic/versions` has three heads: `cccc1`, `dddd1` and `eeee1`
     --> alembic/versions/cccc1.sql:2:14
      |
    2 | -- revision: cccc1
      |              ^^^^^ no revision follows this one
      |
     ::: alembic/versions/dddd1.sql:2:14
      |
    2 | -- revision: dddd1
      |              ^^^^^ no revision follows this one
      |
     ::: alembic/versions/eeee1.sql:2:13
      |
    2 | -- revison: eeee1
      |             ^^^^^ no revision follows this one
      |
    help: join them with `servicekit migrations merge heads`, or set `allow = ["multiple_heads"]` in `alembic.toml`

    error: revision `dddd1` follows `cccc2`, which is not in `alembic/versions`
     --> alembic/versions/dddd1.sql:3:19
      |
    3 | -- down_revision: cccc2
      |                   ^^^^^ no revision has this id
      |
    help: did you mean `cccc1` (create orders)?

    error: unknown key `revison`
     --> alembic/versions/eeee1.sql:2:4
      |
    2 | -- revison: eeee1
      |    ^^^^^^^ no such key
      |
    help: did you mean `revision`?
    [exit 3]
    "#);
}

#[test]
fn no_command_answers_or_writes_on_a_guess() {
    let project = project();
    let expected = project.run("heads");
    for command in
        ["history", "branches", "plan head --from base", "show nosuch", "merge", "revision -m x --head cccc1"]
    {
        assert_eq!(project.run(command), expected, "{command}");
    }
    assert_eq!(project.list("alembic/versions").len(), 5);
}

#[test]
fn a_revision_whose_own_file_is_sound_is_shown_all_the_same() {
    assert_snapshot!(project().run("show dddd"), @r#"
    Rev: dddd1
    Parent: cccc2
    Path: alembic/versions/dddd1.sql

        lost
    [stderr]
    error: `alembic/versions` has two first revisions: `aaaa1` and `eeee1`
     --> alembic/versions/aaaa1.sql:2:14
      |
    2 | -- revision: aaaa1
      |              ^^^^^ this revision follows none
      |
     ::: alembic/versions/eeee1.sql:2:13
      |
    2 | -- revison: eeee1
      |             ^^^^^ this revision follows none
      |
    help: give all but one a `down_revision`, or set `allow = ["multiple_bases"]` in `alembic.toml`

    error: `alembic/versions` has three heads: `cccc1`, `dddd1` and `eeee1`
     --> alembic/versions/cccc1.sql:2:14
      |
    2 | -- revision: cccc1
      |              ^^^^^ no revision follows this one
      |
     ::: alembic/versions/dddd1.sql:2:14
      |
    2 | -- revision: dddd1
      |              ^^^^^ no revision follows this one
      |
     ::: alembic/versions/eeee1.sql:2:13
      |
    2 | -- revison: eeee1
      |             ^^^^^ no revision follows this one
      |
    help: join them with `servicekit migrations merge heads`, or set `allow = ["multiple_heads"]` in `alembic.toml`

    error: revision `dddd1` follows `cccc2`, which is not in `alembic/versions`
     --> alembic/versions/dddd1.sql:3:19
      |
    3 | -- down_revision: cccc2
      |                   ^^^^^ no revision has this id
      |
    help: did you mean `cccc1` (create orders)?

    error: unknown key `revison`
     --> alembic/versions/eeee1.sql:2:4
      |
    2 | -- revison: eeee1
      |    ^^^^^^^ no such key
      |
    help: did you mean `revision`?
    [exit 3]
    "#);
}

#[test]
fn files_that_do_not_belong_there_keep_no_command_from_reading() {
    let project = Project::with_a_line().file("alembic/versions/notes.txt", "?");
    assert_snapshot!(project.run("heads"), @"
    cccc1 (head), create orders
    [stderr]
    error: `alembic/versions/notes.txt` is not a revision file
    --> alembic/versions/notes.txt
    help: revisions are `.sql` or `.rs` files: move this one away (hidden files, `README*`, `mod.rs` and what editors leave behind may stay)
    [exit 3]
    ");
    assert_snapshot!(project.run("revision -m x"), @"
    [stderr]
    error: `alembic/versions/notes.txt` is not a revision file
    --> alembic/versions/notes.txt
    help: revisions are `.sql` or `.rs` files: move this one away (hidden files, `README*`, `mod.rs` and what editors leave behind may stay)
    [exit 3]
    ");
    assert_eq!(project.json("heads").0["error"]["code"], "stray_file");
}

#[test]
fn a_folder_that_is_not_there_is_named_with_the_way_to_begin() {
    let project = Project::empty();
    assert_snapshot!(project.run("heads"), @"
    [stderr]
    error: there is no folder `alembic`
    help: create it with `mkdir -p alembic/versions`, or name the folder that holds `versions/` with `--directory`
    [exit 3]
    ");
    assert_snapshot!(project.run("heads --directory 'my app'"), @"
    [stderr]
    error: there is no folder `my app`
    help: create it with `mkdir -p 'my app/versions'`, or name the folder that holds `versions/` with `--directory`
    [exit 3]
    ");
    let project = project.file("Cargo.toml", "");
    assert_snapshot!(project.run("heads"), @r#"
    [stderr]
    error: there is no folder `alembic`
    help: create it with a first revision: `servicekit migrations revision -m "create users"`
    [exit 3]
    "#);
}

#[test]
fn the_folder_versions_itself_is_not_the_folder_to_name() {
    assert_snapshot!(Project::with_a_line().run("heads --directory alembic/versions"), @"
    [stderr]
    error: `alembic/versions` has no folder `versions`
    help: name the folder that holds `versions/`, not `versions/` itself
    [exit 3]
    ");
}

#[test]
fn a_configuration_that_is_not_there_is_a_problem() {
    assert_snapshot!(Project::with_a_line().run("heads -c alembc.toml --directory alembic"), @"
    [stderr]
    error: cannot read `alembc.toml`: no such file or directory
    --> alembc.toml
    help: check that it is a regular file and that you may read it
    [exit 3]
    ");
}

#[test]
fn commands_on_the_graph_answer_where_sql_cannot_be_cut() {
    let project = Project::new().file(
        "alembic/versions/a1.sql",
        "-- a\n-- revision: a1\n-- +upgrade\nINSERT INTO a VALUES ('it''s);\n",
    );
    assert_snapshot!(project.run("heads"));
    assert_snapshot!(project.run("plan --from base --sql sqlite heads"));
}
