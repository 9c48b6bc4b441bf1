//! A random schema is read as it was said, value for value.

use crate::bench::Bench;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{Config, TestCaseError, TestRunner};
use servicekit::Dialect;
use servicekit::revision::*;
use servicekit::schema::{IndexKey, KeyOf, Schema, Value};
use std::cell::{Cell, RefCell};

const TABLES: [&str; 5] = ["plain", "order", "a b", "q`x", "it's \"ü☂\""];
const COLUMNS: [&str; 7] = ["select", "a`b", "a.b", "it's", "\\back", "ü☂", "(, )"];

/// What a column is, as numbers that choose.
#[allow(clippy::struct_excessive_bools, reason = "each is chosen by itself")]
#[derive(Debug, Clone)]
pub(crate) struct Draft {
    kind: usize,
    size: u32,
    number: i16,
    text: String,
    comment: Option<String>,
    has_default: bool,
    is_nullable: bool,
    is_hidden: bool,
    is_collated: bool,
}

#[derive(Debug, Clone)]
pub(crate) struct TableDraft {
    columns: Vec<Draft>,
    counts: bool,
    comment: Option<String>,
    is_collated: bool,
    /// Tables that it refers to, and what happens when a row of these goes.
    references: Vec<(usize, usize)>,
    /// Indexes and unique constraints: what kind, and on which columns.
    keys: Vec<(usize, Vec<usize>)>,
    checks: usize,
}

/// Characters that are something to the server, but none that it changes.
fn text() -> impl Strategy<Value = String> {
    vec(select(vec!['a', 'Z', '0', '\'', '"', '\\', '`', '%', 'é', '☂', '\n', ';', '-', '(', '_']), 0..9)
        .prop_map(|letters| letters.into_iter().collect())
}

fn comment() -> impl Strategy<Value = Option<String>> {
    proptest::option::weighted(0.3, text().prop_filter("a comment", |text| !text.is_empty()))
}

fn draft() -> impl Strategy<Value = Draft> {
    let choices =
        (any::<bool>(), any::<bool>(), proptest::bool::weighted(0.1), proptest::bool::weighted(0.2));
    (0..30_usize, 0..7_u32, any::<i16>(), text(), comment(), choices).prop_map(
        |(kind, size, number, text, comment, (has_default, is_nullable, is_hidden, is_collated))| Draft {
            kind,
            size,
            number,
            text,
            comment,
            has_default,
            is_nullable,
            is_hidden,
            is_collated,
        },
    )
}

pub(crate) fn table() -> impl Strategy<Value = TableDraft> {
    let keys = vec((0..5_usize, vec(0..8_usize, 1..4)), 0..4);
    let choices = (any::<bool>(), proptest::bool::weighted(0.2));
    (vec(draft(), 0..7), comment(), vec((0..5_usize, 0..4_usize), 0..3), keys, 0..4_usize, choices).prop_map(
        |(columns, comment, references, keys, checks, (counts, is_collated))| TableDraft {
            columns,
            counts,
            comment,
            is_collated,
            references,
            keys,
            checks,
        },
    )
}

