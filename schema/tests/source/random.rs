//! Random operations, with odd names and texts.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use servicekit::operation::{AddColumn, AlterColumn, Change, Execute, Recreate};
use servicekit::revision::*;
use servicekit::table::{
    Check, Constraint, ForeignKey, Identity, Index, IndexKey, PrimaryKey, Remainder, TableName, Unique, Value,
};
use servicekit::{Operation, Operations};

/// A name: mostly one of a few, so that parts fit together.
fn name() -> BoxedStrategy<String> {
    prop_oneof![
        8 => select(vec!["a", "b", "c", "id", "user_id"]).prop_map(str::to_owned),
        1 => words(),
    ]
    .boxed()
}

/// Any text.
fn words() -> BoxedStrategy<String> {
    prop_oneof![
        "[a-z ]{0,60}",
        select(vec![
            "", "it's", "\"", "\\", "\"#", "r#\"x\"#", "{}", "${x}", "// x", "*/", "🦀", "\u{202e}", "\0",
            "a\nb", "\r\n", "\u{301}e", "a ?? b", "select", "\n", "  ", "\\\n  x", "%s",
        ])
        .prop_map(str::to_owned),
        ".{0,20}",
        "[a-z\"' ]{60,200}",
    ]
    .boxed()
}

fn table_name() -> BoxedStrategy<TableName> {
    (option::weighted(0.2, name()), select(vec!["t", "u", "users"]))
        .prop_map(|(schema, name)| match schema {
            Some(schema) => (schema, name).into(),
            None => name.into(),
        })
        .boxed()
}

fn dialect() -> BoxedStrategy<Dialect> {
    select(Dialect::ALL.to_vec()).boxed()
}

fn data_type() -> BoxedStrategy<Type> {
    let plain = prop_oneof![
        select(vec![
            Type::SmallInteger,
            Type::Integer,
            Type::BigInteger,
            Type::UnsignedSmallInteger,
            Type::UnsignedInteger,
            Type::UnsignedBigInteger,
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
            Type::Interval,
            Type::Binary,
            Type::Json,
            Type::Jsonb,
            Type::Uuid,
            Type::Ulid,
        ]),
        any::<u32>().prop_map(Type::Char),
        any::<u32>().prop_map(Type::Varchar),
        any::<(u16, u16)>().prop_map(|(precision, scale)| Type::Numeric(precision, scale)),
        words().prop_map(Type::custom),
        (table_name(), vec(words(), 0..3)).prop_map(|(name, values)| Type::Enum(enum_type(name, values))),
        select(vec!["mood", "text"]).prop_map(|name| Type::Enum(enum_type(name, ["sad", "happy"]))),
    ];
    plain
        .prop_recursive(2, 6, 2, |inner| {
            prop_oneof![
                inner.clone().prop_map(Type::array),
                (inner.clone(), 0_u8..7).prop_map(|(base, digits)| base.precision(digits)),
                (inner.clone(), 0_u8..7)
                    .prop_map(|(base, digits)| Type::WithPrecision { base: Box::new(base), digits }),
                (inner.clone(), dialect(), inner.clone()).prop_map(|(base, on, other)| base.on(on, other)),
                (inner.clone(), vec((dialect(), inner), 0..3))
                    .prop_map(|(base, variants)| Type::PerDialect { base: Box::new(base), variants }),
            ]
        })
        .boxed()
}

fn value() -> BoxedStrategy<Value> {
    prop_oneof![
        Just(Value::Null),
        Just(now()),
        any::<bool>().prop_map(Value::from),
        any::<i32>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<i128>().prop_map(Value::Integer),
        any::<f64>().prop_map(Value::from),
        words().prop_map(Value::from),
        vec(any::<u8>(), 0..6).prop_map(Value::from),
        words().prop_map(|text| Value::from(sql(text))),
    ]
    .boxed()
}

fn action() -> BoxedStrategy<ForeignKeyAction> {
    select(vec![
        ForeignKeyAction::NoAction,
        ForeignKeyAction::Restrict,
        ForeignKeyAction::Cascade,
        ForeignKeyAction::SetNull,
        ForeignKeyAction::SetDefault,
    ])
    .boxed()
}

