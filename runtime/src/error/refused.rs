//! Statements that are not allowed in a revision, because the runner would lose control of its transaction.

use crate::error::OutsideReason;
use servicekit_chain::diagnostic::{Diagnostic, PlaceLabel};
use servicekit_chain::sql::{Client, ModeSetting, UnterminatedKind};
use servicekit_chain::{Dialect, Direction, RevisionId};
use servicekit_schema::requirement::{Requirement, ServerVersion};
use std::fmt;

/// A statement that was refused, usually before anything ran.
#[derive(Debug)]
#[non_exhaustive]
pub struct RefusedStatement {
    /// The revision.
    pub revision: RevisionId,
    /// Upgrade or downgrade.
    pub direction: Direction,
    /// The reason.
    pub reason: RefusalReason,
    /// Whether a part of the revision ran before and was rolled back.
    pub rolled_back: bool,
    /// The statement, or the part of it that is refused.
    pub(crate) place: PlaceLabel,
    /// The other refused statements of the plan.
    pub also: Vec<RefusedStatement>,
}

/// The reason for a refusal.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum RefusalReason {
    /// `BEGIN`, `COMMIT`, `ROLLBACK` and similar statements.
    TransactionControl,
    /// `PRAGMA foreign_keys`, which does nothing inside a transaction.
    ForeignKeysPragma,
    /// `PRAGMA journal_mode`: for example, SQLite cannot roll back with `OFF`.
    JournalModePragma,
    /// A parameter without a value.
    Parameter,
    /// A command of the database's own client.
    ClientCommand {
        /// The client.
        client: Client,
        /// What to do instead.
        instead: &'static str,
    },
    /// A NUL character, at which SQLite stops reading.
    Nul,
    /// `COPY … FROM STDIN` and `TO STDOUT`, whose data cannot be streamed.
    CopyStream,
    /// A statement that releases the locks of the session, which the runner needs.
    DropsLocks,
    /// `CREATE INDEX CONCURRENTLY` without a name.
    UnnamedIndex,
    /// `LAST_INSERT_ID()`, `lastval()`, `ROW_COUNT()` and similar functions, for a statement of an earlier stage: the
    /// journal is written in between.
    AsksAcrossStages {
        /// What to do instead.
        instead: &'static str,
    },
    /// It uses what this server does not have.
    Lacking {
        /// What it needs.
        requirement: Requirement,
        /// The server.
        server: ServerVersion,
    },
    /// `DROP TABLE` with foreign keys on would delete or change rows of another table.
    Cascade {
        /// The other table.
        table: String,
        /// The action of its foreign key: `CASCADE`, `SET NULL` or `SET DEFAULT`.
        action: String,
    },
    /// It sets the SQL mode to a value that is unknown before it runs, and the following statements depend on the
    /// mode.
    UnknownMode {
        /// The dialect of the setting.
        dialect: Dialect,
    },
    /// A stored program in MariaDB's `ORACLE` mode.
    OracleProgram,
    /// It has non-ASCII characters after the session was set to an encoding in which parts of characters can be
    /// backslashes or quotes.
    Encoding,
    /// A string, comment or name that never ends, as this session reads it.
    LeftOpen {
        /// The kind of the open element.
        kind: UnterminatedKind,
        /// The SQL mode of the session when the revision starts.
        setting: ModeSetting,
    },
    /// A replay would have run it, and it could reach beyond the scratch database.
    Outside(OutsideReason),
}

