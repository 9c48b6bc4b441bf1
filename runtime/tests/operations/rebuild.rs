//! Tables of SQLite that are rebuilt: what survives, and what is refused.

use crate::client::Client;
use crate::support::{File, history, rust};
use servicekit::operation::Recreate;
use servicekit::revision::*;
use servicekit::sqlx::{self, AssertSqlSafe, Connection as _, Row as _, SqliteConnection};
use servicekit::{Error, Migrations};

async fn up(connection: &mut SqliteConnection, migrations: Migrations) -> Result<(), Error> {
    migrations.upgrade(connection).await.map(drop)
}

async fn memory(sql: &str) -> SqliteConnection {
    let mut connection = SqliteConnection::connect("sqlite::memory:").await.unwrap();
    sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut connection).await.unwrap();
    connection
}

/// The rows of a question, a line each, with `|` between the values.
async fn ask(connection: &mut SqliteConnection, sql: &str) -> Vec<String> {
    let rows = sqlx::raw_sql(AssertSqlSafe(sql)).fetch_all(connection).await.unwrap();
    let value = |row: &sqlx::sqlite::SqliteRow, index| {
        row.try_get_unchecked::<Option<String>, _>(index).unwrap().unwrap_or_else(|| "NULL".to_owned())
    };
    rows.iter()
        .map(|row| (0..row.len()).map(|index| value(row, index)).collect::<Vec<_>>().join("|"))
        .collect()
}

const OBJECTS: &str = "SELECT type || ' ' || name || ': ' || coalesce(sql, 'by itself') FROM sqlite_schema \
                       WHERE tbl_name NOT LIKE 'alembic%' AND name NOT LIKE 'sqlite_sequence' ORDER BY rowid";

/// The state of the pragmas that a rebuild changes.
async fn pragmas(connection: &mut SqliteConnection) -> String {
    [ask(connection, "PRAGMA foreign_keys").await, ask(connection, "PRAGMA legacy_alter_table").await]
        .concat()
        .join(" ")
}

fn one(upgrade: fn(&mut Operations)) -> Migrations {
    history(&[rust("a", &[], upgrade, None)])
}

