//! What the comparison with the history shows.

use super::{Replayed, on_one_server, on_two_servers};
use crate::database::{everywhere, on_postgres, on_sqlite};
use crate::project::Project;
use insta::assert_snapshot;
use servicekit_test_servers::own_dump;

/// Two heads that follow one revision, and a revision that is not applied.
fn shop() -> Project {
    Project::new()
        .file("alembic.toml", "allow = [\"multiple_heads\"]\n")
        .sql(
            "aaaa1",
            "",
            "create users",
            "CREATE TABLE users (id INT NOT NULL PRIMARY KEY, name VARCHAR(20) NOT NULL);\nINSERT INTO users VALUES (1, 'Ada');",
            "DROP TABLE users;",
        )
        .sql("bbbb1", "aaaa1", "add email", "ALTER TABLE users ADD COLUMN email VARCHAR(80);", "SELECT 1;")
        .sql("cccc1", "aaaa1", "create orders", "CREATE TABLE orders (id INT NOT NULL PRIMARY KEY);", "SELECT 1;")
        .sql("dddd1", "cccc1", "create logs", "CREATE TABLE logs (id INT NOT NULL PRIMARY KEY);", "SELECT 1;")
}

fn at_two_heads(replayed: &Replayed) {
    for target in ["bbbb1", "cccc1"] {
        let ran = replayed.place.run(&format!("upgrade {target}"));
        assert!(ran.contains("The database went from"), "{ran}");
    }
}

#[test]
fn a_database_that_nobody_has_changed_is_the_same_as_its_history() {
    for replayed in on_two_servers(shop) {
        replayed.place.run("ensure_version");
        assert_eq!(replayed.diff(""), "The schemas are the same\n");
        at_two_heads(&replayed);
        assert_eq!(replayed.diff(""), "The schemas are the same\n");
        replayed.assert_nothing_is_left();
        assert_eq!(replayed.place.rows(), "bbbb1, cccc1");
    }
}

#[test]
fn what_was_changed_by_hand_is_shown_in_each_format() {
    let mut compared = 0;
    for replayed in everywhere(shop).into_iter().filter_map(on_one_server) {
        at_two_heads(&replayed);
        let _ = replayed.place.ask("DROP TABLE orders");
        let _ = replayed.place.ask("ALTER TABLE users ADD COLUMN age INT NOT NULL DEFAULT 7");
        let facts = replayed.diff("");
        let signs: Vec<&str> = facts.lines().filter_map(|line| line.get(..1)).collect();
        assert_eq!(signs, ["-", "+", "O", " ", "["], "{facts}");
        assert!(facts.contains("  loses data: column users.age (1 row)\n"), "{facts}");
        assert!(facts.ends_with("[exit 14]\n"), "{facts}");
        let json = replayed.place.json(&format!("diff {}", replayed.options));
        assert!(json.contains("\"name\": \"age\"") && json.ends_with("[exit 14]"), "{json}");

        // The statements lead from the history to the database: they undo what undoes them.
        let statements = replayed.diff("--format sql");
        assert!(statements.contains("DROP TABLE") && statements.contains("ADD COLUMN"), "{statements}");
        let _ = replayed.place.ask("CREATE TABLE orders (id INT NOT NULL PRIMARY KEY)");
        let _ = replayed.place.ask("ALTER TABLE users DROP COLUMN age");
        assert_eq!(replayed.diff(""), "The schemas are the same\n");
        replayed.assert_nothing_is_left();
        compared += 1;
    }
    println!("{compared} kinds of databases were compared with their histories");
}

