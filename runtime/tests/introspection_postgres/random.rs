//! Random schemas are read value for value as they were made.

use crate::round_trip::{Client, statements};
use proptest::prelude::*;
use proptest::sample::Index as At;
use proptest::test_runner::{Config, TestRunner};
use servicekit::revision::*;
use servicekit::schema::{
    Constraint, ConstraintKind, Exclusion, Index, IndexKey, Remainder, Schema, TableName, Value,
};
use servicekit::schema::{Identity, SequenceOptions};
use std::cell::RefCell;

/// Names, and how PostgreSQL writes them.
const NAMES: [(&str, &str); 12] = [
    ("name", "name"),
    ("Order", "\"Order\""),
    ("a b", "\"a b\""),
    ("q\"x", "\"q\"\"x\""),
    ("it's", "\"it's\""),
    ("ü,(", "\"ü,(\""),
    ("check", "\"check\""),
    ("🦀", "\"🦀\""),
    ("a.b", "\"a.b\""),
    ("back\\slash", "\"back\\slash\""),
    ("plain_1", "plain_1"),
    ("ID", "\"ID\""),
];
const TEXTS: [&str; 7] = ["", "it's", "back\\slash", "a \"b\"", "🦀", "-- /* $$ ;", "two\nlines"];

/// A column besides the key: what it is, by numbers that choose.
#[derive(Debug, Clone)]
struct AnyColumn {
    data_type: At,
    default: Option<At>,
    is_not_null: bool,
    extra: u8,
    text: At,
}

/// A constraint or an index.
#[derive(Debug, Clone)]
struct AnyPart {
    kind: u8,
    columns: Vec<At>,
    flags: u16,
    table: At,
    text: At,
}

#[derive(Debug, Clone)]
pub(crate) struct AnyTable {
    key: u8,
    columns: Vec<AnyColumn>,
    parts: Vec<AnyPart>,
    comment: Option<At>,
    flags: u8,
}

fn column() -> impl Strategy<Value = AnyColumn> {
    (any::<At>(), any::<Option<At>>(), any::<bool>(), any::<u8>(), any::<At>()).prop_map(
        |(data_type, default, is_not_null, extra, text)| AnyColumn {
            data_type,
            default,
            is_not_null,
            extra,
            text,
        },
    )
}

fn part() -> impl Strategy<Value = AnyPart> {
    let columns = prop::collection::vec(any::<At>(), 1..4);
    (any::<u8>(), columns, any::<u16>(), any::<At>(), any::<At>())
        .prop_map(|(kind, columns, flags, table, text)| AnyPart { kind, columns, flags, table, text })
}

pub(crate) fn table() -> impl Strategy<Value = AnyTable> {
    let (columns, parts) = (prop::collection::vec(column(), 0..8), prop::collection::vec(part(), 0..6));
    (any::<u8>(), columns, parts, any::<Option<At>>(), any::<u8>())
        .prop_map(|(key, columns, parts, comment, flags)| AnyTable { key, columns, parts, comment, flags })
}

/// Enums, and tables that refer to each other.
pub(crate) fn schema() -> impl Strategy<Value = (Vec<Vec<&'static str>>, Vec<AnyTable>)> {
    let labels = prop::sample::subsequence(TEXTS.to_vec(), 1..TEXTS.len()).prop_shuffle();
    (prop::collection::vec(labels, 0..3), prop::collection::vec(table(), 1..5))
}