fn deferrability() -> BoxedStrategy<Option<Deferrability>> {
    option::weighted(0.2, select(vec![Deferrability::Immediate, Deferrability::Deferred])).boxed()
}

/// The name that the convention gives, another, or none.
fn maybe_named(convention: String) -> BoxedStrategy<Option<String>> {
    prop_oneof![3 => Just(None), 3 => Just(Some(convention)), 1 => words().prop_map(Some)].boxed()
}

fn constraint(table: &str) -> BoxedStrategy<Constraint> {
    let columns = || vec(name(), 1..3);
    let names = (maybe_named(format!("uq_{table}_a")), maybe_named(format!("ck_{table}_a")));
    let others = (maybe_named(format!("pk_{table}")), maybe_named(format!("fk_{table}_a_u")));
    let key = (columns(), option::weighted(0.1, columns()), deferrability(), others.0);
    let key = key.prop_map(|(columns, include, deferrability, name)| {
        let mut key: PrimaryKey = primary_key(columns);
        (key.include, key.deferrability, key.name) = (include.unwrap_or_default(), deferrability, name);
        Constraint::from(key)
    });
    let only =
        (columns(), option::weighted(0.1, columns()), prop::bool::weighted(0.1), deferrability(), names.0);
    let only = only.prop_map(|(columns, include, nulls, deferrability, name)| {
        let mut unique: Unique = unique(columns);
        (unique.include, unique.nulls_not_distinct) = (include.unwrap_or_default(), nulls);
        (unique.deferrability, unique.name) = (deferrability, name);
        Constraint::from(unique)
    });
    let rare = || prop::bool::weighted(0.1);
    let checked = (words(), rare(), rare(), rare(), names.1);
    let checked = checked.prop_map(|(condition, no_inherit, not_valid, not_enforced, name)| {
        let mut check: Check = check(condition);
        (check.no_inherit, check.not_valid, check.not_enforced) = (no_inherit, not_valid, not_enforced);
        check.name = name;
        Constraint::from(check)
    });
    let referring = foreign_key_to(others.1).prop_map(Constraint::from);
    let excluding =
        (vec((index_key(), words()), 0..3), option::of(words()), option::of(words()), deferrability());
    let excluding = excluding.prop_map(|(elements, method, filter, deferrability)| {
        let mut made = exclusion(elements);
        (made.method, made.filter, made.deferrability) = (method, filter, deferrability);
        Constraint::from(made)
    });
    prop_oneof![key, only, checked, referring, excluding].boxed()
}

fn foreign_key_to(named: impl Strategy<Value = Option<String>> + 'static) -> BoxedStrategy<ForeignKey> {
    let columns = || vec(name(), 1..3);
    let actions = (option::of(action()), option::of(action()));
    let rare = || prop::bool::weighted(0.1);
    let options = (deferrability(), rare(), rare(), rare(), option::weighted(0.1, columns()));
    (columns(), table_name(), columns(), actions, options, named)
        .prop_map(|(columns, table, referred, actions, options, name)| {
            let mut key = foreign_key(columns, table, referred);
            (key.on_delete, key.on_update) = actions;
            (key.deferrability, key.not_valid, key.not_enforced) = (options.0, options.1, options.2);
            key.matching = options.3.then_some(ForeignKeyMatch::Full);
            key.on_delete_columns = options.4.unwrap_or_default();
            key.name = name;
            key
        })
        .boxed()
}

fn index_key() -> BoxedStrategy<IndexKey> {
    let of = prop_oneof![4 => name().prop_map(key), 1 => words().prop_map(|text| key(sql(text)))];
    let rare = |text| option::weighted(0.1, text);
    (of, 0..8, rare(words()), rare(words()), option::weighted(0.1, any::<u32>()))
        .prop_map(|(key, order, collation, class, length)| {
            let mut key = match order {
                0 => key.asc(),
                1 => key.desc(),
                2 => key.nulls(Nulls::First),
                3 => key.desc().nulls(Nulls::Last),
                _ => key,
            };
            (key.collation, key.operator_class, key.mysql_length) = (collation, class, length);
            key
        })
        .boxed()
}

