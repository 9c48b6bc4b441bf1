//! A session that no other can take the place of: lent by the application, of a database in memory, or in the middle of a
//! transaction. What a revision has left in it is put back.

use crate::backend::{Answer, SendError, database_error, during};
use crate::error::{Error, Phase};
use crate::run::Session;
use crate::script::Prepared;
use servicekit_chain::sql::{Named, named_traces};

/// What a session was before a revision.
#[derive(Debug)]
pub(crate) struct Kept<'p> {
    current: &'p Prepared,
    named: Vec<Named>,
    answers: Vec<Answer>,
}

impl Session<'_> {
    /// Notes what the session is, before a revision that leaves something in it.
    pub(crate) async fn keep<'p>(&mut self, current: &'p Prepared) -> Result<Kept<'p>, Error> {
        let mut named: Vec<Named> = Vec::new();
        for name in
            current.units.statements().flat_map(|statement| named_traces(statement.mode, &statement.sql))
        {
            if !named.contains(&name) {
                named.push(name);
            }
        }
        let questions = self.engine.state_questions(&named);
        let asked = questions.len();
        let texts: Vec<String> = questions.into_iter().chain(self.engine.save_state(&named)).collect();
        let mut answers = self.connection.ask(&texts).await.map_err(during(Phase::Settings))?;
        answers.truncate(asked);
        Ok(Kept { current, named, answers })
    }

    /// Makes the session what it was before the revision.
    pub(crate) async fn put_back(&mut self, kept: Kept<'_>) -> Result<(), Error> {
        let Kept { current, named, answers: before } = kept;
        if self.connection().is_silent() {
            return Ok(());
        }
        let revision = current.step.revision.clone();
        let failed =
            |error: SendError| database_error(Phase::PutBack { revision: revision.clone() }, error.source);
        let questions = self.engine.state_questions(&named);
        let after = self.connection.ask(&questions).await.map_err(failed)?;
        let statements: Vec<&str> =
            current.units.statements().map(|statement| statement.sql.as_str()).collect();
        // One by one: for some there is nothing to put back, and that is no reason to leave the others.
        for text in self.engine.restore_state(&statements, &named, &before, &after) {
            if let Err(error) = self.connection().ask(&[text]).await
                && !self.engine.is_nothing_to_restore(&error.source)
            {
                return Err(failed(error));
            }
        }
        Ok(())
    }
}
