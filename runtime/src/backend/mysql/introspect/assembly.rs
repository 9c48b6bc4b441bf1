//! From the rows of all views to tables.

use crate::backend::Answer;
use crate::backend::engine::Scope;
use crate::backend::mysql::introspect::catalogue::{Row, Server, rows};
use crate::backend::mysql::introspect::rows::{CheckRow, Rows};
use crate::backend::mysql::introspect::{questions, table};
use crate::error::IntrospectionError;
use servicekit_schema::table::{Schema, TableName};
use std::collections::{BTreeMap, HashMap, HashSet};

/// The tables by schema and name.
type Tables<'a> = BTreeMap<(&'a str, &'a str), Rows<'a>>;

pub(super) fn read(scope: &Scope, answers: &[Answer]) -> Result<Schema, IntrospectionError> {
    let server = Server::read(answers);
    find_columns(&server, answers)?;
    let collations: HashMap<&str, &str> =
        rows(answers, questions::SCHEMATA).map(|row| (row.text(0), row.text(1))).collect();
    find_schemas(scope, &server, &collations)?;
    let mut tables = grouped(answers, &collations);
    find_tables(scope, &server, &tables)?;
    leave_out(scope, &server, &mut tables);
    let mut schema = Schema::default();
    for rows in tables.values_mut() {
        schema.tables.push(table::read(&server, rows)?);
    }
    schema.tables.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(schema)
}

/// An error where columns of one product only are not in the answers: another product that resembles it, or something on the way
/// that has taken the comments out of the questions.
fn find_columns(server: &Server<'_>, answers: &[Answer]) -> Result<(), IntrospectionError> {
    let views = if server.is_mariadb {
        [(questions::SERVER, "version()", 5), (questions::STATISTICS, "statistics", 11)]
    } else {
        [(questions::COLUMNS, "columns", 12), (questions::STATISTICS, "statistics", 12)]
    };
    for (place, catalogue, columns) in views {
        if let Some(row) = rows(answers, place).find(|row| row.len() < columns) {
            let found = format!("{} columns instead of {columns}", row.len());
            return Err(IntrospectionError::UnknownCatalogue { catalogue, found });
        }
    }
    Ok(())
}

/// An error for a schema that was asked for and is not there.
fn find_schemas(
    scope: &Scope,
    server: &Server<'_>,
    found: &HashMap<&str, &str>,
) -> Result<(), IntrospectionError> {
    let named = scope.schemas.iter().chain(scope.tables.iter().filter_map(|table| table.schema.as_ref()));
    for schema in named {
        if !found.keys().any(|known| server.is_same(known, schema)) {
            return Err(IntrospectionError::NoSchema { schema: schema.clone() });
        }
    }
    // The session may have no current schema, or one that was dropped.
    let has_current = server.current.is_some_and(|current| found.contains_key(current));
    if scope.reads_current() && !has_current {
        let schema = server.current.unwrap_or("DATABASE()").to_owned();
        return Err(IntrospectionError::NoSchema { schema });
    }
    Ok(())
}

/// The rows of all views by table; those about anything else, such as a view, are left out.
fn grouped<'a>(answers: &'a [Answer], collations: &HashMap<&'a str, &'a str>) -> Tables<'a> {
    let table = |row: Row<'a>| {
        let rows = Rows {
            table: row,
            schema_collation: collations.get(row.text(0)).copied().unwrap_or_default(),
            columns: Vec::new(),
            statistics: Vec::new(),
            key_columns: Vec::new(),
            checks: Vec::new(),
            partitions: Vec::new(),
            referential: HashMap::new(),
        };
        (row.table(), rows)
    };
    let mut tables: Tables<'a> = rows(answers, questions::TABLES).map(table).collect();
    let mut distribute = |place, take: fn(&mut Rows<'a>, Row<'a>)| {
        for row in rows(answers, place) {
            if let Some(table) = tables.get_mut(&row.table()) {
                take(table, row);
            }
        }
    };
    distribute(questions::COLUMNS, |table, row| table.columns.push(row));
    distribute(questions::STATISTICS, |table, row| table.statistics.push(row));
    distribute(questions::KEY_COLUMNS, |table, row| table.key_columns.push(row));
    distribute(questions::PARTITIONS, |table, row| table.partitions.push(row));
    distribute(questions::REFERENTIAL, |table, row| table.referential.extend([(row.text(2), row)]));
    distribute_checks(answers, &mut tables);
    tables.retain(|_, rows| !rows.columns.is_empty() && !has_own_period(rows) && !is_elsewhere(rows));
    tables
}

/// MariaDB says the table of a check with it, MySQL in another view, where a name is unique in its schema.
fn distribute_checks<'a>(answers: &'a [Answer], tables: &mut Tables<'a>) {
    let of_tables: HashMap<(&str, &str), Row<'_>> =
        rows(answers, questions::CHECKED_TABLES).map(|row| ((row.text(0), row.text(2)), row)).collect();
    for row in rows(answers, questions::CHECKS) {
        let (schema, name, clause) = (row.text(0), row.text(1), row.text(2));
        let (table, is_enforced) = match row.value(3) {
            Some(table) => (table, true),
            None => match of_tables.get(&(schema, name)) {
                Some(checked) => (checked.text(1), checked.text(3) != "NO"),
                None => continue,
            },
        };
        let is_of_column = row.text(4).eq_ignore_ascii_case("column");
        if let Some(rows) = tables.get_mut(&(schema, table)) {
            rows.checks.push(CheckRow { name, clause, is_of_column, is_enforced });
        }
    }
}

