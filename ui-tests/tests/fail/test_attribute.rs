//! Tests with a database: what they take, and what is said of them.

use servicekit::sqlx::SqlitePool;

#[servicekit::test]
struct NoFunction;

#[servicekit::test]
fn not_async(pool: SqlitePool) {}

#[servicekit::test]
async fn takes_nothing() {}

#[servicekit::test]
async fn takes_two(one: SqlitePool, other: SqlitePool) {}

#[servicekit::test]
async fn is_generic<T>(pool: T) {}

#[servicekit::test(migration = MIGRATIONS)]
async fn has_an_unknown_word(pool: SqlitePool) {}

#[servicekit::test(migrations)]
async fn names_no_history(pool: SqlitePool) {}

#[servicekit::test(fixtures("users"))]
async fn has_a_missing_file(pool: SqlitePool) {}

#[servicekit::test(fixtures(path = "rows"))]
async fn has_a_folder_without_files(pool: SqlitePool) {}

fn main() {}
