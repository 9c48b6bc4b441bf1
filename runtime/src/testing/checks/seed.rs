//! Rows that are there before a revision changes their table.

use super::hook::Hook;
use crate::RevisionId;
use crate::operation::{Connection, WorkResult};
use crate::work::WorkFn;

/// Rows that are inserted at a revision, and what is found of them at head.
///
/// A history that works on empty tables can fail on those of production, or lose their rows.
///
/// ```
/// use servicekit::RevisionId;
/// use servicekit::testing::Seed;
///
/// let seed = Seed::at(RevisionId::new("3f2a9c41d07e")?)
///     .insert("INSERT INTO users (id, name) VALUES (1, 'Ann Lee')")
///     .finds("SELECT first_name, last_name FROM users WHERE id = 1", [["Ann", "Lee"]]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
#[must_use]
pub struct Seed {
    pub(super) revision: RevisionId,
    pub(super) inserts: Vec<Insert>,
    pub(super) at_head: Vec<AtHead>,
}

/// What inserts rows.
#[derive(Debug, Clone)]
pub(super) enum Insert {
    Sql(String),
    Run(Hook),
}

/// What is checked at head.
#[derive(Debug, Clone)]
pub(super) enum AtHead {
    Finds { query: String, rows: Vec<Vec<String>> },
    Check(Hook),
}

impl Seed {
    /// Rows for a database that has this revision and none that follow it.
    pub fn at(revision: RevisionId) -> Self {
        Self { revision, inserts: Vec::new(), at_head: Vec::new() }
    }

    /// SQL that inserts rows.
    pub fn insert(mut self, sql: impl Into<String>) -> Self {
        self.inserts.push(Insert::Sql(sql.into()));
        self
    }

    /// Code that inserts rows, in order with what else inserts some.
    ///
    /// It is an async closure, with captures if needed (`async move |connection| …`), or an `async fn(&mut Connection<'_>) ->
    /// WorkResult`, as for [`op.run`](crate::operation::RunWork::run). It gets a connection of the pool on which no
    /// transaction is open. No table may have fewer rows at head than after it.
    ///
    /// ```
    /// use servicekit::testing::Seed;
    /// use servicekit::{RevisionId, sqlx};
    ///
    /// let count = 1_000;
    /// # #[cfg(feature = "sqlite")]
    /// let seed = Seed::at(RevisionId::new("3f2a9c41d07e")?).run(async move |connection| {
    ///     for id in 1..=count {
    ///         let query = sqlx::query("INSERT INTO users (id, name) VALUES (?, ?)").bind(id);
    ///         query.bind(format!("user {id}")).execute(connection.sqlite()?).await?;
    ///     }
    ///     Ok(())
    /// });
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[track_caller]
    pub fn run<F>(mut self, insert: F) -> Self
    where
        F: AsyncFnOnce(&mut Connection<'_>) -> WorkResult + for<'c> WorkFn<'c> + Clone + Sync + 'static,
    {
        self.inserts.push(Insert::Run(Hook::new(insert)));
        self
    }

    /// The rows that a query finds when the history is applied to its end, with every value as text and `NULL` as `NULL`.
    pub fn finds<R, V>(mut self, query: impl Into<String>, rows: impl IntoIterator<Item = R>) -> Self
    where
        R: IntoIterator<Item = V>,
        V: Into<String>,
    {
        let rows = rows.into_iter().map(|row| row.into_iter().map(Into::into).collect()).collect();
        self.at_head.push(AtHead::Finds { query: query.into(), rows });
        self
    }

    /// Code that looks for the rows when the history is applied to its end, and fails if something is wrong with them.
    ///
    /// It is like that of [`run`](Self::run).
    ///
    /// ```
    /// use servicekit::testing::Seed;
    /// use servicekit::{RevisionId, sqlx};
    ///
    /// # #[cfg(feature = "sqlite")]
    /// let seed = Seed::at(RevisionId::new("3f2a9c41d07e")?)
    ///     .insert("INSERT INTO users (id, name) VALUES (1, 'Ann Lee')")
    ///     .check(async |connection| {
    ///         let key: Vec<u8> =
    ///             sqlx::query_scalar("SELECT api_key FROM users").fetch_one(connection.sqlite()?).await?;
    ///         if key.len() == 32 { Ok(()) } else { Err(format!("a key of {} bytes", key.len()).into()) }
    ///     });
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[track_caller]
    pub fn check<F>(mut self, check: F) -> Self
    where
        F: AsyncFnOnce(&mut Connection<'_>) -> WorkResult + for<'c> WorkFn<'c> + Clone + Sync + 'static,
    {
        self.at_head.push(AtHead::Check(Hook::new(check)));
        self
    }
}
