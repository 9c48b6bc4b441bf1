//! Revisions that would take the transaction away from the runner, or write where it keeps its state.
#![allow(clippy::unwrap_used, clippy::panic, reason = "clippy exempts test functions, not their helpers")]

mod support;

use servicekit::sqlx::sqlite::SqlitePoolOptions;
use servicekit::sqlx::{self, Connection as _};
use servicekit::{Migrations, Operations};
use std::time::Duration;
use support::{File, ask, history, history_with, integrity, rust, sql, version_rows};

/// `a` with one row, then a revision whose upgrade is this.
fn second(upgrade: &str) -> Migrations {
    history(&[
        sql("a", &[], "CREATE TABLE a (x TEXT UNIQUE); INSERT INTO a VALUES ('kept');", "DROP TABLE a;"),
        sql("b", &["a"], upgrade, ""),
    ])
}

/// Runs it; the error, after a look at the file: it is sound, at `a`, and `a` holds what it held.
async fn undone(migrations: Migrations) -> String {
    let file = File::new();
    let run = migrations.upgrade(file.pool().await.acquire().await.unwrap().as_mut()).await;
    let error = run.unwrap_err();
    let mut connection = file.connection().await;
    let state = [
        version_rows(&mut connection).await,
        ask(&mut connection, "SELECT x FROM a").await,
        integrity(&mut connection).await,
    ];
    assert_eq!(state, ["a", "kept", "ok"], "{error}");
    format!("{}: {error}", error.code())
}

/// What a revision is refused for, with nothing run.
async fn refused(upgrade: &str) -> String {
    let file = File::new();
    let run =
        tokio::time::timeout(Duration::from_secs(30), second(upgrade).upgrade(&file.pool().await)).await;
    let error = run.unwrap().unwrap_err();
    assert_eq!(support::schema(&mut file.connection().await).await, Vec::<String>::new(), "{error}");
    error.to_string()
}

#[tokio::test]
async fn a_statement_that_rolls_back_by_itself_leaves_a_connection_that_can_be_used() {
    let statements = [
        "INSERT OR ROLLBACK INTO a VALUES ('kept');",
        "CREATE TABLE b (x UNIQUE ON CONFLICT ROLLBACK); INSERT INTO b VALUES (1), (1);",
        "CREATE TRIGGER t BEFORE INSERT ON a BEGIN SELECT RAISE(ROLLBACK, 'never'); END; INSERT INTO a VALUES (1);",
    ];
    for upgrade in statements {
        let file = File::new();
        let mut connection = file.connection().await;

        let error = second(upgrade).upgrade(&mut connection).await.unwrap_err();

        assert_eq!(error.code(), "statement_failed", "{error}");
        assert_eq!(version_rows(&mut connection).await, "a");
        connection.begin().await.unwrap().commit().await.unwrap();
        let fixed = second("CREATE TABLE b (x);").upgrade(&mut connection).await.unwrap();
        assert_eq!((fixed.steps.len(), fixed.to.to_string()), (1, "b".to_owned()));
    }
}

