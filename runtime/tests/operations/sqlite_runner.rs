//! Operations on SQLite as a run makes them: a rebuild reads the table when its turn comes.

use crate::support::{history, rust};
use servicekit::Operations;
use servicekit::sqlx::{self, SqliteConnection};
use std::cell::Cell;

type Record = fn(&mut Operations);

thread_local! {
    /// What is reversed: a revision is a function without captures.
    static FORWARD: Cell<Option<Record>> = const { Cell::new(None) };
}

/// Runs what is recorded, and leaves nothing of the run itself.
pub(crate) async fn run(connection: &mut SqliteConnection, record: Record) {
    let migrations = history(&[rust("x", &[], record, None)]);
    migrations.upgrade(&mut *connection).await.unwrap_or_else(|error| panic!("{error}"));
    let clean = "DROP TABLE alembic_version; DROP TABLE alembic_journal";
    sqlx::raw_sql(clean).execute(connection).await.unwrap();
}

/// Runs the reverse of what is recorded.
pub(crate) async fn run_reverse(connection: &mut SqliteConnection, record: Record) {
    fn reverse(op: &mut Operations) {
        if let Some(record) = FORWARD.get() {
            op.reverse_of(record);
        }
    }
    FORWARD.set(Some(record));
    run(connection, reverse).await;
}