/// The type of a column with a default that stays as it is.
fn typed(name: &str, table: &str, draft: &Draft) -> Column {
    let (number, size) = (draft.number, draft.size);
    let positive = Value::from(number.unsigned_abs());
    let quarter = Value::from(f64::from(number) + 0.25);
    let texts = Value::from(&draft.text);
    let values = ["", "it's", "back\\slash", "ü,☂", ")\n"];
    let (mut column, default): (Column, Option<Value>) = match draft.kind {
        0 => (small_integer(name), Some(number.into())),
        1 => (integer(name), Some((i32::from(number) * 60_000).into())),
        2 => (big_integer(name), Some((i64::from(number) << 47).into())),
        3 => (unsigned_small_integer(name), Some(positive)),
        4 => (unsigned_integer(name), Some(u32::MAX.into())),
        5 => (unsigned_big_integer(name), Some(u64::MAX.into())),
        // The server tells six digits of it.
        6 => (float(name), Some((f64::from(number % 100) + 0.25).into())),
        7 => (double(name), Some(quarter)),
        8 => (numeric(name, 20, 2), Some(quarter)),
        9 => (numeric(name, 30, 20), Some("0.12345678901234567891".into())),
        10 => (boolean(name), Some(draft.is_collated.into())),
        11 => (char(name, 9 + size), Some(texts)),
        12 => (string(name, 9 + size * 3), Some(texts)),
        13 => (text_column(name), Some(texts)),
        14 => (binary(name), Some(Value::Bytes(number.to_le_bytes().to_vec()))),
        15 => (json(name), Some("{\"it's\": [1]}".into())),
        16 => (date(name), Some("2020-02-29".into())),
        17 => (Column::new(name, precise(Type::Time, size)), Some(Value::Now)),
        18 => (Column::new(name, precise(Type::Timestamp, size)), Some(Value::Now)),
        19 => (Column::new(name, precise(Type::TimestampTz, size)), Some(Value::Now)),
        20 => (
            enumeration(name, enum_type(format!("{table}_{name}"), values)),
            Some(values[usize::from(number.unsigned_abs()) % 5].into()),
        ),
        21 => (custom(name, "MEDIUMINT"), Some((i32::from(number) * 200).into())),
        22 => (custom(name, "TINYINT UNSIGNED"), Some((number & 0xFF).into())),
        23 => (custom(name, "BIT(16)"), Some(positive)),
        24 => (custom(name, "SET('a','it''s','☂')"), Some("a,☂".into())),
        25 => (custom(name, "VARBINARY(20)"), Some(Value::Bytes(b"it's \\".to_vec()))),
        26 => (custom(name, "TIMESTAMP(3)"), Some(Value::Now)),
        27 => (custom(name, "TEXT"), Some(texts)),
        28 => (custom(name, "YEAR"), Some(2020.into())),
        _ => (
            custom(name, "DECIMAL(7,2) UNSIGNED"),
            Some(Value::from(f64::from(number.unsigned_abs()) + 0.25)),
        ),
    };
    // Without the default, a moment is a time.
    let needs_default = draft.kind == 19;
    column.default = default.filter(|_| draft.has_default || needs_default);
    column
}

fn text_column(name: &str) -> Column {
    servicekit::schema::text(name)
}

fn precise(of: Type, digits: u32) -> Type {
    if digits == 6 { of } else { of.precision(u8::try_from(digits).unwrap()) }
}

fn column(at: usize, table: &str, draft: &Draft) -> Column {
    let name = COLUMNS[at];
    let mut column = typed(name, table, draft);
    column.comment.clone_from(&draft.comment);
    column.nullable = draft.is_nullable;
    let is_text = matches!(draft.kind, 11..=13 | 20 | 27);
    if draft.is_collated && is_text {
        column = column.collate_on(Dialect::Mysql, "utf8mb4_bin");
    }
    // Otherwise MariaDB adds a default, and refuses that a column is hidden.
    let has_value = column.nullable || column.default.is_some();
    column.now_on_update = draft.is_hidden && has_value && matches!(draft.kind, 18 | 26);
    if draft.is_hidden && has_value {
        column = column.option(Dialect::Mysql, "INVISIBLE");
    }
    column
}

/// How long the part of a column is that an index takes, if not all of it.
fn prefix(draft: &Draft) -> Option<u32> {
    match draft.kind {
        13 | 27 => Some(5),
        11 | 12 if draft.is_nullable => Some(4),
        _ => None,
    }
}

pub(crate) fn schema(drafts: &[TableDraft]) -> Schema {
    let mut schema = Schema::default();
    for (at, draft) in drafts.iter().enumerate() {
        let name = TABLES[at];
        let mut id = integer("id").not_null();
        if draft.counts {
            id = id.autoincrement();
        }
        let mut table = Table::new(name, [id, integer("n")]).with(primary_key(["id"]));
        table.columns.extend(draft.columns.iter().enumerate().map(|(at, draft)| column(at, name, draft)));
        table.comment.clone_from(&draft.comment);
        if draft.is_collated {
            table = table.option(Dialect::Mysql, "COLLATE = utf8mb4_unicode_520_ci");
        }
        table = with_checks(table, at, draft);
        table = with_keys(table, at, draft);
        table = with_references(table, at, draft, drafts.len());
        sort(&mut table);
        schema.tables.push(table);
    }
    schema.tables.sort_by(|one, other| one.name.cmp(&other.name));
    schema
}

