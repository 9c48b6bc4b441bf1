//! What a person reads when a run on a server cannot go on: what happened, where, what state things are in, what to
//! do.

use crate::client::{Client, Pool, User};
use crate::place::{Place, on_mysql, on_postgres, places};
use crate::support::{Rev, history, sql, sql_text};
use servicekit::options::Resolution;
use servicekit::{Error, Migrations};
use servicekit_test_servers::{PrivateServer, WireProxy};
use std::net::TcpListener;
use std::time::Duration;

fn first() -> Rev {
    sql("a", &[], "CREATE TABLE a (x INT PRIMARY KEY, y VARCHAR(20) NOT NULL);", "DROP TABLE a;")
}

/// `a`, then a revision whose upgrade is this.
fn second(upgrade: &str) -> Migrations {
    history(&[first(), sql("b", &["a"], upgrade, "SELECT 1;")])
}

async fn failed(place: &Place, migrations: Migrations) -> Error {
    Pool::of(place.url(), 1).upgrade(&migrations.migrator()).await.unwrap_err()
}

/// The same without what differs from run to run.
async fn said(place: &Place, migrations: Migrations) -> String {
    anonymous(place, &failed(place, migrations).await)
}

fn anonymous(place: &Place, error: &Error) -> String {
    let text = error.to_string().replace(place.database.name(), "DATABASE");
    let text = WORDS.iter().fold(text, |text, (of_mysql, of_mariadb)| text.replace(of_mysql, of_mariadb));
    let mut plain = String::new();
    let mut rest = text.as_str();
    // Times.
    while let Some(at) = rest.find("20").filter(|at| rest.get(*at + 10..*at + 11) == Some("T")) {
        plain += &rest[..at];
        plain += "2026-11-23T10:00:00.000Z";
        rest = &rest[at + "2026-11-23T10:00:00.000Z".len()..];
    }
    plain + rest
}

/// What MySQL says in other words than MariaDB, in MariaDB's.
const WORDS: [(&str, &str); 5] = [
    ("your MySQL server version", "your MariaDB server version"),
    ("'nope' in 'field list'", "'nope' in 'SET'"),
    ("key 'a.PRIMARY'", "key 'PRIMARY'"),
    ("for table 'alembic_version'", "for table `DATABASE`.`alembic_version`"),
    ("for table 'mine'", "for table `DATABASE`.`mine`"),
];

