//! The law of tables of SQLite that are built again.

use servicekit::Dialect;
use servicekit::sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use servicekit::sqlx::{AssertSqlSafe, ConnectOptions as _, Row as _, query, raw_sql};
use servicekit_chain::sql::split;
use std::cell::RefCell;
use tokio::runtime::{Builder, Runtime};

servicekit::migrations!("alembic");

thread_local! {
    static RUNTIME: RefCell<Runtime> =
        RefCell::new(Builder::new_current_thread().enable_time().build().expect("a runtime"));
}

/// Whatever SQLite accepts between `CREATE TABLE t` and the end, a check can be added to the table, which changes
/// neither its columns nor its keys, indexes, options and rows.
pub fn stored_table(text: &str) {
    let create = format!("CREATE TABLE t {text}");
    // More statements could do anything, with files too.
    if text.contains('\0') || split(Dialect::Sqlite, &create).len() != 1 {
        return;
    }
    RUNTIME.with_borrow(|runtime| runtime.block_on(holds(create)));
}

async fn holds(create: String) {
    let options = SqliteConnectOptions::new().in_memory(true).foreign_keys(false);
    let mut connection = options.connect().await.expect("a database in memory");
    if raw_sql(AssertSqlSafe(create)).execute(&mut connection).await.is_err() {
        return;
    }
    // A row of defaults where the table lets one in; where it does not, the empty table does too.
    let _ = raw_sql("INSERT INTO t DEFAULT VALUES").execute(&mut connection).await;
    let before = facts(&mut connection).await;
    match MIGRATIONS.upgrade(&mut connection).await {
        Ok(_) => assert_eq!(facts(&mut connection).await, before),
        Err(error) => panic!("SQLite accepts the table, and it cannot be built again: {error}"),
    }
}

/// What SQLite knows of the table, but for its text.
async fn facts(connection: &mut SqliteConnection) -> Vec<String> {
    let questions = [
        "SELECT format('%s|%s|%s|%s|%s|%s', cid, name, type, \"notnull\", dflt_value, pk || hidden) \
         FROM pragma_table_xinfo('t')",
        "SELECT format('%s|%s|%s|%s|%s|%s|%s', id, \"table\", \"from\", \"to\", on_update, on_delete, match) \
         FROM pragma_foreign_key_list('t')",
        "SELECT format('%s|%s|%s|%s|%s|%s', i.name, i.\"unique\", origin, partial, x.name, x.coll) \
         FROM pragma_index_list('t') AS i, pragma_index_xinfo(i.name) AS x",
        "SELECT format('%s|%s', wr, strict) FROM pragma_table_list('t')",
        "SELECT format('%s rows', count(*)) FROM t",
    ];
    let mut facts = Vec::new();
    for question in questions {
        let rows = query(question).fetch_all(&mut *connection).await.expect("an answer");
        facts.extend(rows.iter().map(|row| row.get::<String, _>(0)));
    }
    facts
}
