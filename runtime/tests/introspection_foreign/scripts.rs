//! The schemas of other tools, which the tests of each database read too.

use crate::foreign::{Foreign as _, created_again_is_the_same};
use crate::mysql::MySql;
use crate::postgres::Postgres;
use crate::sqlite::Sqlite;
use std::fs;
use std::path::Path;

fn script(database: &str, name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/introspection").join(database);
    fs::read_to_string(folder.join(name).with_extension("sql")).unwrap()
}

async fn on_postgres(name: &str) {
    let Some(mut database) = Postgres::open().await else { return };
    let version = database.version().await;
    let since = name.strip_prefix("version_").map_or(13, |since| since.parse().unwrap());
    if version < since {
        println!("{name} is not for PostgreSQL {version}");
        return;
    }
    let script = script("postgres", name);
    let (before, read) = script.split_once("-- read from here").unwrap_or(("", &script));
    database.run(before).await;
    database.run(read).await;
    database.run(not_read(name)).await;
    created_again_is_the_same(&mut database, before, name).await;
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

async fn on_mysql(name: &str) {
    let Some(mut database) = MySql::open().await else { return };
    if name.ends_with(if database.is_mariadb().await { "only_mysql" } else { "only_mariadb" }) {
        return;
    }
    let script = script("mysql", name).replace("SCHEMA`", &format!("{}`", database.name()));
    database.run(&script).await;
    database.drop_views().await;
    created_again_is_the_same(&mut database, "", name).await;
}

async fn on_sqlite(name: &str) {
    let Some(mut database) = Sqlite::open().await else { return };
    database.run(&script("sqlite", name)).await;
    created_again_is_the_same(&mut database, "", name).await;
}

macro_rules! scripts {
    ($($database:ident: $run:ident($($name:ident)*);)*) => {
        $(
            mod $database {
                $(
                    #[tokio::test]
                    async fn $name() {
                        super::$run(stringify!($name)).await;
                    }
                )*
            }
        )*
    };
}

scripts! {
    postgres: on_postgres(alembic django everything music odd_names prisma rails rental sqlx version_15 version_18);
    mysql: on_mysql(chinook django expressions odd prisma rails sakila sqlalchemy sqlx storage words_only_mariadb words_only_mysql);
    // The other two are spelled as no tool does it; the tests of SQLite compare what SQLite tells of them.
    sqlite: on_sqlite(django music prisma rails rental sqlalchemy sqlx_style);
}
