//! Foreign keys of SQLite while a table is built anew: they are off, because dropping the old table would delete or change
//! the rows that refer to it; and nothing may be wrong afterwards that was not before.
//!
//! <https://www.sqlite.org/lang_altertable.html#otheralter>

use crate::backend::connection::Answer;
use crate::backend::is_yes;
use crate::error::Error;
use crate::error::phase::Phase;
use crate::run::session::Session;
use servicekit_chain::{Heads, RevisionId};
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// A row that refers to one that is not there.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct ForeignKeyViolation {
    /// Its table.
    pub table: String,
    /// The table that it refers to.
    pub parent: String,
    /// The number of the row; `None` in a table `WITHOUT ROWID`.
    pub rowid: Option<i64>,
}

/// What is put back when the transaction is over.
#[derive(Debug, Default)]
pub(crate) struct Suspended {
    /// Whether foreign keys were on.
    enforced: bool,
    /// Whether `legacy_alter_table` was on.
    legacy: bool,
    /// What was wrong before; `None` when that could not be said.
    before: Option<BTreeSet<ForeignKeyViolation>>,
}

impl Suspended {
    /// What puts it back.
    pub(crate) fn restore(&self) -> Vec<String> {
        let enforced = self.enforced.then(|| "PRAGMA foreign_keys = ON".to_owned());
        let legacy = (!self.legacy).then(|| "PRAGMA legacy_alter_table = OFF".to_owned());
        enforced.into_iter().chain(legacy).collect()
    }
}

/// So many rows are told of by their numbers.
const SHOWN: usize = 5;

/// The violations in words, a table after the other.
pub(crate) fn told(violations: &[ForeignKeyViolation]) -> String {
    let pairs: BTreeSet<(&str, &str)> =
        violations.iter().map(|each| (each.table.as_str(), each.parent.as_str())).collect();
    let texts = pairs.into_iter().map(|(table, parent)| {
        let rows: Vec<&ForeignKeyViolation> =
            violations.iter().filter(|each| each.table == table && each.parent == parent).collect();
        let word = if rows.len() == 1 { "row" } else { "rows" };
        let mut text = format!("{} {word} of `{table}` to `{parent}`", rows.len());
        let numbers: Vec<String> =
            rows.iter().filter_map(|each| each.rowid).take(SHOWN).map(|number| number.to_string()).collect();
        if !numbers.is_empty() {
            let more = if rows.len() > numbers.len() { ", …" } else { "" };
            // Writing to a string cannot fail.
            let _ = write!(text, " (rowid {}{more})", numbers.join(", "));
        }
        text
    });
    texts.collect::<Vec<_>>().join("; ")
}

impl Session<'_> {
    /// Puts foreign keys off for the transaction that is about to begin; inside of one that does nothing.
    pub(crate) async fn suspend_foreign_keys(&mut self) -> Result<(), Error> {
        let failed =
            |error: crate::backend::connection::SendError| Error::database(Phase::Settings, error.source);
        let questions = ["PRAGMA foreign_keys", "PRAGMA legacy_alter_table"];
        let answers = self.connection().ask(&questions).await.map_err(failed)?;
        let is_on = |index: usize| is_yes(answers.get(index).and_then(Answer::first));
        let suspended = Suspended { enforced: is_on(0), legacy: is_on(1), before: None };
        let is_enforced = suspended.enforced;
        // Before it is changed: this future may be dropped while it is.
        self.suspended = Some(suspended);
        if is_enforced {
            self.connection().run(&["PRAGMA foreign_keys = OFF"]).await.map_err(failed)?;
        }
        Ok(())
    }

    /// Puts everything back, after the transaction.
    pub(crate) async fn restore_foreign_keys(&mut self) {
        let Some(suspended) = &self.suspended else { return };
        let texts = suspended.restore();
        if let Err(error) = self.connection().run(&texts).await {
            tracing::warn!(error = %error.source, "foreign keys could not be put on again");
        }
        self.suspended = None;
    }

    /// Notes what is wrong before anything is done in the transaction.
    pub(crate) async fn note_violations(&mut self) {
        if self.suspended.as_ref().is_some_and(|suspended| suspended.enforced) {
            // A foreign key that fits no key of its table is an error of the question.
            let before = self.violations().await.ok();
            if let Some(suspended) = &mut self.suspended {
                suspended.before = before;
            }
        }
    }

    /// An error when something is wrong that was not before.
    pub(crate) async fn check_violations(&mut self, revision: Option<&RevisionId>) -> Result<(), Error> {
        if self.suspended.as_ref().is_none_or(|suspended| suspended.before.is_none()) {
            return Ok(());
        }
        let now = self.violations().await?;
        let before =
            self.suspended.as_mut().and_then(|suspended| suspended.before.take()).unwrap_or_default();
        let violations: Vec<ForeignKeyViolation> = now.difference(&before).cloned().collect();
        if violations.is_empty() {
            return Ok(());
        }
        Err(Error::ForeignKeys { revision: revision.cloned(), violations, at: Heads::base() })
    }

    async fn violations(&mut self) -> Result<BTreeSet<ForeignKeyViolation>, Error> {
        let question = "SELECT \"table\", rowid, parent FROM pragma_foreign_key_check";
        let answers = self.connection().ask_patiently(&[question]).await;
        let answers = answers.map_err(|error| Error::database(Phase::CheckForeignKeys, error.source))?;
        let rows = answers.into_iter().next().unwrap_or_default().rows;
        let read = |row: Vec<Option<String>>| {
            let mut values = row.into_iter();
            let (table, rowid, parent) = (values.next()??, values.next()?, values.next()??);
            Some(ForeignKeyViolation { table, parent, rowid: rowid.and_then(|text| text.parse().ok()) })
        };
        Ok(rows.into_iter().filter_map(read).collect())
    }
}