#[test]
fn the_difference_is_a_revision_too() {
    let place = on_sqlite(shop());
    place.run("upgrade bbbb1");
    let _ = place.ask("ALTER TABLE users ADD COLUMN age INT NOT NULL DEFAULT 7");
    assert_snapshot!(place.session(&["diff", "diff --format rs", "diff --format sql"]), @r#"
    $ diff
    + column users.age: "age" INT NOT NULL DEFAULT 7

    On the way back to the history:
      loses data: column users.age (1 row)
    [exit 14]
    $ diff --format rs
    use servicekit::revision::*;

    pub fn upgrade(op: &mut Operations) {
        op.add_column("users", custom("age", "INT").not_null().default(7));
    }

    pub fn downgrade(op: &mut Operations) {
        // loses data: column users.age
        op.reverse_of(upgrade);
    }
    [exit 14]
    $ diff --format sql
    ALTER TABLE "users" ADD COLUMN "age" INT NOT NULL DEFAULT 7;
    [exit 14]
    "#);
}

#[test]
fn a_database_that_is_at_no_revision_of_the_history_is_not_compared() {
    let place = on_sqlite(shop());
    place.run("upgrade bbbb1");
    let _ = place.ask("UPDATE alembic_version SET version_num = 'eeee1'");
    assert_snapshot!(place.run("diff"), @"
    [stderr]
    error: the database is ahead of `alembic/versions`: it is at `eeee1`, which does not exist there
    now: nothing more is run; the database is at eeee1
    help: add its file to `alembic/versions`, as from the branch that has it; if it is of another history on the same database, give each a `version_table` of its own
    [exit 9]
    ");
    let Some(place) = crate::database::on_mysql(half()) else { return };
    let ran = place.run("upgrade ffff1");
    assert!(ran.ends_with("[exit 7]\n"), "{ran}");
    assert_snapshot!(place.run("diff --scratch-url mysql://user@localhost/scratch"), @"
    [stderr]
    error: revision `ffff1` (stop) is partially applied, so the database is at no revision it could be compared with
    help: `servicekit migrations current` shows how to finish it
    [exit 1]
    ");
}

/// Stops in the middle of its last revision, where that is not one transaction.
fn half() -> Project {
    shop().sql(
        "ffff1",
        "bbbb1",
        "stop",
        "CREATE TABLE a (x INT);\nALTER TABLE nosuch ADD x INT;",
        "SELECT 1;",
    )
}

/// A table in the schema `shop`.
const IN_SHOP: &str = "CREATE TABLE shop.users (id INT PRIMARY KEY);";

#[test]
fn a_schema_that_was_there_before_the_history_is_created_for_the_replay() {
    let mut said = Vec::new();
    for (before, creates) in [("CREATE SCHEMA shop", ""), ("SELECT 1", "CREATE SCHEMA shop;\n")] {
        let upgrade = format!("{creates}{IN_SHOP}");
        let project = Project::new().sql("aaaa1", "", "create users", &upgrade, "SELECT 1;");
        let Some(replayed) = on_postgres(project).and_then(on_one_server) else { return };
        let _ = replayed.place.ask(before);
        let ran = replayed.place.run("upgrade");
        assert!(ran.contains("The database went from"), "{ran}");
        assert_eq!(replayed.diff("--schema shop"), "The schemas are the same\n");
        let _ = replayed.place.ask("ALTER TABLE shop.users ADD COLUMN age INT");
        said.push(replayed.diff("--schema shop"));
        replayed.assert_nothing_is_left();
    }
    assert_eq!(said[0], said[1]);
    assert_snapshot!(said[0], @r#"
    + column shop.users.age: "age" INTEGER

    On the way back to the history:
      loses data: column shop.users.age (0 rows)
    [exit 14]
    "#);
}

#[test]
fn a_history_that_begins_with_a_dump_is_replayed() {
    let Some(first) = on_postgres(Project::new()) else { return };
    let _ = first.ask("CREATE SCHEMA shop");
    let _ = first.ask(IN_SHOP);
    let _ = first.ask("CREATE TABLE orders (id SERIAL PRIMARY KEY, user_id INT REFERENCES shop.users, note TEXT DEFAULT 'a')");
    let Some(dump) = own_dump(first.url()) else { return };
    // Commands of `psql`, and what every database has.
    let kept = dump.lines().filter(|line| !line.starts_with('\\') && !line.contains("SCHEMA public"));
    let dump = kept.collect::<Vec<_>>().join("\n");
    assert!(dump.contains("set_config('search_path', '', false)"), "{dump}");
    let project = Project::new().sql("aaaa1", "", "the dump", &dump, "SELECT 1;");
    let Some(replayed) = on_postgres(project).and_then(on_one_server) else { return };
    let ran = replayed.place.run("upgrade");
    assert!(ran.contains("The database went from"), "{ran}");
    assert_eq!(replayed.diff("--schema public --schema shop"), "The schemas are the same\n");
    replayed.assert_nothing_is_left();
}
