//! What can be wrong in the directives and sections of a `.sql` file.

use crate::project::Project;
use insta::assert_snapshot;

/// A `.sql` revision whose text below the header is given.
fn sections(text: &str) -> Project {
    Project::new().file("a1_x.sql", format!("-- x\n-- revision: a1\n\n{text}"))
}

#[test]
fn a_header_key_inside_a_section_is_an_error_because_it_would_be_a_comment() {
    let text = "-- +upgrade\n-- depends_on: b2\nSELECT 1;\n";
    assert_snapshot!(sections(text).problems(), @r#"
    error: `depends_on` is inside a section
     --> alembic/versions/a1_x.sql:5:4
      |
    5 | -- depends_on: b2
      |    ^^^^^^^^^^ only a comment here
      |
    help: move it up, before the first section; if it is only a comment, do not begin it with `depends_on:`
    "#);
}

#[test]
fn the_keys_of_a_python_revision_are_answered_with_the_right_spelling() {
    let text = "revision = 'a1'\ndown_revision: Union[str, None] = ('b2', 'c3')\nbranch_labels = None\n\n-- +upgrade\n";
    let project = Project::new().file("a1_x.sql", text).sql("b2", "", "").sql("c3", "b2", "");
    assert_snapshot!(project.problems(), @r#"
    error: a header line is a comment that begins with `--`
     --> alembic/versions/a1_x.sql:1:1
      |
    1 | revision = 'a1'
      | ^^^^^^^^^^^^^^^ not a header line
      |
    help: write `-- revision: a1`

    error: a header line is a comment that begins with `--`
     --> alembic/versions/a1_x.sql:2:1
      |
    2 | down_revision: Union[str, None] = ('b2', 'c3')
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ not a header line
      |
    help: write `-- down_revision: b2, c3`

    error: a header line is a comment that begins with `--`
     --> alembic/versions/a1_x.sql:3:1
      |
    3 | branch_labels = None
      | ^^^^^^^^^^^^^^^^^^^^ not a header line
      |
    help: leave it out: a key without a value is not needed
    "#);
}

#[test]
fn a_key_without_the_dashes_is_answered_with_the_right_spelling() {
    assert_snapshot!(Project::new().file("a1.sql", "revision: a1\n-- +upgrade\n").problems(), @r#"
    error: a header line is a comment that begins with `--`
     --> alembic/versions/a1.sql:1:1
      |
    1 | revision: a1
      | ^^^^^^^^^^^^ not a header line
      |
    help: write `-- revision: a1`
    "#);
}

#[test]
fn the_directives_of_other_tools_are_answered_with_ours_and_read_as_ours() {
    let up_and_down = |up: &str, down: &str| {
        sections(&format!("{up}\nCREATE TABLE a (b INT);\n{down}\nDROP TABLE a;\n")).problems()
    };
    assert_snapshot!(up_and_down("-- +up", "-- +down"), @r#"
    error: unknown directive `+up`
     --> alembic/versions/a1_x.sql:4:4
      |
    4 | -- +up
      |    ^^^ no such directive
      |
    help: write `-- +upgrade`

    error: unknown directive `+down`
     --> alembic/versions/a1_x.sql:6:4
      |
    6 | -- +down
      |    ^^^^^ no such directive
      |
    help: write `-- +downgrade`
    "#);
    assert_snapshot!(up_and_down("-- migrate:up", "-- migrate:down"), @r#"
    error: unknown directive `migrate:up`
     --> alembic/versions/a1_x.sql:4:4
      |
    4 | -- migrate:up
      |    ^^^^^^^^^^ no such directive
      |
    help: write `-- +upgrade`

    error: unknown directive `migrate:down`
     --> alembic/versions/a1_x.sql:6:4
      |
    6 | -- migrate:down
      |    ^^^^^^^^^^^^ no such directive
      |
    help: write `-- +downgrade`
    "#);
    assert_snapshot!(up_and_down("-- +goose Up", "-- +goose Down"), @r#"
    error: unknown directive `+goose Up`
     --> alembic/versions/a1_x.sql:4:4
      |
    4 | -- +goose Up
      |    ^^^^^^^^^ no such directive
      |
    help: write `-- +upgrade`

    error: unknown directive `+goose Down`
     --> alembic/versions/a1_x.sql:6:4
      |
    6 | -- +goose Down
      |    ^^^^^^^^^^^ no such directive
      |
    help: write `-- +downgrade`
    "#);
    assert_snapshot!(up_and_down("-- +migrate Up", "-- +migrate Down"), @r#"
    error: unknown directive `+migrate Up`
     --> alembic/versions/a1_x.sql:4:4
      |
    4 | -- +migrate Up
      |    ^^^^^^^^^^^ no such directive
      |
    help: write `-- +upgrade`

    error: unknown directive `+migrate Down`
     --> alembic/versions/a1_x.sql:6:4
      |
    6 | -- +migrate Down
      |    ^^^^^^^^^^^^^ no such directive
      |
    help: write `-- +downgrade`
    "#);
    assert_snapshot!(up_and_down("-- Up Migration", "-- Down Migration"), @r#"
    error: unknown directive `Up Migration`
     --> alembic/versions/a1_x.sql:4:4
      |
    4 | -- Up Migration
      |    ^^^^^^^^^^^^ no such directive
      |
    help: write `-- +upgrade`

    error: unknown directive `Down Migration`
     --> alembic/versions/a1_x.sql:6:4
      |
    6 | -- Down Migration
      |    ^^^^^^^^^^^^^^ no such directive
      |
    help: write `-- +downgrade`
    "#);
    assert_snapshot!(up_and_down("-- +upgrade", "-- //@UNDO"), @r#"
    error: unknown directive `//@UNDO`
     --> alembic/versions/a1_x.sql:6:4
      |
    6 | -- //@UNDO
      |    ^^^^^^^ no such directive
      |
    help: write `-- +downgrade`
    "#);
}

#[test]
fn statement_marks_of_other_tools_are_not_needed() {
    let text = "-- +upgrade\n-- +goose StatementBegin\nSELECT 1;\n-- +goose StatementEnd\n";
    assert_snapshot!(sections(text).problems(), @r#"
    error: unknown directive `+goose StatementBegin`
     --> alembic/versions/a1_x.sql:5:4
      |
    5 | -- +goose StatementBegin
      |    ^^^^^^^^^^^^^^^^^^^^^ not needed here
      |
    help: leave it out: statements are split by the rules of each database

    error: unknown directive `+goose StatementEnd`
     --> alembic/versions/a1_x.sql:7:4
      |
    7 | -- +goose StatementEnd
      |    ^^^^^^^^^^^^^^^^^^^ not needed here
      |
    help: leave it out: statements are split by the rules of each database
    "#);
}

#[test]
fn switching_the_transaction_off_as_other_tools_do_is_answered_with_ours() {
    assert_snapshot!(sections("-- +goose NO TRANSACTION\n-- +upgrade\n").problems(), @r#"
    error: unknown directive `+goose NO TRANSACTION`
     --> alembic/versions/a1_x.sql:4:4
      |
    4 | -- +goose NO TRANSACTION
      |    ^^^^^^^^^^^^^^^^^^^^^ no such directive
      |
    help: write `-- +transaction off`
    "#);
    assert_snapshot!(sections("-- no-transaction\n-- +upgrade\n").problems(), @r#"
    error: unknown directive `no-transaction`
     --> alembic/versions/a1_x.sql:4:4
      |
    4 | -- no-transaction
      |    ^^^^^^^^^^^^^^ no such directive
      |
    help: write `-- +transaction off`
    "#);
}

#[test]
fn a_misspelt_directive_is_answered_with_the_right_one() {
    assert_snapshot!(sections("-- +upgrad\nSELECT 1;\n-- +Downgrade\nSELECT 2;\n").problems(), @r#"
    error: unknown directive `+upgrad`
     --> alembic/versions/a1_x.sql:4:4
      |
    4 | -- +upgrad
      |    ^^^^^^^ no such directive
      |
    help: write `-- +upgrade`

    error: unknown directive `+Downgrade`
     --> alembic/versions/a1_x.sql:6:4
      |
    6 | -- +Downgrade
      |    ^^^^^^^^^^ no such directive
      |
    help: write `-- +downgrade`
    "#);
    assert_snapshot!(sections("-- upgrade\nSELECT 1;\n").problems(), @r#"
    error: unknown directive `upgrade`
     --> alembic/versions/a1_x.sql:4:4
      |
    4 | -- upgrade
      |    ^^^^^^^ no such directive
      |
    help: write `-- +upgrade`
    "#);
}

#[test]
fn an_unknown_directive_is_answered_with_the_list() {
    assert_snapshot!(sections("-- +upgrade\n-- +include other.sql\nSELECT 1;\n").problems(), @r#"
    error: unknown directive `+include`
     --> alembic/versions/a1_x.sql:5:4
      |
    5 | -- +include other.sql
      |    ^^^^^^^^ no such directive
      |
    help: the directives are `-- +upgrade`, `-- +downgrade` and `-- +transaction off`
    "#);
    assert_snapshot!(sections("-- +include other.sql\nSELECT 1;\n").problems(), @r#"
    error: unknown directive `+include`
     --> alembic/versions/a1_x.sql:4:4
      |
    4 | -- +include other.sql
      |    ^^^^^^^^ no such directive
      |
    help: the directives are `-- +upgrade`, `-- +downgrade` and `-- +transaction off`
    "#);
}

#[test]
fn an_unknown_dialect_is_answered_with_a_near_one_or_the_list() {
    assert_snapshot!(sections("-- +upgrade postgers, oracle\nSELECT 1;\n-- +upgrade\n").problems(), @r#"
    error: unknown dialect `postgers`
     --> alembic/versions/a1_x.sql:4:13
      |
    4 | -- +upgrade postgers, oracle
      |             ^^^^^^^^ no such dialect
      |
    help: did you mean `postgres`?

    error: unknown dialect `oracle`
     --> alembic/versions/a1_x.sql:4:23
      |
    4 | -- +upgrade postgers, oracle
      |                       ^^^^^^ no such dialect
      |
    help: the dialects are `sqlite`, `postgres` and `mysql`
    "#);
    // A blank of three bytes.
    assert_snapshot!(sections("-- +upgrade mysql\u{3000}sqlight\nSELECT 1;\n-- +upgrade\n").problems(), @"
    error: unknown dialect `sqlight`
     --> alembic/versions/a1_x.sql:4:19
      |
    4 | -- +upgrade mysql　sqlight
      |                    ^^^^^^^ no such dialect
      |
    help: the dialects are `sqlite`, `postgres` and `mysql`
    ");
    assert_snapshot!(sections("-- +upgrade [sqlite]\nSELECT 1;\n").problems(), @r#"
    error: unknown dialect `[sqlite]`
     --> alembic/versions/a1_x.sql:4:13
      |
    4 | -- +upgrade [sqlite]
      |             ^^^^^^^^ no such dialect
      |
    help: did you mean `sqlite`?
    "#);
}

#[test]
fn a_transaction_can_only_be_switched_off() {
    assert_snapshot!(sections("-- +transaction on\n-- +upgrade\n").problems(), @r#"
    error: `+transaction` can only be switched off
     --> alembic/versions/a1_x.sql:4:17
      |
    4 | -- +transaction on
      |                 ^^ only `off` is possible
      |
    help: write `-- +transaction off`; without this line a revision runs in a transaction
    "#);
    assert_snapshot!(sections("-- +transaction\n-- +upgrade\n").problems(), @r#"
    error: `+transaction` can only be switched off
     --> alembic/versions/a1_x.sql:4:4
      |
    4 | -- +transaction
      |    ^^^^^^^^^^^^ only `off` is possible
      |
    help: write `-- +transaction off`; without this line a revision runs in a transaction
    "#);
}

#[test]
fn sql_before_the_first_section_is_one_problem() {
    assert_snapshot!(sections("CREATE TABLE a (b INT);\n\nCREATE TABLE c (d INT);\n").problems(), @r#"
    error: there is SQL before the first section
     --> alembic/versions/a1_x.sql:4:1
      |
    4 | CREATE TABLE a (b INT);
      | ^^^^^^^^^^^^^^^^^^^^^^^ this and one line below it are in no section
      |
    help: put `-- +upgrade` above it; outside the sections there are only lines that begin with `--`
    "#);
    assert_snapshot!(sections("# a comment of MySQL\n-- +upgrade\nSELECT 1;\n").problems(), @r#"
    error: there is SQL before the first section
     --> alembic/versions/a1_x.sql:4:1
      |
    4 | # a comment of MySQL
      | ^^^^^^^^^^^^^^^^^^^^ in no section
      |
    help: put `-- +upgrade` above it; outside the sections there are only lines that begin with `--`
    "#);
}

#[test]
fn a_revision_that_cannot_be_applied_is_reported_at_its_id() {
    assert_snapshot!(sections("").problems(), @r#"
    error: revision `a1` has no `-- +upgrade` section
     --> alembic/versions/a1_x.sql:2:14
      |
    2 | -- revision: a1
      |              ^^ this revision does not say how to upgrade
      |
    help: add the line `-- +upgrade` and below it the SQL, if any
    "#);
    assert_snapshot!(sections("-- +downgrade\nDROP TABLE a;\n").problems(), @r#"
    error: revision `a1` has no `-- +upgrade` section
     --> alembic/versions/a1_x.sql:2:14
      |
    2 | -- revision: a1
      |              ^^ this revision does not say how to upgrade
      |
    help: add the line `-- +upgrade` and below it the SQL, if any
    "#);
}

#[test]
fn two_sections_for_one_dialect_are_shown_at_both_places() {
    assert_snapshot!(sections("-- +upgrade\nSELECT 1;\n-- +upgrade\nSELECT 2;\n").problems(), @r#"
    error: two `+upgrade` sections that name no dialect
     --> alembic/versions/a1_x.sql:6:4
      |
    4 | -- +upgrade
      |    -------- the first section
    5 | SELECT 1;
    6 | -- +upgrade
      |    ^^^^^^^^ the second section
      |
    help: join the two, or name dialects as in `-- +upgrade postgres`
    "#);
    let text = "-- +upgrade mysql\n-- +upgrade sqlite, mariadb\n-- +downgrade sqlite\n-- +downgrade sqlite\n";
    assert_snapshot!(sections(text).problems(), @r#"
    error: two `+upgrade` sections for mysql
     --> alembic/versions/a1_x.sql:5:21
      |
    4 | -- +upgrade mysql
      |             ----- the first section
    5 | -- +upgrade sqlite, mariadb
      |                     ^^^^^^^ the second section
      |
    help: write one section for each dialect; MySQL and MariaDB are one dialect

    error: two `+downgrade` sections for sqlite
     --> alembic/versions/a1_x.sql:7:15
      |
    6 | -- +downgrade sqlite
      |               ------ the first section
    7 | -- +downgrade sqlite
      |               ^^^^^^ the second section
      |
    help: write one section for each dialect
    "#);
}

#[test]
fn what_is_never_closed_is_reported_where_it_opens() {
    assert_snapshot!(sections("-- +upgrade\nINSERT INTO a VALUES ('it''s);\n-- +downgrade\n").problems(), @r#"
    error: a string in the `+upgrade` section is never closed
     --> alembic/versions/a1_x.sql:5:23
      |
    5 | INSERT INTO a VALUES ('it''s);
      |                       ^ opened here
      |
    help: close it; a line that begins with `-- +` ends the section also within it
    "#);
    assert_snapshot!(sections("-- +upgrade postgres\nDO $x$ BEGIN END $y$;\n").problems(), @r#"
    error: a dollar-quoted string in the `+upgrade` section is never closed
     --> alembic/versions/a1_x.sql:5:4
      |
    5 | DO $x$ BEGIN END $y$;
      |    ^ opened here
      |
    help: close it; a line that begins with `-- +` ends the section also within it
    "#);
    assert_snapshot!(sections("-- +upgrade\nCREATE TABLE \"a (b INT);\n").problems(), @r#"
    error: a quoted name in the `+upgrade` section is never closed
     --> alembic/versions/a1_x.sql:5:14
      |
    5 | CREATE TABLE "a (b INT);
      |              ^ opened here
      |
    help: close it; a line that begins with `-- +` ends the section also within it
    "#);
    assert_snapshot!(sections("-- +upgrade\nSELECT 1; /* to be done\n").problems(), @r#"
    error: a comment in the `+upgrade` section is never closed
     --> alembic/versions/a1_x.sql:5:11
      |
    5 | SELECT 1; /* to be done
      |           ^ opened here
      |
    help: close it; a line that begins with `-- +` ends the section also within it
    "#);
    let trigger = "CREATE TRIGGER t AFTER INSERT ON a BEGIN\n  DELETE FROM b;\n";
    assert_snapshot!(sections(&format!("-- +upgrade sqlite\n{trigger}")).problems(), @r#"
    error: a block in the `+upgrade` section is never closed
     --> alembic/versions/a1_x.sql:5:36
      |
    5 | CREATE TRIGGER t AFTER INSERT ON a BEGIN
      |                                    ^^^^^ opened here
      |
    help: close it with `END`
    "#);
}

#[test]
fn what_only_some_dialects_leave_open_is_not_reported() {
    // A backslash keeps the string open in MySQL alone, a dollar quote in PostgreSQL alone.
    let text = "-- +upgrade\nSELECT 'c:\\';\nSELECT $$;\n";
    assert_snapshot!(sections(text).problems(), @"");
    let text = "-- +upgrade mysql\nSELECT 'c:\\';\n";
    assert_snapshot!(sections(text).problems(), @r#"
    error: a string in the `+upgrade` section is never closed
     --> alembic/versions/a1_x.sql:5:8
      |
    5 | SELECT 'c:\';
      |        ^ opened here
      |
    help: close it; a line that begins with `-- +` ends the section also within it. If the server reads backslashes in another way, set its mode first: `SET sql_mode = 'NO_BACKSLASH_ESCAPES';`, or on PostgreSQL `SET standard_conforming_strings = off;`
    "#);
}

#[test]
fn a_section_is_read_in_the_mode_that_it_sets() {
    for text in [
        "-- +upgrade mysql\nSET sql_mode = 'NO_BACKSLASH_ESCAPES';\nSELECT 'c:\\';\n",
        "-- +upgrade mysql\nSET sql_mode = 'ANSI_QUOTES';\nSELECT \"it's\\\";\n-- +downgrade\nSELECT 1;\n",
        "-- +upgrade postgres\nSET standard_conforming_strings = off;\nSELECT 'it\\'s';\n",
    ] {
        assert_eq!(sections(text).problems(), "", "{text}");
    }
}

#[test]
fn commands_for_the_client_of_a_database_are_named_with_what_to_do() {
    let text = "-- +upgrade postgres\n\\connect shop\nSELECT '\\x';\n\\set id 'it''s'\n\\i other.sql\nSELECT 1 \\gexec\n\
        -- +upgrade sqlite\n.mode csv\nSELECT 1;\n-- +upgrade mysql\nsource x.sql\n;\nSELECT 1\\G\n";
    assert_snapshot!(sections(text).problems());
}

#[test]
fn data_for_copy_is_told_from_sql_whatever_is_in_it() {
    for row in ["it's", "a /* b", "five $$ each", "\\N", "-- +x", "\\."] {
        let text = format!(
            "-- +upgrade\nCREATE TABLE tag (id int, name text);\nCOPY tag (id, name) FROM stdin;\n1\t{row}\n\\.\n\nSELECT 1;\n"
        );
        let project = sections(&text);
        let codes: Vec<_> = project.read().problems.iter().map(servicekit_chain::Problem::code).collect();
        assert!(codes.contains(&"copy_data") && !codes.contains(&"unterminated"), "{row}: {codes:?}");
    }
    assert_snapshot!(sections("-- +upgrade\nCOPY tag FROM stdin;\n1\tit's\n\\.\n").problems());
}

#[test]
fn a_dump_is_read_with_what_frames_it() {
    let text = "-- +upgrade postgres\n\\restrict aB3\n\nCREATE TABLE a (b int);\n\n\\unrestrict aB3\n";
    assert_snapshot!(sections(text).problems(), @"");
}

#[test]
fn sql_that_cannot_be_cut_does_not_take_the_graph_away() {
    let project = sections("-- +upgrade\nINSERT INTO a VALUES ('it''s);\n").sql("b2", "a1", "");
    let folder = project.read();
    assert_eq!(folder.problems.len(), 1);
    assert!(folder.problems[0].is_of_the_sql());
    assert_eq!(folder.graph.unwrap().heads().as_slice().len(), 1);
}
