//! The schemas of other tools, which the tests of each database read too.

use crate::foreign::Foreign as _;
use crate::mysql::MySql;
use crate::postgres::Postgres;
use crate::sqlite::Sqlite;
use crate::written::{Written, compiled_they_record_what_is_planned};
use servicekit::Dialect;
use servicekit::schema::Schema;
use std::fs;
use std::path::Path;

fn script(database: &str, name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/introspection").join(database);
    fs::read_to_string(folder.join(name).with_extension("sql")).unwrap()
}

/// A database that a script has filled, and what creates the part of it that is left out; `None` where there cannot be one.
async fn postgres(name: &str) -> Option<(Postgres, String)> {
    let mut database = Postgres::open().await?;
    let version = database.version().await;
    let since = name.strip_prefix("version_").map_or(13, |since| since.parse().unwrap());
    if version < since {
        println!("{name} is not for PostgreSQL {version}");
        return None;
    }
    let script = script("postgres", name);
    let (before, read) = script.split_once("-- read from here").unwrap_or(("", &script));
    database.run(before).await;
    database.run(read).await;
    database.run(not_read(name)).await;
    Some((database, before.to_owned()))
}

/// Removes what is left out when a schema is read: views, functions, triggers, policies, partitions and heirs.
fn not_read(name: &str) -> &'static str {
    match name {
        "alembic" => "DROP TABLE alembic_version",
        "everything" => {
            "DROP FUNCTION trigger_it CASCADE; DROP MATERIALIZED VIEW a_stored_view; DROP VIEW a_view; \
             DROP TABLE child, parted_2020; DROP POLICY a_policy ON stored"
        }
        "rental" => "DROP FUNCTION touched CASCADE; DROP VIEW film_list; DROP TABLE payment_2022_01",
        _ => "",
    }
}

async fn mysql(name: &str) -> Option<(MySql, String)> {
    let mut database = MySql::open().await?;
    if name.ends_with(if database.is_mariadb().await { "only_mysql" } else { "only_mariadb" }) {
        return None;
    }
    let script = script("mysql", name).replace("SCHEMA`", &format!("{}`", database.name()));
    database.run(&script).await;
    database.drop_views().await;
    Some((database, String::new()))
}

async fn sqlite(name: &str) -> Option<(Sqlite, String)> {
    let mut database = Sqlite::open().await?;
    database.run(&script("sqlite", name)).await;
    Some((database, String::new()))
}

/// The revisions that create these schemas, and those that lead from each to the next.
fn written(dialect: Dialect, schemas: &[(&str, Schema)]) -> Vec<Written> {
    let mut all = Vec::new();
    let mut from = ("nothing", &Schema::default());
    for (name, schema) in schemas {
        all.push(Written::of_creation(format!("{name} on {dialect}"), schema, dialect));
        let what = format!("from {} to {name} on {dialect}", from.0);
        all.extend(Written::of_difference(what, &from.1.difference(schema, dialect)));
        from = (name, schema);
    }
    all
}

macro_rules! scripts {
    ($($database:ident($dialect:ident): $($name:ident)*;)*) => {
        $(
            mod $database {
                use crate::foreign::created_again_is_the_same;

                $(
                    #[tokio::test]
                    async fn $name() {
                        if let Some((mut database, before)) = super::$database(stringify!($name)).await {
                            created_again_is_the_same(&mut database, &before, stringify!($name)).await;
                        }
                    }
                )*
            }
        )*

        #[tokio::test]
        async fn what_is_written_for_them_compiles_and_records_the_plan() {
            let mut all = Vec::new();
            $(
                let mut schemas = Vec::new();
                $(
                    if let Some((mut database, _)) = $database(stringify!($name)).await {
                        schemas.push((stringify!($name), database.read().await));
                    }
                )*
                all.extend(written(Dialect::$dialect, &schemas));
            )*
            compiled_they_record_what_is_planned("servicekit-written-for-scripts", &all);
            println!("{} revisions were compiled and record their plans", all.len());
        }
    };
}

scripts! {
    postgres(Postgres): alembic django everything music odd_names prisma rails rental sqlx version_15 version_18;
    mysql(Mysql): chinook django expressions odd prisma rails sakila sqlalchemy sqlx storage words_only_mariadb words_only_mysql;
    // The other two are spelled as no tool does it; the tests of SQLite compare what SQLite tells of them.
    sqlite(Sqlite): django music prisma rails rental sqlalchemy sqlx_style;
}