impl RefusalReason {
    pub(crate) fn title(&self) -> String {
        let title = match self {
            Self::TransactionControl => {
                "a revision cannot begin or end transactions: its statements, version rows and journal row \
                 share one"
            }
            Self::ForeignKeysPragma => {
                "`PRAGMA foreign_keys` does nothing inside a transaction, and this revision runs in one"
            }
            Self::JournalModePragma => {
                "a revision runs in a transaction, which SQLite may be unable to roll back with another journal mode"
            }
            Self::Parameter => "a parameter has no value here",
            Self::Nul => "a database reads a statement only up to the first NUL character",
            Self::CopyStream => "its data would come from or go to a client, but a revision has none",
            Self::DropsLocks => "it releases the locks of the session, and the run needs its lock",
            Self::UnnamedIndex => {
                "a concurrent build that fails leaves an invalid index behind, which can only be found again by its name"
            }
            Self::AsksAcrossStages { .. } => {
                "it reads a value that an earlier stage left in the session, and the run writes to its journal in between"
            }
            Self::ClientCommand { client, .. } => {
                return format!("this is a command of `{client}`, not of the database");
            }
            Self::Lacking { requirement, server } => {
                return format!("{requirement}, and this is {server}");
            }
            Self::Cascade { table, action } => {
                let verb = if action == "CASCADE" { "delete" } else { "change" };
                return format!(
                    "foreign keys are on, and dropping this table would {verb} rows of `{table}` (ON DELETE {action})"
                );
            }
            Self::UnknownMode { dialect: Dialect::Mysql } => {
                "the `sql_mode` is unknown from here on, and NO_BACKSLASH_ESCAPES or ANSI_QUOTES would split the \
                 following text differently"
            }
            Self::UnknownMode { .. } => {
                "`standard_conforming_strings` is unknown from here on, and it would split the following text differently"
            }
            Self::Encoding => {
                "an earlier statement sets an encoding in which parts of characters can be backslashes or quotes, \
                 but a revision is UTF-8"
            }
            Self::OracleProgram => {
                "`sql_mode` is ORACLE here, and stored programs in Oracle's syntax are not supported"
            }
            Self::LeftOpen { kind, setting } => return left_open(*kind, setting),
            Self::Outside(reason) => return reason.title(),
        };
        title.to_owned()
    }

    pub(crate) fn help(&self) -> &'static str {
        match self {
            Self::TransactionControl | Self::DropsLocks => "remove the statement",
            Self::ForeignKeysPragma => {
                "remove the statement; if needed, set it on the connection before the run"
            }
            Self::JournalModePragma => "remove the statement; set it when the connection is opened",
            Self::Parameter => "write the value itself",
            Self::Nul => "remove the character",
            Self::CopyStream => "write the rows as `INSERT`, or copy from a file that the server can read",
            Self::ClientCommand { instead, .. } | Self::AsksAcrossStages { instead } => instead,
            Self::UnnamedIndex => "give the index a name",
            Self::UnknownMode { dialect: Dialect::Mysql } => {
                "write the modes as a string, as in `SET sql_mode = 'ANSI_QUOTES'`, before the next backslash in \
                 quotes; or write the text so that every mode reads it in the same way: `X'5C'` for a backslash, `''` for a quote"
            }
            Self::UnknownMode { .. } => {
                "set it to `on` or `off` before the next backslash in quotes; or write `E'…'`, which does not depend on it"
            }
            Self::OracleProgram => {
                "set another `sql_mode` before it, as in `SET sql_mode = ''`, and write it in MariaDB's own syntax"
            }
            Self::Encoding => {
                "remove that statement, or set UTF-8 before this one: `SET NAMES utf8mb4`, or on PostgreSQL `SET client_encoding = 'UTF8'`"
            }
            Self::LeftOpen { .. } => {
                "close it as the server reads it, or set the mode of the text at the beginning of the revision"
            }
            Self::Outside(reason) => reason.help(),
            Self::Lacking { .. } => "run it on such a server, or write an operation that this one has too",
            Self::Cascade { .. } => {
                "to rebuild the table and keep them, use connections with `foreign_keys(false)`; to delete them, \
                 write a DELETE first"
            }
        }
    }
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
    let (name, value) = (setting.name(), setting.value());
    format!("{what} is never closed as the server reads it, which began with {name} = '{value}'")
}

/// How many refused statements are shown; whoever has more has one reason for them.
const SHOWN: usize = 10;

const CODE: &str = "statement_refused";

impl fmt::Display for RefusedStatement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.diagnostic().fmt(f)
    }
}

impl RefusedStatement {
    pub(super) fn diagnostic(&self) -> Diagnostic {
        if self.also.is_empty() {
            return self.with_label(self.place.text.clone());
        }
        let with_help = |refusal: &Self| refusal.with_label(format!("refused: {}", refusal.reason.help()));
        let also = self.also.iter().take(SHOWN - 1).map(with_help);
        let more = self.also.len().saturating_sub(SHOWN - 1);
        let more =
            (more > 0).then(|| Diagnostic::new(CODE, format!("and {more} more statements are refused")));
        Diagnostic { also: also.chain(more).collect(), ..with_help(self) }
    }

    /// What happened, with the statement, and this text at it.
    fn with_label(&self, text: String) -> Diagnostic {
        let Self { revision, direction, reason, .. } = self;
        let title = format!("the {direction} of revision `{revision}` is refused: {}", reason.title());
        Diagnostic::new(CODE, title).labels([PlaceLabel { text, ..self.place.clone() }])
    }

    pub(super) fn help(&self) -> &'static str {
        if self.also.is_empty() { self.reason.help() } else { "change these statements and start again" }
    }
}
