//! The journal mode and the pragmas of SQLite files, and what is in the file after it was closed.

use crate::support::{File, ask, history, sql};
use servicekit::sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use servicekit::sqlx::{self, Sqlite};
use servicekit::{Database, Migrations, SqliteDatabaseBuilder};
use std::time::Duration;

fn first() -> Migrations {
    history(&[sql("a", &[], "CREATE TABLE a (x TEXT);", "DROP TABLE a;")])
}

async fn pragma(database: &Database<Sqlite>, name: &str) -> String {
    let text = sqlx::AssertSqlSafe(format!("SELECT CAST({name} AS TEXT) FROM pragma_{name}"));
    sqlx::query_scalar(text).fetch_one(&database.pool().unwrap()).await.unwrap()
}

async fn modes(database: &Database<Sqlite>) -> (String, String) {
    // `synchronous` is not a function of a table: https://www.sqlite.org/pragma.html#pragfunc
    let synchronous: i64 =
        sqlx::query_scalar("PRAGMA synchronous").fetch_one(&database.pool().unwrap()).await.unwrap();
    let names = ["off", "normal", "full", "extra"];
    (pragma(database, "journal_mode").await, names[usize::try_from(synchronous).unwrap()].to_owned())
}

async fn opened(builder: SqliteDatabaseBuilder) -> (String, String) {
    let database = builder.with_migrations(first()).build();
    database.init().await.unwrap();
    let modes = modes(&database).await;
    database.dispose().await;
    modes
}

fn pair(mode: &str, synchronous: &str) -> (String, String) {
    (mode.to_owned(), synchronous.to_owned())
}

#[tokio::test]
async fn each_connection_has_the_pragmas_of_a_service() {
    let file = File::new();
    for database in
        [SqliteDatabaseBuilder::from_file(file.path()).build(), SqliteDatabaseBuilder::in_memory().build()]
    {
        database.init().await.unwrap();
        assert_eq!(pragma(&database, "foreign_keys").await, "1");
        let pool = database.pool().unwrap();
        let busy: i64 = sqlx::query_scalar("PRAGMA busy_timeout").fetch_one(&pool).await.unwrap();
        let limit: i64 = sqlx::query_scalar("PRAGMA journal_size_limit").fetch_one(&pool).await.unwrap();
        assert_eq!((busy, limit), (30_000, 67_108_864));
    }
}

#[tokio::test]
async fn a_new_file_is_in_wal_mode_and_an_existing_one_keeps_its_mode() {
    let file = File::new();
    assert_eq!(opened(SqliteDatabaseBuilder::from_file(file.path())).await, pair("wal", "normal"));
    assert_eq!(opened(SqliteDatabaseBuilder::from_file(file.path())).await, pair("wal", "normal"));

    // Only the mode `wal` is kept in a file: another one is the `delete` of the next connection.
    for mode in [SqliteJournalMode::Delete, SqliteJournalMode::Truncate, SqliteJournalMode::Persist] {
        let file = File::new();
        let other = file.options().journal_mode(mode);
        sqlx::ConnectOptions::connect(&other).await.unwrap();
        assert_eq!(opened(SqliteDatabaseBuilder::from_file(file.path())).await, pair("delete", "full"));
        let url = format!("sqlite://{}", file.path().display());
        let database = Database::from_url(&url).unwrap().build();
        database.init().await.unwrap();
        assert_eq!(ask(&mut file.connection().await, "PRAGMA journal_mode").await, "delete");
    }
    // An empty file is one that somebody else has made.
    let file = File::new();
    std::fs::write(file.path(), "").unwrap();
    assert_eq!(opened(SqliteDatabaseBuilder::from_file(file.path())).await, pair("delete", "full"));
}

#[tokio::test]
async fn what_the_options_say_is_kept_unless_it_could_damage_the_file() {
    let new = |change: fn(SqliteConnectOptions) -> SqliteConnectOptions| {
        let file = File::new();
        (SqliteDatabaseBuilder::from_file(file.path()).with_options(change), file)
    };
    for (asked, name) in [
        (SqliteSynchronous::Full, "full"),
        (SqliteSynchronous::Extra, "extra"),
        (SqliteSynchronous::Off, "off"),
        (SqliteSynchronous::Normal, "normal"),
    ] {
        let file = File::new();
        let builder =
            SqliteDatabaseBuilder::from_file(file.path()).with_options(|options| options.synchronous(asked));
        assert_eq!(opened(builder).await, pair("wal", name));
    }
    let (builder, _file) = new(|options| options.journal_mode(SqliteJournalMode::Delete));
    assert_eq!(opened(builder).await, pair("delete", "full"));
    let (builder, _file) = new(|options| {
        options.journal_mode(SqliteJournalMode::Truncate).synchronous(SqliteSynchronous::Extra)
    });
    assert_eq!(opened(builder).await, pair("truncate", "extra"));
    let (builder, _file) = new(|options| options.foreign_keys(false).busy_timeout(Duration::from_secs(7)));
    let database = builder.build();
    database.init().await.unwrap();
    assert_eq!(pragma(&database, "foreign_keys").await, "0");
}

