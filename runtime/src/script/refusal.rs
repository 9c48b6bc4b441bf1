//! Statements that no revision may run, because the runner would lose hold of its transaction.

use crate::backend::words::{Word, words};
use crate::error::Error;
use crate::history::embedded::Revision;
use crate::script::statement::{Origin, Statement};
use servicekit_chain::sql::{
    Client, ModeSetting, Recovery, TokenKind, TransactionBehavior, UnterminatedKind, client_commands,
};
use servicekit_chain::{Dialect, Direction, Heads, RevisionId};
use std::fmt;
use std::ops::Range;

/// A statement that was refused, nearly always before anything ran.
#[derive(Debug)]
#[non_exhaustive]
pub struct RefusedStatement {
    /// The revision.
    pub revision: RevisionId,
    /// Which side of it.
    pub direction: Direction,
    /// Why.
    pub reason: RefusalReason,
    /// Where the database is, when something had run and was rolled back.
    pub at: Option<Heads>,
    /// Where the statement stands, and the part of it that is refused, when it is not all of it.
    pub(crate) origin: Option<(Origin, Option<Range<usize>>)>,
    /// The file of the revision.
    pub(crate) path: &'static str,
    /// The other statements of the plan that are refused, each by itself.
    pub also: Vec<RefusedStatement>,
}

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
        match found {
            Err(Error::Refused(refusal)) => {
                self.add(*refusal);
                Ok(None)
            }
            // What was refused before it comes first.
            Err(other) => std::mem::take(self).finish().and(Err(other)),
            found => found,
        }
    }

    pub(crate) fn finish(self) -> Result<(), Error> {
        self.0.map_or(Ok(()), |refusal| Err(Error::Refused(refusal)))
    }
}

/// Why a statement is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum RefusalReason {
    /// `BEGIN`, `COMMIT`, `ROLLBACK` and the like.
    TransactionControl,
    /// `PRAGMA foreign_keys` does nothing inside a transaction.
    ForeignKeysPragma,
    /// `PRAGMA journal_mode`: with `OFF`, for one, SQLite cannot roll back.
    JournalModePragma,
    /// A parameter, which nobody gives a value.
    Parameter,
    /// A command for the database's own client.
    ClientCommand {
        /// Ownership command it is.
        client: Client,
        /// What to do instead.
        instead: &'static str,
    },
    /// A NUL character, at which SQLite stops reading.
    Nul,
    /// `COPY … FROM STDIN` and `TO STDOUT`, whose data would have to be streamed.
    CopyStream,
    /// It gives up the locks of the session, of which the runner needs one.
    DropsLocks,
    /// `CREATE INDEX CONCURRENTLY` without a name.
    UnnamedIndex,
    /// `LAST_INSERT_ID()`, `lastval()`, `ROW_COUNT()` and the like about a statement of an earlier step: the journal is
    /// written in between.
    AsksAcrossSteps {
        /// What to do instead.
        instead: &'static str,
    },
    /// `DROP TABLE` with foreign keys on would take rows of another table along.
    Cascade {
        /// The other table.
        table: String,
        /// What its foreign key says to do with them: `CASCADE`, `SET NULL` or `SET DEFAULT`.
        action: String,
    },
    /// It sets how the session reads SQL to what cannot be told before it runs, and what follows is read in one way or
    /// another by it.
    UnknownMode {
        /// Ownership setting it is.
        dialect: Dialect,
    },
    /// A stored program where MariaDB reads them as Oracle does.
    OracleProgram,
    /// It has characters beyond ASCII, after the session was told that texts are in an encoding that takes parts of them for
    /// backslashes and quotes.
    Encoding,
    /// Something is opened and never closed, as this session reads it.
    LeftOpen {
        /// What is open.
        kind: UnterminatedKind,
        /// How the session reads SQL when the revision begins.
        setting: ModeSetting,
    },
}

