//! What is asked.
//!
//! Each view by itself, filtered by the schema only: a join of two of them takes seconds on either product. A column of one
//! product only stands at the end, in a comment that the other one does not read: `/*!80013 …*/` is MySQL's (MariaDB leaves
//! out the numbers from 50700 to 99999), `/*M!100601 …*/` is MariaDB's.

use crate::backend::engine::Bookkeeping as _;
use crate::backend::engine::Quoting as _;
use crate::backend::engine::Scope;
use crate::backend::mysql::MySql;

/// Places of the answers.
pub(super) const SERVER: usize = 0;
pub(super) const SCHEMATA: usize = 1;
pub(super) const TABLES: usize = 2;
pub(super) const COLUMNS: usize = 3;
pub(super) const STATISTICS: usize = 4;
pub(super) const KEY_COLUMNS: usize = 5;
pub(super) const REFERENTIAL: usize = 6;
pub(super) const CHECKS: usize = 7;
pub(super) const CHECKED_TABLES: usize = 8;
pub(super) const PARTITIONS: usize = 9;

/// The settings that change how expressions and texts are written in the answers, and whether notes are.
pub(super) fn settings() -> Vec<String> {
    let all_rows = MySql.all_rows();
    vec![format!(
        "SELECT @@SESSION.sql_mode, @@SESSION.sql_quote_show_create, @@SESSION.character_set_results, \
         @@SESSION.sql_notes, @@SESSION.max_error_count{all_rows}"
    )]
}

/// Begins, with settings under which there is one way to write each expression.
///
/// MySQL wants a right for `max_error_count`, which few users have: it keeps its own, and only a server that keeps no notes at
/// all cannot tell then whether expressions are the same.
pub(super) fn begin() -> Vec<String> {
    vec![
        "START TRANSACTION READ ONLY".to_owned(),
        "SET SESSION sql_mode = '', SESSION sql_quote_show_create = 1, SESSION character_set_results = utf8mb4, \
         SESSION sql_notes = 1 /*M! , SESSION max_error_count = 64 */"
            .to_owned(),
    ]
}

/// Puts the settings back, given the value in each column of the answer to [`settings`].
pub(super) fn put_back<'a>(answer: impl Fn(usize) -> Option<&'a str>) -> Vec<String> {
    let Some((mode, quotes)) = answer(0).zip(answer(1)) else { return Vec::new() };
    let quotes = u8::from(quotes != "0");
    // Nothing means that texts are sent as they are stored.
    let results = answer(2).filter(|name| !name.is_empty());
    let results = results.map_or_else(|| "NULL".to_owned(), |name| MySql.literal(name));
    let notes = u8::from(answer(3) != Some("0"));
    let kept = answer(4).and_then(|number| number.parse::<u32>().ok()).unwrap_or(64);
    vec![format!(
        "SET SESSION sql_mode = {}, SESSION sql_quote_show_create = {quotes}, \
         SESSION character_set_results = {results}, SESSION sql_notes = {notes} \
         /*M! , SESSION max_error_count = {kept} */",
        MySql.literal(mode)
    )]
}

