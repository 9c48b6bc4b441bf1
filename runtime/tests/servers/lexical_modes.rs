//! Modes that change where a string ends: what the server splits is what was looked at, in whatever mode it is.

use crate::place::{Place, ask, on_mysql, on_postgres};
use crate::support::{history, rust, sql, sql_text};
use servicekit::revision::{integer, string};
use servicekit::{Error, Migrations, Operations};
use servicekit_test_servers::{PrivateServer, Server};

/// Brings a new database of the server to the head of a history.
async fn upgraded(server: &Server, migrations: Migrations) -> (Place, Result<(), Error>) {
    let place = Place { database: server.create_database() };
    let service = place.service(migrations);
    let result = service.init().await.map(drop);
    service.dispose().await;
    (place, result)
}

/// A MySQL or MariaDB server whose sessions begin with these modes.
fn mysql(modes: &str) -> Option<PrivateServer> {
    PrivateServer::mysql().setting("sql_mode", modes).start()
}

/// Statements that are one or several, or names or strings, by the mode.
const PATHS: &str = r"CREATE TABLE path (name VARCHAR(40));
INSERT INTO path VALUES ('C:\temp\');
INSERT INTO path VALUES ('it''s \ fine');
CREATE TABLE behind (id INT); -- it's a comment, or ends a string";

#[tokio::test]
async fn a_server_without_backslash_escapes_is_given_the_statements_that_it_reads() {
    let Some(server) = mysql("NO_BACKSLASH_ESCAPES,STRICT_TRANS_TABLES") else { return };
    let (place, result) =
        upgraded(server.server(), history(&[sql("a", &[], PATHS, "DROP TABLE path;")])).await;

    result.unwrap();

    assert_eq!(place.ask("SELECT name FROM path").await, [r"C:\temp\", r"it's \ fine"]);
    assert_eq!(place.journal().await, ["a upgrade 1/3 done", "a upgrade 2/3 done", "a upgrade 3/3 done"]);
}

#[tokio::test]
async fn rows_are_not_there_twice_after_a_step_was_rolled_back() {
    let Some(server) = mysql("NO_BACKSLASH_ESCAPES") else { return };
    // By the default mode all of it is one INSERT, whose DDL would commit the transaction that is then "rolled back".
    let script = r"INSERT INTO path VALUES ('C:\'); CREATE TABLE behind (id INT); INSERT INTO nowhere VALUES ('\'); -- it's";
    let first = sql("first", &[], "CREATE TABLE path (name VARCHAR(40));", "");
    let migrations = history(&[first.clone(), sql("a", &["first"], script, "")]);
    let (place, result) = upgraded(server.server(), migrations).await;
    assert_eq!(result.unwrap_err().code(), "statement_failed");
    assert_eq!(
        place.journal().await[1..],
        ["a upgrade 1/3 done", "a upgrade 2/3 done", "a upgrade 3/3 failed"]
    );
    place.run("CREATE TABLE nowhere (name VARCHAR(40))").await;

    place.upgrade(migrations).await;

    assert_eq!(place.ask("SELECT count(*) FROM path").await, ["1"]);
    assert_eq!(place.ask("SELECT name FROM nowhere").await, ["\\"]);
}

#[tokio::test]
async fn double_quotes_are_names_where_the_server_says_so() {
    let Some(server) = mysql("ANSI_QUOTES") else { return };
    let script = r#"CREATE TABLE "pa;th\" ("v'" VARCHAR(50));
INSERT INTO "pa;th\" VALUES ('it\'s; fine');
DROP TABLE IF EXISTS "it""s; gone";"#;
    let (place, result) = upgraded(server.server(), history(&[sql("a", &[], script, "")])).await;

    result.unwrap();

    assert_eq!(place.ask("SELECT * FROM `pa;th\\`").await, ["it's; fine"]);
    assert_eq!(place.journal().await.len(), 3);
}

#[tokio::test]
async fn a_mode_that_a_revision_sets_counts_to_its_end_and_no_further() {
    let Some(place) = on_mysql() else { return };
    let set = "SET sql_mode = CONCAT(@@sql_mode, ',ANSI_QUOTES,NO_BACKSLASH_ESCAPES');";
    place.upgrade(history(&[sql("a", &[], &format!("{set}\n{PATHS}"), "")])).await;
    assert_eq!(place.ask("SELECT name FROM path").await, [r"C:\temp\", r"it's \ fine"]);
    assert_eq!(place.journal().await, ["a upgrade 1/3 done", "a upgrade 2/3 done", "a upgrade 3/3 done"]);
}

#[tokio::test]
async fn on_postgres_strings_are_read_as_the_database_says() {
    let Some(place) = on_postgres() else { return };
    let name = place.database.name();
    place.run(&format!("ALTER DATABASE \"{name}\" SET standard_conforming_strings = off")).await;
    let script = r"CREATE TABLE said (text TEXT);
INSERT INTO said VALUES ('it\'s; one'), ('a\\b');
SET standard_conforming_strings = on;
INSERT INTO said VALUES ('C:\'); INSERT INTO said VALUES ('D:\');
RESET standard_conforming_strings;
INSERT INTO said VALUES ('\';');";
    let outside = "INSERT INTO said VALUES ('\\';--');\nCREATE INDEX CONCURRENTLY said_text ON said (text);";
    place.upgrade(history(&[sql("a", &[], script, ""), sql("b", &["a"], outside, "")])).await;

    assert_eq!(place.ask("SELECT text FROM said").await, ["it's; one", r"a\b", r"C:\", r"D:\", "';", "';--"]);
}

#[tokio::test]
async fn what_the_server_s_mode_leaves_open_is_refused_before_anything_runs() {
    let Some(server) = mysql("NO_BACKSLASH_ESCAPES") else { return };
    let script = r"CREATE TABLE path (name VARCHAR(40));
INSERT INTO path VALUES ('it\'s');";
    let (place, result) = upgraded(server.server(), history(&[sql("a", &[], script, "")])).await;
    insta::assert_snapshot!(result.unwrap_err().to_string(), @r#"
    the upgrade of revision `a` is refused: a string is never closed as the server reads it, which began with sql_mode = 'NO_BACKSLASH_ESCAPES'
     --> alembic/versions/a.sql:7:32
      |
    7 | INSERT INTO path VALUES ('it\'s');
      |                                ^ refused
    now: nothing was run
    help: close it as the server reads it, or set the mode of the text at the beginning of the revision
    "#);
    assert_eq!(place.ask("SHOW TABLES LIKE 'path'").await, [""; 0]);
}

#[tokio::test]
async fn a_mode_that_cannot_be_told_is_refused_where_it_matters_and_only_there() {
    let Some(server) = servicekit_test_servers::mysql() else { return };
    let set = "SET sql_mode = (SELECT GROUP_CONCAT('') FROM (SELECT 1) AS one);\n";
    let plain = "CREATE TABLE path (name VARCHAR(40) DEFAULT 'it''s');\nINSERT INTO path VALUES ('a');";
    upgraded(server, history(&[sql("a", &[], &format!("{set}{plain}"), "")])).await.1.unwrap();

    let (place, result) = upgraded(server, history(&[sql("a", &[], &format!("{set}{PATHS}"), "")])).await;

    insta::assert_snapshot!(result.unwrap_err().to_string(), @r#"
    the upgrade of revision `a` is refused: the `sql_mode` is unknown from here on, and NO_BACKSLASH_ESCAPES or ANSI_QUOTES would split the following text differently
     --> alembic/versions/a.sql:6:1
      |
    6 | SET sql_mode = (SELECT GROUP_CONCAT('') FROM (SELECT 1) AS one);
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ refused
    now: nothing was run
    help: write the modes as a string, as in `SET sql_mode = 'ANSI_QUOTES'`, before the next backslash in quotes; or write the text so that every mode reads it in the same way: `X'5C'` for a backslash, `''` for a quote
    "#);
    assert_eq!(place.ask("SHOW TABLES LIKE 'path'").await, [""; 0]);
    if let Some(place) = on_postgres() {
        let script = "DO $$ BEGIN SET standard_conforming_strings = off; END $$;\nSELECT 'it\\'s; one';";
        let service = place.service(history(&[sql("a", &[], script, "")]));
        insta::assert_snapshot!(service.init().await.unwrap_err().to_string(), @r#"
        the upgrade of revision `a` is refused: `standard_conforming_strings` is unknown from here on, and it would split the following text differently
         --> alembic/versions/a.sql:6:1
          |
        6 | DO $$ BEGIN SET standard_conforming_strings = off; END $$;
          | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ refused
        now: nothing was run
        help: set it to `on` or `off` before the next backslash in quotes; or write `E'…'`, which does not depend on it
        "#);
    }
}

#[tokio::test]
async fn a_program_in_oracle_s_words_is_refused_by_name_and_all_else_runs() {
    let Some(server) = PrivateServer::mariadb().setting("sql_mode", "ORACLE").start() else { return };
    let plain = "CREATE TABLE \"a\" (x INT);\nINSERT INTO \"a\" VALUES (1);";
    let (place, result) = upgraded(server.server(), history(&[sql("a", &[], plain, "")])).await;
    result.unwrap();
    assert_eq!(place.ask("SELECT x FROM a").await, ["1"]);
    let program = "CREATE PROCEDURE p AS\nBEGIN\n  INSERT INTO a VALUES (1);\nEND;";
    let (_place, result) = upgraded(server.server(), history(&[sql("a", &[], program, "")])).await;
    insta::assert_snapshot!(result.unwrap_err().to_string(), @r#"
    the upgrade of revision `a` is refused: `sql_mode` is ORACLE here, and stored programs in Oracle's syntax are not supported
     --> alembic/versions/a.sql:6:1
      |
    6 | / CREATE PROCEDURE p AS
    7 | | BEGIN
    8 | |   INSERT INTO a VALUES (1);
      | |__________________________^ refused
    now: nothing was run
    help: set another `sql_mode` before it, as in `SET sql_mode = ''`, and write it in MariaDB's own syntax
    "#);
}

const ODD: &str = r"it's \ 'odd' \'";

fn with_comments(op: &mut Operations) {
    let columns = [integer("id").not_null().primary_key(), string("text", 40).default(ODD).comment(ODD)];
    op.create_table("notes", columns);
    op.create_table_comment("notes", ODD);
    op.bulk_insert("notes", ["id", "text"], [(1, ODD)]);
    op.execute("INSERT INTO notes (id, text) VALUES (2, :text)").bind("text", ODD);
}

#[tokio::test]
async fn what_operations_write_says_the_same_in_every_mode() {
    let migrations = || history(&[rust("a", &[], with_comments, None)]);
    for modes in ["", "NO_BACKSLASH_ESCAPES", "ANSI_QUOTES", "ANSI,NO_BACKSLASH_ESCAPES"] {
        let Some(server) = mysql(modes) else { return };
        let (place, result) = upgraded(server.server(), migrations()).await;
        result.unwrap();
        assert_eq!(place.ask("SELECT text FROM notes ORDER BY id").await, [ODD, ODD], "{modes}");
        let comments = "SELECT table_comment FROM information_schema.tables WHERE table_name = 'notes' \
             UNION ALL SELECT column_comment FROM information_schema.columns WHERE table_name = 'notes' AND column_name = 'text'";
        assert_eq!(ask(place.url(), comments).await, [ODD, ODD], "{modes}");
    }
}

fn setting_modes(op: &mut Operations) {
    op.execute("SET sql_mode = 'NO_BACKSLASH_ESCAPES'");
    op.create_table("notes", [string("name", 40)]);
    op.create_table_comment("notes", ODD);
    op.execute(r"INSERT INTO notes VALUES ('1\'); INSERT INTO notes VALUES ('2\')");
}

#[tokio::test]
async fn a_mode_that_an_operation_sets_counts_for_the_next_ones() {
    let Some(place) = on_mysql() else { return };
    let service = place.service(history(&[rust("a", &[], setting_modes, None)]));
    service.init().await.unwrap();
    service.dispose().await;
    let comment = "SELECT table_comment FROM information_schema.tables WHERE table_name = 'notes' AND table_schema = DATABASE()";
    assert_eq!(place.ask(comment).await, [ODD]);
    assert_eq!(place.ask("SELECT name FROM notes ORDER BY name").await, [r"1\", r"2\"]);
}

#[tokio::test]
async fn the_file_in_the_guide_means_the_same_whatever_the_server_says() {
    let page = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/guide/servers.md");
    let page = std::fs::read_to_string(page).unwrap();
    let block = page.split("```sql\n").nth(1).unwrap().split("```").next().unwrap();
    let migrations = history(&[
        sql("first", &[], "CREATE TABLE folders (path VARCHAR(40));", ""),
        sql_text("a", &["first"], block),
    ]);
    let private = mysql("NO_BACKSLASH_ESCAPES,ANSI_QUOTES");
    let servers = [servicekit_test_servers::mysql(), private.as_ref().map(PrivateServer::server)];
    for server in servers.into_iter().flatten() {
        let (place, result) = upgraded(server, migrations).await;
        result.unwrap();
        assert_eq!(place.ask("SELECT path FROM folders").await, [r"C:\temp\"]);
    }
}

#[tokio::test]
async fn text_that_the_session_would_take_for_another_encoding_is_refused() {
    let Some(place) = on_mysql() else { return };
    let script = "CREATE TABLE a (x VARCHAR(9));\nSET NAMES gbk;\nINSERT INTO a VALUES ('é\\'');";
    let service = place.service(history(&[sql("a", &[], script, "")]));
    insta::assert_snapshot!(service.init().await.unwrap_err().to_string(), @r#"
    the upgrade of revision `a` is refused: an earlier statement sets an encoding in which parts of characters can be backslashes or quotes, but a revision is UTF-8
     --> alembic/versions/a.sql:8:1
      |
    8 | INSERT INTO a VALUES ('é\'');
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ refused
    now: nothing was run
    help: remove that statement, or set UTF-8 before this one: `SET NAMES utf8mb4`, or on PostgreSQL `SET client_encoding = 'UTF8'`
    "#);
}
