//! Names and values that are not friendly, on real databases.

use crate::client::Client;
use crate::support::{history, rust};
use servicekit::revision::*;
use servicekit_chain::sql::{Recovery, TransactionBehavior, classify, split};

const NAMES: [&str; 20] = [
    "a\"b",
    "a`b",
    "a'b",
    "a\\b",
    "\\",
    "\"",
    "`",
    "select",
    "ünïcode 名前",
    "crab 🦀",
    "a.b",
    "a b",
    "]a[",
    ":name",
    "?",
    "$1",
    "--a",
    "/*a",
    "a; DROP TABLE t",
    "%s {table} $$",
];

const VALUES: [&str; 14] = [
    "",
    "'",
    "''",
    "\\",
    "\\'",
    "\\\\'; DROP TABLE t; --",
    "a\nb\r\n\tc",
    "\"`[",
    "🦀 ünïcode 名前 \u{feff}",
    "$$ :id ? @a %s {}",
    "/* -- */",
    "NULL",
    "\0",
    "a\0b\\",
];

#[tokio::test]
async fn hostile_names_and_values_come_through_sqlite() {
    come_through(Dialect::Sqlite, None).await;
}

#[tokio::test]
async fn hostile_names_and_values_come_through_postgresql() {
    come_through(Dialect::Postgres, None).await;
    // Backslashes mean something else then.
    come_through(Dialect::Postgres, Some("SET standard_conforming_strings = off")).await;
}

#[tokio::test]
async fn hostile_names_and_values_come_through_mysql() {
    come_through(Dialect::Mysql, None).await;
    // Backslashes and double quotes mean something else then.
    let modes = "SET sql_mode = CONCAT(@@sql_mode, ',NO_BACKSLASH_ESCAPES,ANSI_QUOTES')";
    come_through(Dialect::Mysql, Some(modes)).await;
}

async fn come_through(dialect: Dialect, setting: Option<&str>) {
    let Some(mut client) = Client::open(dialect).await else { return };
    if let Some(setting) = setting {
        client.run(setting).await.unwrap();
    }
    let mut refused = Vec::new();
    for name in NAMES.into_iter().map(str::to_owned).chain([longest(dialect)]) {
        client.empty().await;
        let mut op = Operations::default();
        everything(&mut op, &name);
        match op.sql(dialect) {
            Ok(statements) => run(dialect, &mut client, &statements).await,
            Err(error) => {
                refused.push((name, error.reason));
                continue;
            }
        }
        let mut expected: Vec<&str> = VALUES
            .into_iter()
            .filter(|value| dialect != Dialect::Postgres || !value.contains('\0'))
            .collect();
        expected.sort_unstable();
        let quoted = quote(dialect, &name);
        let question = format!("SELECT {quoted} FROM {quoted}");
        let mut found = client.ask(&question).await;
        found.sort_unstable();
        assert_eq!(found, expected, "{dialect}: {name}");
    }
    let expected = match dialect {
        Dialect::Mysql => vec![(
            "crab 🦀".to_owned(),
            "the table cannot be called `crab 🦀`: MySQL takes no characters beyond U+FFFF in a name, such as `🦀`"
                .to_owned(),
        )],
        _ => Vec::new(),
    };
    assert_eq!(refused, expected);
}

/// Everything that a name can be the name of, and every way for a value to get into the database.
fn everything(op: &mut Operations, name: &str) {
    op.create_table("t", [integer("id").primary_key()]);
    op.create_table(
        name,
        [
            integer("id").not_null().primary_key(),
            string(name, 60).not_null().default("x").comment(name),
            integer("other").references("t", "id"),
        ],
    )
    .comment(name)
    .with(unique(["id", name]))
    .with(index(["other", name]).name(format!("{}z", name.chars().skip(1).collect::<String>())));
    op.add_column(name, string(format!("{}y", name.chars().skip(1).collect::<String>()), 60).default("'\\'"));
    op.rename_table(name, "passing");
    op.rename_table("passing", name);
    op.rename_column(name, "other", "passing");
    for dialect in [Dialect::Postgres, Dialect::Mysql] {
        op.only_for(dialect, |op| {
            op.create_table_comment(name, name);
            op.create_check_constraint(
                format!("{}x", name.chars().skip(1).collect::<String>()),
                name,
                "id > 0",
            );
        });
    }
    for (id, value) in VALUES.into_iter().enumerate() {
        let id = u32::try_from(id).unwrap() + 1;
        let insert = |op: &mut Operations| match id % 3 {
            0 => drop(op.bulk_insert(name, [name, "id"], [(value, id)])),
            1 => {
                op.bulk_insert(name, ["id"], [[id]]);
                op.update(name).set(name, value).filter("id = :id").bind("id", id);
            }
            _ => {
                op.bulk_insert(name, ["id"], [[id]]);
                for dialect in Dialect::ALL {
                    op.only_for(dialect, |op| {
                        let quoted = quote(dialect, name);
                        op.execute(format!("UPDATE {quoted} SET {quoted} = :value WHERE id = :id"))
                            .bind("value", value)
                            .bind("id", id);
                    });
                }
            }
        };
        if value.contains('\0') {
            op.only_for(Dialect::Sqlite, insert);
            op.only_for(Dialect::Mysql, insert);
        } else {
            insert(op);
        }
    }
}

