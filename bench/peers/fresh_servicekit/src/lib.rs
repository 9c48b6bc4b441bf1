//! Tests that get a database by servicekit.

servicekit::migrations!("alembic");

#[cfg(test)]
mod checks;

#[cfg(test)]
mod tests {
    use crate::MIGRATIONS;

    #[cfg(feature = "sqlite")]
    type Pool = servicekit::sqlx::SqlitePool;
    #[cfg(feature = "postgres")]
    type Pool = servicekit::sqlx::PgPool;
    #[cfg(feature = "mysql")]
    type Pool = servicekit::sqlx::MySqlPool;

    /// Tells the time when the database is there, which is all that these tests do.
    fn say() {
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
        println!("\nbegan {}", now.as_nanos());
    }

    #[test]
    fn nothing() {
        say();
    }

    #[servicekit::test]
    async fn template(_pool: Pool) {
        say();
    }

    #[servicekit::test(migrations = false)]
    async fn replay(pool: Pool) {
        MIGRATIONS.upgrade(&pool).await.unwrap();
        say();
    }
}
