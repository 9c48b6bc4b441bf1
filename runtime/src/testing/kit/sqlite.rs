//! The database of a test on SQLite: a file, copied from one that is made once.

use super::folder;
use super::key::key;
use super::own::{Place, TestBackend};
use super::test_folder::TestFolder;
use super::{TestDatabaseError, TestSetup};
use crate::backend::sqlite::file::beside;
use crate::backend::sqlite::template::Templates;
use crate::error::Phase;
use crate::{Database, Migrations, SqliteDatabaseBuilder};
use servicekit_chain::Dialect;
use sqlx::sqlite::SqliteSynchronous;
use sqlx::{Connection as _, Sqlite, SqliteConnection};
use std::io;
use std::path::{Path, PathBuf};
use tokio::sync::OnceCell;

impl TestBackend for Sqlite {
    type Place = FilePlace;

    async fn make(setup: &TestSetup) -> Result<(Database<Sqlite>, FilePlace), TestDatabaseError> {
        let root = folder::root()?;
        let folder = TestFolder::new(&root, setup.name)?;
        let file = folder.path().join("test.db");
        let mut builder = SqliteDatabaseBuilder::from_file(&file).with_options(without_sync);
        if let Some(migrations) = setup.migrations {
            copy_template(&root, migrations, &file).await?;
            builder = builder.with_migrations(migrations);
        }
        Ok((builder.build(), FilePlace { folder, file }))
    }
}

/// No test survives a crash of the machine, so nothing waits for the disk.
fn without_sync(options: sqlx::sqlite::SqliteConnectOptions) -> sqlx::sqlite::SqliteConnectOptions {
    options.synchronous(SqliteSynchronous::Off)
}

async fn copy_template(root: &Path, migrations: Migrations, to: &Path) -> Result<(), TestDatabaseError> {
    let key = key(migrations, Dialect::Sqlite, version().await?)?;
    let folder = root.join("sqlite");
    let failed = |source| TestDatabaseError::Folder { folder: folder.clone(), source };
    let templates = Templates::in_folder(folder.clone()).map_err(failed)?;
    let make = async |path: &Path| migrate(migrations, path).await;
    templates.copy(&key, to, make).await.map_err(|error| match error {
        TemplateError::File(source) => failed(source),
        TemplateError::Migrate(error) => error.into(),
    })
}

enum TemplateError {
    File(io::Error),
    Migrate(crate::Error),
}

impl From<io::Error> for TemplateError {
    fn from(error: io::Error) -> Self {
        Self::File(error)
    }
}

/// Applies the history to a new file, which is whole by itself when its last connection is closed.
async fn migrate(migrations: Migrations, path: &Path) -> Result<(), TemplateError> {
    let database =
        SqliteDatabaseBuilder::from_file(path).with_options(without_sync).with_migrations(migrations).build();
    database.init().await.map_err(TemplateError::Migrate)?;
    database.dispose().await;
    // SQLite removes it when it has written all of it into the file.
    if beside(path, "-wal").exists() {
        return Err(io::Error::other("the template is still open").into());
    }
    Ok(())
}

/// The version of SQLite, which writes schemas in its own way.
async fn version() -> Result<&'static str, TestDatabaseError> {
    static VERSION: OnceCell<String> = OnceCell::const_new();
    let ask = async || {
        let mut connection = SqliteConnection::connect("sqlite::memory:").await?;
        sqlx::query_scalar("SELECT sqlite_source_id()").fetch_one(&mut connection).await
    };
    let asked = VERSION.get_or_try_init(ask).await;
    let asked =
        asked.map_err(|error| crate::backend::database_error(Phase::Connect { file: None }, error))?;
    Ok(asked)
}

/// The folder of a test, with its file.
#[derive(Debug)]
pub struct FilePlace {
    folder: TestFolder,
    file: PathBuf,
}

impl Place for FilePlace {
    async fn remove(self) {
        self.folder.remove();
    }

    async fn keep(self) -> String {
        format!(
            "the database of this test is kept until the test runs again: {}\nhelp: `sqlite3 {0}` opens it",
            self.file.display()
        )
    }
}
