//! Templates of test databases on MySQL and MariaDB, which are copied table by table.

use crate::backend::engine::Quoting as _;
use crate::backend::engine::test_server::{REGISTRY, TestServer};
use crate::backend::mysql::MySql;
use crate::backend::{Connection, SendError};

fn has_number(error: &sqlx::Error, numbers: &[u16]) -> bool {
    let error = error
        .as_database_error()
        .and_then(|error| error.try_downcast_ref::<sqlx::mysql::MySqlDatabaseError>());
    error.is_some_and(|error| numbers.contains(&error.number()))
}

impl TestServer for MySql {
    fn table(&self) -> &'static str {
        "`_servicekit_test`.`databases`"
    }

    fn create_table(&self) -> Vec<String> {
        vec![
            format!("CREATE DATABASE IF NOT EXISTS `{REGISTRY}` CHARACTER SET utf8mb4"),
            format!(
                "CREATE TABLE IF NOT EXISTS {} (name VARCHAR(64) PRIMARY KEY, kind VARCHAR(20) NOT NULL, \
                 owner VARCHAR(500) NOT NULL, used TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP)",
                self.table()
            ),
        ]
    }

    fn is_no_registry(&self, error: &sqlx::Error) -> bool {
        has_number(error, &[1049, 1146])
    }

    fn is_no_database(&self, error: &sqlx::Error) -> bool {
        has_number(error, &[1049])
    }

    fn lock(&self, name: &str) -> String {
        format!("SELECT GET_LOCK({}, 86400)", self.literal(name))
    }

    fn unlock(&self, name: &str) -> String {
        format!("SELECT RELEASE_LOCK({})", self.literal(name))
    }

    fn is_free(&self) -> &'static str {
        "GET_LOCK(name, 0) = 1"
    }

    fn exists(&self) -> &'static str {
        "EXISTS (SELECT 1 FROM information_schema.schemata WHERE schema_name = name)"
    }

    fn is_older(&self, days: u32) -> String {
        format!("used < NOW() - INTERVAL {days} DAY")
    }

    fn create(&self, name: &str, _template: Option<&str>) -> String {
        format!("CREATE DATABASE {}", self.quote(name))
    }

    fn copies_as_a_whole(&self) -> bool {
        false
    }

    fn drop(&self, name: &str) -> String {
        format!("DROP DATABASE IF EXISTS {}", self.quote(name))
    }

    fn close(&self, _name: &str) -> Option<String> {
        None
    }
}

/// What cannot be copied table by table: then the history is applied instead.
const OTHER_OBJECTS: &str = "SELECT (SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = {0} AND table_type <> 'BASE TABLE') \
     + (SELECT COUNT(*) FROM information_schema.triggers WHERE trigger_schema = {0}) \
     + (SELECT COUNT(*) FROM information_schema.routines WHERE routine_schema = {0}) \
     + (SELECT COUNT(*) FROM information_schema.events WHERE event_schema = {0})";
const CHARACTER_SET: &str = "SELECT default_character_set_name, default_collation_name \
     FROM information_schema.schemata WHERE schema_name = {0}";
/// A value of a generated column cannot be inserted.
const COLUMNS: &str = "SELECT CAST(table_name AS CHAR), CAST(column_name AS CHAR) FROM information_schema.columns \
     WHERE table_schema = {0} AND COALESCE(generation_expression, '') = '' \
     ORDER BY table_name, ordinal_position";

/// Whether everything in a database can be copied by [`copy`].
pub(crate) async fn can_copy(connection: &mut Connection<'_>, database: &str) -> Result<bool, SendError> {
    let question = OTHER_OBJECTS.replace("{0}", &MySql.literal(database));
    let answers = connection.ask_patiently(&[question]).await?;
    Ok(answers.first().and_then(|answer| answer.first()) == Some("0"))
}

/// Copies the tables of a database with their rows into an empty one.
pub(crate) async fn copy(connection: &mut Connection<'_>, from: &str, to: &str) -> Result<(), SendError> {
    let (from_name, to_name) = (MySql.quote(from), MySql.quote(to));
    let literal = MySql.literal(from);
    let questions = [
        // An error where somebody has dropped it.
        format!("USE {from_name}"),
        // Zero is a value of a column that counts by itself, and the names in what is shown are in backticks.
        "SET SESSION sql_mode = 'NO_AUTO_VALUE_ON_ZERO', foreign_key_checks = 0, unique_checks = 0"
            .to_owned(),
        CHARACTER_SET.replace("{0}", &literal),
        COLUMNS.replace("{0}", &literal),
    ];
    let mut answers =
        connection.ask_patiently(&questions).await?.into_iter().skip(2).map(|answer| answer.rows);
    let character_set = answers.next().and_then(|rows| rows.into_iter().next()).unwrap_or_default();
    let tables = columns_by_table(answers.next().unwrap_or_default());
    let shown: Vec<String> = tables
        .iter()
        .map(|(table, _)| format!("SHOW CREATE TABLE {from_name}.{}", MySql.quote(table)))
        .collect();
    let mut statements = Vec::with_capacity(2 * tables.len() + 4);
    if let [Some(characters), Some(collation)] = character_set.as_slice() {
        statements.push(format!("ALTER DATABASE {to_name} CHARACTER SET {characters} COLLATE {collation}"));
    }
    statements.push(format!("USE {to_name}"));
    if !shown.is_empty() {
        let definitions = connection.ask_patiently(&shown).await?.into_iter();
        statements
            .extend(definitions.filter_map(|answer| answer.rows.into_iter().next()?.into_iter().nth(1)?));
    }
    statements.push("BEGIN".to_owned());
    for (table, columns) in &tables {
        let (table, columns) = (MySql.quote(table), columns.join(", "));
        statements.push(format!("INSERT INTO {table} ({columns}) SELECT {columns} FROM {from_name}.{table}"));
    }
    statements.push("COMMIT".to_owned());
    connection.run(&statements).await
}

/// The tables with the names of their columns, quoted.
fn columns_by_table(rows: Vec<Vec<Option<String>>>) -> Vec<(String, Vec<String>)> {
    let mut tables: Vec<(String, Vec<String>)> = Vec::new();
    for row in rows {
        let mut values = row.into_iter().flatten();
        let (Some(table), Some(column)) = (values.next(), values.next()) else { continue };
        let column = MySql.quote(&column);
        match tables.last_mut() {
            Some((last, columns)) if *last == table => columns.push(column),
            _ => tables.push((table, vec![column])),
        }
    }
    tables
}
