//! `revision --from-database`: a first revision from a database that was there before.

use super::place::{Place, everywhere, on_sqlite};
use super::up_and_down::shop;
use crate::project::{Project, without_times};
use insta::assert_snapshot;

/// A folder without revisions, beside an empty file of SQLite.
fn nothing() -> Project {
    Project::new().file("app.db", "")
}

/// Makes what was there before.
fn fill(place: &Place) {
    for statement in [
        "CREATE TABLE users (id INT NOT NULL, email VARCHAR(20) NOT NULL, CONSTRAINT pk_users PRIMARY KEY (id), \
         CONSTRAINT users_email_key UNIQUE (email))",
        "CREATE TABLE orders (id INT NOT NULL, buyer INT, note VARCHAR(40) DEFAULT 'it''s', \
         CONSTRAINT pk_orders PRIMARY KEY (id), CONSTRAINT fk_buyer FOREIGN KEY (buyer) REFERENCES users (id))",
        "CREATE INDEX by_note ON orders (note, buyer)",
    ] {
        place.ask(statement);
    }
}

/// The only file of the folder.
fn file(place: &Place) -> (String, String) {
    let names = place.project.list("alembic/versions");
    assert_eq!(names.len(), 1, "{names:?}");
    let name = &names[0];
    let path = format!("alembic/versions/{name}");
    let text = place.project.read(&path);
    (path, text)
}

#[test]
fn a_first_revision_makes_the_same_schema_in_an_empty_database_and_drops_it_again() {
    for (place, empty) in everywhere(nothing).into_iter().zip(everywhere(nothing)) {
        fill(&place);
        let before = place.run("inspect --format json --quiet");
        let made = place.run("revision --from-database -m before --rev-id aaaa1 --format sql");
        assert_eq!(
            made,
            "Created alembic/versions/aaaa1_before.sql\n  <base> -> aaaa1 (head), before\n[stderr]\n\
             note: the database has these tables already, so the revision must not run there\n\
             help: review the file, then record it with `servicekit migrations stamp aaaa1`\n"
        );
        let (path, text) = file(&place);
        let empty_schema = empty.run("inspect --format json --quiet");
        std::fs::write(empty.project.path(&path), text).unwrap();
        for _ in 0..2 {
            assert!(empty.run("upgrade").contains("aaaa1"));
            assert_eq!(empty.run("inspect --format json --quiet"), before, "{}", place.url());
            assert!(empty.run("downgrade base").contains("aaaa1"));
            assert_eq!(empty.run("inspect --format json --quiet"), empty_schema, "{}", place.url());
        }
    }
}

#[test]
fn a_stamped_revision_in_rust_creates_what_inspect_shows_and_has_nothing_to_do() {
    for place in everywhere(nothing) {
        fill(&place);
        let function = place.run("inspect").replace("use servicekit::revision::*;\n\n", "");
        place.run("revision --from-database -m before --rev-id aaaa1 --stamp");
        let (path, text) = file(&place);
        assert_eq!(path, "alembic/versions/aaaa1_before.rs");
        assert!(text.contains(&function), "{text}");
        let reverse = "\n\npub fn downgrade(op: &mut Operations) {\n    op.reverse_of(upgrade);\n}\n";
        assert!(text.ends_with(&format!("\n\n{function}{}", &reverse[1..])), "{text}");
        let product = ["SQLite", "PostgreSQL ", "MariaDB ", "MySQL "];
        let origin = "\n//! Made from the schema of an existing database, on ";
        assert!(product.iter().any(|product| text.contains(&format!("{origin}{product}"))), "{text}");
        assert_eq!(place.rows(), "aaaa1");
        // No application is built for it.
        let again = place.run("upgrade");
        assert!(!again.contains("error") && !again.contains("built"), "{again}");
        assert_eq!(place.run("inspect").replace("use servicekit::revision::*;\n\n", ""), function);
    }
}

#[test]
fn a_file_is_the_revision_with_what_it_was_made_from() {
    let place = on_sqlite(nothing());
    fill(&place);
    assert_snapshot!(place.run("revision --from-database -m before --rev-id aaaa1 --table users --stamp"), @"
    Created alembic/versions/aaaa1_before.rs
      <base> -> aaaa1 (head), before
    [stderr]
    note: `[URL]` is stamped with `aaaa1`: the revision does not run there
    ");
    assert_snapshot!(without_times(&file(&place).1), @r#"
    //! before
    //!
    //! Made from the schema of an existing database, on SQLite.
    use servicekit::revision::*;

    revision! {
        id: "aaaa1",
        created: "[TIME]",
    }

    pub fn upgrade(op: &mut Operations) {
        op.create_table("users", [custom("id", "INT").primary_key(), string("email", 20).not_null()])
            .with(unique(["email"]).name("users_email_key"));
    }

    pub fn downgrade(op: &mut Operations) {
        op.reverse_of(upgrade);
    }
    "#);
}

#[test]
fn what_is_no_database_from_before_is_refused_and_nothing_is_written() {
    let place = on_sqlite(nothing());
    let made = "revision --from-database -m before";
    let missing = on_sqlite(Project::new()).run(made);
    assert!(missing.contains("there is no file `") && missing.ends_with("[exit 5]\n"), "{missing}");
    assert_snapshot!(place.run(made), @"
    [stderr]
    note: `[URL]` has no tables: no revision was written
    help: create an empty one with `revision -m`, without `--from-database`
    ");
    place.ask("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)");
    assert_snapshot!(place.run(made), @"
    [stderr]
    note: `[URL]` has no tables: no revision was written
    help: create an empty one with `revision -m`, without `--from-database`
    ");
    assert_snapshot!(place.run(&format!("{made} --json --quiet")), @"null");
    place.ask("INSERT INTO alembic_version VALUES ('3f2a9c41d07e')");
    assert_snapshot!(place.run(made), @"
    [stderr]
    error: `[URL]` has a history already: it is at `3f2a9c41d07e`
    now: no revision was written
    help: use the files of that history; if there are none any more, delete its version rows with `servicekit migrations stamp base --purge`
    [exit 1]
    ");
    assert!(place.project.list("alembic/versions").is_empty());
    let place = on_sqlite(shop().file("app.db", ""));
    assert_snapshot!(place.run(made), @"
    [stderr]
    error: `alembic/versions` has revisions, and a revision made from a database is the first one
    help: use a folder without revisions, or start a separate history with `--head base`
    [exit 1]
    ");
    assert_snapshot!(place.run("revision -m x --stamp"), @"
    [stderr]
    error: the following required arguments were not provided:
      --from-database

    Usage: servicekit migrations revision --from-database --message <TEXT> --stamp

    For more information, try '--help'.
    [exit 2]
    ");
    assert_eq!(place.project.list("alembic/versions").len(), 3);
}