fn with_checks(mut table: Table, at: usize, draft: &TableDraft) -> Table {
    let conditions = ["`n` > 0", "`n` is null or `n` < 5 * `id`"];
    // MySQL takes no column that counts in a check.
    for (number, condition) in conditions.into_iter().enumerate().take(draft.checks.min(1)) {
        table = table.with(check(condition).name(format!("ck {at} {number}")));
    }
    if draft.checks > 1 {
        table.columns.push(integer("sum").generated("`n` + 1").comment("it's stored"));
    }
    if draft.checks > 2 {
        table.columns.push(big_integer("product").generated_virtual("`n` * 2"));
    }
    table
}

fn with_keys(mut table: Table, at: usize, draft: &TableDraft) -> Table {
    for (number, (kind, columns)) in draft.keys.iter().enumerate() {
        let mut seen = Vec::new();
        let mut keys = Vec::new();
        for place in columns {
            if seen.contains(place) {
                continue;
            }
            seen.push(*place);
            let found = draft.columns.get(*place);
            let (name, length) = match found {
                Some(found) if matches!(found.kind, 14 | 15) => continue,
                Some(found) => (COLUMNS[*place], prefix(found)),
                None if seen.contains(&99) => continue,
                None => {
                    seen.push(99);
                    ("n", None)
                }
            };
            let mut each = key(name);
            each.mysql_length = length;
            keys.push(each);
        }
        if keys.is_empty() {
            continue;
        }
        let name = format!("key {at} {number}");
        let is_whole = keys.iter().all(|key| key.mysql_length.is_none());
        let column = |key: &IndexKey| match &key.of {
            KeyOf::Column(name) => name.clone(),
            other => panic!("{other:?}"),
        };
        match kind {
            0 if is_whole => table = table.with(unique(keys.iter().map(column)).name(name)),
            1 => table = table.with(index(keys.into_iter().map(IndexKey::desc)).name(name).unique()),
            2 => table = table.with(index(keys).name(name).comment("it's \\ an \"index\"")),
            3 => table = table.with(index(keys.into_iter().map(IndexKey::desc)).name(name)),
            _ => table = table.with(index(keys).name(name)),
        }
    }
    table
}

fn with_references(mut table: Table, at: usize, draft: &TableDraft, tables: usize) -> Table {
    for (number, (to, action)) in draft.references.iter().enumerate() {
        let column = format!("to {number}");
        let name = format!("fk {at} {number}");
        let mut key = foreign_key([column.as_str()], TABLES[to % tables], ["id"]).name(name);
        key.on_delete =
            [None, Some(ForeignKeyAction::Cascade), Some(ForeignKeyAction::SetNull), None][*action];
        key.on_update = [None, Some(ForeignKeyAction::Cascade), None, None][*action];
        table.columns.push(integer(&column));
        table = table.with(index([column]).name(format!("ix {at} {number}"))).with(key);
    }
    table
}

/// As they are read.
fn sort(table: &mut Table) {
    table.constraints.sort_by_key(|each| (each.kind(), each.name().map(str::to_owned)));
    table.indexes.sort_by_key(|each| each.name.clone());
}

#[test]
fn a_random_schema_is_read_as_it_was_said() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let Some(bench) = runtime.block_on(Bench::open()) else { return };
    let (bench, tables) = (RefCell::new(bench), Cell::new(0));
    let config = Config { cases: 200, failure_persistence: None, max_shrink_iters: 200, ..Config::default() };
    TestRunner::new(config)
        .run(&vec(table(), 1..4), |drafts| {
            let schema = schema(&drafts);
            let statements = schema.operations(Dialect::Mysql).sql(Dialect::Mysql);
            let statements = statements.map_err(|error| TestCaseError::fail(error.to_string()))?;
            let bench = &mut *bench.borrow_mut();
            runtime.block_on(async {
                bench.empty().await;
                bench.run(&statements.join(";\n")).await;
                let read = bench.read().await;
                for (read, said) in read.tables.iter().zip(&schema.tables) {
                    for (read, said) in read.columns.iter().zip(&said.columns) {
                        prop_assert_eq!(read, said);
                    }
                    prop_assert_eq!(&read.constraints, &said.constraints);
                    prop_assert_eq!(&read.indexes, &said.indexes);
                }
                prop_assert_eq!(&read, &schema);
                let left = bench.compare(&schema).await;
                prop_assert!(left.is_empty() && left.untold.is_empty(), "{left}\n{:?}", left.untold);
                Ok(())
            })?;
            tables.set(tables.get() + schema.tables.len());
            Ok(())
        })
        .unwrap_or_else(|error| panic!("{error}"));
    println!("200 schemas with {} tables read", tables.get());
}
