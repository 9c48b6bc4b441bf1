//! Foreign keys of SQLite while a table is rebuilt: they are off, because dropping the old table would delete or change
//! the rows that refer to it; and nothing may be wrong afterwards that was not before.
//!
//! <https://www.sqlite.org/lang_altertable.html#otheralter>

use crate::backend::{Answer, Connection, during};
use crate::error::{Error, ErrorKind, ForeignKeyViolation, Phase};
use servicekit_chain::RevisionId;
use std::collections::BTreeSet;

/// What is put back when the transaction is over.
#[derive(Debug, Default)]
pub(crate) struct Suspended {
    /// Whether foreign keys were on.
    enforced: bool,
    /// Whether `legacy_alter_table` was on.
    legacy: bool,
    /// What was wrong before; `None` if that could not be read.
    before: Option<BTreeSet<ForeignKeyViolation>>,
}

impl Suspended {
    /// What puts it back.
    pub(crate) fn restore(&self) -> Vec<String> {
        let enforced = self.enforced.then(|| "PRAGMA foreign_keys = ON".to_owned());
        let legacy = (!self.legacy).then(|| "PRAGMA legacy_alter_table = OFF".to_owned());
        enforced.into_iter().chain(legacy).collect()
    }

    /// Puts foreign keys off for the transaction that is about to begin; inside of one that does nothing. What it was like is
    /// noted in `slot` before anything is changed: this future may be dropped while it is.
    pub(crate) async fn suspend(
        slot: &mut Option<Self>,
        connection: &mut Connection<'_>,
    ) -> Result<(), Error> {
        let questions = ["PRAGMA foreign_keys", "PRAGMA legacy_alter_table"];
        let answers = connection.ask(&questions).await.map_err(during(Phase::Settings))?;
        let is_on = |index: usize| answers.get(index).is_some_and(Answer::is_yes);
        let is_enforced = is_on(0);
        *slot = Some(Self { enforced: is_enforced, legacy: is_on(1), before: None });
        if is_enforced {
            connection.run(&["PRAGMA foreign_keys = OFF"]).await.map_err(during(Phase::Settings))?;
        }
        Ok(())
    }

    /// Notes what is wrong before anything is done in the transaction.
    pub(crate) async fn note_violations(&mut self, connection: &mut Connection<'_>) {
        if self.enforced {
            // A foreign key that fits no key of its table is an error of the question.
            self.before = violations(connection).await.ok();
        }
    }

    /// An error when something is wrong that was not before.
    pub(crate) async fn check_violations(
        &mut self,
        connection: &mut Connection<'_>,
        revision: Option<&RevisionId>,
    ) -> Result<(), Error> {
        let Some(before) = self.before.take() else { return Ok(()) };
        let now = violations(connection).await?;
        let violations: Vec<ForeignKeyViolation> = now.difference(&before).cloned().collect();
        if violations.is_empty() {
            return Ok(());
        }
        Err(ErrorKind::ForeignKeys { revision: revision.cloned(), violations }.into())
    }
}

async fn violations(connection: &mut Connection<'_>) -> Result<BTreeSet<ForeignKeyViolation>, Error> {
    let question = "SELECT \"table\", rowid, parent FROM pragma_foreign_key_check";
    let answers = connection.ask_patiently(&[question]).await.map_err(during(Phase::CheckForeignKeys))?;
    let rows = answers.into_iter().next().unwrap_or_default().rows;
    let read = |row: Vec<Option<String>>| {
        let mut values = row.into_iter();
        let (table, rowid, parent) = (values.next()??, values.next()?, values.next()??);
        Some(ForeignKeyViolation { table, parent, rowid: rowid.and_then(|text| text.parse().ok()) })
    };
    Ok(rows.into_iter().filter_map(read).collect())
}
