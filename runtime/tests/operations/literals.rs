//! A literal is read by a database as the text that it was made of, however its session is set.

use crate::client::Client;
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use servicekit::Dialect;
use servicekit_chain::sql::{catalogue_literal, literal, literal_in_any_session, quote_name};

/// Texts of what ends a literal somewhere, and others.
fn texts() -> Vec<String> {
    let strategy = prop_oneof![".{0,40}", "['\"`\\\\\0\u{feff}%;*/#$ea0é🦀\n\r -]{0,12}"];
    let mut runner = TestRunner::deterministic();
    (0..200).map(|_| strategy.new_tree(&mut runner).unwrap().current()).collect()
}

/// Asks for literals in each of these sessions.
async fn come_back(dialect: Dialect, write: fn(Dialect, &str) -> String, settings: &[&str]) {
    let Some(mut client) = Client::open(dialect).await else { return };
    for setting in settings {
        client.run(setting).await.unwrap();
        // PostgreSQL has no text with a NUL character in it.
        for text in texts().iter().filter(|text| dialect != Dialect::Postgres || !text.contains('\0')) {
            let sql =
                format!("SELECT {} AS {}", write(dialect, text), quote_name(dialect, "it's `\"\\ a name"));
            assert_eq!(client.ask(&sql).await, [text.as_str()], "{setting}: {sql}");
        }
    }
}

#[tokio::test]
async fn a_literal_comes_back_from_sqlite() {
    come_back(Dialect::Sqlite, literal, &["SELECT 1"]).await;
}

#[tokio::test]
async fn a_literal_comes_back_from_postgresql() {
    let settings = ["SELECT 1", "SET standard_conforming_strings = off"];
    come_back(Dialect::Postgres, literal, &settings).await;
}

#[tokio::test]
async fn a_literal_comes_back_from_mysql() {
    let settings =
        ["SELECT 1", "SET sql_mode = 'ANSI_QUOTES'", "SET sql_mode = 'NO_BACKSLASH_ESCAPES,ANSI_QUOTES'"];
    come_back(Dialect::Mysql, literal, &settings).await;
    let more = ["SET character_set_client = gbk", "SET character_set_client = latin1"];
    come_back(Dialect::Mysql, literal_in_any_session, &[&settings[..], &more].concat()).await;
}

#[tokio::test]
async fn a_literal_for_any_session_can_be_compared_with_a_column_of_any_collation() {
    let Some(mut client) = Client::open(Dialect::Mysql).await else { return };
    let collations = [
        "utf8mb4_bin",
        "utf8mb4_general_ci",
        "utf8mb4_unicode_ci",
        "utf8mb3_general_ci",
        "latin1_swedish_ci",
    ];
    for collation in collations {
        let (characters, _) = collation.split_once('_').unwrap();
        let column = format!("x VARCHAR(20) CHARACTER SET {characters} COLLATE {collation}");
        client.run(&format!("CREATE TABLE {collation} ({column})")).await.unwrap();
        let mut insert = async |text| {
            let literal = literal_in_any_session(Dialect::Mysql, text);
            client.run(&format!("INSERT INTO {collation} VALUES ({literal})")).await.unwrap();
        };
        for text in ["é", "É", "it's"] {
            insert(text).await;
        }
        for (text, count) in [("🦀", "0"), ("é", "1"), ("it's", "1"), ("it`s", "0")] {
            let literal = literal_in_any_session(Dialect::Mysql, text);
            let question = format!("SELECT count(*) FROM {collation} WHERE x = {literal}");
            assert_eq!(client.ask(&question).await, [count], "{text} in {collation}");
        }
    }
}

#[tokio::test]
async fn a_literal_of_a_name_finds_it_in_the_catalogue() {
    let Some(mut client) = Client::open(Dialect::Mysql).await else { return };
    client.run("CREATE TABLE `größe` (`länge` INT, KEY `ä` (`länge`))").await.unwrap();
    let found = [
        ("tables", "table_name", "größe", "1"),
        ("tables", "table_name", "gr🦀ße", "0"),
        ("columns", "column_name", "Länge", "1"),
        ("columns", "column_name", "🦀", "0"),
        ("statistics", "index_name", "ä", "1"),
        ("statistics", "index_name", "🦀", "0"),
        ("tables", "table_schema", "🦀", "0"),
    ];
    for (view, column, name, count) in found {
        let name = catalogue_literal(Dialect::Mysql, name);
        let is_here = if column == "table_schema" { "TRUE" } else { "table_schema = DATABASE()" };
        let question =
            format!("SELECT count(*) FROM information_schema.{view} WHERE {is_here} AND {column} = {name}");
        assert_eq!(client.ask(&question).await, [count], "{question}");
    }
}