/// The questions, in the order of their places.
pub(super) fn questions(scope: &Scope) -> Vec<String> {
    let views: [(&str, &str, &str, &str); 8] = [
        ("schemata", "schema_name", "schema_name AS a, default_collation_name AS b", ""),
        (
            "tables",
            "table_schema",
            "table_schema AS a, table_name AS b, table_type AS c, engine AS d, table_collation AS e, \
             create_options AS f, table_comment AS g",
            " AND table_type IN ('BASE TABLE', 'SYSTEM VERSIONED')",
        ),
        (
            "columns",
            "table_schema",
            "table_schema AS a, table_name AS b, ordinal_position AS c, column_name AS d, column_type AS e, \
             is_nullable AS f, column_default AS g, extra AS h, collation_name AS i, generation_expression AS j, \
             column_comment AS k /*!80003 , srs_id AS l */",
            "",
        ),
        (
            "statistics",
            "table_schema",
            "table_schema AS a, table_name AS b, index_name AS c, seq_in_index AS d, column_name AS e, \
             non_unique AS f, collation AS g, sub_part AS h, index_type AS i, index_comment AS j \
             /*!80013 , IF(is_visible = 'YES', 'NO', 'YES') AS k, expression AS l */ /*M!100601 , ignored AS k */",
            "",
        ),
        (
            "key_column_usage",
            "table_schema",
            "table_schema AS a, table_name AS b, constraint_name AS c, ordinal_position AS d, column_name AS e, \
             referenced_table_schema AS f, referenced_table_name AS g, referenced_column_name AS h",
            " AND referenced_table_name IS NOT NULL",
        ),
        (
            "referential_constraints",
            "constraint_schema",
            "constraint_schema AS a, table_name AS b, constraint_name AS c, delete_rule AS d, update_rule AS e",
            "",
        ),
        (
            "table_constraints",
            "table_schema",
            "table_schema AS a, table_name AS b, constraint_name AS c /*!80016 , enforced AS d */",
            // MariaDB says the table among the checks.
            " AND constraint_type = 'CHECK' /*M!100601 AND FALSE */",
        ),
        (
            "partitions",
            "table_schema",
            "table_schema AS a, table_name AS b, partition_name AS c, subpartition_name AS d, \
             partition_method AS e, subpartition_method AS f, partition_expression AS g, \
             subpartition_expression AS h, partition_description AS i, partition_comment AS j, \
             partition_ordinal_position AS k, subpartition_ordinal_position AS l",
            " AND partition_name IS NOT NULL",
        ),
    ];
    let (schemas, all_rows) = (schemas(scope), MySql.all_rows());
    let server = format!(
        "SELECT CONCAT(VERSION(), ' ', @@version_comment) AS a, DATABASE() AS b, \
         @@lower_case_table_names AS c, @@SESSION.default_storage_engine AS d /*M!100601 , TRUE AS e */{all_rows}"
    );
    let question = |(view, schema, columns, condition): (&str, &str, &str, &str)| {
        let of_schemas = of_schemas(schema, &schemas);
        format!("SELECT {columns} FROM information_schema.{view} WHERE {of_schemas}{condition}{all_rows}")
    };
    let mut questions: Vec<String> = [server].into_iter().chain(views.map(question)).collect();
    questions.insert(CHECKS, checks(&schemas));
    questions
}

/// The checks; none on MySQL before 8.0.16, which has none and no view of them.
fn checks(schemas: &[String]) -> String {
    let of_schemas = of_schemas("constraint_schema", schemas);
    let of_columns = |columns: &str| {
        format!("UNION ALL SELECT {columns} FROM information_schema.check_constraints WHERE {of_schemas}")
    };
    format!(
        "SELECT '' AS a, '' AS b, '' AS c /*M!100601 , '' AS d, '' AS e */ FROM DUAL WHERE FALSE \
         /*!80016 {} */ /*M!100601 {} */{}",
        of_columns("constraint_schema, constraint_name, check_clause"),
        of_columns("constraint_schema, constraint_name, check_clause, table_name, level"),
        MySql.all_rows()
    )
}

/// The condition that a column names one of the schemas.
fn of_schemas(column: &str, schemas: &[String]) -> String {
    match schemas {
        // Only this makes MariaDB look at no other schema.
        [only] => format!("{column} = {only}"),
        several => format!("{column} IN ({})", several.join(", ")),
    }
}

/// The schemas that are looked at, as expressions.
fn schemas(scope: &Scope) -> Vec<String> {
    let named = scope.schemas.iter().chain(scope.tables.iter().filter_map(|table| table.schema.as_ref()));
    let mut schemas: Vec<String> = named.map(|schema| MySql.catalogue_literal(schema)).collect();
    if scope.reads_current() {
        schemas.push("DATABASE()".to_owned());
    }
    schemas.sort();
    schemas.dedup();
    schemas
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A question as a server reads it that is older than the comments.
    fn without_comments(question: &str) -> String {
        let parts = question.split("/*").map(|part| part.split_once("*/").map_or(part, |(_, behind)| behind));
        parts.collect::<Vec<_>>().join("")
    }

    #[test]
    fn an_old_server_is_asked_for_no_checks() {
        let scope = Scope { schemas: vec!["a".to_owned(), "*/ b".to_owned()], ..Scope::default() };
        let asked: Vec<String> = questions(&scope).iter().map(|asked| without_comments(asked)).collect();
        insta::assert_snapshot!(asked[CHECKS], @"SELECT '' AS a, '' AS b, '' AS c  FROM DUAL WHERE FALSE   LIMIT 18446744073709551615");
        assert!(asked[CHECKED_TABLES].contains("table_constraints"));
        assert!(!asked.concat().contains("check_constraints"));
    }
}
