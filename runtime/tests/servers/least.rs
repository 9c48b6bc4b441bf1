//! Servers that are too old for a run, and tables that no transaction can undo.

use crate::client::{Client, Pool};
use crate::place::{Place, ask, on_mysql, on_postgres};
use crate::support::{history, sql};
use servicekit::options::Resolution;
use servicekit::{Error, Migrations};
use servicekit_test_servers::{PrivateServer, PrivateServerBuilder, WireProxy};

fn one() -> Migrations {
    history(&[sql("a", &[], "CREATE TABLE a (x INT);", "DROP TABLE a;")])
}

fn two() -> Migrations {
    history(&[
        sql("a", &[], "CREATE TABLE a (x INT);", "DROP TABLE a;"),
        sql("b", &["a"], "CREATE TABLE b (x INT);", "DROP TABLE b;"),
    ])
}

/// What a run says that has something to do, after one that has nothing to do.
async fn refused(place: &Place) -> Error {
    let before = (place.rows().await, place.journal().await);
    let pool = Pool::of(place.url(), 1);
    assert!(pool.upgrade(&one().migrator()).await.unwrap().is_empty(), "nothing is to be done");

    let error = pool.upgrade(&two().migrator()).await.unwrap_err();

    pool.close().await;
    assert_eq!((place.rows().await, place.journal().await), before, "nothing was written");
    let mut client = Client::open(place.url()).await;
    assert_eq!(client.stamp(&two().migrator(), "b").await.unwrap_err().code(), error.code());
    client.close().await;
    error
}

/// A MySQL, or a MariaDB that says that it is one.
fn by_the_name_of_mysql() -> PrivateServerBuilder {
    let server = PrivateServer::mysql();
    if server.is_mysql() { server } else { server.setting("version", "8.0.36") }
}

/// Whether it is taken for a MySQL then: the comment on the version of MariaDB 11.8 names MariaDB, and cannot be set.
async fn passes_for_mysql(server: &PrivateServer) -> bool {
    !ask(server.url(), "SELECT @@version_comment").await.concat().contains("MariaDB")
}

/// A MariaDB that says that it is another version; no MySQL would.
fn posing_as(version: &str) -> Option<(PrivateServer, Place)> {
    let server = PrivateServer::mariadb().setting("version", version).start()?;
    let place = Place { database: server.create_database() };
    Some((server, place))
}

