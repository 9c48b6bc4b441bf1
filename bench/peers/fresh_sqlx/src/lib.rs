//! Tests that get a database by sqlx.

/// The history.
pub static MIGRATOR: sqlx::migrate::Migrator = sqlx::migrate!("./history");

#[cfg(test)]
mod tests {
    #[cfg(feature = "sqlite")]
    type Pool = sqlx::SqlitePool;
    #[cfg(feature = "postgres")]
    type Pool = sqlx::PgPool;
    #[cfg(feature = "mysql")]
    type Pool = sqlx::MySqlPool;

    /// Tells the time when the database is there, which is all that these tests do.
    fn say() {
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
        println!("\nbegan {}", now.as_nanos());
    }

    #[test]
    fn nothing() {
        say();
    }

    #[sqlx::test(migrator = "crate::MIGRATOR")]
    async fn migrated(_pool: Pool) {
        say();
    }
}
