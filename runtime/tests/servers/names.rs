//! Names of the version table and the journal as long as a server keeps them, and longer.

use crate::client::{Client, Pool};
use crate::place::{on_mysql, on_postgres, places};
use crate::support::{history_with, sql, sql_text};
use servicekit::Migrations;
use servicekit::options::VersionTableSchema;

fn named(version: String, journal: String) -> Migrations {
    let steps = "-- +transaction off\n\n-- +upgrade\nCREATE TABLE b (x INT);\n-- +downgrade\nDROP TABLE b;\n";
    let revisions = [sql("a", &[], "CREATE TABLE a (x INT);", "DROP TABLE a;"), sql_text("b", &["a"], steps)];
    history_with(&revisions, |embedded| {
        (embedded.version_table, embedded.journal_table) = (version.leak(), journal.leak());
    })
}

/// A name of so many bytes.
fn of_bytes(first: &str, bytes: usize) -> String {
    let name = format!("{first}{}", "é".repeat((bytes - first.len()) / 2));
    let missing = bytes - name.len();
    name + &"x".repeat(missing)
}

#[tokio::test]
async fn names_as_long_as_a_server_keeps_them_are_used_whole() {
    for place in places() {
        let is_postgres = place.is_postgres();
        // Alembic's name for the key, four longer, is cut from 60 bytes on, and is that of the table at 63.
        for length in if is_postgres { vec![58, 59, 60, 61, 62, 63] } else { vec![63, 64] } {
            let name = |first: &str| {
                let of_characters = || format!("{first}{}", "é".repeat(length - 1));
                if is_postgres { of_bytes(first, length) } else { of_characters() }
            };
            let (version, journal) = (name("v"), name("j"));
            let migrator = named(version.clone(), journal.clone()).migrator();
            let pool = Pool::of(place.url(), 1);
            assert_eq!(pool.upgrade(&migrator).await.unwrap().steps.len(), 2, "{length}");
            assert!(pool.upgrade(&migrator).await.unwrap().is_empty(), "{length}");
            pool.close().await;
            let mut client = Client::open(place.url()).await;
            client.downgrade_to(&migrator, "base").await.unwrap();
            client.close().await;
            let schema = if is_postgres { "current_schema()" } else { "DATABASE()" };
            let tables = place
                .ask(&format!("SELECT table_name FROM information_schema.tables WHERE table_schema = {schema} ORDER BY 1"))
                .await;
            assert_eq!(tables, [journal.as_str(), version.as_str()]);
            let quote = if is_postgres { '"' } else { '`' };
            place.run(&format!("DROP TABLE {quote}{version}{quote}, {quote}{journal}{quote}")).await;
        }
    }
}

#[tokio::test]
async fn a_journal_with_the_name_of_the_key_of_the_version_table_is_made() {
    for place in places() {
        place.upgrade(named("v".to_owned(), "v_pkc".to_owned())).await;
        assert_eq!(place.ask("SELECT DISTINCT revision FROM v_pkc ORDER BY 1").await, ["a", "b"]);
    }
}

#[tokio::test]
async fn a_longer_name_is_an_error_before_anything_is_written() {
    if let Some(place) = on_postgres() {
        let pool = Pool::of(place.url(), 1);
        let long = of_bytes("v", 64);
        let error = pool.upgrade(&named(long.clone(), "j".to_owned()).migrator()).await.unwrap_err();
        assert_eq!(error.code(), "name_too_long");
        insta::assert_snapshot!(error.to_string(), @"
        `version_table` is too long for postgres: `véééééééééééééééééééééééééééééééx` is 64 bytes long, and a name has at most 63
        now: nothing was run
        help: set a shorter `version_table` in the configuration
        ");
        let error = pool.upgrade(&named("v".to_owned(), long.clone()).migrator()).await.unwrap_err();
        insta::assert_snapshot!(error.to_string(), @"
        `journal_table` is too long for postgres: `véééééééééééééééééééééééééééééééx` is 64 bytes long, and a name has at most 63
        now: nothing was run
        help: set a shorter `journal_table` in the configuration
        ");
        let elsewhere = named("v".to_owned(), "j".to_owned())
            .migrator()
            .version_table_schema(VersionTableSchema::Named(long));
        assert_eq!(pool.upgrade(&elsewhere).await.unwrap_err().code(), "name_too_long");
        assert_eq!(
            place.ask("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").await,
            Vec::<String>::new()
        );
        pool.close().await;
    }
    if let Some(place) = on_mysql() {
        let pool = Pool::of(place.url(), 1);
        let long = "é".repeat(65);
        let error = pool.upgrade(&named(long.clone(), "j".to_owned()).migrator()).await.unwrap_err();
        insta::assert_snapshot!(error.to_string(), @"
        `version_table` is too long for mysql: `ééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééé` is 65 characters long, and a name has at most 64
        now: nothing was run
        help: set a shorter `version_table` in the configuration
        ");
        assert_eq!(
            pool.upgrade(&named("v".to_owned(), long).migrator()).await.unwrap_err().code(),
            "name_too_long"
        );
        assert_eq!(place.ask("SHOW TABLES").await, Vec::<String>::new());
        pool.close().await;
    }
}