/// A type, its defaults as they are read, and whether a B-tree sorts it.
fn types(enums: &[EnumType]) -> Vec<(Type, Vec<Value>, bool)> {
    let text = || TEXTS.map(Value::from).to_vec();
    let one = |value: &str| vec![Value::from(value)];
    let expression = |text: &str| Value::from(sql(text));
    let mut all = vec![
        (Type::SmallInteger, vec![0.into(), (-3).into(), i16::MAX.into()], true),
        (Type::Integer, vec![7.into(), i32::MIN.into(), expression("1 + 2")], true),
        (Type::BigInteger, vec![0.into(), i64::MAX.into(), (-3_000_000_000_i64).into()], true),
        (Type::Float, vec![0.5.into(), (-0.5).into(), 3.into()], true),
        (Type::Double, vec![1.25.into(), (-1.5).into(), "NaN".into()], true),
        (Type::Numeric(12, 2), vec![0.5.into(), 10.into(), (-2.75).into(), expression("0.50")], true),
        (Type::Numeric(20, 0), vec![u64::MAX.into()], true),
        (Type::UnconstrainedNumeric, vec![0.1.into(), (-1).into()], true),
        (Type::Char(9), text(), true),
        (Type::Varchar(30), [text(), vec![Value::Null]].concat(), true),
        (Type::UnconstrainedVarchar, text(), true),
        (
            Type::Text,
            [text(), vec![expression("upper('x'::text)"), expression("CURRENT_USER")]].concat(),
            true,
        ),
        (Type::Boolean, vec![true.into(), false.into()], true),
        (Type::Date, vec!["2020-02-29".into(), now(), expression("now()")], true),
        (Type::Time, one("12:00:00"), true),
        (Type::Time.precision(0), one("12:00:00"), true),
        (Type::Timestamp, vec!["2020-02-29 12:00:00".into(), now()], true),
        (Type::Timestamp.precision(3), vec![now()], true),
        (Type::TimestampTz, vec!["2020-02-29 12:00:00+00".into(), now(), expression("now()")], true),
        (Type::TimestampTz.precision(0), vec![now()], true),
        (Type::Interval, one("1 year 2 days"), true),
        (Type::Interval.precision(2), vec![], true),
        (Type::Binary, vec![b"\x00\xff".into(), b"".into()], true),
        (Type::Json, one("{\"a\": \"it's\"}"), false),
        (Type::Jsonb, one("[]"), false),
        (Type::Uuid, one("00000000-0000-0000-0000-000000000001"), true),
        (Type::Text.array(), one("{a,\"b c\"}"), true),
        (Type::Numeric(5, 1).array(), one("{1.5}"), true),
        (Type::Varchar(3).array(), vec![], true),
        (Type::custom("inet"), one("10.0.0.1"), true),
        (Type::custom("time with time zone"), vec![], true),
        (Type::custom("bit varying(5)"), vec![], true),
        (Type::custom("tsvector"), vec![], false),
        (Type::custom("point"), one("(1,2)"), false),
        (Type::custom("\"char\""), vec!["x".into()], true),
    ];
    for each in enums {
        let labels = each.values.iter().map(Value::from).collect();
        all.push((Type::Enum(each.clone()), labels, true));
        all.push((Type::Enum(each.clone()).array(), one("{}"), true));
    }
    all
}