#[tokio::test]
async fn everything_that_belongs_to_a_table_survives() {
    fn upgrade(op: &mut Operations) {
        op.batch_alter_table("it's", |batch| {
            batch.alter_column("name").set_not_null();
            batch.add_column(text("note").not_null().default("-"));
            batch.create_check_constraint("positive", "size > 0");
        });
    }
    let mut connection = memory(
        r#"
        CREATE TABLE "it's" (
            id INTEGER PRIMARY KEY AUTOINCREMENT, -- the key
            [na me] TEXT COLLATE NOCASE DEFAULT ('a' || 'b') UNIQUE ON CONFLICT REPLACE,
            name TEXT, size INT CONSTRAINT known CHECK (size < 100) CHECK (size <> 13),
            double INT GENERATED ALWAYS AS (size * 2) VIRTUAL, twice INT AS (size + size) STORED,
            parent INT REFERENCES "it's" (id) ON DELETE CASCADE
        );
        CREATE TABLE child (id INTEGER PRIMARY KEY, owner INT REFERENCES "it's" ON DELETE CASCADE);
        CREATE TABLE log (line TEXT);
        CREATE INDEX partial ON "it's" (size DESC) WHERE size > 1;
        CREATE UNIQUE INDEX "of an expression" ON "it's" (lower([na me]), size);
        CREATE TRIGGER noted AFTER UPDATE OF size ON "it's" BEGIN INSERT INTO log VALUES (old.size || '>' || new.size); END;
        CREATE TRIGGER elsewhere AFTER INSERT ON child BEGIN UPDATE "it's" SET size = size + 1 WHERE id = new.owner; END;
        CREATE VIEW big AS SELECT "na me" AS n, double FROM "it's" WHERE size > 2;
        INSERT INTO "it's" (id, "na me", name, size, parent) VALUES (7, 'x', 'one', 1, NULL), (9, 'y', 'two', 5, 7);
        INSERT INTO "it's" (id, "na me", name, size) VALUES (50, 'gone', 'gone', 1);
        DELETE FROM "it's" WHERE id = 50;
        INSERT INTO child VALUES (1, 7), (2, 9);
        DELETE FROM log;
        "#,
    )
    .await;
    let before = ask(&mut connection, OBJECTS).await;

    up(&mut connection, one(upgrade)).await.unwrap();

    let after = ask(&mut connection, OBJECTS).await;
    let kept = |line: &&String| before.contains(line);
    assert_eq!(after.iter().filter(kept).count(), before.len() - 1, "all but the table itself: {after:#?}");
    let new: Vec<&String> = after.iter().filter(|line| !before.contains(line)).collect();
    insta::assert_snapshot!(new[0], @r#"
    table it's: CREATE TABLE "it's" (
                id INTEGER PRIMARY KEY AUTOINCREMENT, -- the key
                [na me] TEXT COLLATE NOCASE DEFAULT ('a' || 'b') UNIQUE ON CONFLICT REPLACE,
                name TEXT NOT NULL, size INT CONSTRAINT known CHECK (size < 100) CHECK (size <> 13),
                double INT GENERATED ALWAYS AS (size * 2) VIRTUAL, twice INT AS (size + size) STORED,
                parent INT REFERENCES "it's" (id) ON DELETE CASCADE,
                "note" TEXT NOT NULL DEFAULT '-',
        CONSTRAINT "positive" CHECK (size > 0)
            )
    "#);
    assert_eq!(
        ask(&mut connection, "SELECT id, \"na me\", name, size, double, twice, parent, note FROM \"it's\"")
            .await,
        ["7|x|one|2|4|4|NULL|-", "9|y|two|6|12|12|7|-"]
    );
    assert_eq!(ask(&mut connection, "SELECT * FROM child").await, ["1|7", "2|9"]);
    assert_eq!(ask(&mut connection, "SELECT * FROM log").await, [] as [&str; 0], "no trigger has fired");
    assert_eq!(
        ask(&mut connection, "SELECT seq FROM sqlite_sequence WHERE name NOT LIKE 'alembic%'").await,
        ["50"]
    );
    assert_eq!(pragmas(&mut connection).await, "1 0");
    // Everything still works.
    for sql in ["INSERT INTO child VALUES (3, 9)", "DELETE FROM \"it's\" WHERE id = 7"] {
        sqlx::query(AssertSqlSafe(sql)).execute(&mut connection).await.unwrap();
    }
    assert_eq!(
        ask(&mut connection, "SELECT count(*) FROM child").await,
        ["0"],
        "children go with their parents again"
    );
    assert_eq!(ask(&mut connection, "SELECT * FROM log").await, ["6>7"]);
    assert_eq!(ask(&mut connection, "PRAGMA integrity_check").await, ["ok"]);
}

