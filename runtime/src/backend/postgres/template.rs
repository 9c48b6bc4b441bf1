//! Templates of test databases on PostgreSQL, which copies a database by itself.

use crate::backend::engine::Quoting as _;
use crate::backend::engine::test_server::TestServer;
use crate::backend::postgres::Postgres;

/// The first of the two numbers of every lock: it keeps them apart from those of other programs in this database.
const LOCKS: i32 = -1_947_263_581;

fn has_code(error: &sqlx::Error, codes: &[&str]) -> bool {
    let code = error.as_database_error().and_then(sqlx::error::DatabaseError::code);
    code.is_some_and(|code| codes.contains(&&*code))
}

impl TestServer for Postgres {
    fn table(&self) -> &'static str {
        "public.databases"
    }

    fn create_table(&self) -> Vec<String> {
        // Two sessions that create one table at the same time are an error, even with `IF NOT EXISTS`.
        vec![
            self.lock("table"),
            "CREATE TABLE IF NOT EXISTS public.databases (name text PRIMARY KEY, kind text NOT NULL, \
             owner text NOT NULL, used timestamptz NOT NULL DEFAULT now())"
                .to_owned(),
            self.unlock("table"),
        ]
    }

    fn is_no_registry(&self, error: &sqlx::Error) -> bool {
        has_code(error, &["3D000", "42P01"])
    }

    fn is_no_database(&self, error: &sqlx::Error) -> bool {
        has_code(error, &["3D000"])
    }

    fn lock(&self, name: &str) -> String {
        format!(
            "SELECT pg_catalog.pg_advisory_lock({LOCKS}, pg_catalog.hashtext({}))::text",
            self.literal(name)
        )
    }

    fn unlock(&self, name: &str) -> String {
        format!(
            "SELECT pg_catalog.pg_advisory_unlock({LOCKS}, pg_catalog.hashtext({}))::text",
            self.literal(name)
        )
    }

    fn is_free(&self) -> &'static str {
        "pg_catalog.pg_try_advisory_lock(-1947263581, pg_catalog.hashtext(name))"
    }

    fn exists(&self) -> &'static str {
        "EXISTS (SELECT FROM pg_catalog.pg_database WHERE datname = name)"
    }

    fn is_older(&self, days: u32) -> String {
        format!("used < now() - interval '{days} days'")
    }

    fn create(&self, name: &str, template: Option<&str>) -> String {
        let template = template.map(|template| format!(" TEMPLATE {}", self.quote(template)));
        format!("CREATE DATABASE {}{}", self.quote(name), template.unwrap_or_default())
    }

    fn copies_as_a_whole(&self) -> bool {
        // It is in the catalogue when the copy is committed.
        true
    }

    fn drop(&self, name: &str) -> String {
        format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.quote(name))
    }

    fn close(&self, name: &str) -> Option<String> {
        Some(format!("ALTER DATABASE {} WITH ALLOW_CONNECTIONS false", self.quote(name)))
    }
}