/// The schema that the numbers choose, in the form in which they are read.
pub(crate) fn made(enums: &[Vec<&'static str>], tables: &[AnyTable], version: u32) -> Schema {
    let mut schema = Schema::default();
    for (place, labels) in enums.iter().enumerate() {
        schema.enums.push(enum_type(format!("mood {place}"), labels.clone()));
    }
    let keys: Vec<(TableName, Type)> = tables
        .iter()
        .zip(NAMES)
        .map(|(table, (name, _))| {
            (TableName::from(name), if table.key % 2 == 0 { Type::Integer } else { Type::BigInteger })
        })
        .collect();
    for (place, table) in tables.iter().enumerate() {
        schema.tables.push(made_table(place, table, &keys, &schema.enums, version));
    }
    schema.enums.sort_by(|one, other| one.name.cmp(&other.name));
    schema.tables.sort_by(|one, other| one.name.cmp(&other.name));
    schema
}

fn made_table(
    place: usize,
    any: &AnyTable,
    keys: &[(TableName, Type)],
    enums: &[EnumType],
    version: u32,
) -> Table {
    let (name, key) = &keys[place];
    let mut columns = vec![key_column(any, key)];
    columns.extend(any.columns.iter().zip(NAMES).map(|(column, (name, _))| made_column(name, column, enums)));
    for (at, (_, key)) in keys.iter().enumerate() {
        columns.push(Column::new(format!("to {at}"), key.clone()));
    }
    let mut table = Table::new(name, columns).with(primary_key(["key"]).name(format!("pk {place}")));
    table.comment = any.comment.map(|text| text.get(&TEXTS[1..]).to_string());
    if any.flags & 1 == 1 {
        table = table.option(Dialect::Postgres, "WITH (fillfactor = 70)");
    }
    for (number, part) in any.parts.iter().enumerate() {
        add(&mut table, &format!("part {place} {number}"), part, keys, version);
    }
    table.constraints.sort_by_key(|each| (order(each.kind()), each.name().map(str::to_owned)));
    table.indexes.sort_by_key(|each| each.name.clone());
    if any.flags & 2 == 2 {
        let name = NAMES[place].1;
        let quoted = if name.starts_with('"') { name.to_owned() } else { format!("\"{name}\"") };
        let enable = format!("ALTER TABLE {quoted} ENABLE ROW LEVEL SECURITY");
        table = table.remainder(Remainder::new(Dialect::Postgres, "row level security", enable));
    }
    table
}

fn key_column(any: &AnyTable, data_type: &Type) -> Column {
    let mut key = Column::new("key", data_type.clone()).not_null();
    key.identity = match any.key / 2 % 4 {
        0 => None,
        1 => Some(Identity::ByDefault),
        2 => Some(Identity::Always),
        _ => {
            let is_small = *data_type == Type::Integer;
            key.data_type = Type::custom(if is_small { "serial" } else { "bigserial" });
            None
        }
    };
    let options: [Option<SequenceOptions>; 4] = [
        None,
        Some(sequence().start(7).cache(3)),
        Some(sequence().increment(-2).minimum(-99).cycle()),
        Some(sequence().minimum(5).maximum(99).increment(3)),
    ];
    if key.identity.is_some() {
        key.sequence = options[usize::from(any.key / 8) % options.len()];
    }
    key
}

fn made_column(name: &str, any: &AnyColumn, enums: &[EnumType]) -> Column {
    let types = types(enums);
    let (data_type, defaults, _) = any.data_type.get(&types);
    let mut column = Column::new(name, data_type.clone());
    column.nullable = !any.is_not_null;
    if let (Some(default), false) = (any.default, defaults.is_empty()) {
        column.default = Some(default.get(defaults).clone());
    }
    let is_text =
        matches!(data_type, Type::Text | Type::Varchar(_) | Type::UnconstrainedVarchar | Type::Char(_));
    if is_text && any.extra.is_multiple_of(4) {
        column = column.collate_on(Dialect::Postgres, "C");
    }
    if *data_type == Type::Integer && any.extra & 4 == 0 {
        column.default = None;
        column = column.generated("key + 1");
        if any.extra & 8 == 0 {
            column.data_type = Type::BigInteger;
        }
    }
    if any.extra & 16 == 0 {
        column.comment = Some((*any.text.get(&TEXTS[1..])).to_owned());
    }
    column
}

/// The constraints are in the order of their kinds.
fn order(kind: ConstraintKind) -> usize {
    let kinds = [
        ConstraintKind::PrimaryKey,
        ConstraintKind::Unique,
        ConstraintKind::Check,
        ConstraintKind::ForeignKey,
        ConstraintKind::Exclusion,
    ];
    kinds.iter().position(|each| *each == kind).unwrap()
}

fn written(name: &str) -> String {
    if name == "key" {
        return name.to_owned();
    }
    NAMES
        .iter()
        .find(|(known, _)| *known == name)
        .map_or(format!("\"{name}\""), |(_, written)| (*written).to_owned())
}

fn is_sorted(column: &Column) -> bool {
    types(&[]).iter().find(|(known, ..)| *known == column.data_type).is_none_or(|(.., is_sorted)| *is_sorted)
}

fn add(table: &mut Table, name: &str, any: &AnyPart, keys: &[(TableName, Type)], version: u32) {
    let flag = |bit: u16| any.flags & (1 << bit) != 0;
    let all: Vec<Column> = table.columns.clone();
    let mut chosen: Vec<&Column> = Vec::new();
    let sorted: Vec<&Column> = all.iter().filter(|column| is_sorted(column)).collect();
    for at in &any.columns {
        let column = at.get(&sorted);
        if !chosen.iter().any(|known| known.name == column.name) {
            chosen.push(column);
        }
    }
    let names: Vec<String> = chosen.iter().map(|column| column.name.clone()).collect();
    let deferrability = match any.flags >> 8 & 3 {
        0 => Some(Deferrability::Immediate),
        1 => Some(Deferrability::Deferred),
        _ => None,
    };
    match any.kind % 6 {
        0 => {
            // `CREATE TABLE` makes one of two.
            let is_known = table.constraints.iter().any(|each| match each {
                Constraint::Unique(known) => known.columns == names,
                _ => names == ["key"],
            });
            if is_known {
                return;
            }
            let mut unique = unique(names).name(name);
            unique.deferrability = deferrability;
            unique.nulls_not_distinct = flag(0) && version >= 15;
            if flag(1) && !chosen.iter().any(|column| column.name == "key") {
                unique.include = vec!["key".to_owned()];
            }
            table.constraints.push(unique.into());
        }
        1 => {
            let column = written(&names[0]);
            let condition = match any.flags % 3 {
                0 => format!("{column} IS NOT NULL"),
                1 => format!("(key > 0) AND ({column} IS NOT NULL)"),
                _ => "key <> '-5'::integer".to_owned(),
            };
            let mut check = check(condition).name(name);
            check.no_inherit = flag(3);
            check.not_valid = flag(4);
            table.constraints.push(check.into());
        }
        2 => add_key(table, name, any, keys, deferrability),
        3 if flag(0) => {
            let mut excluded =
                exclusion([(index_key(chosen[0], any.flags & !1), "=")]).name(name).using("btree");
            excluded.filter = flag(5).then(|| "key > 3".to_owned());
            excluded.deferrability = deferrability;
            // `CREATE TABLE` makes one of two.
            if table.constraints.iter().all(|each| !is_same(each, &excluded)) {
                table.constraints.push(excluded.into());
            }
        }
        _ => table.indexes.push(made_index(name, any, &chosen, version)),
    }
}

fn is_same(constraint: &Constraint, excluded: &Exclusion) -> bool {
    match constraint {
        Constraint::Exclusion(known) => {
            (&known.elements, &known.filter) == (&excluded.elements, &excluded.filter)
        }
        _ => false,
    }
}

fn add_key(
    table: &mut Table,
    name: &str,
    any: &AnyPart,
    keys: &[(TableName, Type)],
    deferrability: Option<Deferrability>,
) {
    let at = any.table.index(keys.len());
    let mut key = foreign_key([format!("to {at}")], &keys[at].0, ["key"]).name(name);
    let actions = [
        None,
        Some(ForeignKeyAction::Cascade),
        Some(ForeignKeyAction::Restrict),
        Some(ForeignKeyAction::SetNull),
        Some(ForeignKeyAction::SetDefault),
    ];
    key.on_delete = actions[usize::from(any.flags) % 5];
    key.on_update = actions[usize::from(any.flags / 5) % 5];
    key.matching = (any.flags & 64 == 0).then_some(ForeignKeyMatch::Full);
    key.not_valid = any.flags & 128 == 0;
    key.deferrability = deferrability;
    table.constraints.push(key.into());
}

fn index_key(column: &Column, flags: u16) -> IndexKey {
    let is_text = column.data_type == Type::Text && column.collations.is_empty();
    let is_expression = is_text && flags & 1 == 1;
    let mut of =
        if is_expression { key(sql(format!("lower({})", written(&column.name)))) } else { key(&column.name) };
    if is_text && flags & 2 == 2 {
        of = of.operator_class("text_pattern_ops");
    }
    if is_text && !is_expression && flags & 4 == 4 {
        of = of.collate("C");
    }
    of
}

fn made_index(name: &str, any: &AnyPart, columns: &[&Column], version: u32) -> Index {
    let flag = |bit: u16| any.flags & (1 << bit) != 0;
    let keys = columns.iter().enumerate().map(|(place, column)| {
        let of = index_key(column, any.flags >> place);
        match any.flags >> (2 * place + 4) & 3 {
            0 => of.desc(),
            1 => of.desc().nulls(Nulls::Last),
            2 => of.nulls(Nulls::First),
            _ => of,
        }
    });
    let mut index = index(keys).name(name);
    index.unique = flag(0);
    index.nulls_not_distinct = flag(0) && flag(1) && version >= 15;
    index.filter = flag(2).then(|| "key > 0".to_owned());
    index.comment = flag(3).then(|| (*any.text.get(&TEXTS[1..])).to_owned());
    if flag(10) {
        index = index.option("fillfactor", "50");
    }
    if flag(11) && !columns.iter().any(|column| column.name == "key") {
        index.include = vec!["key".to_owned()];
    }
    // There are types that are sorted and have no hash.
    let has_hash =
        |column: &&Column| !matches!(&column.data_type, Type::Custom(name) if name.starts_with("bit"));
    let can_hash = columns.len() == 1 && columns.iter().all(has_hash);
    if flag(12) && flag(13) && flag(14) && can_hash && !index.unique && index.include.is_empty() {
        index.method = Some("hash".to_owned());
        for key in &mut index.keys {
            (key.order, key.nulls, key.operator_class) = (None, None, None);
        }
        index.options.clear();
    }
    index
}

#[test]
fn a_random_schema_is_read_value_for_value_as_it_was_made() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let Some(client) = runtime.block_on(Client::open()) else { return };
    let client = RefCell::new(client);
    let counts = RefCell::new((0, 0, 0));
    let mut runner = TestRunner::new(Config { max_shrink_iters: 200, ..Config::with_cases(200) });
    let done = runner.run(&schema(), |(enums, tables)| {
        let mut client = client.borrow_mut();
        let version = client.version;
        let made = made(&enums, &tables, version);
        runtime.block_on(async {
            client.empty().await;
            client.run(&statements(&made).join(";\n")).await;
            let read = client.read().await;
            for (one, other) in made.tables.iter().zip(&read.tables) {
                for (one, other) in one.columns.iter().zip(&other.columns) {
                    prop_assert_eq!(one, other);
                }
                prop_assert_eq!(&one.constraints, &other.constraints);
                prop_assert_eq!(&one.indexes, &other.indexes);
                prop_assert_eq!(one, other);
            }
            prop_assert_eq!(&made, &read);
            for schema in [&made, &read] {
                let left = client.compare(schema).await;
                prop_assert!(left.is_empty() && left.untold.is_empty(), "{left}\n{:?}", left.untold);
            }
            let mut counts = counts.borrow_mut();
            counts.0 += 1;
            counts.1 += read.tables.len();
            counts.2 += read.tables.iter().map(|table| table.columns.len()).sum::<usize>();
            Ok(())
        })
    });
    let (schemas, tables, columns) = counts.into_inner();
    println!("{schemas} schemas, {tables} tables, {columns} columns are read as they were made");
    done.unwrap_or_else(|error| panic!("{error}"));
}
