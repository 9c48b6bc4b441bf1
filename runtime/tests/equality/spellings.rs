//! Pairs of spellings, each executed: a table is made with the one, and compared with the other.

use crate::bench::Bench;
use servicekit::Dialect;
use servicekit::diff::{Difference, Fact};
use servicekit::revision::sql;
use servicekit::schema::{Column, Constraint, KeyOf, Schema, Table, Value};

/// The columns that expressions speak of.
fn columns(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Postgres => {
            "a integer, b integer, n numeric(12,2), x double precision, s varchar(20), t text, c char(3), d date, \
             m timestamp, z timestamptz, j jsonb, f boolean, u uuid, i integer[]"
        }
        Dialect::Mysql => "a int, b int, n decimal(12,2), x double, s varchar(20), d date, j json",
        _ => "a INTEGER, b INTEGER, n NUMERIC, s TEXT",
    }
}

/// A line of a file.
#[derive(Debug)]
pub(crate) struct Spelling<'f> {
    line: &'f str,
    place: &'f str,
    pub(crate) stored: &'f str,
    other: &'f str,
    verdict: &'f str,
}

/// The pairs of a kind of database.
pub(crate) fn of(dialect: Dialect) -> Vec<Spelling<'static>> {
    read(match dialect {
        Dialect::Postgres => include_str!("../../../cases/spellings/postgres.txt"),
        Dialect::Mysql => include_str!("../../../cases/spellings/mysql.txt"),
        _ => include_str!("../../../cases/spellings/sqlite.txt"),
    })
}

fn read(file: &str) -> Vec<Spelling<'_>> {
    let lines = file.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    let spelling = |line| {
        let parts: Vec<&str> = str::split(line, " | ").collect();
        let [place, stored, other, verdict] = parts.as_slice() else { panic!("{line}") };
        Spelling { line, place, stored, other, verdict }
    };
    lines.map(spelling).collect()
}

/// The statements that make table number `at`.
fn made(at: usize, spelling: &Spelling<'_>, dialect: Dialect) -> Vec<String> {
    let Spelling { place, stored, .. } = spelling;
    let columns = columns(dialect);
    let table = |more: &str| format!("CREATE TABLE t{at} ({columns}{more})");
    match place.split_once(' ').unwrap_or((place, "")) {
        ("check", _) => vec![table(&format!(", CONSTRAINT ck{at} CHECK ({stored}\n)"))],
        ("filter", _) => vec![table(""), format!("CREATE INDEX ix{at} ON t{at} (a) WHERE {stored}")],
        ("key", _) => vec![table(""), format!("CREATE INDEX ix{at} ON t{at} (({stored}))")],
        ("default", data_type) => vec![table(&format!(", it {data_type} DEFAULT {stored}"))],
        ("generated", data_type) => {
            vec![table(&format!(", it {data_type} GENERATED ALWAYS AS ({stored}) STORED"))]
        }
        _ => panic!("{}", spelling.line),
    }
}

/// Puts another text where the expression stands.
pub(crate) fn respell(table: &mut Table, spelling: &Spelling<'_>, other: &str, dialect: Dialect) {
    let other = other.to_owned();
    let it = |table: &mut Table, change: &dyn Fn(&mut Column)| {
        table.columns.iter_mut().filter(|column| column.name == "it").for_each(change);
    };
    match spelling.place.split(' ').next().unwrap() {
        "check" => {
            for constraint in &mut table.constraints {
                if let Constraint::Check(check) = constraint {
                    check.condition = (&other).into();
                }
            }
        }
        "filter" => table.indexes[0].filter = Some(other),
        "key" => table.indexes[0].keys[0].of = KeyOf::Expression(other),
        "default" => it(table, &|column| column.default = Some(value(&other, dialect))),
        "generated" => it(table, &|column| column.generated.as_mut().unwrap().expression.clone_from(&other)),
        _ => panic!("{}", spelling.line),
    }
}