/// An error for a table that was asked for and is not there.
fn find_tables(scope: &Scope, server: &Server<'_>, tables: &Tables<'_>) -> Result<(), IntrospectionError> {
    for wanted in &scope.tables {
        if tables.keys().any(|found| is_wanted(scope, server, wanted, *found)) {
            continue;
        }
        let of_schema = |schema: &str| match &wanted.schema {
            Some(of) => server.is_same(of, schema),
            None => !scope.schemas.is_empty() || server.current == Some(schema),
        };
        let names = tables.keys().filter(|(schema, _)| of_schema(schema));
        let tables = names.map(|(_, name)| (*name).to_owned()).collect();
        return Err(IntrospectionError::NoTable { table: wanted.clone(), tables });
    }
    Ok(())
}

/// Whether a table is the one that was asked for; without a schema, that is one of those that were named.
fn is_wanted(scope: &Scope, server: &Server<'_>, wanted: &TableName, found: (&str, &str)) -> bool {
    let is_there = match &wanted.schema {
        Some(schema) => server.is_same(schema, found.0),
        None => {
            (scope.has_current() && server.current == Some(found.0))
                || scope.schemas.iter().any(|schema| server.is_same(schema, found.0))
        }
    };
    is_there && server.is_same(&wanted.name, found.1)
}

/// Keeps what was asked for.
fn leave_out(scope: &Scope, server: &Server<'_>, tables: &mut Tables<'_>) {
    let fold = |name: &str| if server.ignores_case { name.to_lowercase() } else { name.to_owned() };
    let left_out: HashSet<String> = scope.left_out.iter().map(|name| fold(name)).collect();
    let wanted: HashSet<String> = scope.tables.iter().map(|table| fold(&table.name)).collect();
    tables.retain(|found, _| {
        let is_asked_for = wanted.is_empty()
            || wanted.contains(&fold(found.1))
                && scope.tables.iter().any(|table| is_wanted(scope, server, table, *found));
        is_asked_for && !left_out.contains(&fold(found.1))
    });
}

/// Whether a table has columns for the times of its versions, which only stand in the whole definition: MariaDB.
fn has_own_period(rows: &Rows<'_>) -> bool {
    rows.columns.iter().any(|column| matches!(column.text(9), "ROW START" | "ROW END"))
}

/// Whether the rows of a table are not its own: where they are, `information_schema` does not say.
fn is_elsewhere(rows: &Rows<'_>) -> bool {
    const ENGINES: [&str; 5] = ["CONNECT", "FEDERATED", "MRG_MYISAM", "SPHINX", "SPIDER"];
    ENGINES.iter().any(|engine| rows.table.text(3).eq_ignore_ascii_case(engine))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::collection::vec;
    use proptest::prelude::*;

    /// What a catalogue could say, and parts of it in any order.
    fn value() -> impl Strategy<Value = Option<String>> {
        let known = [
            "shop",
            "t",
            "a",
            "PRIMARY",
            "1",
            "0",
            "NO",
            "YES",
            "BTREE",
            "HASH",
            "FULLTEXT",
            "D",
            "int(11)",
            "enum('a'",
            "set(,)",
            "decimal(",
            "datetime(9)",
            "longtext",
            "utf8mb4_bin",
            "json_valid(`a`)",
            "Column",
            "(",
            "((a)",
            "'",
            "`",
            "current_timestamp(",
            "-(",
            "0x1",
            "b'2'",
            "x'0'",
            "STORED GENERATED",
            "auto_increment",
            "RANGE",
            "row_format=",
            "=\"",
            "\\",
            "\u{c3}",
            "10.11-MariaDB",
            "8.0.1 x",
        ];
        let known = proptest::sample::select(known.to_vec()).prop_map(str::to_owned);
        proptest::option::weighted(0.9, prop_oneof![8 => known, 1 => ".{0,9}"])
    }

    #[test]
    fn an_answer_without_what_the_product_has_is_an_error() {
        let row = |length| vec![Some("shop".to_owned()); length];
        let answer = |rows: Vec<_>| Answer { rows, affected: 0 };
        let mut answers = vec![Answer::default(); 10];
        let mut server = row(5);
        server[0] = Some("10.6.1-MariaDB".to_owned());
        answers[questions::SERVER] = answer(vec![server.clone()]);
        answers[questions::SCHEMATA] = answer(vec![row(2)]);
        assert_eq!(read(&Scope::default(), &answers), Ok(Schema::default()));
        server.pop();
        answers[questions::SERVER] = answer(vec![server]);
        assert_eq!(
            read(&Scope::default(), &answers).map_err(|error| error.to_string()),
            Err("`version()` of this database has an unknown answer: 4 columns instead of 5".to_owned())
        );
    }

    proptest! {
        #[test]
        fn whatever_the_catalogue_says_is_no_panic(
            answers in vec(vec(vec(value(), 12..14), 0..6), 0..11),
        ) {
            let answer = |rows: Vec<_>| Answer { rows, affected: 0 };
            let mut answers: Vec<Answer> = answers.into_iter().map(answer).collect();
            // Mostly about the one schema that is asked for.
            let shop = || Some("shop".to_owned());
            for (place, answer) in answers.iter_mut().enumerate() {
                for row in &mut answer.rows {
                    if place > 0 && let Some(first) = row.first_mut() {
                        *first = shop();
                    } else if let Some(second) = row.get_mut(1) {
                        *second = shop();
                    }
                }
            }
            if let Ok(schema) = read(&Scope::default(), &answers) {
                let _ = schema.operations(servicekit_chain::Dialect::Mysql).sql(servicekit_chain::Dialect::Mysql);
            }
        }
    }
}
