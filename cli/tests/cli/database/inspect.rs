//! `inspect`: the tables of a database.

use super::place::{Place, everywhere, on_postgres, on_sqlite, same_everywhere};
use super::up_and_down::shop;
use crate::project::Project;
use insta::assert_snapshot;

#[test]
fn the_tables_are_printed_in_each_format_without_those_of_the_versions() {
    for place in everywhere(shop) {
        place.run("upgrade");
        let rust = place.run("inspect");
        assert!(rust.starts_with("use servicekit::revision::*;\n\npub fn upgrade("), "{rust}");
        let sql = place.run("inspect --format sql");
        let document = place.run("inspect --format json --quiet");
        let json: serde_json::Value =
            serde_json::from_str(&document).unwrap_or_else(|error| panic!("{error}: {document}"));
        assert!(json["tables"].is_array() && json["enums"].is_array(), "{document}");
        let as_for_others: serde_json::Value = serde_json::from_str(&place.json("inspect")).unwrap();
        assert_eq!(as_for_others, json);
        for text in [rust, sql, document] {
            assert!(!text.contains("alembic_") && !text.contains("error"), "{text}");
        }
    }
}

#[test]
fn what_is_wrong_is_said() {
    let place = on_sqlite(shop());
    let missing = place.run("inspect");
    assert!(missing.contains("there is no file `"), "{missing}");
    assert!(missing.ends_with("[exit 5]\n"), "{missing}");
    assert_snapshot!(place.run("inspect --format yaml"), @"
    [stderr]
    error: invalid value 'yaml' for '--format <FORMAT>'
      [possible values: rs, sql, json]

    For more information, try '--help'.
    [exit 2]
    ");
}

#[test]
fn a_table_that_is_not_there_is_answered_with_near_names() {
    let answers = same_everywhere(shop, |place| {
        place.run("upgrade");
        place.session(&["inspect --table odrers", "inspect --table orders --table nosuch --table users"])
    });
    assert_snapshot!(answers, @"
    $ inspect --table odrers
    [stderr]
    error: there is no table `odrers`
    help: did you mean `orders`?
    [exit 1]
    $ inspect --table orders --table nosuch --table users
    [stderr]
    error: there is no table `nosuch`
    help: the tables are `alembic_journal`, `alembic_version`, `orders` and `users`
    [exit 1]
    ");
}

/// A database with the schemas `shop` and `archive`.
fn two_schemas() -> Option<Place> {
    let place = on_postgres(Project::new())?;
    let _ = place.ask(
        "CREATE SCHEMA shop; CREATE SCHEMA archive; CREATE TABLE orders (id int); CREATE TABLE shop.orders (id int); \
         CREATE TABLE shop.users (id int); CREATE TABLE archive.orders (id int); CREATE TABLE archive.\"old.ones\" (id int); SELECT 1",
    );
    Some(place)
}

/// The tables that the Rust creates.
fn created(rust: &str) -> Vec<&str> {
    rust.lines().filter_map(|line| line.trim_start().strip_prefix("op.create_table(")).collect()
}

#[test]
fn tables_are_named_with_and_without_their_schema() {
    let Some(place) = two_schemas() else { return };
    let asked = |arguments: &str| created(&place.run(&format!("inspect {arguments}"))).join("\n");
    assert_snapshot!(asked(""), @r#""orders", [integer("id")]);"#);
    assert_snapshot!(asked("--table shop.users --table orders"), @r#"
    "orders", [integer("id")]);
    ("shop", "users"), [integer("id")]);
    "#);
    assert_snapshot!(asked("--schema shop --schema archive"), @r#"
    ("archive", "old.ones"), [integer("id")]);
    ("archive", "orders"), [integer("id")]);
    ("shop", "orders"), [integer("id")]);
    ("shop", "users"), [integer("id")]);
    "#);
    assert_snapshot!(asked("--schema shop --schema archive --table orders"), @r#"
    ("archive", "orders"), [integer("id")]);
    ("shop", "orders"), [integer("id")]);
    "#);
    assert_snapshot!(asked("--schema shop --schema archive --table users"), @r#"("shop", "users"), [integer("id")]);"#);
    assert_snapshot!(asked("--schema shop --table users --table archive.\"old.ones\""), @r#"
    ("archive", "old.ones"), [integer("id")]);
    ("shop", "users"), [integer("id")]);
    "#);
    assert_snapshot!(place.run("inspect --table shop.odrers"), @"
    [stderr]
    error: there is no table `shop.odrers`
    help: did you mean `shop.orders`?
    [exit 1]
    ");
    assert_snapshot!(place.run("inspect --schema nosuch"), @"
    [stderr]
    error: there is no schema `nosuch`
    help: check the name, and that this user may use the schema
    [exit 1]
    ");
    assert_snapshot!(place.run("inspect --table a.b.c"), @r#"
    [stderr]
    error: invalid value 'a.b.c' for '--table <NAME>': write `NAME` or `SCHEMA.NAME`, for example `orders`, `shop.orders` or `"a.b"`

    For more information, try '--help'.
    [exit 2]
    "#);
    assert_snapshot!(place.run("inspect --table \"orders"), @r#"
    [stderr]
    error: invalid value '"orders' for '--table <NAME>': write `NAME` or `SCHEMA.NAME`, for example `orders`, `shop.orders` or `"a.b"`

    For more information, try '--help'.
    [exit 2]
    "#);
}

#[test]
fn the_help_tells_how_tables_are_named() {
    assert_snapshot!(Project::empty().run("inspect --help"), @"
    Show the tables of a database, as a revision that creates them

    Usage: servicekit migrations inspect [OPTIONS]

    Options:
          --table <NAME>
              Only this table, as `NAME` or `SCHEMA.NAME`; put a name that contains a dot in double quotes (repeatable)

          --schema <NAME>
              The schema to read, on MySQL a database (repeatable) [default: the current one]

          --format <FORMAT>
              How to print it

              Possible values:
              - rs:   The function of a revision that creates it
              - sql:  The statements that create it on this database
              - json: One JSON document
              
              [default: rs]

      -h, --help
              Print help (see a summary with '-h')

      -V, --version
              Print version

    Options of every command:
          --directory <DIR>
              The folder that holds `versions/` [default: alembic]

      -c, --config <FILE>
              The configuration file; `alembic_main.toml` belongs to the folder `alembic_main/`; or an `alembic.ini`

      -n, --name <SECTION>
              The section of `alembic.ini`, for one of several databases [default: alembic]

          --database-url <URL>
              The URL of the database [default: the environment variable `DATABASE_URL`, then `database_url` in the configuration, then `sqlalchemy.url` in `alembic.ini`]

      -x <KEY=VALUE>
              `-x db=URL` is the same as `--database-url URL`

          --json
              Print one JSON document, also for errors

      -q, --quiet
              Print only the result, and errors

      -v, --verbose
              Show revisions in detail, and each statement of a run

          --color <WHEN>
              When to use colours
              
              [default: auto]
              [possible values: auto, always, never]
    ");
}

#[test]
fn an_empty_database_is_a_function_that_does_nothing() {
    let answers = same_everywhere(Project::new, |place| {
        if place.is_sqlite() {
            std::fs::write(place.project.path("app.db"), "").unwrap();
        }
        place.session(&["inspect", "inspect --format sql", "inspect --format json", "inspect --quiet"])
    });
    assert_snapshot!(answers, @r#"
    $ inspect
    use servicekit::revision::*;

    pub fn upgrade(_: &mut Operations) {}
    [stderr]
    note: there are no tables
    $ inspect --format sql
    [stderr]
    note: there are no tables
    $ inspect --format json
    {
      "enums": [],
      "tables": []
    }
    [stderr]
    note: there are no tables
    $ inspect --quiet
    use servicekit::revision::*;

    pub fn upgrade(_: &mut Operations) {}
    "#);
}

#[test]
fn there_are_colours_where_they_are_asked_for_and_none_in_a_pipe() {
    let place = on_sqlite(shop());
    place.run("upgrade");
    for format in ["rs", "sql", "json"] {
        let command = format!("inspect --format {format}");
        let plain = place.run(&command);
        assert!(!plain.contains('\u{1b}'), "{plain}");
        let painted = place.run(&format!("{command} --color always"));
        assert_eq!(painted.contains('\u{1b}'), format != "json", "{painted}");
    }
}
