//! Statements that no revision may run, because they would end its transaction, lose its lock or need what is not there.

use crate::error::{Error, ErrorKind, RefusalReason, RefusedStatement};
use crate::history::Revision;
use crate::script::{Origin, Statement};
use servicekit_chain::sql::{
    Recovery, Token, TokenCursor, TokenKind, TransactionBehavior, client_commands, significant,
};
use servicekit_chain::{Dialect, Direction};
use std::ops::Range;

/// The statements of a plan that are refused, as far as they were found.
#[derive(Debug, Default)]
pub(crate) struct Refused(Option<Box<RefusedStatement>>);

impl Refused {
    pub(crate) fn add(&mut self, mut refusal: RefusedStatement) {
        match &mut self.0 {
            Some(first) => {
                let also = std::mem::take(&mut refusal.also);
                first.also.push(refusal);
                first.also.extend(also);
            }
            None => self.0 = Some(Box::new(refusal)),
        }
    }

    /// Takes the refusals out of what was found for a step, so that the next step is looked at too.
    pub(crate) fn collect<T>(&mut self, found: Result<Option<T>, Error>) -> Result<Option<T>, Error> {
        let error = match found {
            Ok(found) => return Ok(found),
            Err(error) => error,
        };
        if !matches!(error.kind(), ErrorKind::Refused(_)) {
            // What was refused before it comes first.
            return std::mem::take(self).finish().and(Err(error));
        }
        if let ErrorKind::Refused(refusal) = error.into_kind() {
            self.add(*refusal);
        }
        Ok(None)
    }

    pub(crate) fn finish(self) -> Result<(), Error> {
        self.0.map_or(Ok(()), |refusal| Err(ErrorKind::Refused(refusal).into()))
    }
}

/// A statement, or a part of it, that is refused before anything has run.
pub(crate) fn refused(
    revision: &'static Revision,
    direction: Direction,
    reason: RefusalReason,
    origin: &Origin,
    part: Option<&Range<usize>>,
) -> RefusedStatement {
    let (revision, place) = (revision.id(), origin.label(part, "refused"));
    RefusedStatement { revision, direction, reason, rolled_back: false, place, also: Vec::new() }
}

/// The reason to refuse a statement that asks for what an earlier stage has left by the way.
pub(crate) fn across_stages(dialect: Dialect) -> RefusalReason {
    let instead = dialect.select(
        "find the row by what is in it",
        "name the sequence, as in `currval('users_id_seq')`",
        "keep the value right behind that statement, as in `SET @id = LAST_INSERT_ID()`",
    );
    RefusalReason::AsksAcrossStages { instead }
}

/// The reason to refuse this statement, if there is one, and the part of it that is meant if not all of it.
pub(crate) fn reason(
    statement: &Statement,
    in_transaction: bool,
) -> Option<(RefusalReason, Option<Range<usize>>)> {
    let (sql, mode) = (statement.sql.as_str(), statement.mode);
    let dialect = mode.dialect;
    if let Some(at) = sql.find('\0') {
        return Some((RefusalReason::Nul, Some(at..at + 1)));
    }
    let whole = |reason| Some((reason, None));
    match &statement.class.behavior {
        TransactionBehavior::TransactionControl => return whole(RefusalReason::TransactionControl),
        TransactionBehavior::ReleasesLocks => return whole(RefusalReason::DropsLocks),
        TransactionBehavior::CopyStream => return whole(RefusalReason::CopyStream),
        TransactionBehavior::NonTransactional(Recovery::BuildIndex { index: None, .. }) => {
            return whole(RefusalReason::UnnamedIndex);
        }
        _ => {}
    }
    if let Some(command) = client_commands(&[mode], sql).into_iter().next() {
        let instead = command.help(sql.get(command.span.clone()).unwrap_or_default());
        return Some((RefusalReason::ClientCommand { client: command.client, instead }, Some(command.span)));
    }
    let tokens = significant(mode, sql);
    let mut rest = TokenCursor::new(dialect, &tokens);
    if dialect.select(rest.take("PRAGMA"), false, false) {
        return whole(pragma(rest, in_transaction)?);
    }
    // In MySQL `@name` is a variable of the session.
    let is_parameter = |token: &&Token<'_>| {
        let is_own = dialect.select(false, false, token.text.starts_with('@'));
        token.kind == TokenKind::Variable && !is_own
    };
    let parameter = tokens.iter().find(is_parameter)?;
    let is_own = dialect.select(false, has_own_parameters(rest), false);
    (!is_own).then(|| (RefusalReason::Parameter, Some(parameter.span())))
}

/// Whether `$1` means a parameter of what the statement makes: of a routine, in `BEGIN ATOMIC … END` and behind
/// `RETURN`, or of a statement that is prepared. What has none is refused by PostgreSQL itself.
fn has_own_parameters(mut rest: TokenCursor<'_, '_>) -> bool {
    if rest.is("PREPARE") {
        return true;
    }
    let creates = rest.take("CREATE");
    rest.take_all(&["OR", "REPLACE"]);
    creates && rest.is_any(&["FUNCTION", "PROCEDURE"])
}

/// The reason to refuse `[schema.]name = value` or `[schema.]name(value)`; a pragma that only asks is none.
fn pragma(mut rest: TokenCursor<'_, '_>, in_transaction: bool) -> Option<RefusalReason> {
    let name = rest.name()?.name;
    // SQLite takes `==` too.
    if !rest.first()?.text.starts_with(['=', '(']) {
        None
    } else if name.eq_ignore_ascii_case("foreign_keys") && in_transaction {
        Some(RefusalReason::ForeignKeysPragma)
    } else if name.eq_ignore_ascii_case("journal_mode") {
        Some(RefusalReason::JournalModePragma)
    } else {
        None
    }
}
