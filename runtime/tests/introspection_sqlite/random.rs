//! Random schemas: what is read is what was made, value for value.

use crate::round_trip::{apply, memory, named, read, run, same, sort};
use proptest::prelude::*;
use proptest::sample::select;
use servicekit::Dialect;
use servicekit::introspection::Introspection;
use servicekit::revision::*;
use servicekit::schema::{Check, Constraint, ForeignKey, Index, Schema, Unique, Value};
use servicekit::sqlx::SqliteConnection;
use std::cell::RefCell;
use tokio::runtime::Runtime;

const NAMES: [&str; 6] = ["id", "a b", "Größe", "sel\"ect", "it's", "[x]`y`"];

fn data_type(strict: bool) -> impl Strategy<Value = Type> {
    if strict {
        return select(vec![
            Type::Integer,
            Type::Text,
            Type::Binary,
            Type::custom("ANY"),
            Type::custom("REAL"),
        ])
        .boxed();
    }
    prop_oneof![
        select(vec![
            Type::SmallInteger,
            Type::Integer,
            Type::BigInteger,
            Type::Float,
            Type::Double,
            Type::UnconstrainedNumeric,
            Type::UnconstrainedVarchar,
            Type::Text,
            Type::Boolean,
            Type::Date,
            Type::Time,
            Type::Timestamp,
            Type::TimestampTz,
            Type::Binary,
            Type::Json,
            Type::Uuid,
            Type::Char(26),
            Type::custom(""),
            Type::custom("UNSIGNED BIG INT"),
            Type::custom("DECIMAL(10, -2)"),
            Type::custom("\"odd (type\""),
            enum_type("mood", ["it's", "b", "\\"]).into(),
            enum_type("mood", ["b", "c"]).into(),
        ]),
        (1_u32..9999).prop_map(Type::Varchar),
        (1_u16..60, 0_u16..20).prop_map(|(precision, scale)| Type::Numeric(precision, scale)),
    ]
    .boxed()
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof!["[^\\x00]{0,9}", select(vec!["", "'", "\"", "\\", "--", "😀", " a "]).prop_map(str::to_owned)]
}

fn comment() -> impl Strategy<Value = Option<String>> {
    proptest::option::of(text().prop_filter("a comment in it", |text| !text.contains("*/")))
}

fn value() -> impl Strategy<Value = Option<Value>> {
    let value = prop_oneof![
        Just(Value::Null),
        Just(Value::Now),
        any::<bool>().prop_map(Value::Boolean),
        any::<i64>().prop_map(|number| Value::Integer(number.into())),
        any::<f64>().prop_filter("finite", |number| number.is_finite()).prop_map(Value::Real),
        text().prop_map(Value::Text),
        any::<Vec<u8>>().prop_map(Value::Bytes),
        select(vec!["1 + 1", "lower('A') || ')'", "CURRENT_DATE", "(1) + (2)", "0x10"])
            .prop_map(|text| Value::Expression(text.to_owned())),
    ];
    proptest::option::of(value)
}

/// The name of a constraint; none where it has none.
type Named = Option<String>;

/// Name, actions, deferrability, and whether it refers to its own table.
type Key = (Named, Option<ForeignKeyAction>, Option<Deferrability>, bool);

#[derive(Debug, Clone)]
struct Rest {
    key: u8,
    is_without_rowid: bool,
    comment: Option<String>,
    unique: Option<Named>,
    check: Option<Named>,
    foreign_key: Option<Key>,
    index: Option<(bool, bool, bool, bool, Option<String>)>,
    generated: Option<bool>,
}

