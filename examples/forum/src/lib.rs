//! An application whose topics belong to the accounts of a library.

use servicekit::sqlx::Sqlite;
use servicekit::{Database, SqliteDatabaseBuilder};
use std::path::Path;

servicekit::migrations!("alembic");

/// The database: the tables of the library first, since those of the application refer to them.
pub fn database(file: &Path) -> Database<Sqlite> {
    SqliteDatabaseBuilder::from_file(file)
        .with_library_migrations("accounts", accounts::MIGRATIONS)
        .with_migrations(MIGRATIONS)
        .build()
}