#[tokio::test]
async fn a_mysql_whose_ddl_is_not_atomic_is_refused_by_name_unless_nothing_is_to_be_done() {
    let Some((server, place)) = posing_as("5.7.44-log") else { return };
    if !passes_for_mysql(&server).await {
        return;
    }
    // As its own run would have left it, before it was refused.
    place.run("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)").await;
    place.run("CREATE TABLE alembic_journal (seq BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY, revision TEXT, direction TEXT, stage INT, stages INT, state TEXT)").await;
    place.run("INSERT INTO alembic_version VALUES ('a')").await;

    let error = refused(&place).await;

    assert_eq!(error.code(), "server_too_old");
    insta::assert_snapshot!(error.to_string(), @"
    this is MySQL 5.7.44-log, and revisions need MySQL 8.0 or later: an older server that ends in the middle of DDL may leave a part of the statement behind, and no later run can tell which
    now: nothing was run
    help: run the revisions on MySQL 8.0 or later
    ");
    drop((place, server));
}

#[tokio::test]
async fn an_old_mariadb_is_refused_before_its_first_revision() {
    let Some((server, place)) = posing_as("10.3.39-MariaDB") else { return };
    let pool = Pool::of(place.url(), 1);

    let error = pool.upgrade(&one().migrator()).await.unwrap_err();

    pool.close().await;
    insta::assert_snapshot!(error.to_string(), @"
    this is MariaDB 10.3.39-MariaDB, and revisions need MariaDB 10.6 or later: an older server that ends in the middle of DDL may leave a part of the statement behind, and no later run can tell which
    now: nothing was run
    help: run the revisions on MariaDB 10.6 or later
    ");
    assert_eq!(place.ask("SHOW TABLES").await, Vec::<String>::new());
    drop((place, server));
}

/// A PostgreSQL whose function of this name is another one.
async fn pretending(function: &str) -> Option<Place> {
    let place = on_postgres()?;
    place.upgrade(one()).await;
    place.run("CREATE SCHEMA pretended").await;
    place.run(function).await;
    let name = place.database.name();
    place.run(&format!("ALTER DATABASE {name} SET search_path = pretended, pg_catalog, public")).await;
    Some(place)
}

const OLD: &str = "CREATE FUNCTION pretended.version() RETURNS text LANGUAGE sql AS \
                   $$SELECT 'PostgreSQL 9.6.24 on x86_64-pc-linux-gnu'$$";

#[tokio::test]
async fn an_old_postgresql_is_refused_by_name_unless_nothing_is_to_be_done() {
    let Some(place) = pretending(OLD).await else { return };

    let error = refused(&place).await;

    assert_eq!(error.code(), "server_too_old");
    insta::assert_snapshot!(error.to_string(), @"
    this is PostgreSQL 9.6.24, and revisions need PostgreSQL 10 or later: the journal has an identity column, which older ones do not know
    now: nothing was run
    help: run the revisions on PostgreSQL 10 or later
    ");
}

#[tokio::test]
async fn a_postgresql_that_does_not_understand_the_question_is_still_told_by_its_version() {
    let Some(place) = pretending(OLD).await else { return };
    place
        .run(
            "CREATE FUNCTION pretended.to_regclass(text) RETURNS regclass LANGUAGE plpgsql AS \
             $$BEGIN RAISE undefined_function USING MESSAGE = 'function to_regclass(text) does not exist'; END$$",
        )
        .await;

    assert_eq!(refused(&place).await.code(), "server_too_old");

    place.run("DROP FUNCTION pretended.version()").await;
    let error = refused(&place).await;
    assert_eq!(error.code(), "database_error", "{error}");
}

#[tokio::test]
async fn tables_of_ours_that_cannot_undo_what_was_written_are_refused() {
    let Some(place) = on_mysql() else { return };
    place.upgrade(one()).await;
    for (table, engine) in [("alembic_journal", "MyISAM"), ("alembic_version", "MEMORY")] {
        place.run(&format!("ALTER TABLE {table} ENGINE = {engine}")).await;

        let error = refused(&place).await;

        assert_eq!(error.code(), "no_transactions");
        if table == "alembic_version" {
            insta::assert_snapshot!(error.to_string(), @"
            the table `alembic_version` has the storage engine MEMORY, which has no transactions
            now: nothing was run
            help: while no run is active, run ALTER TABLE `alembic_version` ENGINE = InnoDB
            ");
        }
        place.run(&format!("ALTER TABLE {table} ENGINE = InnoDB")).await;
    }
    place.upgrade(two()).await;
    assert_eq!(place.rows().await, "b");
}

/// What is noted of each step of these statements.
async fn noted(place: &Place, upgrade: &'static str) -> Vec<String> {
    place.upgrade(history(&[sql("a", &[], upgrade, "")])).await;
    let words = place
        .ask("SELECT SUBSTRING_INDEX(fingerprint, '\t', 1) FROM alembic_journal WHERE fingerprint IS NOT NULL ORDER BY seq")
        .await;
    let engines = "SELECT DISTINCT engine FROM information_schema.tables WHERE table_schema = DATABASE() AND \
                   table_name LIKE 'alembic%'";
    assert_eq!(place.ask(engines).await, ["InnoDB"]);
    words
}

const DDL: &str = "CREATE TABLE a (x INT) ENGINE = InnoDB;\n\
                   CREATE TABLE b (x INT) ENGINE = MyISAM;\n\
                   CREATE TABLE c LIKE b;\n\
                   CREATE TABLE d (x INT);\n\
                   ALTER TABLE b ADD y INT;\n\
                   ALTER TABLE a ADD y INT;\n\
                   ALTER TABLE a ENGINE = MEMORY;\n\
                   DROP TABLE c;\n\
                   CREATE VIEW e AS SELECT x FROM b;\n";

#[tokio::test]
async fn on_mysql_a_step_on_a_table_whose_ddl_is_not_atomic_is_asked_about_after_a_crash() {
    for (default, last) in [("MyISAM", "ask"), ("InnoDB", "changes")] {
        let server = by_the_name_of_mysql().setting("default-storage-engine", default);
        let Some(server) = server.start() else { return };
        if !passes_for_mysql(&server).await {
            return;
        }
        let place = Place { database: server.create_database() };

        let expected = ["changes", "ask", "ask", last, "ask", "changes", "ask", "ask", "changes"];
        assert_eq!(noted(&place, DDL).await, expected, "{default}");
    }
}

#[tokio::test]
async fn on_mariadb_ddl_is_atomic_on_tables_of_every_engine() {
    let Some(place) = on_mysql().filter(|place| place.database.server().is_mariadb()) else { return };
    let words = noted(&place, DDL).await;
    assert!(!words.iter().any(|word| word == "ask"), "{words:?}");
}

#[tokio::test]
async fn what_a_lost_run_did_to_a_table_of_myisam_is_for_a_person_to_say_on_mysql() {
    let Some(server) = by_the_name_of_mysql().start() else { return };
    if !passes_for_mysql(&server).await {
        return;
    }
    for (engine, is_told) in [("InnoDB", true), ("MyISAM", false)] {
        for was_done in [true, false] {
            let place = Place { database: server.create_database() };
            let upgrade = format!("CREATE TABLE a (x INT) ENGINE = {engine};\nINSERT INTO a VALUES (1);");
            let migrator = history(&[sql("a", &[], &upgrade, "")]).migrator();
            let wire = WireProxy::start(place.url());
            if was_done {
                wire.cut_after(|message| message.executes("CREATE TABLE a "));
            } else {
                wire.cut_before(|message| message.executes("CREATE TABLE a "));
            }
            let pool = Pool::of(wire.url(), 2);
            pool.upgrade(&migrator).await.unwrap_err();
            assert_eq!(wire.cuts(), 1);
            pool.close().await;

            let mut client = Client::open(place.url()).await;
            let next = client.upgrade(&migrator).await;

            if !is_told {
                assert_eq!(next.unwrap_err().code(), "in_doubt", "{was_done}");
                let resolution = if was_done { Resolution::Done } else { Resolution::NotDone };
                client.resolve(&migrator, resolution).await.unwrap();
                client.upgrade(&migrator).await.unwrap();
            } else {
                next.unwrap();
            }
            assert_eq!(
                (place.rows().await, place.ask("SELECT x FROM a").await),
                ("a".to_owned(), vec!["1".to_owned()])
            );
            client.close().await;
        }
    }
}