fn rest() -> impl Strategy<Value = Rest> {
    use ForeignKeyAction::{Cascade, Restrict, SetDefault, SetNull};
    let name = |names: &[&'static str]| proptest::option::of(select(names.to_vec()).prop_map(str::to_owned));
    let action = proptest::option::of(select(vec![Cascade, Restrict, SetDefault, SetNull]));
    let deferrability = proptest::option::of(select(vec![Deferrability::Immediate, Deferrability::Deferred]));
    (
        (0_u8..4, any::<bool>(), comment()),
        proptest::option::of(name(&["uq", "U \"q\""])),
        proptest::option::of(name(&["ck", "ck, (1)"])),
        proptest::option::of((name(&["fk"]), action, deferrability, any::<bool>())),
        proptest::option::of((any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>(), comment())),
        proptest::option::of(any::<bool>()),
    )
        .prop_map(|((key, is_without_rowid, comment), unique, check, foreign_key, index, generated)| {
            Rest { key, is_without_rowid, comment, unique, check, foreign_key, index, generated }
        })
}

fn quote(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

pub(crate) fn table(number: usize) -> impl Strategy<Value = Table> {
    any::<bool>().prop_flat_map(move |strict| {
        let collation = proptest::option::of(select(vec!["NOCASE", "RTRIM"]));
        let column = (data_type(strict), any::<bool>(), value(), collation, comment());
        (proptest::collection::vec(column, 2..NAMES.len()), rest()).prop_map(move |(columns, rest)| {
            let columns = columns.into_iter().zip(NAMES).map(
                |((data_type, not_null, default, collation, comment), name)| {
                    let mut column = Column::new(name, data_type);
                    (column.nullable, column.default, column.comment) = (!not_null, default, comment);
                    if let Type::Enum(_) = column.data_type {
                        column.default = None;
                    }
                    match collation {
                        Some(collation) => column.collate_on(Dialect::Sqlite, collation),
                        None => column,
                    }
                },
            );
            build(number, strict, columns.collect(), &rest)
        })
    })
}

fn build(number: usize, strict: bool, mut columns: Vec<Column>, rest: &Rest) -> Table {
    let (first, second) = (columns[0].name.clone(), columns[1].name.clone());
    let mut constraints: Vec<Constraint> = Vec::new();
    match rest.key {
        1 => constraints.push(primary_key([&first]).into()),
        2 => constraints.push(primary_key([&second, &first]).name("pk").into()),
        3 if !rest.is_without_rowid => {
            constraints.push(primary_key([&first]).name("the \"key\"").into());
            (columns[0].data_type, columns[0].default) = (Type::Integer, None);
            columns[0].identity = integer("x").autoincrement().identity;
        }
        _ => {}
    }
    let is_without_rowid = rest.is_without_rowid && !constraints.is_empty();
    // SQLite makes the columns of such a key not null, but for the number of a row.
    let count = match rest.key {
        1 if is_without_rowid || strict && columns[0].data_type != Type::Integer => 1,
        2 if is_without_rowid || strict => 2,
        _ => 0,
    };
    columns.iter_mut().take(count).for_each(|column| column.nullable = false);
    if let Some(stored) = rest.generated {
        let base = if strict { Type::Integer } else { Type::BigInteger };
        let column = Column::new("computed", base);
        let expression = format!("length({})", quote(&first));
        columns.push(if stored {
            column.generated(expression)
        } else {
            column.generated_virtual(expression)
        });
    }
    if let Some(name) = &rest.unique {
        let mut new: Unique = unique([&second, &first]);
        new.name.clone_from(name);
        constraints.push(new.into());
    }
    if let Some(name) = &rest.check {
        let mut new: Check = check(format!("{} <> ')' OR (1) = (1)", quote(&first)));
        new.name.clone_from(name);
        constraints.push(new.into());
    }
    if let Some((name, action, deferrability, is_own)) = &rest.foreign_key {
        let to = if *is_own { format!("t {number}") } else { "t 0".to_owned() };
        let mut new: ForeignKey = foreign_key([&first, &second], to, [NAMES[0], NAMES[1]]);
        (new.name, new.on_delete, new.on_update) = (name.clone(), *action, *action);
        new.deferrability = *deferrability;
        constraints.push(new.into());
    }
    let mut table = Table::new(format!("t {number}"), columns);
    (table.constraints, table.comment) = (constraints, rest.comment.clone());
    if let Some((is_unique, is_descending, is_partial, is_expression, comment)) = &rest.index {
        let mut one = key(&first);
        if *is_descending {
            one = one.desc();
        }
        let two = if *is_expression { key(sql(format!("lower({})", quote(&second)))) } else { key(&second) };
        let mut new: Index = index([one, two.collate("BINARY")]).name(format!("ix {number}"));
        if !is_expression {
            new.keys[1].collation = None;
        }
        (new.unique, new.comment) = (*is_unique, comment.clone());
        new.filter = is_partial.then(|| format!("{} IS NOT NULL", quote(&first)));
        table.indexes.push(new);
    }
    for (is_set, option) in [(is_without_rowid, "WITHOUT ROWID"), (strict, "STRICT")] {
        if is_set {
            table = table.option(Dialect::Sqlite, option);
        }
    }
    table
}

/// What is made, in the words in which it is read.
fn expected(schema: &Schema) -> Schema {
    let mut expected = named(schema);
    for table in &mut expected.tables {
        let mut checks = Vec::new();
        for column in &mut table.columns {
            if let Type::Enum(of) = &column.data_type {
                let values: Vec<String> =
                    of.values.iter().map(|value| format!("'{}'", value.replace('\'', "''"))).collect();
                checks.push(check(format!("{} IN ({})", quote(&column.name), values.join(", "))).into());
                column.data_type = Type::Text;
            }
        }
        table.constraints.splice(0..0, checks);
        sort(table);
    }
    expected
}

pub(crate) async fn empty(connection: &mut SqliteConnection) {
    let names = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'";
    for name in crate::facts::ask(connection, names).await.unwrap() {
        run(connection, &format!("DROP TABLE {}", quote(&name))).await;
    }
}

async fn holds(connection: &mut SqliteConnection, tables: Vec<Table>) {
    let mut schema = Schema::default();
    schema.tables = tables;
    empty(connection).await;
    apply(connection, &schema).await;
    let first = read(connection).await;
    same(&first, &expected(&schema));
    for schema in [&expected(&schema), &first] {
        let left = Introspection::new().compare(schema, &mut *connection).await.unwrap();
        assert!(left.is_empty() && left.untold.is_empty(), "{left}\n{:?}", left.untold);
    }
    empty(connection).await;
    apply(connection, &first).await;
    let second = read(connection).await;
    same(&second, &named(&first));
    empty(connection).await;
    apply(connection, &second).await;
    same(&read(connection).await, &second);
}

thread_local! {
    static DATABASE: RefCell<(Runtime, Option<SqliteConnection>)> = RefCell::new((
        tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap(),
        None,
    ));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 250, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_read_is_what_was_made(tables in (table(0), table(1), table(2)).prop_map(|(a, b, c)| vec![a, b, c])) {
        DATABASE.with_borrow_mut(|(runtime, connection)| runtime.block_on(async {
            if connection.is_none() {
                let mut new = memory().await;
                run(&mut new, "PRAGMA foreign_keys = OFF").await;
                *connection = Some(new);
            }
            holds(connection.as_mut().unwrap(), tables).await;
        }));
    }
}