impl RefusalReason {
    fn title(&self) -> String {
        let title = match self {
            Self::TransactionControl => {
                "a revision cannot begin or end transactions: its statements, version rows and journal row \
                 share one"
            }
            Self::ForeignKeysPragma => {
                "`PRAGMA foreign_keys` does nothing inside a transaction, and this revision runs in one"
            }
            Self::JournalModePragma => {
                "a revision runs in a transaction, which SQLite may not be able to undo with another journal"
            }
            Self::Parameter => "a parameter has no value here",
            Self::Nul => "a database reads a statement up to the first NUL character only",
            Self::CopyStream => "its data would come from or go to the client, and a revision has none",
            Self::DropsLocks => {
                "it gives up the locks of the session, and the run holds one that keeps others away"
            }
            Self::UnnamedIndex => {
                "a concurrent build that fails leaves an invalid index behind, which can only be found again by its name"
            }
            Self::AsksAcrossSteps { .. } => {
                "it asks for what a statement of an earlier step has left by the way, and the run writes to its journal in between"
            }
            Self::ClientCommand { client, .. } => {
                return format!("this is a command of `{client}`, not of the database");
            }
            Self::Cascade { table, action } => {
                let verb = if action == "CASCADE" { "delete" } else { "change" };
                return format!(
                    "foreign keys are on, and dropping this table would {verb} rows of `{table}` (ON DELETE {action})"
                );
            }
            Self::UnknownMode { dialect: Dialect::Mysql } => {
                "which `sql_mode` is in force cannot be told from here on, and NO_BACKSLASH_ESCAPES or ANSI_QUOTES would cut \
                 what follows in another way"
            }
            Self::UnknownMode { .. } => {
                "what `standard_conforming_strings` is cannot be told from here on, and it would cut what follows in another way"
            }
            Self::Encoding => {
                "a statement before it says that texts are in an encoding in which parts of characters may be backslashes or quotes, \
                 and a revision is UTF-8"
            }
            Self::OracleProgram => {
                "`sql_mode` is ORACLE here, and where a stored program of Oracle ends is not known to this program"
            }
            Self::LeftOpen { kind, setting } => return left_open(*kind, setting),
        };
        title.to_owned()
    }

    fn help(&self) -> &'static str {
        match self {
            Self::TransactionControl | Self::DropsLocks => "take the statement out",
            Self::ForeignKeysPragma => {
                "take the statement out; set it on the connection before the run where it is needed"
            }
            Self::JournalModePragma => "take the statement out; set it where the connection is opened",
            Self::Parameter => "write the value itself",
            Self::Nul => "take the character out",
            Self::CopyStream => "write the rows as `INSERT`, or copy from a file that the server can read",
            Self::ClientCommand { instead, .. } | Self::AsksAcrossSteps { instead } => instead,
            Self::UnnamedIndex => "give the index a name",
            Self::UnknownMode { dialect: Dialect::Mysql } => {
                "write the modes as a string, as in `SET sql_mode = 'ANSI_QUOTES'`, before the next backslash in quotes; or write that \
                 text so that every mode reads it alike: `X'5C'` for a backslash, `''` for a quote"
            }
            Self::UnknownMode { .. } => {
                "set it to `on` or `off` itself before the next backslash in quotes; or write `E'…'`, which is read alike always"
            }
            Self::OracleProgram => {
                "set another `sql_mode` before it, as in `SET sql_mode = ''`, and write it in MariaDB's own words"
            }
            Self::Encoding => {
                "take that statement out, or say UTF-8 before this one: `SET NAMES utf8mb4`, or on PostgreSQL `SET client_encoding = 'UTF8'`"
            }
            Self::LeftOpen { .. } => {
                "close it as the server reads it; or set at the beginning of the revision the mode that it is written for"
            }
            Self::Cascade { .. } => {
                "to build the table anew and keep them, run with connections that have `foreign_keys(false)`; to \
                 lose them, say so with a DELETE before"
            }
        }
    }
}

impl RefusedStatement {
    /// Of a statement, or of a part of it, before anything has run.
    pub(crate) fn new(
        revision: &'static Revision,
        direction: Direction,
        reason: RefusalReason,
        origin: Origin,
        part: Option<Range<usize>>,
    ) -> Self {
        let (revision, path) = (revision.id(), revision.path());
        Self { revision, direction, reason, at: None, origin: Some((origin, part)), path, also: Vec::new() }
    }

    /// The statement and why it is refused.
    fn render(&self, label: &str) -> String {
        let Self { revision, direction, reason, origin, path, .. } = self;
        let title = format!("the {direction} of revision `{revision}` is refused: {}", reason.title());
        match origin {
            Some((origin, part)) => origin.render(&title, label, part.as_ref()),
            None => format!("{title}\n --> {path}"),
        }
    }
}

/// How many refused statements are shown; whoever has more has one reason for them.
const SHOWN: usize = 10;

