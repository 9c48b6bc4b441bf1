//! `doctor` on databases in every state.

use super::place::{Place, on_mariadb_with, on_mysql, on_sqlite, same_everywhere};
use super::up_and_down::shop;
use crate::project::Project;
use insta::assert_snapshot;

/// What it says without the part that is the same everywhere.
fn doctor(place: &Place) -> String {
    let said = place.run("doctor");
    let from = said.find("revisions\n").unwrap();
    let (before, filter) =
        (said.find("Python's Alembic").unwrap(), said.find("\nnext").or(said.find("[exit")));
    format!("{}{}", &said[from..before], filter.map_or("", |at| said[at..].trim_start()))
}

#[test]
fn a_database_is_looked_over_before_and_after_its_first_run() {
    assert_snapshot!(same_everywhere(shop, |place| {
        // The file of SQLite is made.
        place.run("ensure_version");
        let before = doctor(place);
        place.run("upgrade");
        format!("{before}\n=== upgrade\n{}", doctor(place))
    }), @"
    revisions
      ok  files             3 in alembic/versions
      ok  heads             `cccc1` (create orders)

    database
      ok  database_url      [URL]  `DATABASE_URL`
      ok  connection        it answers
      ok  version table     `alembic_version` exists
      ok  journal           `alembic_journal` exists
      ok  mark row          no revision is partially applied
      --  position          at base; 3 revisions are pending

    next
      1. apply what is pending: `servicekit migrations upgrade`

    === upgrade
    revisions
      ok  files             3 in alembic/versions
      ok  heads             `cccc1` (create orders)

    database
      ok  database_url      [URL]  `DATABASE_URL`
      ok  connection        it answers
      ok  version table     `alembic_version` exists
      ok  journal           `alembic_journal` exists
      ok  mark row          no revision is partially applied
      ok  position          at cccc1, which is head
    ");
}

#[test]
fn what_has_to_be_fixed_is_a_problem_with_help() {
    assert_snapshot!(same_everywhere(shop, |place| {
        place.run("upgrade");
        std::fs::remove_file(place.project.path("alembic/versions/cccc1.sql")).unwrap();
        doctor(place)
    }), @"
    revisions
      ok  files             2 in alembic/versions
      ok  heads             `bbbb1` (add email)

    database
      ok  database_url      [URL]  `DATABASE_URL`
      ok  connection        it answers
      ok  version table     `alembic_version` exists
      ok  journal           `alembic_journal` exists
      ok  mark row          no revision is partially applied
      !!  position          the database is ahead: it is at cccc1, which is not in the folder

    next
      1. add the files of cccc1 to `alembic/versions`
    [exit 1]
    ");
}

#[test]
fn a_file_that_was_changed_after_it_was_applied_is_a_problem() {
    let place = on_sqlite(shop());
    place.run("upgrade");
    place.edit("bbbb1", "ADD COLUMN email", "ADD COLUMN e_mail");
    let said = doctor(&place);
    assert!(
        said.contains("!!  edited") && said.contains("revision `bbbb1` was edited after it was applied on"),
        "{said}"
    );
    assert!(said.ends_with("[exit 1]\n"), "{said}");
}

#[test]
fn a_partially_applied_revision_is_a_problem() {
    let half = "CREATE TABLE logs (id INT PRIMARY KEY);\nALTER TABLE nosuch ADD COLUMN x INT;";
    let Some(place) = on_mysql(shop().sql("dddd1", "cccc1", "create logs", half, "DROP TABLE logs;")) else {
        return;
    };
    place.run("upgrade");
    assert_snapshot!(doctor(&place), @"
    revisions
      ok  files             4 in alembic/versions
      ok  heads             `dddd1` (create logs)

    database
      ok  database_url      [URL]  `DATABASE_URL`
      ok  connection        it answers
      ok  version table     `alembic_version` exists
      ok  journal           `alembic_journal` exists
      !!  mark row          it is set: the upgrade of `dddd1` (create logs) is partially applied: stage 2 of 2 was not done; it was started on [TIME] by servicekit-cli 0.1.0
      --  position          at cccc1; 1 revision is pending

    next
      1. `servicekit migrations upgrade dddd1` runs this stage again; fix the file first if the statement is wrong
      2. apply what is pending: `servicekit migrations upgrade`
    [exit 1]
    ");
}

#[test]
fn what_cannot_be_looked_at_is_said() {
    let place = on_sqlite(shop());
    assert_snapshot!(doctor(&place), @"
    revisions
      ok  files             3 in alembic/versions
      ok  heads             `cccc1` (create orders)

    database
      ok  database_url      [URL]  `DATABASE_URL`
      --  connection        the file does not exist yet; the first run creates it

    next
      1. create it, and apply what is pending: `servicekit migrations upgrade`
    ");
    let project = Project::with_a_line().revision("dddd1", "nosuch", "lost");
    assert_snapshot!(project.run("doctor --database-url sqlite://app.db"), @r#"
    configuration
      ok  directory         alembic          default
      --  configuration     none             default
      ok  version_table     alembic_version  default
      ok  journal_table     alembic_journal  default
      ok  schema            none             default
      ok  file_template     {rev}_{slug}     default
      ok  format            none             default
      ok  version_locations none             default
      ok  recursive         no               default
      ok  allow             none             default

    revisions
      !!  chain             revision `dddd1` follows `nosuch`, which is not in `alembic/versions` (alembic/versions/dddd1.sql:3:19)

    database
      ok  database_url      sqlite://app.db  `--database-url`
      --  connection        not tried, because the chain is broken

    Python's Alembic
      --  env.py            where it works on the same database, this keeps its autogenerate from dropping the journal:
                            def include_name(name, type_, parent_names):
                                return not (type_ == "table" and name == "alembic_journal")
                            context.configure(…, include_name=include_name)

    next
      1. fix the chain: `servicekit migrations heads` shows each place
    [exit 1]
    "#);
    assert_snapshot!(Project::new().run("doctor"), @r#"
    configuration
      ok  directory         alembic          default
      --  configuration     none             default
      ok  version_table     alembic_version  default
      ok  journal_table     alembic_journal  default
      ok  schema            none             default
      ok  file_template     {rev}_{slug}     default
      ok  format            none             default
      ok  version_locations none             default
      ok  recursive         no               default
      ok  allow             none             default

    revisions
      ok  files             0 in alembic/versions

    database
      !!  database_url      no database is named

    Python's Alembic
      --  env.py            where it works on the same database, this keeps its autogenerate from dropping the journal:
                            def include_name(name, type_, parent_names):
                                return not (type_ == "table" and name == "alembic_journal")
                            context.configure(…, include_name=include_name)

    next
      1. create a first revision: `servicekit migrations revision -m "create users"`
      2. name it with `--database-url`, with the environment variable `DATABASE_URL`, or with `database_url` in `alembic.toml`
    [exit 1]
    "#);
}

#[test]
fn each_value_is_shown_with_where_it_comes_from() {
    let config = "version_table = \"versions\"\nallow = [\"multiple_heads\"]\ndatabase_url = \"postgres://a:secret@127.0.0.1:1/b\"\n";
    let project = Project::with_two_heads().file("conf/main.toml", config);
    assert_snapshot!(project.run("doctor --config conf/main.toml --directory alembic"), @r#"
    configuration
      ok  directory         alembic                         `--directory`
      ok  configuration     conf/main.toml                  `--config`
      ok  version_table     versions                        `conf/main.toml`
      ok  journal_table     alembic_journal                 default
      ok  schema            none                            default
      ok  file_template     {rev}_{slug}                    default
      ok  format            none                            default
      ok  version_locations none                            default
      ok  recursive         no                              default
      ok  allow             multiple_heads                  `conf/main.toml`

    revisions
      ok  files             4 in alembic/versions
      ok  heads             `cccc1` (create orders), `dddd1` (index users)

    database
      ok  database_url      postgres://a:***@127.0.0.1:1/b  `database_url` in `conf/main.toml`
      !!  connection        cannot connect to `postgres://a:***@127.0.0.1:1/b`: error communicating with database: Connection refused (os error 111)

    Python's Alembic
      --  env.py            where it works on the same database, this keeps its autogenerate from dropping the journal:
                            def include_name(name, type_, parent_names):
                                return not (type_ == "table" and name == "alembic_journal")
                            context.configure(…, include_name=include_name)
    [exit 1]
    "#);
}

#[test]
fn programs_are_told_the_same() {
    let place = on_sqlite(Project::with_a_line());
    let text = place.json("doctor").replace(place.url(), "[URL]");
    let document: serde_json::Value = serde_json::from_str(&text).unwrap();
    let names: Vec<_> = document["areas"].as_array().unwrap().iter().map(|area| &area["name"]).collect();
    assert_eq!(names, ["configuration", "revisions", "database", "Python's Alembic"]);
    let shown = [
        &document["is_healthy"],
        &document["areas"][0]["facts"][0],
        &document["areas"][2],
        &document["next"],
    ];
    assert_snapshot!(shown.map(|value| serde_json::to_string_pretty(value).unwrap()).join("\n"), @r#"
    true
    {
      "name": "directory",
      "source": "default",
      "value": "alembic",
      "verdict": "good"
    }
    {
      "facts": [
        {
          "name": "database_url",
          "source": "`DATABASE_URL`",
          "value": "[URL]",
          "verdict": "good"
        },
        {
          "name": "connection",
          "value": "the file does not exist yet; the first run creates it",
          "verdict": "note"
        }
      ],
      "name": "database"
    }
    [
      "create it, and apply what is pending: `servicekit migrations upgrade`"
    ]
    "#);
}

#[test]
fn a_server_on_which_revisions_do_not_run_or_not_as_safely_is_told() {
    let Some((_server, place)) = on_mariadb_with(shop(), &[("version", "5.7.44-log")]) else { return };
    // Where the comment on the version names MariaDB, as from 11.8 on, it is not taken for a MySQL.
    if place.ask("SELECT @@version_comment").concat().contains("MariaDB") {
        return;
    }
    assert_snapshot!(doctor(&place), @"
    revisions
      ok  files             3 in alembic/versions
      ok  heads             `cccc1` (create orders)

    database
      ok  database_url      [URL]  `DATABASE_URL`
      ok  connection        it answers
      !!  server            this is MySQL 5.7.44-log, and revisions need MySQL 8.0 or later: an older server that ends in the middle of DDL may leave a part of the statement behind, and no later run can tell which
      --  version table     `alembic_version` does not exist yet; the first run creates it
      --  journal           `alembic_journal` does not exist yet; the first run creates it
      ok  mark row          no revision is partially applied
      --  position          at base; 3 revisions are pending

    next
      1. run the revisions on MySQL 8.0 or later
      2. apply what is pending: `servicekit migrations upgrade`
    [exit 1]
    ");
    assert_snapshot!(place.run("upgrade"), @"
    [stderr]
    error: this is MySQL 5.7.44-log, and revisions need MySQL 8.0 or later: an older server that ends in the middle of DDL may leave a part of the statement behind, and no later run can tell which
    now: nothing was run
    help: run the revisions on MySQL 8.0 or later
    [exit 1]
    ");
    let settings = [("version", "8.0.36"), ("default-storage-engine", "MyISAM")];
    let Some((_server, place)) = on_mariadb_with(shop(), &settings) else { return };
    place.run("ensure_version");
    assert_snapshot!(doctor(&place), @"
    revisions
      ok  files             3 in alembic/versions
      ok  heads             `cccc1` (create orders)

    database
      ok  database_url      [URL]  `DATABASE_URL`
      ok  connection        it answers
      --  server            new tables have the engine MyISAM unless a statement names another one: their rows cannot be rolled back, and a stage that creates or changes one is in doubt after a crash
      ok  version table     `alembic_version` exists
      ok  journal           `alembic_journal` exists
      ok  mark row          no revision is partially applied
      --  position          at base; 3 revisions are pending

    next
      1. apply what is pending: `servicekit migrations upgrade`
    ");
}