#[tokio::test]
async fn words_of_a_trigger_stay_on_their_line_in_a_rust_revision() {
    fn upgrade(op: &mut Operations) {
        op.execute("CREATE TABLE b (x)");
        op.execute("CREATE TRIGGER t BEFORE INSERT ON b BEGIN SELECT RAISE(ABORT, 'not\n --> here'); END");
        op.execute("INSERT INTO b VALUES (1)");
    }
    let file = File::new();
    let error = history(&[rust("a", &[], upgrade, None)]).upgrade(&file.pool().await).await.unwrap_err();
    let servicekit::ErrorKind::Statement(failure) = error.kind() else { panic!("{error}") };
    insta::assert_snapshot!(error.to_string().replace(&format!(":{}", failure.position.line), ":LINE"), @"
    the upgrade of revision `a` (about a) failed: not --> here
     --> runtime/tests/hostile.rs:LINE:12
      |
    1 | INSERT INTO b VALUES (1)
      | ^^^^^^^^^^^^^^^^^^^^^^^^ not --> here
    now: the transaction was rolled back; the database is at base
    help: fix the revision and start again
    ");
}

#[tokio::test]
async fn a_pragma_that_a_transaction_cannot_have_is_refused_however_it_is_written() {
    let spellings = [
        "/* a */ PRAGMA /* b c */ foreign_keys /* d */ = /* e */ 0;",
        "pragma Foreign_Keys=off;",
        "PRAGMA main . foreign_keys (0);",
        "PRAGMA \"main\".[foreign_keys] = 0;",
        "PRAGMA 'foreign_keys' == 0;",
        "PRAGMA `foreign_keys`=-0;",
        "PRAGMA journal_mode = OFF;",
        "PRAGMA main.journal_mode(memory);",
    ];
    let mut texts = Vec::new();
    for spelling in spellings {
        texts.push(refused(spelling).await);
    }
    insta::assert_snapshot!(texts.join("\n\n"), @r#"
    the upgrade of revision `b` is refused: `PRAGMA foreign_keys` does nothing inside a transaction, and this revision runs in one
     --> alembic/versions/b.sql:7:9
      |
    7 | /* a */ PRAGMA /* b c */ foreign_keys /* d */ = /* e */ 0;
      |         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ refused
    now: nothing was run
    help: remove the statement; if needed, set it on the connection before the run

    the upgrade of revision `b` is refused: `PRAGMA foreign_keys` does nothing inside a transaction, and this revision runs in one
     --> alembic/versions/b.sql:7:1
      |
    7 | pragma Foreign_Keys=off;
      | ^^^^^^^^^^^^^^^^^^^^^^^ refused
    now: nothing was run
    help: remove the statement; if needed, set it on the connection before the run

    the upgrade of revision `b` is refused: `PRAGMA foreign_keys` does nothing inside a transaction, and this revision runs in one
     --> alembic/versions/b.sql:7:1
      |
    7 | PRAGMA main . foreign_keys (0);
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ refused
    now: nothing was run
    help: remove the statement; if needed, set it on the connection before the run

    the upgrade of revision `b` is refused: `PRAGMA foreign_keys` does nothing inside a transaction, and this revision runs in one
     --> alembic/versions/b.sql:7:1
      |
    7 | PRAGMA "main".[foreign_keys] = 0;
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ refused
    now: nothing was run
    help: remove the statement; if needed, set it on the connection before the run

    the upgrade of revision `b` is refused: `PRAGMA foreign_keys` does nothing inside a transaction, and this revision runs in one
     --> alembic/versions/b.sql:7:1
      |
    7 | PRAGMA 'foreign_keys' == 0;
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^ refused
    now: nothing was run
    help: remove the statement; if needed, set it on the connection before the run

    the upgrade of revision `b` is refused: `PRAGMA foreign_keys` does nothing inside a transaction, and this revision runs in one
     --> alembic/versions/b.sql:7:1
      |
    7 | PRAGMA `foreign_keys`=-0;
      | ^^^^^^^^^^^^^^^^^^^^^^^^ refused
    now: nothing was run
    help: remove the statement; if needed, set it on the connection before the run

    the upgrade of revision `b` is refused: a revision runs in a transaction, which SQLite may be unable to roll back with another journal mode
     --> alembic/versions/b.sql:7:1
      |
    7 | PRAGMA journal_mode = OFF;
      | ^^^^^^^^^^^^^^^^^^^^^^^^^ refused
    now: nothing was run
    help: remove the statement; set it when the connection is opened

    the upgrade of revision `b` is refused: a revision runs in a transaction, which SQLite may be unable to roll back with another journal mode
     --> alembic/versions/b.sql:7:1
      |
    7 | PRAGMA main.journal_mode(memory);
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ refused
    now: nothing was run
    help: remove the statement; set it when the connection is opened
    "#);
    let asked = second(
        "PRAGMA journal_mode; PRAGMA main.foreign_keys; PRAGMA /* foreign_keys(0) */ user_version = 3;",
    );
    asked.upgrade(&File::new().pool().await).await.unwrap();
}

#[tokio::test]
async fn what_sqlite_would_read_in_another_way_is_refused() {
    let texts = [
        refused("CREATE TABLE b (x);\n\u{feff}COMMIT;").await,
        refused("INSERT INTO a VALUES ('é', :name);").await,
        refused("UPDATE a SET x = ? WHERE x = 'kept';").await,
        refused("INSERT INTO a VALUES ('é') \0;").await,
        refused("INSERT INTO a VALUES ('\0');").await,
    ];
    insta::assert_snapshot!(texts.join("\n\n"), @r"
    the upgrade of revision `b` is refused: a revision cannot begin or end transactions: its statements, version rows and journal row share one
     --> alembic/versions/b.sql:8:1
      |
    8 | \u{feff}COMMIT;
      | ^^^^^^^^^^^^^^ refused
    now: nothing was run
    help: remove the statement

    the upgrade of revision `b` is refused: a parameter has no value here
     --> alembic/versions/b.sql:7:28
      |
    7 | INSERT INTO a VALUES ('é', :name);
      |                            ^^^^^ refused
    now: nothing was run
    help: write the value itself

    the upgrade of revision `b` is refused: a parameter has no value here
     --> alembic/versions/b.sql:7:18
      |
    7 | UPDATE a SET x = ? WHERE x = 'kept';
      |                  ^ refused
    now: nothing was run
    help: write the value itself

    the upgrade of revision `b` is refused: a database reads a statement only up to the first NUL character
     --> alembic/versions/b.sql:7:28
      |
    7 | INSERT INTO a VALUES ('é') \u{0};
      |                            ^^^^^ refused
    now: nothing was run
    help: remove the character

    the upgrade of revision `b` is refused: a database reads a statement only up to the first NUL character
     --> alembic/versions/b.sql:7:24
      |
    7 | INSERT INTO a VALUES ('\u{0}');
      |                        ^^^^^ refused
    now: nothing was run
    help: remove the character
    ");
}

#[tokio::test]
async fn every_statement_of_a_plan_that_is_refused_is_shown_at_once() {
    let migrations = history(&[
        sql("a", &[], "CREATE TABLE a (x);\nCOMMIT;\nUPDATE a SET x = ?;", ""),
        sql("b", &["a"], "CREATE TABLE b (x);", ""),
        sql("c", &["b"], "PRAGMA journal_mode = OFF;", ""),
    ]);
    let file = File::new();
    let error = migrations.upgrade(&file.pool().await).await.unwrap_err();
    assert_eq!(support::schema(&mut file.connection().await).await, Vec::<String>::new());
    insta::assert_snapshot!(error);
    let many = second(&"COMMIT;\n".repeat(25)).upgrade(&file.pool().await).await.unwrap_err().to_string();
    assert_eq!(many.matches("is refused").count(), 10, "{many}");
    assert!(many.contains("\n\nand 15 more statements are refused\nnow: nothing was run\n"), "{many}");
}

#[tokio::test]
async fn a_command_for_the_client_is_refused_by_its_name_where_a_revision_records_it() {
    fn upgrade(op: &mut Operations) {
        op.execute(".read other.sql");
    }
    let migrations = history(&[rust("a", &[], upgrade, None)]);
    let error = migrations.upgrade(&File::new().pool().await).await.unwrap_err();
    insta::assert_snapshot!(error);
}

#[tokio::test]
async fn a_revision_that_writes_where_the_runner_keeps_its_state_is_undone() {
    let statements = [
        "DELETE FROM alembic_version;",
        "INSERT INTO alembic_version VALUES ('b');",
        "INSERT INTO alembic_version VALUES ('other');",
        "CREATE TRIGGER t AFTER UPDATE ON alembic_version BEGIN INSERT INTO alembic_version VALUES ('q'); END;",
        "DROP TABLE alembic_version;",
        "ALTER TABLE alembic_version RENAME TO other;",
        "DROP TABLE alembic_journal;",
        "ALTER TABLE alembic_journal RENAME COLUMN message TO text;",
    ];
    let mut texts = Vec::new();
    for upgrade in statements {
        texts.push(format!("{upgrade}\n{}", undone(second(upgrade)).await));
    }
    insta::assert_snapshot!(texts.join("\n\n"), @"
    DELETE FROM alembic_version;
    version_rows_changed: the version rows should be b after revision `b`, and they were base
    now: the transaction was rolled back; the database is at a
    help: only the runner may change its tables: look for other changes of them, in the revision or in a trigger

    INSERT INTO alembic_version VALUES ('b');
    database_error: the version table could not be written after revision `b`: UNIQUE constraint failed: alembic_version.version_num
    now: what was not committed has been rolled back; the database is at a
    help: only the runner may change its tables: look for other changes of them, in the revision or in a trigger

    INSERT INTO alembic_version VALUES ('other');
    version_rows_changed: the version rows should be b after revision `b`, and they were b, other
    now: the transaction was rolled back; the database is at a
    help: only the runner may change its tables: look for other changes of them, in the revision or in a trigger

    CREATE TRIGGER t AFTER UPDATE ON alembic_version BEGIN INSERT INTO alembic_version VALUES ('q'); END;
    version_rows_changed: the version rows should be b after revision `b`, and they were b, q
    now: the transaction was rolled back; the database is at a
    help: only the runner may change its tables: look for other changes of them, in the revision or in a trigger

    DROP TABLE alembic_version;
    database_error: the version table could not be written after revision `b`: no such table: main.alembic_version
    now: what was not committed has been rolled back; the database is at a
    help: only the runner may change its tables: look for other changes of them, in the revision or in a trigger

    ALTER TABLE alembic_version RENAME TO other;
    database_error: the version table could not be written after revision `b`: no such table: main.alembic_version
    now: what was not committed has been rolled back; the database is at a
    help: only the runner may change its tables: look for other changes of them, in the revision or in a trigger

    DROP TABLE alembic_journal;
    database_error: the journal could not be written after revision `b`: no such table: main.alembic_journal
    now: what was not committed has been rolled back; the database is at a
    help: only the runner may change its tables: look for other changes of them, in the revision or in a trigger

    ALTER TABLE alembic_journal RENAME COLUMN message TO text;
    database_error: the journal could not be written after revision `b`: table main.alembic_journal has no column named message
    now: what was not committed has been rolled back; the database is at a
    help: only the runner may change its tables: look for other changes of them, in the revision or in a trigger
    ");
    // What leaves the rows alone is no harm.
    second("ALTER TABLE alembic_version ADD COLUMN note TEXT;")
        .upgrade(&File::new().pool().await)
        .await
        .unwrap();
}

#[tokio::test]
async fn what_cannot_run_in_a_transaction_is_undone_with_the_words_of_sqlite() {
    let statements = [
        "DELETE FROM a; PRAGMA journal_mode; DETACH main;",
        "CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE c (p REFERENCES p DEFERRABLE INITIALLY DEFERRED); \
         INSERT INTO c VALUES (7);",
    ];
    let mut texts = Vec::new();
    for upgrade in statements {
        texts.push(undone(second(upgrade)).await);
    }
    insta::assert_snapshot!(texts.join("\n\n"), @"
    statement_failed: the upgrade of revision `b` (about b) failed: cannot detach database main
     --> alembic/versions/b.sql:7:37
      |
    7 | DELETE FROM a; PRAGMA journal_mode; DETACH main;
      |                                     ^^^^^^^^^^^ cannot detach database main
    now: the transaction was rolled back; the database is at a
    help: fix the revision and start again

    database_error: revision `b` could not be committed: FOREIGN KEY constraint failed
    now: what was not committed has been rolled back; the database is at a
    help: a deferred constraint is checked at the commit: fix the revision so that its rows satisfy the constraint at its end, and start again
    ");
}

#[tokio::test]
async fn a_temporary_table_or_an_attached_file_never_stands_in_for_the_version_table() {
    let (file, other) = (File::new(), File::new());
    // The other file is at the head of this very history.
    second("").upgrade(&other.pool().await).await.unwrap();
    let attach = format!("ATTACH '{}' AS other", other.path().display());
    let pool = SqlitePoolOptions::new()
        .max_connections(1)
        .after_connect(move |connection, _| {
            let attach = sqlx::AssertSqlSafe(attach.clone());
            Box::pin(async move {
                let temporary = "CREATE TEMP TABLE alembic_journal (x); CREATE TEMP TABLE alembic_version (version_num); \
                                 INSERT INTO temp.alembic_version VALUES ('b')";
                sqlx::raw_sql(attach).execute(&mut *connection).await?;
                sqlx::raw_sql(temporary).execute(&mut *connection).await.map(|_| ())
            })
        })
        .connect_with(file.options())
        .await
        .unwrap();

    let report = second("").upgrade(&pool).await.unwrap();

    assert_eq!((report.from.to_string(), report.steps.len()), ("base".to_owned(), 2));
    assert_eq!(version_rows(&mut file.connection().await).await, "b");
    let rows = "SELECT count(*) || '' FROM alembic_journal";
    assert_eq!(ask(&mut file.connection().await, rows).await, "2");
    assert_eq!(ask(&mut other.connection().await, rows).await, "2");
}

#[tokio::test]
async fn tables_with_odd_names_in_another_schema_hold_the_state() {
    let (file, other) = (File::new(), File::new());
    let mut connection = file.connection().await;
    let attach = format!("ATTACH '{}' AS \"sta\"\"te\"", other.path().display());
    sqlx::raw_sql(sqlx::AssertSqlSafe(attach)).execute(&mut connection).await.unwrap();
    let migrations = history_with(
        &[sql("a", &[], "CREATE TABLE a (x);", "DROP TABLE a;"), sql("b", &["a"], "", "")],
        |embedded| {
            embedded.schema = Some("sta\"te");
            embedded.version_table = "select \"versiön\"; --";
            embedded.journal_table = "jour'nal .table";
        },
    );

    migrations.upgrade(&mut connection).await.unwrap();
    assert!(migrations.upgrade(&mut connection).await.unwrap().is_empty());
    let down = migrations.downgrade_to(&mut connection, "base").await.unwrap();

    assert_eq!(down.steps.len(), 2);
    let mut other = other.connection().await;
    let names = ask(&mut other, "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY 1").await;
    assert_eq!(names, "jour'nal .table\nselect \"versiön\"; --\nsqlite_sequence");
    assert_eq!(ask(&mut other, "SELECT count(*) || '' FROM [jour'nal .table]").await, "4");
    let nowhere = history_with(&[sql("a", &[], "", "")], |embedded| embedded.schema = Some("nowhere"));
    insta::assert_snapshot!(nowhere.upgrade(&mut connection).await.unwrap_err(), @r#"
    the version table and the journal could not be created: unknown database "nowhere"
    now: what was not committed has been rolled back; the database is at base
    "#);
}

#[tokio::test]
async fn statements_that_give_rows_or_do_nothing_are_run_and_passed_over() {
    let upgrades = [
        "SELECT * FROM a; VALUES (1), (2); EXPLAIN COMMIT; WITH n AS (SELECT 'w') INSERT INTO a SELECT * FROM n RETURNING x;",
        "",
        "-- nothing\n/* at all */ ;;;",
        "ATTACH ':memory:' AS other; CREATE TABLE other.t (x);",
    ];
    for upgrade in upgrades {
        let file = File::new();
        let report = second(upgrade).upgrade(&file.pool().await).await.unwrap();
        assert_eq!((report.steps.len(), report.to.to_string()), (2, "b".to_owned()), "{upgrade}");
        assert_eq!(version_rows(&mut file.connection().await).await, "b");
    }
}

#[tokio::test]
async fn a_statement_of_megabytes_and_thousands_of_statements_run_and_fail_in_few_words() {
    let rows: Vec<String> = (0..20_000).map(|row| format!("('row {row} é')")).collect();
    let long = format!("INSERT INTO a VALUES {}", rows.join(", "));
    let many: Vec<String> =
        rows.iter().take(2000).map(|row| format!("INSERT INTO a VALUES {row};\n")).collect();
    let many = many.concat();

    for upgrade in [format!("{long};"), many.clone()] {
        second(&upgrade).upgrade(&File::new().pool().await).await.unwrap();
    }
    for upgrade in [
        format!("{long}, ('kept');"),
        format!("{long},, (1);"),
        format!("{many}INSERT INTO a VALUES ('kept');"),
    ] {
        let text = undone(second(&upgrade)).await;
        assert!(text.len() < 1000, "{} bytes: {text:.1000}", text.len());
    }
}

/// `a` with two rows that rows of `child` refer to, then a revision whose upgrade is this.
fn family(on_delete: &str, upgrade: &str) -> Migrations {
    let tables = format!(
        "CREATE TABLE parent (id INTEGER PRIMARY KEY); INSERT INTO parent VALUES (1), (2); \
         CREATE TABLE child (x TEXT, parent_id INTEGER DEFAULT 2 REFERENCES parent {on_delete}); \
         INSERT INTO child VALUES ('one', 1), ('two', 2);"
    );
    history(&[sql("a", &[], &tables, ""), sql("b", &["a"], upgrade, "")])
}

/// How a table is rebuilt where ALTER TABLE cannot do it.
const ANEW: &str = "CREATE TABLE new_parent (id INTEGER PRIMARY KEY, name TEXT);\n\
                    INSERT INTO new_parent (id) SELECT id FROM parent;\n\
                    DROP TABLE parent;\n\
                    ALTER TABLE new_parent RENAME TO parent;";

#[tokio::test]
async fn a_table_built_anew_never_takes_rows_of_another_along_in_silence() {
    let mut texts = Vec::new();
    for on_delete in ["ON DELETE CASCADE", "ON DELETE SET NULL", "ON DELETE SET DEFAULT", ""] {
        let file = File::new();
        let error = family(on_delete, ANEW).upgrade(&file.pool().await).await.unwrap_err();
        let children = "SELECT x || ' ' || parent_id FROM child ORDER BY 1";
        assert_eq!(ask(&mut file.connection().await, children).await, "one 1\ntwo 2", "{error}");
        texts.push(format!("{}: {error}", error.code()));
    }
    insta::assert_snapshot!(texts.join("\n\n"), @"
    statement_refused: the upgrade of revision `b` is refused: foreign keys are on, and dropping this table would delete rows of `child` (ON DELETE CASCADE)
     --> alembic/versions/b.sql:9:1
      |
    9 | DROP TABLE parent;
      | ^^^^^^^^^^^^^^^^^ refused
    now: the transaction was rolled back; the database is at a
    help: to rebuild the table and keep them, use connections with `foreign_keys(false)`; to delete them, write a DELETE first

    statement_refused: the upgrade of revision `b` is refused: foreign keys are on, and dropping this table would change rows of `child` (ON DELETE SET NULL)
     --> alembic/versions/b.sql:9:1
      |
    9 | DROP TABLE parent;
      | ^^^^^^^^^^^^^^^^^ refused
    now: the transaction was rolled back; the database is at a
    help: to rebuild the table and keep them, use connections with `foreign_keys(false)`; to delete them, write a DELETE first

    statement_refused: the upgrade of revision `b` is refused: foreign keys are on, and dropping this table would change rows of `child` (ON DELETE SET DEFAULT)
     --> alembic/versions/b.sql:9:1
      |
    9 | DROP TABLE parent;
      | ^^^^^^^^^^^^^^^^^ refused
    now: the transaction was rolled back; the database is at a
    help: to rebuild the table and keep them, use connections with `foreign_keys(false)`; to delete them, write a DELETE first

    statement_failed: the upgrade of revision `b` (about b) failed: FOREIGN KEY constraint failed
     --> alembic/versions/b.sql:9:1
      |
    9 | DROP TABLE parent;
      | ^^^^^^^^^^^^^^^^^ FOREIGN KEY constraint failed
    now: the transaction was rolled back; the database is at a
    help: a row refers to a row that does not exist: fix the revision; if it rebuilds a table, use connections with `foreign_keys(false)`
    ");

    // The help that the message names.
    let file = File::new();
    let pool = sqlx::SqlitePool::connect_with(file.options().foreign_keys(false)).await.unwrap();
    family("ON DELETE CASCADE", ANEW).upgrade(&pool).await.unwrap();
    let mut connection = file.connection().await;
    assert_eq!(ask(&mut connection, "SELECT count(*) || '' FROM child").await, "2");
    assert_eq!(ask(&mut connection, "SELECT \"table\" FROM pragma_foreign_key_check").await, "");
}

#[tokio::test]
async fn a_table_goes_when_nothing_is_lost_with_it() {
    let upgrades = [
        "DROP TABLE child; DROP TABLE parent;",
        "DELETE FROM parent; DROP TABLE parent;",
        "DELETE FROM child; DROP TABLE IF EXISTS main.\"parent\";",
        "DROP TABLE IF EXISTS no_such_table;",
        "CREATE TABLE tree (id INTEGER PRIMARY KEY, up REFERENCES tree ON DELETE CASCADE); \
         INSERT INTO tree VALUES (1, NULL), (2, 1); DROP TABLE tree;",
    ];
    for upgrade in upgrades {
        let report = family("ON DELETE CASCADE", upgrade).upgrade(&File::new().pool().await).await.unwrap();
        assert_eq!(report.steps.len(), 2, "{upgrade}");
    }
}