fn index_of(table: &str) -> BoxedStrategy<Index> {
    let named = maybe_named(format!("ix_{table}_a"));
    let rare = || prop::bool::weighted(0.1);
    let texts =
        (option::weighted(0.1, words()), option::weighted(0.1, words()), option::weighted(0.1, words()));
    let lists = (vec(name(), 0..2), vec((words(), words()), 0..2));
    (vec(index_key(), 0..3), named, rare(), rare(), texts, lists)
        .prop_map(|(keys, name, unique, nulls, texts, lists)| {
            let mut made = index(keys);
            (made.name, made.unique, made.nulls_not_distinct) = (name, unique, nulls);
            (made.filter, made.method, made.comment) = texts;
            (made.include, made.options) = lists;
            made
        })
        .boxed()
}

fn column() -> BoxedStrategy<Column> {
    let flags =
        (any::<bool>(), prop::bool::weighted(0.2), prop::bool::weighted(0.2), prop::bool::weighted(0.2));
    let keys = (vec(words(), 0..3), option::weighted(0.2, foreign_key_to(Just(None))), any::<bool>());
    let more = (option::of(value()), 0..20, option::weighted(0.2, words()), option::weighted(0.2, words()));
    let lists = (vec((option::of(dialect()), words()), 0..2), vec((dialect(), words()), 0..2));
    (name(), data_type(), flags, keys, more, lists)
        .prop_map(|(name, data_type, flags, keys, more, lists)| {
            let mut column = Column::new(name, data_type);
            (column.nullable, column.primary_key, column.unique, column.indexed) = flags;
            column.checks = keys.0.into_iter().map(check).collect();
            if column.unique {
                column = column.one_of([i64::MIN, 0]);
            }
            column.references = keys.1;
            if let (Some(key), true) = (&mut column.references, keys.2) {
                key.columns = vec![column.name.clone()];
            }
            column.default = more.0;
            match more.1 {
                0 => column.identity = Some(Identity::ByDefault),
                1 => column.identity = Some(Identity::Always),
                2 => column.sequence = Some(sequence().start(i64::MIN).increment(7).maximum(70_000)),
                3 => column.now_on_update = true,
                4 => column = column.generated("a * 2"),
                5 => column = column.generated_virtual("a * 2"),
                6 => column.checks.push(check("named").name("a name").not_valid()),
                _ => {}
            }
            (column.comment, column.collations, column.options) = (more.2, lists.0, lists.1);
            column.collations.extend(more.3.map(|name| (None, name)));
            column
        })
        .boxed()
}

pub(crate) fn table() -> BoxedStrategy<Table> {
    table_name()
        .prop_flat_map(|name| {
            let constraints = vec(constraint(&name.name), 0..5);
            let indexes = vec(index_of(&name.name), 0..3);
            let texts = (option::weighted(0.2, words()), vec((dialect(), words()), 0..2));
            let remainders = vec((dialect(), words(), words()), 0..2);
            (Just(name), vec(column(), 0..5), constraints, indexes, texts, remainders).prop_map(
                |(name, columns, constraints, indexes, (comment, options), remainders)| {
                    let mut table = Table::new(name, columns);
                    (table.constraints, table.indexes) = (constraints, indexes);
                    (table.comment, table.options) = (comment, options);
                    for (dialect, what, sql) in remainders {
                        table = table.remainder(Remainder::new(dialect, what, sql));
                    }
                    table
                },
            )
        })
        .boxed()
}