#[tokio::test]
async fn strict_tables_and_those_without_rowid_stay_what_they_are() {
    fn upgrade(op: &mut Operations) {
        op.alter_column("w", "v").set_not_null();
        op.alter_column("s", "v").set_default(5);
        op.alter_column("r", "v").set_type(Type::BigInteger);
    }
    let mut connection = memory(
        "CREATE TABLE w (k TEXT PRIMARY KEY, v INT) WITHOUT ROWID;
         CREATE TABLE s (k TEXT PRIMARY KEY, v INT) STRICT;
         CREATE TABLE r (v INT);
         INSERT INTO w VALUES ('b', 1), ('a', 2);
         INSERT INTO s VALUES ('x', 1);
         INSERT INTO r (rowid, v) VALUES (10, 1), (20, 2);",
    )
    .await;

    up(&mut connection, one(upgrade)).await.unwrap();

    insta::assert_snapshot!(ask(&mut connection, "SELECT sql FROM sqlite_schema WHERE name IN ('w', 's', 'r') ORDER BY name").await.join("\n"), @r#"
    CREATE TABLE "r" (v BIGINT)
    CREATE TABLE "s" (k TEXT PRIMARY KEY, v INT DEFAULT 5) STRICT
    CREATE TABLE "w" (k TEXT PRIMARY KEY, v INT NOT NULL) WITHOUT ROWID
    "#);
    assert_eq!(
        ask(&mut connection, "SELECT rowid, v FROM r").await,
        ["10|1", "20|2"],
        "rows keep their numbers"
    );
    assert_eq!(ask(&mut connection, "SELECT * FROM w").await, ["a|2", "b|1"]);
}

/// What a refused rebuild says, with nothing changed and every pragma as it was.
async fn refused(sql: &str, upgrade: fn(&mut Operations)) -> String {
    let mut connection = memory(sql).await;
    let before = ask(&mut connection, OBJECTS).await;
    let error = up(&mut connection, one(upgrade)).await.unwrap_err();
    assert_eq!(ask(&mut connection, OBJECTS).await, before);
    assert_eq!(pragmas(&mut connection).await, "1 0");
    let line = match error.kind() {
        servicekit::ErrorKind::Operation(unsupported) => unsupported.position.line,
        servicekit::ErrorKind::Statement(failure) => failure.position.line,
        _ => 0,
    };
    format!("{}: {}", error.code(), error.to_string().replace(&format!(":{line}:"), ":LINE:"))
}

#[tokio::test]
async fn what_a_table_does_not_have_is_named_at_the_call() {
    let no_column = refused("CREATE TABLE t (a INT, b INT)", |op| {
        op.alter_column("t", "c").set_not_null();
    });
    insta::assert_snapshot!(no_column.await, @"
    unsupported_operation: the upgrade of revision `a` (about a) cannot run on sqlite: `alter_column` of `t.c`: the table has no column `c`
     --> runtime/tests/operations/rebuild.rs:LINE:12
    note: called by `alembic/versions/a.rs`
    now: the transaction was rolled back; the database is at base
    help: its columns are `a`, `b`
    ");
    let no_table = refused("SELECT 1", |op| {
        op.drop_check_constraint("ck", "nothing");
    });
    insta::assert_snapshot!(no_table.await, @"
    unsupported_operation: the upgrade of revision `a` (about a) cannot run on sqlite: `drop_check_constraint` of `nothing`: there is no table `nothing`
     --> runtime/tests/operations/rebuild.rs:LINE:12
    note: called by `alembic/versions/a.rs`
    now: the transaction was rolled back; the database is at base
    ");
    let is_virtual = refused("CREATE VIRTUAL TABLE t USING fts5(a)", |op| {
        op.alter_column("t", "a").set_not_null();
    });
    insta::assert_snapshot!(is_virtual.await, @"
    unsupported_operation: the upgrade of revision `a` (about a) cannot run on sqlite: `alter_column` of `t.a`: `t` is not an ordinary table
     --> runtime/tests/operations/rebuild.rs:LINE:12
    note: called by `alembic/versions/a.rs`
    now: the transaction was rolled back; the database is at base
    ");
}

#[tokio::test]
async fn rows_that_do_not_fit_are_an_error_of_the_copy() {
    let text = refused("CREATE TABLE t (a INT); INSERT INTO t VALUES (1), (NULL)", |op| {
        op.alter_column("t", "a").set_not_null();
    });
    insta::assert_snapshot!(text.await, @r#"
    statement_failed: the upgrade of revision `a` (about a) failed: NOT NULL constraint failed: _rebuild_t.a
     --> runtime/tests/operations/rebuild.rs:LINE:12
      |
    1 | INSERT INTO "_rebuild_t" (rowid, "a") SELECT rowid, "a" FROM "t"
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ NOT NULL constraint failed: _rebuild_t.a
    now: the transaction was rolled back; the database is at base
    help: fix the revision and start again
    "#);
}

#[tokio::test]
async fn what_needs_a_dropped_column_is_named_whatever_quotes_it_has() {
    fn drop_size(op: &mut Operations) {
        op.batch_alter_table("t", |batch| {
            batch.recreate(Recreate::Always);
            batch.drop_column("size");
        });
    }
    let mut texts = Vec::new();
    for object in [
        "CREATE INDEX ix ON t (\"size\")",
        "CREATE INDEX ix ON t (name) WHERE size > 1",
        "CREATE VIEW v AS SELECT size FROM t",
        "CREATE VIEW v AS SELECT \"size\" FROM t",
        "CREATE TRIGGER tr AFTER INSERT ON t BEGIN UPDATE t SET size = 1; END",
        "CREATE TRIGGER tr AFTER INSERT ON o BEGIN DELETE FROM t WHERE \"size\" = 1; END",
        "CREATE TRIGGER tr AFTER UPDATE OF size ON t BEGIN SELECT 1; END",
    ] {
        let sql = format!("CREATE TABLE o (x); CREATE TABLE t (name TEXT, size INT); {object}");
        let text = refused(&sql, drop_size).await;
        let reason = text.lines().next().unwrap().split("of `t`: ").last().unwrap().to_owned();
        texts.push(format!("{object}\n    {reason}"));
    }
    insta::assert_snapshot!(texts.join("\n"));
}

#[tokio::test]
async fn a_rebuild_that_leaves_rows_without_their_parent_is_undone() {
    fn upgrade(op: &mut Operations) {
        op.alter_column("parents", "name").set_not_null();
        op.execute("DELETE FROM parents WHERE id = 2");
    }
    let sql = "CREATE TABLE parents (id INTEGER PRIMARY KEY, name TEXT);
               CREATE TABLE children (id INTEGER PRIMARY KEY, parent INT REFERENCES parents ON DELETE CASCADE);
               PRAGMA foreign_keys = OFF;
               INSERT INTO parents VALUES (1, 'a'), (2, 'b');
               INSERT INTO children VALUES (10, 1), (11, 2), (12, 2), (13, 99);
               PRAGMA foreign_keys = ON";
    insta::assert_snapshot!(refused(sql, upgrade).await, @"
    foreign_key_violation: revision `a` leaves rows that violate a foreign key: 2 rows of `children` to `parents` (rowid 11, 12)
    now: the transaction was rolled back; the database is at base
    help: while a table is rebuilt foreign keys are off, so `ON DELETE` and `ON UPDATE` do nothing: delete or fix those rows in the revision, or in one before it
    ");
    // What was wrong before is nobody's business.
    let mut connection = memory(sql).await;
    up(&mut connection, one(|op| drop(op.alter_column("parents", "name").set_not_null()))).await.unwrap();
    assert_eq!(ask(&mut connection, "SELECT count(*) FROM children").await, ["4"]);
}

#[tokio::test]
async fn connections_without_foreign_keys_stay_without() {
    let mut connection =
        memory("CREATE TABLE t (a INT); PRAGMA foreign_keys = OFF; PRAGMA legacy_alter_table = ON").await;
    up(&mut connection, one(|op| drop(op.alter_column("t", "a").set_not_null()))).await.unwrap();
    assert_eq!(pragmas(&mut connection).await, "0 1");
}

#[tokio::test]
async fn a_run_that_is_dropped_in_the_middle_puts_foreign_keys_back() {
    fn upgrade(op: &mut Operations) {
        op.alter_column("t", "a").set_not_null();
        op.run("wait", async |_| {
            tokio::time::sleep(std::time::Duration::from_mins(10)).await;
            Ok(())
        });
    }
    let file = File::new();
    let mut connection = file.connection().await;
    sqlx::raw_sql("CREATE TABLE t (a INT); INSERT INTO t VALUES (1)").execute(&mut connection).await.unwrap();
    let run = up(&mut connection, one(upgrade));
    tokio::time::timeout(std::time::Duration::from_millis(300), run).await.unwrap_err();

    assert_eq!(pragmas(&mut connection).await, "1 0");
    assert_eq!(
        ask(&mut connection, "SELECT sql FROM sqlite_schema WHERE name = 't'").await,
        ["CREATE TABLE t (a INT)"]
    );
    sqlx::raw_sql("BEGIN IMMEDIATE; ROLLBACK").execute(&mut connection).await.unwrap();
}

#[tokio::test]
async fn a_batch_is_one_rebuild_and_single_statements_elsewhere_and_can_be_reversed() {
    fn upgrade(op: &mut Operations) {
        op.batch_alter_table("users", |batch| {
            batch.alter_column("name").set_not_null().existing(string("name", 40));
            batch.add_column(integer("age"));
            batch.create_unique_constraint("uq_users_name", ["name"]);
            batch.create_index("ix_users_age", ["age"]);
            batch.rename_column("age", "years");
        });
    }
    fn downgrade(op: &mut Operations) {
        op.reverse_of(upgrade);
    }
    fn table(op: &mut Operations) {
        op.create_table("users", [integer("id").primary_key(), string("name", 40)]);
        op.bulk_insert("users", ["id", "name"], [(1, "Ada")]);
    }
    let migrations = history(&[rust("a", &[], table, None), rust("b", &["a"], upgrade, Some(downgrade))]);
    for dialect in Dialect::ALL {
        let Some(mut client) = Client::open(dialect).await else { continue };
        macro_rules! there_and_back {
            ($connection:expr) => {{
                migrations.upgrade(&mut *$connection).await.unwrap();
                migrations.downgrade_to(&mut *$connection, "a").await.unwrap();
                migrations.upgrade(&mut *$connection).await.unwrap();
            }};
        }
        match &mut client {
            Client::Sqlite(connection) => there_and_back!(connection),
            Client::Postgres(connection, _) => there_and_back!(connection),
            Client::MySql(connection, _) => there_and_back!(connection),
        }
        assert_eq!(client.ask("SELECT id, name, years FROM users").await, ["1|Ada|NULL"], "{dialect}");
        client.run("INSERT INTO users (id, name) VALUES (2, 'Ada')").await.unwrap_err();
    }
}

#[test]
fn a_batch_says_what_it_needs() {
    let mut op = Operations::default();
    op.batch_alter_table("t", |batch| {
        batch.recreate(Recreate::Never);
        batch.alter_column("a").set_not_null().existing(integer("a"));
    });
    let error = op.sql(Dialect::Sqlite).unwrap_err();
    insta::assert_snapshot!(format!("{}\n{}", error.reason, error.help.unwrap()), @"
    it takes a rebuild of the table, and `Recreate::Never` is set
    leave that out, or change only what SQLite's `ALTER TABLE` can
    ");
    assert_eq!(op.sql(Dialect::Postgres).unwrap().len(), 1);
    let mut op = Operations::default();
    op.batch_alter_table("t", |_| {});
    insta::assert_snapshot!(op.sql(Dialect::Sqlite).unwrap_err().reason, @"nothing is changed");
    let mut op = Operations::default();
    op.batch_alter_table("t", |batch| drop(batch.alter_column("a")));
    insta::assert_snapshot!(op.sql(Dialect::Mysql).unwrap_err().reason, @"`alter_column` of `t.a`: nothing is changed");
    let mut op = Operations::default();
    op.batch_alter_table("t", |batch| {
        batch.add_column(integer("b"));
        batch.drop_column("c");
        batch.rename_column("b", "d");
    });
    // What `ALTER TABLE` can do is left to it.
    insta::assert_snapshot!(op.sql(Dialect::Sqlite).unwrap().join("\n"), @r#"
    ALTER TABLE "t" ADD COLUMN "b" INTEGER
    ALTER TABLE "t" DROP COLUMN "c"
    ALTER TABLE "t" RENAME COLUMN "b" TO "d"
    "#);
}
