//! DDL that a server which is killed may leave partially applied, because only some storage engines can undo it.

use crate::error::Error;
use crate::run::{Session, recovery};
use servicekit_chain::sql::{Recovery, StatementClass};
use std::borrow::Cow;

/// How to find out what became of a statement. Where it may be partially applied, what the database shows does not tell.
///
/// # Errors
/// When the database cannot be asked.
pub(crate) async fn recovery<'r>(
    session: &mut Session<'_>,
    recovery: &'r Recovery,
    sql: &str,
    class: &StatementClass,
) -> Result<Cow<'r, Recovery>, Error> {
    if !matches!(recovery, Recovery::Compare | Recovery::Repeat) {
        return Ok(Cow::Borrowed(recovery));
    }
    let question = session.engine.may_be_partially_applied(&session.known_server(), sql, class);
    Ok(if recovery::is_so(session, question).await? {
        Cow::Owned(Recovery::Ask)
    } else {
        Cow::Borrowed(recovery)
    })
}