impl fmt::Display for RefusedStatement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.also.is_empty() {
            f.write_str(&self.render("refused"))?;
        } else {
            for (index, refusal) in std::iter::once(self).chain(&self.also).take(SHOWN).enumerate() {
                let separator = if index == 0 { "" } else { "\n\n" };
                write!(f, "{separator}{}", refusal.render(&format!("refused: {}", refusal.reason.help())))?;
            }
            let more = (self.also.len() + 1).saturating_sub(SHOWN);
            if more > 0 {
                write!(f, "\n\nand {more} more statements are refused")?;
            }
        }
        match &self.at {
            Some(at) => write!(f, "\nnow: the transaction was rolled back; the database is at {at}")?,
            None => f.write_str("\nnow: nothing was run")?,
        }
        if self.also.is_empty() {
            return write!(f, "\nhelp: {}", self.reason.help());
        }
        f.write_str("\nhelp: change these statements and start again")
    }
}

/// The reason to refuse a statement that asks for what an earlier step has left by the way.
pub(crate) fn across_steps(dialect: Dialect) -> RefusalReason {
    let instead = dialect.select(
        "find the row by what is in it",
        "name the sequence, as in `currval('users_id_seq')`",
        "keep the value right behind that statement, as in `SET @id = LAST_INSERT_ID()`",
    );
    RefusalReason::AsksAcrossSteps { instead }
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
    let mut words = words(mode, sql);
    if dialect == Dialect::Sqlite && words.next()?.says("PRAGMA") {
        return pragma(words, in_transaction).map(|reason| (reason, None));
    }
    if let Some(command) = client_commands(&[mode], sql).into_iter().next() {
        let instead = command.help(sql.get(command.span.clone()).unwrap_or_default());
        return Some((RefusalReason::ClientCommand { client: command.client, instead }, Some(command.span)));
    }
    if dialect == Dialect::Postgres && has_own_parameters(sql) {
        return None;
    }
    // In MySQL `@name` is a variable of the session.
    let is_parameter = |word: &Word| {
        word.kind == TokenKind::Variable && !(dialect == Dialect::Mysql && word.text.starts_with('@'))
    };
    let parameter = words.find(is_parameter)?;
    Some((RefusalReason::Parameter, Some(parameter.span)))
}

/// What is open, and which setting makes it so.
fn left_open(kind: UnterminatedKind, setting: &ModeSetting) -> String {
    let what = match kind {
        UnterminatedKind::Identifier => "a name in quotes",
        UnterminatedKind::DollarString => "a dollar quote",
        UnterminatedKind::Comment => "a comment",
        UnterminatedKind::Block => "a block",
        UnterminatedKind::Parenthesis => "a parenthesis",
        _ => "a string",
    };
    let name =
        if setting.dialect() == Dialect::Postgres { "standard_conforming_strings" } else { "sql_mode" };
    format!("{what} is never closed as the server reads it, which began with {name} = '{}'", setting.value())
}

/// Whether `$1` means a parameter of what the statement makes: of a routine, in `BEGIN ATOMIC … END` and behind
/// `RETURN`, or of a statement that is prepared. What has none is refused by PostgreSQL itself.
fn has_own_parameters(sql: &str) -> bool {
    let mut words = words(Dialect::Postgres, sql);
    let Some(first) = words.next() else { return false };
    let mut next = words.next();
    if next.as_ref().is_some_and(|word| word.says("OR")) {
        next = words.nth(1);
    }
    let is_routine = |word: Word| word.says("FUNCTION") || word.says("PROCEDURE");
    first.says("PREPARE") || (first.says("CREATE") && next.is_some_and(is_routine))
}

/// The reason to refuse `[schema.]name = value` or `[schema.]name(value)`; a pragma that only asks is none.
fn pragma(mut words: impl Iterator<Item = Word>, in_transaction: bool) -> Option<RefusalReason> {
    let (mut name, mut next) = (words.next()?, words.next()?);
    if next.says(".") {
        (name, next) = (words.next()?, words.next()?);
    }
    // SQLite takes `==` too.
    if !next.text.starts_with(['=', '(']) {
        None
    } else if name.says("foreign_keys") && in_transaction {
        Some(RefusalReason::ForeignKeysPragma)
    } else if name.says("journal_mode") {
        Some(RefusalReason::JournalModePragma)
    } else {
        None
    }
}
