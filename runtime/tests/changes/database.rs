//! What a change is asked of, and made in.

use crate::head::Server;
pub(crate) use crate::place::Place;
use crate::place::on;
use crate::support::{history, rust};
use servicekit::diff::{Difference, Hazard, HazardKind};
use servicekit::introspection::{Count, count};
use servicekit::sqlx::{self, AssertSqlSafe, Row as _};
use servicekit::{Dialect, Operations};
use std::cell::RefCell;

/// What a change loses, and what can be in its way.
pub(crate) fn hazards_of_rows(difference: &Difference) -> Vec<Hazard> {
    let change = difference.plan().unwrap_or_else(|error| panic!("{error}"));
    let is_of_rows = |hazard: &Hazard| matches!(hazard.kind, HazardKind::LosesData | HazardKind::CanFail);
    change.hazards.into_iter().filter(is_of_rows).collect()
}

thread_local! {
    /// What the revision records, which is a function without captures.
    static CHANGE: RefCell<Operations> = RefCell::new(Operations::default());
}

fn record(op: &mut Operations) {
    CHANGE.with_borrow(|change| op.clone_from(change));
}

impl Place {
    /// What is counted of each hazard of the rows of a change.
    pub(crate) async fn counts(&mut self, difference: &Difference) -> Vec<Count> {
        let hazards = hazards_of_rows(difference);
        on!(self, connection => count(difference, &hazards, connection).await)
            .unwrap_or_else(|error| panic!("{error}"))
    }

    /// The rows of a query, each value as text.
    pub(crate) async fn rows(&mut self, sql: &str) -> Vec<Vec<Option<String>>> {
        on!(self, connection => {
            let rows = sqlx::raw_sql(AssertSqlSafe(sql)).fetch_all(connection).await;
            let rows = rows.unwrap_or_else(|error| panic!("{error}\n{sql}"));
            rows.iter()
                .map(|row| (0..row.len()).map(|at| row.get_unchecked::<Option<String>, _>(at)).collect())
                .collect()
        })
    }

    /// Makes a change; SQLite as a run does, which rebuilds tables.
    pub(crate) async fn change(&mut self, change: Operations) -> Result<(), String> {
        let dialect = match self {
            Self::Sqlite(connection) => {
                CHANGE.set(change);
                let migrations = history(&[rust("x", &[], record, None)]);
                migrations.upgrade(&mut *connection).await.map_err(|error| error.to_string())?;
                return self.run("DROP TABLE alembic_version; DROP TABLE alembic_journal").await;
            }
            Self::Postgres(..) => Dialect::Postgres,
            Self::Mysql(..) => Dialect::Mysql,
        };
        for sql in change.sql(dialect).map_err(|error| error.to_string())? {
            self.run(&sql).await?;
        }
        Ok(())
    }

    pub(crate) async fn server(&mut self) -> Server {
        let (dialect, query) = match self {
            Self::Sqlite(_) => (Dialect::Sqlite, "SELECT sqlite_version()"),
            Self::Postgres(..) => (Dialect::Postgres, "SHOW server_version"),
            Self::Mysql(..) => (Dialect::Mysql, "SELECT VERSION()"),
        };
        let version = self.rows(query).await;
        Server::new(dialect, version[0][0].as_deref().unwrap())
    }
}