#[tokio::test]
async fn a_syntax_error_stands_on_its_token_whatever_letters_come_before_it() {
    let upgrade = "INSERT INTO a VALUES (1, 'é→😀');\n\n/* ß */ CREATE TABEL b (x INT);\nSELECT 'ü';";
    if let Some(place) = on_postgres() {
        insta::assert_snapshot!(said(&place, second(upgrade)).await, @r#"
        the upgrade of revision `b` (about b) failed: syntax error at or near "TABEL"
         --> alembic/versions/b.sql:9:16
          |
        9 | /* ß */ CREATE TABEL b (x INT);
          |                ^^^^^ syntax error at or near "TABEL"
        now: the transaction was rolled back; the database is at a
        help: fix the revision and start again
        "#);
    }
    if let Some(place) = on_mysql() {
        insta::assert_snapshot!(said(&place, second(upgrade)).await, @"
        the upgrade of revision `b` (about b) failed: You have an error in your SQL syntax; check the manual that corresponds to your MariaDB server version for the right syntax to use near 'TABEL b (x INT)' at line 1
         --> alembic/versions/b.sql:9:16
          |
        9 | /* ß */ CREATE TABEL b (x INT);
          |                ^^^^^ You have an error in your SQL syntax; check the manual that corresponds to your MariaDB server version for the right syntax to use near 'TABEL b (x INT)' at line 1
        now: stage 2 of 3 was not done, the stages before it stay; the database is at a, with this revision partially applied
        help: fix the revision from this statement on and start again: it continues with this stage
        ");
    }
}

#[tokio::test]
async fn a_syntax_error_at_the_end_of_a_statement_shows_the_statement() {
    if let Some(place) = on_postgres() {
        insta::assert_snapshot!(said(&place, second("SELECT 1;\nSELECT 'é' FROM;\nSELECT 2;")).await, @r#"
        the upgrade of revision `b` (about b) failed: syntax error at or near ";"
         --> alembic/versions/b.sql:8:1
          |
        8 | SELECT 'é' FROM;
          | ^^^^^^^^^^^^^^^ syntax error at or near ";"
        now: the transaction was rolled back; the database is at a
        help: fix the revision and start again
        "#);
    }
    if let Some(place) = on_mysql() {
        insta::assert_snapshot!(said(&place, second("SELECT 1;\nSELECT 'é' FROM;\nSELECT 2;")).await, @"
        the upgrade of revision `b` (about b) failed: You have an error in your SQL syntax; check the manual that corresponds to your MariaDB server version for the right syntax to use near '' at line 1
         --> alembic/versions/b.sql:8:1
          |
        8 | SELECT 'é' FROM;
          | ^^^^^^^^^^^^^^^ You have an error in your SQL syntax; check the manual that corresponds to your MariaDB server version for the right syntax to use near '' at line 1
        now: the transaction was rolled back; the database is at a
        help: fix the revision and start again
        ");
    }
}

#[tokio::test]
async fn a_table_that_is_not_there_is_pointed_at() {
    let upgrade = "INSERT INTO a VALUES (1, 'é');\nINSERT INTO a SELECT x, 'é' FROM nowhere;";
    if let Some(place) = on_postgres() {
        insta::assert_snapshot!(said(&place, second(upgrade)).await, @r#"
        the upgrade of revision `b` (about b) failed: relation "nowhere" does not exist
         --> alembic/versions/b.sql:8:34
          |
        8 | INSERT INTO a SELECT x, 'é' FROM nowhere;
          |                                  ^^^^^^^ relation "nowhere" does not exist
        now: the transaction was rolled back; the database is at a
        help: fix the revision and start again
        "#);
    }
    if let Some(place) = on_mysql() {
        insta::assert_snapshot!(said(&place, second(upgrade)).await, @"
        the upgrade of revision `b` (about b) failed: Table 'DATABASE.nowhere' doesn't exist
         --> alembic/versions/b.sql:8:34
          |
        8 | INSERT INTO a SELECT x, 'é' FROM nowhere;
          |                                  ^^^^^^^ Table 'DATABASE.nowhere' doesn't exist
        now: the transaction was rolled back; the database is at a
        help: fix the revision and start again
        ");
    }
}

#[tokio::test]
async fn a_column_that_is_not_there_is_pointed_at() {
    let upgrade = "UPDATE a\n   SET y = 'é', nope = 1;";
    if let Some(place) = on_postgres() {
        insta::assert_snapshot!(said(&place, second(upgrade)).await, @r#"
        the upgrade of revision `b` (about b) failed: column "nope" of relation "a" does not exist
         --> alembic/versions/b.sql:8:17
          |
        8 |    SET y = 'é', nope = 1;
          |                 ^^^^ column "nope" of relation "a" does not exist
        now: the transaction was rolled back; the database is at a
        help: fix the revision and start again
        "#);
    }
    if let Some(place) = on_mysql() {
        insta::assert_snapshot!(said(&place, second(upgrade)).await, @"
        the upgrade of revision `b` (about b) failed: Unknown column 'nope' in 'SET'
         --> alembic/versions/b.sql:8:17
          |
        8 |    SET y = 'é', nope = 1;
          |                 ^^^^ Unknown column 'nope' in 'SET'
        now: the transaction was rolled back; the database is at a
        help: fix the revision and start again
        ");
    }
}

#[tokio::test]
async fn a_row_that_breaks_a_constraint_shows_its_statement_and_what_the_server_adds() {
    let upgrade = "INSERT INTO a VALUES (1, 'one');\nINSERT INTO a\n  VALUES (1, 'again');";
    if let Some(place) = on_postgres() {
        insta::assert_snapshot!(said(&place, second(upgrade)).await, @r#"
        the upgrade of revision `b` (about b) failed: duplicate key value violates unique constraint "a_pkey"
         --> alembic/versions/b.sql:8:1
          |
        8 | / INSERT INTO a
        9 | |   VALUES (1, 'again');
          | |_____________________^ duplicate key value violates unique constraint "a_pkey"
        detail: Key (x)=(1) already exists.
        now: the transaction was rolled back; the database is at a
        help: fix the revision and start again
        "#);
    }
    if let Some(place) = on_mysql() {
        insta::assert_snapshot!(said(&place, second(upgrade)).await, @"
        the upgrade of revision `b` (about b) failed: Duplicate entry '1' for key 'PRIMARY'
         --> alembic/versions/b.sql:8:1
          |
        8 | / INSERT INTO a
        9 | |   VALUES (1, 'again');
          | |_____________________^ Duplicate entry '1' for key 'PRIMARY'
        now: the transaction was rolled back; the database is at a
        help: fix the revision and start again
        ");
    }
}

#[tokio::test]
async fn what_a_revision_raises_itself_is_shown_with_its_hint_and_its_place() {
    if let Some(place) = on_postgres() {
        let upgrade = "DO $$ BEGIN\n  RAISE EXCEPTION 'no\nrows' USING HINT = 'load them first';\nEND $$;";
        insta::assert_snapshot!(said(&place, second(upgrade)).await, @"
        the upgrade of revision `b` (about b) failed: no rows
          --> alembic/versions/b.sql:7:1
           |
         7 | / DO $$ BEGIN
         8 | |   RAISE EXCEPTION 'no
         9 | | rows' USING HINT = 'load them first';
        10 | | END $$;
           | |______^ no rows
        hint: load them first
        where: PL/pgSQL function inline_code_block line 2 at RAISE
        now: the transaction was rolled back; the database is at a
        help: fix the revision and start again
        ");
    }
    if let Some(place) = on_mysql() {
        let upgrade = "SIGNAL SQLSTATE '45000'\n  SET MESSAGE_TEXT = 'no rows';";
        insta::assert_snapshot!(said(&place, second(upgrade)).await, @"
        the upgrade of revision `b` (about b) failed: no rows
         --> alembic/versions/b.sql:7:1
          |
        7 | / SIGNAL SQLSTATE '45000'
        8 | |   SET MESSAGE_TEXT = 'no rows';
          | |______________________________^ no rows
        now: the transaction was rolled back; the database is at a
        help: fix the revision and start again
        ");
    }
    if let Some(place) = on_mysql().filter(|place| place.database.server().is_mariadb()) {
        let upgrade = "BEGIN NOT ATOMIC\n  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'no rows';\nEND;";
        insta::assert_snapshot!(said(&place, second(upgrade)).await, @"
        the upgrade of revision `b` (about b) failed: no rows
         --> alembic/versions/b.sql:7:1
          |
        7 | / BEGIN NOT ATOMIC
        8 | |   SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'no rows';
        9 | | END;
          | |___^ no rows
        now: whether stage 1 of 1 was done is not known yet; the database is at a, with this revision partially applied
        help: check whether a part of it was done, revert that or do the rest by hand, then run `servicekit migrations resolve done` or `… resolve not-done` (`Migrator::resolve`)
        ");
    }
}

#[tokio::test]
async fn what_would_end_the_transaction_is_refused_before_anything_runs() {
    for place in places() {
        let text = said(&place, second("INSERT INTO a VALUES (1, '');\nCOMMIT;")).await;
        insta::allow_duplicates! { insta::assert_snapshot!(text, @"
        the upgrade of revision `b` is refused: a revision cannot begin or end transactions: its statements, version rows and journal row share one
         --> alembic/versions/b.sql:8:1
          |
        8 | COMMIT;
          | ^^^^^^ refused
        now: nothing was run
        help: remove the statement
        ") }
        let sql = "SELECT COUNT(*) FROM information_schema.tables WHERE table_name IN ('a', 'alembic_version') AND table_schema = ";
        let schema = if place.is_postgres() { "'public'" } else { "DATABASE()" };
        assert_eq!(place.ask(&format!("{sql}{schema}")).await, ["0"]);
    }
}

#[tokio::test]
async fn parameters_of_what_a_statement_makes_are_no_parameters_of_the_statement() {
    // Bodies that are no strings came with 14.
    let Some(place) = on_postgres().filter(|place| place.version() >= 14) else { return };
    let upgrade = "CREATE FUNCTION plus(integer, integer) RETURNS integer LANGUAGE sql BEGIN ATOMIC SELECT $1 + $2; END;\n\
        CREATE OR REPLACE FUNCTION minus(integer, integer) RETURNS integer LANGUAGE sql RETURN $1 - $2;\n\
        CREATE TABLE seen (n integer);\nPREPARE note (integer) AS INSERT INTO seen VALUES ($1);\n\
        EXECUTE note (4);\nDEALLOCATE note;";
    Pool::of(place.url(), 1).upgrade(&second(upgrade).migrator()).await.unwrap();
    assert_eq!(place.ask("SELECT plus(2, 3) * 100 + minus(2, 3) * 10 + n FROM seen").await, ["494"]);
    let Some(place) = on_postgres() else { return };
    let text = said(&place, second("SELECT 1;\nUPDATE a SET id = $1;")).await;
    assert!(text.contains("a parameter has no value here"), "{text}");
}

#[tokio::test]
async fn a_procedure_that_commits_is_told_what_it_needs() {
    let Some(place) = on_postgres() else { return };
    place.run("CREATE PROCEDURE batches() LANGUAGE plpgsql AS $$ BEGIN COMMIT; END $$").await;
    insta::assert_snapshot!(said(&place, second("CALL batches();")).await, @"
    the upgrade of revision `b` (about b) failed: invalid transaction termination
     --> alembic/versions/b.sql:7:1
      |
    7 | CALL batches();
      | ^^^^^^^^^^^^^^ invalid transaction termination
    where: PL/pgSQL function batches() line 1 at COMMIT
    now: the transaction was rolled back; the database is at a
    help: it cannot run in a transaction: add `-- +transaction off` to the file, and each statement runs separately
    ");
    let off = sql_text("b", &["a"], "-- +transaction off\n-- +upgrade\nCALL batches();\n");
    assert_eq!(place.upgrade(history(&[first(), off])).await.to.to_string(), "b");
}

#[tokio::test]
async fn a_user_without_the_rights_is_told_which() {
    if let Some(place) = on_postgres() {
        let user = User::create(servicekit_test_servers::postgres().unwrap()).await;
        // As it is from 15 on.
        place.run("REVOKE CREATE ON SCHEMA public FROM PUBLIC").await;
        let mut client = user.connect(place.url()).await;
        let error = client.upgrade(&second("").migrator()).await.unwrap_err();
        insta::assert_snapshot!(anonymous(&place, &error), @"
        the version table and the journal could not be created: permission denied for schema public
        now: what was not committed has been rolled back; the database is at base
        help: the role may not do this: grant it the right, or migrate with the role that owns the objects
        ");
        client.close().await;

        place.run(&format!("GRANT CREATE ON SCHEMA public TO {}", user.name)).await;
        place.run("CREATE TABLE mine (x INT)").await;
        let mut client = user.connect(place.url()).await;
        let error =
            client.upgrade(&second("ALTER TABLE mine ADD COLUMN y INT;").migrator()).await.unwrap_err();
        insta::assert_snapshot!(anonymous(&place, &error), @"
        the upgrade of revision `b` (about b) failed: must be owner of table mine
         --> alembic/versions/b.sql:7:1
          |
        7 | ALTER TABLE mine ADD COLUMN y INT;
          | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ must be owner of table mine
        now: the transaction was rolled back; the database is at a
        help: the role may not do this: grant it the right, or migrate with the role that owns the objects
        ");
        client.close().await;
        drop(place);
    }
    if let Some(place) = on_mysql() {
        let user = User::create(servicekit_test_servers::mysql().unwrap()).await;
        let name = place.database.name();
        place.run("CREATE TABLE mine (x INT)").await;
        place.run(&format!("GRANT SELECT ON {name}.mine TO {}", user.name)).await;
        let mut client = user.connect(place.url()).await;
        let error = client.upgrade(&second("").migrator()).await.unwrap_err();
        let hide = |error: &Error| anonymous(&place, error).replace(&user.name, "USER");
        insta::assert_snapshot!(hide(&error), @"
        the version table could not be read: SELECT command denied to user 'USER'@'127.0.0.1' for table `DATABASE`.`alembic_version`
        help: the user may not do this: grant it the right, or migrate with another user
        ");
        client.close().await;

        place
            .run(&format!("GRANT CREATE, INSERT, UPDATE, DELETE, SELECT ON {name}.* TO {}", user.name))
            .await;
        let mut client = user.connect(place.url()).await;
        let error =
            client.upgrade(&second("ALTER TABLE mine ADD COLUMN y INT;").migrator()).await.unwrap_err();
        insta::assert_snapshot!(hide(&error), @"
        the upgrade of revision `b` (about b) failed: ALTER command denied to user 'USER'@'127.0.0.1' for table `DATABASE`.`mine`
         --> alembic/versions/b.sql:7:1
          |
        7 | ALTER TABLE mine ADD COLUMN y INT;
          | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ ALTER command denied to user 'USER'@'127.0.0.1' for table `DATABASE`.`mine`
        now: stage 1 of 1 was not done; the database is at a, with this revision partially applied
        help: the user may not do this: grant it the right, or migrate with another user
        ");
    }
}

/// The URL with another end.
fn with_database(place: &Place, name: &str) -> String {
    let (server, _) = place.url().rsplit_once('/').unwrap();
    format!("{server}/{name}")
}

async fn cannot_start(url: &str) -> String {
    crate::place::open(url, second("")).init().await.unwrap_err().to_string()
}

#[tokio::test]
async fn a_database_that_is_not_there_is_told() {
    if let Some(place) = on_postgres() {
        insta::assert_snapshot!(cannot_start(&with_database(&place, "nowhere")).await, @r#"
        the database could not be opened: database "nowhere" does not exist
        help: create the database first, or fix the name in the URL
        "#);
    }
    if let Some(place) = on_mysql() {
        insta::assert_snapshot!(cannot_start(&with_database(&place, "nowhere")).await, @"
        the database could not be opened: Unknown database 'nowhere'
        help: create the database first, or fix the name in the URL
        ");
        insta::assert_snapshot!(cannot_start(&with_database(&place, "")).await, @"
        the version table could not be read: No database selected
        help: name a database in the URL, as in `mysql://user@host/database`
        ");
    }
}

#[tokio::test]
async fn a_user_that_the_server_does_not_let_in_is_told() {
    if let Some(place) = on_postgres() {
        let (_, rest) = place.url().split_once('@').unwrap();
        insta::assert_snapshot!(cannot_start(&format!("postgres://nobody_at_all@{rest}")).await, @r#"
        the database could not be opened: role "nobody_at_all" does not exist
        help: check user and password, and what `pg_hba.conf` allows
        "#);
    }
    if let Some(place) = on_mysql() {
        let user = User::create(servicekit_test_servers::mysql().unwrap()).await;
        let (_, rest) = place.url().split_once('@').unwrap();
        let text = cannot_start(&format!("mysql://{}:wrong@{rest}", user.name)).await;
        insta::assert_snapshot!(text.replace(&user.name, "USER"), @"
        the database could not be opened: Access denied for user 'USER'@'127.0.0.1' (using password: YES)
        help: check user and password, and from which hosts the user may come
        ");
    }
}

#[tokio::test]
async fn a_password_that_mysql_does_not_take_without_tls_is_told() {
    let Some(place) = on_mysql().filter(|place| !place.database.server().is_mariadb()) else { return };
    let user = User::create(servicekit_test_servers::mysql().unwrap()).await;
    // It speaks without TLS.
    let wire = WireProxy::start(place.url());
    let (_, rest) = wire.url().split_once('@').unwrap();
    let text = cannot_start(&format!("mysql://{}:secret@{rest}", user.name)).await;
    insta::assert_snapshot!(text, @"
    the database could not be opened: error with configuration: RSA auth backend disabled; enable feature `mysql-rsa` (or `rsa` if using sqlx-mysql directly) or use TLS.
    help: the server takes this password over TLS only: enable TLS on the server and the feature `tls-rustls`, and do not turn it off in the URL
    ");
}

#[tokio::test]
async fn a_connection_that_the_server_has_closed_is_told() {
    let Some(place) = on_mysql() else { return };
    let mut client = Client::open(place.url()).await;
    client.ask("SET SESSION wait_timeout = 1").await;
    tokio::time::sleep(Duration::from_secs(3)).await;
    let error = client.upgrade(&second("").migrator()).await.unwrap_err();
    // MySQL sends the reason before it closes the connection, MariaDB sends nothing.
    assert_eq!(error.state().as_deref(), Some("nothing was run"), "{error}");
    assert!(error.help().is_some_and(|help| help.contains("start again")), "{error}");
}

#[tokio::test]
async fn a_trigger_that_the_binary_log_forbids_is_told_what_it_needs() {
    let server = PrivateServer::mysql().setting("log_bin", "binary").setting("server_id", "1").start();
    let Some(server) = server else { return };
    let place = Place { database: server.create_database() };
    place.run("CREATE USER low").await;
    place.run(&format!("GRANT ALL ON {}.* TO low", place.database.name())).await;
    let url = place.url().replace("root@", "low@");
    let trigger = second("CREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW SET NEW.x = 2;");
    let error = Pool::of(&url, 1).upgrade(&trigger.migrator()).await.unwrap_err();
    insta::assert_snapshot!(anonymous(&place, &error), @"
    the upgrade of revision `b` (about b) failed: You do not have the SUPER privilege and binary logging is enabled (you *might* want to use the less safe log_bin_trust_function_creators variable)
     --> alembic/versions/b.sql:7:1
      |
    7 | CREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW SET NEW.x = 2;
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ You do not have the SUPER privilege and binary logging is enabled (you *might* want to use the less safe log_bin_trust_function_creators variable)
    now: stage 1 of 1 was not done; the database is at a, with this revision partially applied
    help: while the server writes a binary log, this needs a user with the right SUPER, or `log_bin_trust_function_creators = 1` on the server
    ");
}

#[tokio::test]
async fn a_server_that_is_not_there_is_told() {
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    for scheme in ["postgres", "mysql"] {
        // For so long a pool tries by itself.
        let pool =
            Pool::impatient(&format!("{scheme}://me@127.0.0.1:{port}/app"), Duration::from_millis(200));
        let error = pool.upgrade(&second("").migrator()).await.unwrap_err();
        insta::allow_duplicates! { insta::assert_snapshot!(error, @"
        the database could not be opened: error communicating with database: Connection refused (os error 111)
        help: check that the server runs and can be reached from here, then start again
        ") }
    }
}

#[tokio::test]
async fn a_database_that_is_ahead_names_who_brought_it_there() {
    for place in places() {
        place.upgrade(second("")).await;
        let text = said(&place, history(&[first()])).await;
        insta::allow_duplicates! { insta::assert_snapshot!(text, @"
        the database is ahead of this binary: it is at `b`, which this binary does not contain
        note: `b` was applied on 2026-11-23T10:00:00.000Z by tests 1.0.0
        now: nothing more is run; the database is at b
        help: start the version of the application that contains it, or add its file to `alembic/versions` and rebuild; if it belongs to another history on the same database, give each history its own `version_table`
        ") }
    }
}

/// A revision of several steps of which one fails, with words for each server.
fn steps(place: &Place, third: &str) -> Migrations {
    steps_after(place, "one", third)
}

fn steps_after(place: &Place, second: &str, third: &str) -> Migrations {
    let upgrade = if place.is_postgres() {
        format!(
            "CREATE TABLE b (x INT, y INT);\nINSERT INTO a VALUES (1, '{second}');\n\
             CREATE INDEX CONCURRENTLY ix_b_x ON b (x);\nCREATE INDEX CONCURRENTLY ix_b_y ON b ({third});\nINSERT INTO b VALUES (1, 1);"
        )
    } else {
        format!(
            "CREATE TABLE b (x INT, y INT);\nINSERT INTO a VALUES (1, '{second}');\n\
             CREATE INDEX ix_b_x ON b (x);\nCREATE INDEX ix_b_y ON b ({third});\nINSERT INTO b VALUES (1, 1);"
        )
    };
    history(&[
        first(),
        sql("b", &["a"], &upgrade, "DROP TABLE b;"),
        sql("c", &["b"], "INSERT INTO b VALUES (2, 2);", ""),
    ])
}

#[tokio::test]
async fn a_revision_that_fails_in_its_middle_says_so_and_the_mended_file_goes_on_there() {
    if let Some(place) = on_postgres() {
        insta::assert_snapshot!(said(&place, steps(&place, "nope")).await, @r#"
        the upgrade of revision `b` (about b) failed: column "nope" does not exist
          --> alembic/versions/b.sql:10:40
           |
        10 | CREATE INDEX CONCURRENTLY ix_b_y ON b (nope);
           |                                        ^^^^ column "nope" does not exist
        now: stage 3 of 4 was not done, the stages before it stay; the database is at a, with this revision partially applied
        help: fix the revision from this statement on and start again: it continues with this stage
        "#);
        goes_on(&place).await;
    }
    if let Some(place) = on_mysql() {
        insta::assert_snapshot!(said(&place, steps(&place, "nope")).await, @"
        the upgrade of revision `b` (about b) failed: Key column 'nope' doesn't exist in table
          --> alembic/versions/b.sql:10:27
           |
        10 | CREATE INDEX ix_b_y ON b (nope);
           |                           ^^^^ Key column 'nope' doesn't exist in table
        now: stage 4 of 5 was not done, the stages before it stay; the database is at a, with this revision partially applied
        help: fix the revision from this statement on and start again: it continues with this stage
        ");
        goes_on(&place).await;
    }
}

async fn goes_on(place: &Place) {
    assert_eq!(place.rows().await, "a, in:progress");
    // Once more the same, which changes nothing.
    assert_eq!(failed(place, steps(place, "nope")).await.code(), "statement_failed");

    let report = Pool::of(place.url(), 1).upgrade(&steps(place, "y").migrator()).await.unwrap();

    assert_eq!((report.steps.len(), report.to.to_string()), (2, "c".to_owned()));
    assert_eq!(
        (place.rows().await.as_str(), place.ask("SELECT x FROM a").await),
        ("c", vec!["1".to_owned()])
    );
    assert_eq!(place.ask("SELECT x FROM b ORDER BY x").await, ["1", "2"]);
}

#[tokio::test]
async fn a_step_that_was_done_and_says_something_else_now_stops_the_run() {
    for place in places() {
        failed(&place, steps(&place, "nope")).await;
        let edited = steps_after(&place, "two", "y");
        if place.is_postgres() {
            insta::assert_snapshot!(said(&place, edited).await, @"
            stage 1 of 4 of the upgrade of revision `b` was done on 2026-11-23T10:00:00.000Z, but the file was edited afterwards
             --> alembic/versions/b.sql
            now: nothing was run; the revision is partially applied
            help: restore the file, let the run finish the revision, and make the change in a new one; or finish by hand and `stamp`
            ");
        } else {
            insta::assert_snapshot!(said(&place, edited).await, @"
            stage 2 of 5 of the upgrade of revision `b` was done on 2026-11-23T10:00:00.000Z, but the file was edited afterwards
             --> alembic/versions/b.sql
            now: nothing was run; the revision is partially applied
            help: restore the file, let the run finish the revision, and make the change in a new one; or finish by hand and `stamp`
            ");
        }
        assert_eq!(place.rows().await, "a, in:progress");
        // What the message says: bring it back.
        Pool::of(place.url(), 1).upgrade(&steps(&place, "y").migrator()).await.unwrap();
    }
}

#[tokio::test]
async fn a_revision_that_is_partially_applied_and_not_in_this_binary_is_told() {
    for place in places() {
        failed(&place, steps(&place, "nope")).await;
        let text = said(&place, history(&[first()])).await;
        insta::allow_duplicates! { insta::assert_snapshot!(text, @"
        the upgrade of revision `b` was started by tests 1.0.0 and is partially applied, but this binary cannot continue it
        now: nothing was run; the database is at a, with that revision partially applied
        help: start the version of the application that started it, or add its file to `alembic/versions` and rebuild
        ") }
        assert_eq!(place.rows().await, "a, in:progress");
    }
}

#[tokio::test]
async fn a_stamp_ends_what_is_partially_applied() {
    for place in places() {
        failed(&place, steps(&place, "nope")).await;
        let mut client = Client::open(place.url()).await;
        let status = client.status(&steps(&place, "y").migrator()).await;
        let partial = status.partial.unwrap();
        assert_eq!((partial.revision.as_str(), status.rows.to_string().as_str()), ("b", "a"));

        client.stamp(&steps(&place, "y").migrator(), "b").await.unwrap();

        assert_eq!(place.rows().await, "b");
        let journal = place.journal().await;
        assert_eq!(
            journal[journal.len() - 2..]
                .iter()
                .map(|row| row.rsplit_once(' ').unwrap().1)
                .collect::<Vec<_>>(),
            ["resolved", "done"]
        );
        let report = client.upgrade(&steps(&place, "y").migrator()).await.unwrap();
        assert_eq!((report.steps.len(), place.ask("SELECT x FROM b").await), (1, vec!["2".to_owned()]));
    }
}

#[tokio::test]
async fn with_nothing_in_doubt_there_is_nothing_to_resolve() {
    for place in places() {
        place.upgrade(second("")).await;
        let mut client = Client::open(place.url()).await;
        let error = client.resolve(&second("").migrator(), Resolution::Done).await.unwrap_err();
        insta::allow_duplicates! { insta::assert_snapshot!(anonymous(&place, &error), @"
        no stage is in doubt
        now: nothing was changed; the database is at b
        help: only a stage that was started and not finished can be resolved
        ") }
    }
}

/// Another database on the same server.
fn again(place: &Place) -> Place {
    Place { database: place.database.server().create_database() }
}

#[tokio::test]
async fn a_step_that_failed_can_be_said_to_be_done_by_hand() {
    for place in places() {
        failed(&place, steps(&place, "nope")).await;
        place.run("CREATE INDEX by_hand ON b (y)").await;
        let mut client = Client::open(place.url()).await;

        client.resolve(&steps(&place, "nope").migrator(), Resolution::Done).await.unwrap();

        let report = client.upgrade(&steps(&place, "nope").migrator()).await.unwrap();
        assert_eq!((report.steps.len(), place.rows().await.as_str()), (2, "c"));
        let error = client.resolve(&steps(&place, "nope").migrator(), Resolution::Done).await.unwrap_err();
        assert_eq!(error.code(), "nothing_in_doubt");
    }
}

/// A step of which nobody can tell whether it was done.
fn doubtful(place: &Place) -> Migrations {
    let sections = if place.is_postgres() {
        "-- +transaction off\n-- +upgrade\nCREATE TABLE b (x INT);\nCALL fill();\nINSERT INTO b VALUES (2);\n"
    } else {
        "-- +upgrade\nCREATE TABLE b (x INT);\nCALL fill();\nINSERT INTO b VALUES (2);\n"
    };
    history(&[first(), sql_text("b", &["a"], sections)])
}

async fn left_in_doubt(place: &Place) {
    let procedure = if place.is_postgres() {
        "CREATE PROCEDURE fill() LANGUAGE plpgsql AS $$ BEGIN INSERT INTO b VALUES (1); COMMIT; PERFORM 1 / (SELECT count(*) FROM late); END $$"
    } else {
        "CREATE PROCEDURE fill() BEGIN INSERT INTO b VALUES (1); INSERT INTO nowhere VALUES (1); END"
    };
    place.run(procedure).await;
    failed(place, doubtful(place)).await;
    // As a crash in the middle of the step would have left it.
    place.run("UPDATE alembic_journal SET state = 'intent', finished_at = NULL WHERE state = 'failed'").await;
    let fixed = if place.is_postgres() {
        "CREATE OR REPLACE PROCEDURE fill() LANGUAGE plpgsql AS $$ BEGIN INSERT INTO b VALUES (1); COMMIT; END $$"
    } else {
        "DROP PROCEDURE IF EXISTS fill; CREATE PROCEDURE fill() BEGIN INSERT INTO b VALUES (1); END"
    };
    place.run(fixed).await;
}

#[tokio::test]
async fn a_step_in_doubt_waits_for_the_word_of_a_person_and_is_done_or_left_as_that_says() {
    for place in places() {
        for (resolution, rows) in [(Resolution::Done, "1 2"), (Resolution::NotDone, "1 1 2")] {
            let place = again(&place);
            left_in_doubt(&place).await;
            let text = said(&place, doubtful(&place)).await;
            insta::allow_duplicates! { insta::assert_snapshot!(text, @"
            stage 2 of 3 of the upgrade of revision `b` is in doubt: it was started on 2026-11-23T10:00:00.000Z
             --> alembic/versions/b.sql
              | CALL fill()
            found: the database cannot show whether this kind of statement was done
            now: nothing was run; the revision is partially applied
            help: check whether it was done, then run `servicekit migrations resolve done` or `… resolve not-done` (`Migrator::resolve`), and start again
            ") }
            let mut client = Client::open(place.url()).await;

            let at = client.resolve(&doubtful(&place).migrator(), resolution).await.unwrap();

            assert_eq!((at.to_string().as_str(), place.rows().await.as_str()), ("a", "a, in:progress"));
            let report = client.upgrade(&doubtful(&place).migrator()).await.unwrap();
            assert_eq!((report.steps.len(), place.rows().await.as_str()), (1, "b"));
            assert_eq!(place.ask("SELECT x FROM b ORDER BY x").await.join(" "), rows);
        }
    }
}