/// The names that a database takes.
fn names(dialect: Dialect) -> Vec<String> {
    let takes = |name: &&str| dialect != Dialect::Mysql || !name.contains('🦀');
    NAMES.into_iter().filter(takes).map(str::to_owned).chain([longest(dialect)]).collect()
}

/// The name with its first character as another one, so that it is no longer; what is short keeps it.
fn varied(name: &str, first: char) -> String {
    let skipped = usize::from(name.chars().count() > 20);
    std::iter::once(first).chain(name.chars().skip(skipped)).collect()
}

fn made(op: &mut Operations) {
    for dialect in Dialect::ALL {
        op.only_for(dialect, |op| {
            for name in names(dialect) {
                op.create_table(
                    &name,
                    [integer("id").primary_key(), string(&name, 40), string("old", 9), integer("size")],
                )
                .with(index(["size"]).name(varied(&name, 'i')));
                op.bulk_insert(
                    &name,
                    ["id", name.as_str(), "old", "size"],
                    [(1, "kept", "gone", 1), (2, "'; DROP TABLE t; --", "gone", 2)],
                );
            }
        });
    }
}

fn batched(op: &mut Operations) {
    for dialect in Dialect::ALL {
        op.only_for(dialect, |op| {
            for name in names(dialect) {
                op.batch_alter_table(&name, |batch| {
                    batch.drop_column("old");
                    batch
                        .alter_column(&name)
                        .set_type(Type::Varchar(50))
                        .set_not_null()
                        .existing(string(&name, 40));
                    batch.add_column(string(varied(&name, 'm'), 20).not_null().default("it's"));
                    batch.create_check_constraint(varied(&name, 'c'), "size > 0");
                });
            }
        });
    }
}

#[tokio::test]
async fn hostile_names_come_through_a_batch_of_changes() {
    let migrations = history(&[rust("a", &[], made, None), rust("b", &["a"], batched, None)]);
    for dialect in Dialect::ALL {
        let Some(mut client) = Client::open(dialect).await else { continue };
        match &mut client {
            Client::Sqlite(connection) => migrations.upgrade(connection).await.map(drop),
            Client::Postgres(connection, _) => migrations.upgrade(connection).await.map(drop),
            Client::MySql(connection, _) => migrations.upgrade(connection).await.map(drop),
        }
        .unwrap_or_else(|error| panic!("{dialect}: {error}"));
        for name in names(dialect) {
            let (table, added) = (quote(dialect, &name), quote(dialect, &varied(&name, 'm')));
            let rows = client.ask(&format!("SELECT {table}, size, {added} FROM {table} ORDER BY size")).await;
            assert_eq!(rows, ["kept|1|it's", "'; DROP TABLE t; --|2|it's"], "{dialect}: {name}");
            for wrong in [
                format!("INSERT INTO {table} (id, size) VALUES (8, 1)"),
                format!("INSERT INTO {table} (id, {table}, size) VALUES (9, 'x', 0)"),
                format!("SELECT old FROM {table}"),
            ] {
                assert!(client.run(&wrong).await.is_err(), "{dialect}: {name}: {wrong}");
            }
        }
    }
}

async fn run(dialect: Dialect, client: &mut Client, statements: &[String]) {
    for sql in statements {
        assert_eq!(split(dialect, sql).len(), 1, "{sql}");
        let behavior = classify(dialect, sql).behavior;
        let known = matches!(
            behavior,
            TransactionBehavior::Transactional
                | TransactionBehavior::NonTransactional(Recovery::Compare | Recovery::Repeat)
        );
        assert!(known, "{behavior:?}: {sql}");
        client.run(sql).await.unwrap_or_else(|error| panic!("{dialect}: {error}\n{sql}"));
    }
}

fn quote(dialect: Dialect, name: &str) -> String {
    match dialect {
        Dialect::Mysql => format!("`{}`", name.replace('`', "``")),
        _ => format!("\"{}\"", name.replace('"', "\"\"")),
    }
}

fn longest(dialect: Dialect) -> String {
    dialect.select("n".repeat(1000), "é".repeat(30) + "abc", "é".repeat(64))
}
