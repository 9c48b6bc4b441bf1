//! What the comparison with the history shows.

use super::{Replayed, on_one_server, on_two_servers};
use crate::database::{everywhere, on_sqlite};
use crate::project::Project;
use insta::assert_snapshot;

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