/// Records one operation.
fn operation() -> BoxedStrategy<Operation> {
    let add = (table_name(), column(), any::<bool>()).prop_map(|(table, column, if_not_exists)| {
        let mut add = AddColumn::new(table, column);
        add.if_not_exists = if_not_exists;
        add.into()
    });
    let add_more = (column(), constraint("t"), index_of("t")).prop_map(|(column, constraint, index)| {
        let mut add = AddColumn::new("t", column);
        add.constraints.push(constraint);
        add.indexes.push(index);
        add.into()
    });
    let alter = (table_name(), name(), option::of(data_type()), value(), option::of(column()), 0..7)
        .prop_map(|(table, name, data_type, default, existing, change)| {
            let mut alter = AlterColumn::new(table, name);
            (alter.data_type, alter.existing) = (data_type, existing);
            match change {
                0 => alter.default = Change::To(default),
                1 => (alter.default, alter.nullable) = (Change::Remove, Some(false)),
                2 => (alter.collation, alter.now_on_update) = (Change::To("it's".to_owned()), Some(true)),
                3 => (alter.collation, alter.now_on_update) = (Change::Remove, Some(false)),
                4 => {
                    alter.identity = Change::To(Identity::Always);
                    alter.sequence = Some(sequence().start(7).cycle());
                }
                5 => alter.identity = Change::Remove,
                _ => (alter.comment, alter.nullable) = (Change::To("it".to_owned()), Some(true)),
            }
            alter.into()
        });
    let recorded = prop_oneof![
        table().prop_map(|table| of(|op| drop(op.create_table_from(table)))),
        table().prop_map(|table| of(|op| drop(op.drop_table("t").existing(table)))),
        (name(), option::of(column())).prop_map(|(name, column)| of(|op| match column {
            Some(column) => drop(op.drop_column("t", name).existing(column)),
            None => drop(op.drop_column("t", name).if_exists()),
        })),
        (table_name(), constraint("t")).prop_map(|(table, constraint)| of(|op| {
            op.push(servicekit::operation::AddConstraint::new(table, constraint));
        })),
        constraint("t").prop_map(|constraint| of(|op| {
            op.drop_unique_constraint("uq", "t").existing(constraint);
        })),
        (table_name(), index_of("t")).prop_map(|(table, index)| of(|op| {
            op.push(servicekit::operation::CreateIndex::new(table, index));
        })),
        index_of("t").prop_map(|index| of(|op| drop(op.drop_index("ix", "t").existing(index)))),
        (vec(name(), 0..3), vec(vec(value(), 0..4), 0..4))
            .prop_map(|(columns, rows)| of(|op| drop(op.bulk_insert("t", columns, rows)))),
        (1_usize..4, vec(value(), 1..12)).prop_map(|(width, values)| of(|op| {
            let rows: Vec<Vec<Value>> = values.chunks_exact(width).map(<[Value]>::to_vec).collect();
            op.bulk_insert("t", (0..width).map(|at| format!("c{at}")), rows);
        })),
        (words(), vec((name(), value()), 0..3)).prop_map(|(text, values)| of(|op| {
            values.into_iter().fold(op.execute(text), |op, (name, value)| op.bind(name, value));
        })),
        (words(), column()).prop_map(|(text, column)| of(|op| {
            let mood = || enum_type("mood", ["sad", "happy"]);
            op.add_enum_value(mood(), text).before("sad").used_by("t", column);
        })),
        (vec(column(), 0..3), any::<bool>()).prop_map(|(columns, always)| of(|op| {
            op.batch_alter_table("t", |batch| {
                if always {
                    batch.recreate(Recreate::Always);
                }
                for column in columns {
                    batch.alter_column("a").set_type(column.data_type.clone()).existing(column);
                }
            });
        })),
    ];
    prop_oneof![1 => add, 1 => add_more, 1 => alter, 8 => recorded].boxed()
}

/// What is recorded.
fn of(record: impl FnOnce(&mut Operations)) -> Operation {
    let mut op = Operations::default();
    record(&mut op);
    op.recorded().first().map_or_else(|| Execute::new("").into(), |recorded| recorded.operation.clone())
}

/// Lists of operations, some of them for one database or committed by themselves.
pub(crate) fn operations() -> BoxedStrategy<Operations> {
    let how = || (option::weighted(0.3, dialect()), prop::bool::weighted(0.2));
    vec((operation(), how()), 0..5)
        .prop_map(|list| {
            let mut op = Operations::default();
            for (operation, (only, autocommit)) in list {
                let record = |op: &mut Operations| match only {
                    Some(only) => op.only_for(only, |op| op.push(operation)),
                    None => op.push(operation),
                };
                if autocommit {
                    op.autocommit(record);
                } else {
                    record(&mut op);
                }
            }
            op
        })
        .boxed()
}