#[tokio::test]
async fn with_wal_switches_an_existing_file_or_says_why_it_cannot() {
    let file = File::new();
    file.connection().await;
    // Not before others have closed it.
    let mut reader = file.connection().await;
    ask(&mut reader, "SELECT count(*) || '' FROM sqlite_schema").await;
    sqlx::raw_sql("BEGIN; SELECT * FROM sqlite_schema").execute(&mut reader).await.unwrap();
    let migrator = first().migrator().acquire_timeout(Duration::from_millis(50));
    let with_wal = || SqliteDatabaseBuilder::from_file(file.path()).with_wal();
    let in_use = with_wal().with_migrations(migrator).build().init().await.unwrap_err();
    assert_eq!(ask(&mut reader, "PRAGMA journal_mode").await, "delete");
    sqlx::Connection::close(reader).await.unwrap();
    assert_eq!(opened(with_wal()).await, pair("wal", "normal"));
    assert_eq!(opened(SqliteDatabaseBuilder::from_file(file.path())).await, pair("wal", "normal"));

    // This one locks by a second file, and has no memory that processes share.
    let other = File::new();
    let without =
        |builder: SqliteDatabaseBuilder| builder.with_options(|options| options.vfs("unix-dotfile"));
    assert_eq!(opened(without(SqliteDatabaseBuilder::from_file(other.path()))).await, pair("delete", "full"));
    let impossible =
        without(SqliteDatabaseBuilder::from_file(other.path()).with_wal()).build().init().await.unwrap_err();

    let text = format!("{}: {in_use}\n\n{}: {impossible}", in_use.code(), impossible.code());
    let text = text.replace(&file.path().display().to_string(), "app.db");
    insta::assert_snapshot!(text.replace(&other.path().display().to_string(), "app.db"), @"
    journal_mode: the file `app.db` could not be put into WAL mode: it is in use
    now: nothing was changed
    help: the mode can only be changed while no other connection uses the file: stop the other programs until this one has started, or leave out `with_wal`

    journal_mode: the file `app.db` cannot be in WAL mode: it keeps the mode `delete`
    now: nothing was changed
    help: WAL needs memory that processes share, which network file systems do not have: leave out `with_wal`, or move the file to a local disk
    ");
}

#[tokio::test(flavor = "multi_thread")]
async fn databases_that_create_one_file_at_once_all_open_it() {
    for _ in 0..20 {
        let file = File::new();
        let starts: Vec<_> = (0..6)
            .map(|_| SqliteDatabaseBuilder::from_file(file.path()).with_migrations(first()).build())
            .map(|database| {
                tokio::spawn(
                    async move { (database.init().await.unwrap().steps.len(), modes(&database).await) },
                )
            })
            .collect();
        let mut steps = 0;
        for start in starts {
            let (applied, modes) = start.await.unwrap();
            assert_eq!(modes.0, "wal");
            steps += applied;
        }
        assert_eq!(steps, 1);
    }
}

#[tokio::test]
async fn a_file_that_another_holds_is_given_up_after_the_acquire_timeout_and_not_the_busy_timeout() {
    let file = File::new();
    let mut holder = file.connection().await;
    sqlx::raw_sql("CREATE TABLE x (y); BEGIN EXCLUSIVE").execute(&mut holder).await.unwrap();
    let migrator = first().migrator().acquire_timeout(Duration::from_millis(300));
    let database = SqliteDatabaseBuilder::from_file(file.path()).with_migrations(migrator).build();
    let error = tokio::time::timeout(Duration::from_secs(20), database.init()).await.unwrap().unwrap_err();
    assert_eq!(error.code(), "locked", "{error}");
    sqlx::raw_sql("COMMIT").execute(&mut holder).await.unwrap();
    database.init().await.unwrap();
}

/// The rows of a copy of the file alone.
async fn copied(file: &File) -> String {
    let copy = File::new();
    std::fs::copy(file.path(), copy.path()).unwrap();
    ask(&mut copy.connection().await, "SELECT count(*) || '' FROM a").await
}

#[tokio::test]
async fn a_file_has_everything_after_dispose_also_while_others_have_it_open() {
    let file = File::new();
    let log = file.path().with_file_name("test.db-wal");
    for others in [0, 3] {
        let database = SqliteDatabaseBuilder::from_file(file.path()).with_migrations(first()).build();
        database.init().await.unwrap();
        let mut open = Vec::new();
        for _ in 0..others {
            let mut other = file.connection().await;
            ask(&mut other, "SELECT count(*) || '' FROM a").await;
            open.push(other);
        }
        sqlx::query("INSERT INTO a VALUES ('1'), ('2')").execute(&database.pool().unwrap()).await.unwrap();
        assert!(std::fs::metadata(&log).unwrap().len() > 0, "otherwise this shows nothing");

        database.dispose().await;

        assert_eq!(copied(&file).await, if others == 0 { "2" } else { "4" });
        assert_eq!(std::fs::metadata(&log).map_or(0, |log| log.len()), 0);
    }
}