/// A literal as a value, as a model has it; anything else as an expression.
fn value(text: &str, dialect: Dialect) -> Value {
    let quoted = |quote| text.strip_prefix(quote).and_then(|text: &str| text.strip_suffix(quote));
    let literal = quoted('\'').or_else(|| quoted('"')).filter(|_| !text.contains("'::"));
    match text {
        "TRUE" | "FALSE" => Value::Boolean(text == "TRUE"),
        _ if text.parse::<i64>().is_ok() => Value::Integer(text.parse().unwrap()),
        _ if text.parse::<f64>().is_ok() => Value::Text(text.to_owned()).only_where(dialect, text),
        _ => match literal {
            Some(literal) if !literal.contains(['\'', '"', '\\']) => Value::Text(literal.to_owned()),
            _ => sql(text).into(),
        },
    }
}

/// Numbers with a fraction are written in more ways than `f64` keeps.
trait Number {
    fn only_where(self, dialect: Dialect, text: &str) -> Self;
}

impl Number for Value {
    fn only_where(self, dialect: Dialect, text: &str) -> Self {
        if dialect == Dialect::Mysql { self } else { sql(text).into() }
    }
}

fn table_of(fact: &Fact) -> String {
    match fact {
        Fact::Attribute { table, .. } | Fact::Constraint { table, .. } | Fact::Index { table, .. } => {
            table.name.clone()
        }
        other => panic!("{other:?}"),
    }
}

pub(crate) fn verdict(table: &str, difference: &Difference) -> &'static str {
    if difference.facts.iter().any(|fact| table_of(fact) == table) {
        "different"
    } else if difference.untold.iter().any(|untold| table_of(&untold.fact) == table) {
        "unknown"
    } else {
        "equal"
    }
}

/// A database with a table for each pair, made with the one spelling, and what is read of it.
pub(crate) async fn made_of(spellings: &[Spelling<'_>], dialect: Dialect) -> Option<(Bench, Schema)> {
    let mut bench = Bench::open(dialect).await?;
    let found = make(&mut bench, spellings, dialect).await;
    Some((bench, found))
}

/// Makes those tables, and reads the database.
pub(crate) async fn make(bench: &mut Bench, spellings: &[Spelling<'_>], dialect: Dialect) -> Schema {
    for (at, spelling) in spellings.iter().enumerate() {
        for statement in made(at, spelling, dialect) {
            bench.run(&statement).await;
        }
    }
    bench.read().await
}

/// The same with the other spelling, wherever both are one.
pub(crate) fn respelt(found: &Schema, dialect: Dialect) -> Schema {
    let spellings = of(dialect);
    let mut respelt = found.clone();
    for table in &mut respelt.tables {
        let spelling = &spellings[number(table)];
        if spelling.verdict == "equal" {
            respell(table, spelling, spelling.other, dialect);
        }
    }
    respelt
}

/// The pair that a table was made for.
pub(crate) fn number(table: &Table) -> usize {
    table.name.name[1..].parse().unwrap()
}

async fn every_pair(dialect: Dialect) {
    let spellings = of(dialect);
    let Some((mut bench, found)) = made_of(&spellings, dialect).await else { return };
    let mut wanted = found.clone();
    for table in &mut wanted.tables {
        let spelling = &spellings[number(table)];
        respell(table, spelling, spelling.other, dialect);
    }
    let difference = bench.compare(&wanted).await;
    let wrong = spellings.iter().enumerate().filter_map(|(at, spelling)| {
        let found = verdict(&format!("t{at}"), &difference);
        (found != spelling.verdict).then(|| format!("{found} instead of {}", spelling.line))
    });
    let mut wrong: Vec<String> = wrong.collect();
    if !wrong.is_empty() {
        wrong.extend(difference.untold.iter().map(|untold| format!("{:?}", untold.reasons)));
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), spellings.len(), wrong.join("\n"));
    println!("{dialect}: {} pairs", spellings.len());
}

#[tokio::test]
async fn postgres_tells_whether_two_spellings_are_one() {
    every_pair(Dialect::Postgres).await;
}

#[tokio::test]
async fn mysql_tells_whether_two_spellings_are_one() {
    every_pair(Dialect::Mysql).await;
}

#[tokio::test]
async fn sqlite_tells_whether_two_spellings_are_one() {
    every_pair(Dialect::Sqlite).await;
}
