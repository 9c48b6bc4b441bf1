//! The storage engines of MySQL's tables: those that a statement names, and what is to be asked about them.

use crate::backend::mysql::MySql;
use servicekit_chain::Dialect;
use servicekit_chain::sql::{Effect, ObjectKind, ObjectName, StatementClass, TokenCursor, significant};

/// Storage engines whose rows a transaction undoes.
pub(crate) const WITH_TRANSACTIONS: &str =
    "SELECT engine FROM information_schema.engines WHERE transactions = 'YES'";

/// Engines whose name may stand without a `=` behind `ENGINE`, which may also be the name of a column.
const KNOWN: [&str; 16] = [
    "ARCHIVE",
    "ARIA",
    "BLACKHOLE",
    "CSV",
    "EXAMPLE",
    "FEDERATED",
    "HEAP",
    "INNODB",
    "MEMORY",
    "MERGE",
    "MRG_MYISAM",
    "MYISAM",
    "NDB",
    "NDBCLUSTER",
    "ROCKSDB",
    "TOKUDB",
];

/// Asks whether a statement makes, changes or removes a table whose DDL is not atomic; `None` when it is about no table.
pub(crate) fn may_be_partially_applied(mysql: &MySql, sql: &str, class: &StatementClass) -> Option<String> {
    let tables = class.objects.iter().filter(|object| object.kind == ObjectKind::Table);
    let mut conditions: Vec<String> = tables.map(|table| is_of_another_engine(mysql, &table.name)).collect();
    if conditions.is_empty() {
        return None;
    }
    let named = named(sql);
    if named.iter().any(|engine| engine != "INNODB") {
        return Some("SELECT 1".to_owned());
    }
    let makes_table = class.changes.iter().any(|change| {
        change.effect == Effect::Created && change.part.is_none() && change.object.kind == ObjectKind::Table
    });
    if makes_table {
        match taken_over(sql) {
            Some(table) => conditions.push(is_of_another_engine(mysql, &table)),
            None if named.is_empty() => {
                conditions.push("@@SESSION.default_storage_engine <> 'InnoDB'".to_owned());
            }
            None => {}
        }
    }
    Some(format!("SELECT {}", conditions.join(" OR ")))
}

fn is_of_another_engine(mysql: &MySql, table: &ObjectName) -> String {
    format!(
        "EXISTS (SELECT 1 FROM information_schema.tables WHERE table_schema = {} AND table_name = {} \
         AND engine <> 'InnoDB')",
        mysql.schema(table.schema.as_deref()),
        mysql.catalogue_literal(&table.name)
    )
}

/// The engines that a statement names for its tables and partitions, in capitals.
fn named(sql: &str) -> Vec<String> {
    let tokens = significant(Dialect::Mysql, sql);
    let mut rest = TokenCursor::new(Dialect::Mysql, &tokens);
    let mut named = Vec::new();
    while let Some(token) = rest.take_token() {
        if !token.is("ENGINE") {
            continue;
        }
        let has_sign = rest.take_sign("=");
        let name = rest.first().map(|token| token.unquoted().to_ascii_uppercase()).unwrap_or_default();
        if has_sign || KNOWN.contains(&name.as_str()) {
            named.push(name);
        }
    }
    named
}

/// The table whose definition a `CREATE TABLE … LIKE …` takes over.
fn taken_over(sql: &str) -> Option<ObjectName> {
    let tokens = significant(Dialect::Mysql, sql);
    let like = tokens.iter().position(|token| token.is("LIKE"))?;
    TokenCursor::new(Dialect::Mysql, tokens.get(like + 1..)?).name()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_engine_is_found_where_a_statement_names_one_and_no_column_is_taken_for_it() {
        let cases: [(&str, &[&str]); 9] = [
            ("CREATE TABLE a (x INT) ENGINE=MyISAM", &["MYISAM"]),
            ("CREATE TABLE a (x INT) /* ENGINE=MyISAM */ engine = 'Aria'", &["ARIA"]),
            ("CREATE TABLE a (x INT) ENGINE MEMORY", &["MEMORY"]),
            ("ALTER TABLE a ENGINE=InnoDB", &["INNODB"]),
            ("ALTER TABLE a ADD engine VARCHAR(20)", &[]),
            ("CREATE TABLE a (engine VARCHAR(20), `ENGINE` INT)", &[]),
            ("CREATE TABLE a (x TEXT DEFAULT 'ENGINE=MyISAM')", &[]),
            ("CREATE TABLE a (x INT) PARTITION BY HASH (x) (PARTITION p ENGINE = x)", &["X"]),
            ("DROP TABLE a", &[]),
        ];
        for (sql, expected) in cases {
            assert_eq!(named(sql), expected, "{sql}");
        }
    }

    #[test]
    fn the_table_that_is_taken_over_is_found() {
        let table = |schema: Option<&str>, name: &str| {
            Some(ObjectName { schema: schema.map(str::to_owned), name: name.to_owned() })
        };
        assert_eq!(taken_over("CREATE TABLE a LIKE b"), table(None, "b"));
        assert_eq!(taken_over("CREATE TABLE a (LIKE `o``d`.`b`)"), table(Some("o`d"), "b"));
        assert_eq!(taken_over("CREATE TABLE a (x INT)"), None);
    }
}
