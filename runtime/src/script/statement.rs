//! The statements of a revision, each with its place in a file.

use crate::error::unsupported_operation::file_of_call;
use crate::error::{
    Error, ErrorClass, ErrorKind, StagePosition, StatementError, StatementOutcome, UnsupportedOperation,
    error_message,
};
use crate::history::{Body, Revision};
use crate::operation::{OperationError, Operations};
use crate::script::{Cutter, LiveAction, Origin, RecordedRebuild, RecordedWork, Recording, Refused, check};
use servicekit_chain::sql::{LexicalMode, ModeSetting, StatementClass, Traces};
use servicekit_chain::{Dialect, Direction, Heads, LineColumn, Problem, Source, file};
use servicekit_schema::render;
use servicekit_schema::requirement::Requirement;
use std::ops::Range;
use std::sync::Arc;

/// A statement that a revision runs.
#[derive(Debug, Clone)]
pub(crate) struct Statement {
    /// The text that is sent.
    pub(crate) sql: String,
    /// How it goes with transactions.
    pub(crate) class: StatementClass,
    /// Where it stands.
    pub(crate) origin: Origin,
    /// Whether it is committed by itself.
    pub(crate) by_itself: bool,
    /// What is done instead of sending the text, which then only names it.
    pub(crate) live: Option<LiveAction>,
    /// What it leaves in its session.
    pub(crate) traces: Traces,
    /// How the session reads it.
    pub(crate) mode: LexicalMode,
    /// Whether it must not go along in a message with what is before it.
    pub(crate) is_apart: bool,
    /// What its operation needs of the server; with the first statement of it.
    pub(crate) needs: Vec<Requirement>,
}

impl Statement {
    /// Whether a table of SQLite is rebuilt, so that foreign keys must be off meanwhile.
    pub(crate) fn rebuilds(&self) -> bool {
        matches!(self.live, Some(LiveAction::Rebuild(_)))
    }

    /// The error for this statement, which the database refused.
    pub(crate) fn error(
        &self,
        (revision, direction): (&'static Revision, Direction),
        part: Option<&Range<usize>>,
        stage: Option<StagePosition>,
        (class, help): (ErrorClass, Option<&'static str>),
        source: sqlx::Error,
    ) -> StatementError {
        // The database's words can have several lines, where a revision raises them itself.
        let words = error_message(&source).split_whitespace().collect::<Vec<_>>().join(" ");
        let place = self.origin.label(part, words);
        StatementError {
            file: place.place.source.name.clone(),
            position: place.line_column().unwrap_or(self.origin.place().1),
            place,
            class,
            help,
            outcome: StatementOutcome::NotDone,
            stage,
            message: revision.message(),
            statement: self.sql.clone(),
            revision: revision.id(),
            direction,
            source,
        }
    }

    /// The same place, with another text.
    pub(crate) fn with_text(&self, sql: String) -> Self {
        let name = self.origin.source.name.as_str();
        let source = Arc::new(Source::new(name, name, sql.clone()));
        let origin = Origin { source, span: 0..sql.len(), recorded: self.origin.recorded };
        Self { sql, origin, live: None, ..self.clone() }
    }
}

/// One side of a revision: what it runs.
#[derive(Debug)]
pub(crate) struct Side {
    pub(crate) statements: Vec<Statement>,
    /// False with `-- +transaction off`.
    pub(crate) transaction: bool,
    /// What a `.rs` file has recorded.
    pub(crate) recording: Option<Recording>,
}

/// Finds the statements of one side of a revision, and refuses those that cannot be run.
pub(crate) fn side(
    revision: &'static Revision,
    direction: Direction,
    mode: &ModeSetting,
    at: &Heads,
) -> Result<Side, Error> {
    let dialect = mode.dialect();
    let mut cutter = Cutter::new(revision, direction, mode);
    let side = match revision.body {
        Body::Sql(text) => from_file(&mut cutter, revision, text, (direction, dialect), at)?,
        Body::Rust(functions) => {
            let operations = functions.record(direction).ok_or_else(|| no_downgrade(revision, at))?;
            let recording = Recording::new(&operations, dialect);
            let statements = recorded(&mut cutter, revision, (direction, dialect), operations, at)?;
            Side { statements, transaction: true, recording }
        }
        Body::Elsewhere => {
            let (revision, path) = (revision.id(), revision.path());
            return Err(Error::from(ErrorKind::NeedsApplication { revision, path, direction }).at(at));
        }
    };
    let mut refused = Refused::default();
    for statement in side.statements.iter().filter(|statement| statement.live.is_none()) {
        let in_transaction = side.transaction && !statement.by_itself;
        if let Some((reason, part)) = check::reason(statement, in_transaction) {
            refused.add(check::refused(revision, direction, reason, &statement.origin, part.as_ref()));
        }
    }
    refused.finish()?;
    Ok(side)
}

fn from_file(
    cutter: &mut Cutter,
    revision: &'static Revision,
    text: &'static str,
    (direction, dialect): (Direction, Dialect),
    at: &Heads,
) -> Result<Side, Error> {
    let source = Arc::new(Source::new(revision.path(), revision.path(), text));
    let parsed = file::parse_sql(&source)
        .map_err(|problems| ErrorKind::File(problems.iter().map(Problem::diagnostic).collect()))?;
    let file::Body::Sql(body) = parsed.body else {
        return Ok(Side { statements: Vec::new(), transaction: true, recording: None });
    };
    let Some(section) = body.section(direction, dialect) else {
        return Err(match direction {
            Direction::Downgrade if body.downgrade.is_empty() => no_downgrade(revision, at),
            _ => Error::from(ErrorKind::NoSection {
                revision: revision.id(),
                path: revision.path(),
                direction,
                dialect,
            })
            .at(at),
        });
    };
    let sql = source.text.get(section.span.clone()).unwrap_or_default();
    let origin = Origin { source: Arc::clone(&source), span: section.span.clone(), recorded: None };
    Ok(Side { statements: cutter.cut(sql, &origin)?, transaction: body.transaction, recording: None })
}

/// The statements of what a `.rs` file recorded.
fn recorded(
    cutter: &mut Cutter,
    revision: &'static Revision,
    (direction, dialect): (Direction, Dialect),
    operations: Operations,
    at: &Heads,
) -> Result<Vec<Statement>, Error> {
    let cannot = |source| {
        Error::from(ErrorKind::Operation(Box::new(unsupported((revision, direction), dialect, source))))
            .at(at)
    };
    let mut statements = Vec::new();
    let mut works = 0;
    for operation in operations.into_recorded(dialect) {
        let place = operation.location;
        let recorded = LineColumn::new(place.line(), place.column());
        let name = file_of_call(place.file(), revision.path());
        let first = statements.len();
        let origin = |sql: String| {
            let span = 0..sql.len();
            Origin { source: Arc::new(Source::new(name, name, sql)), span, recorded: Some(recorded) }
        };
        let (pieces, is_certain) = cutter.pieces(&operation).map_err(cannot)?;
        for piece in pieces {
            let sql = piece.clone().into_text();
            let origin = origin(sql.clone());
            if !is_certain {
                return Err(cutter.uncertain(&origin));
            }
            let (live, traces) = match piece {
                render::Action::Sql(_) => {
                    statements.extend(cutter.cut(&sql, &origin)?);
                    continue;
                }
                render::Action::Work(run) => {
                    let index = works;
                    works += 1;
                    let work = RecordedWork { run, revision, direction, dialect, index };
                    (LiveAction::Work(work), Traces::unknown())
                }
                render::Action::Rebuild(rebuild) => {
                    let rebuilding = RecordedRebuild { recorded: operation.clone(), rebuild: *rebuild };
                    (LiveAction::Rebuild(Arc::new(rebuilding)), Traces::default())
                }
            };
            statements.push(Statement {
                sql,
                class: StatementClass::transactional(),
                origin,
                by_itself: false,
                live: Some(live),
                traces,
                mode: cutter.mode(),
                is_apart: false,
                needs: Vec::new(),
            });
        }
        if let Some(statement) = statements.get_mut(first) {
            statement.needs = render::requirements(&operation.operation, dialect);
        }
        statements.iter_mut().skip(first).for_each(|statement| statement.by_itself = operation.autocommit);
    }
    Ok(statements)
}

fn no_downgrade(revision: &'static Revision, at: &Heads) -> Error {
    Error::from(ErrorKind::NoDowngrade { revision: revision.id(), path: revision.path() }).at(at)
}

/// The error for an operation that has no SQL on this database; nothing has run by then.
pub(crate) fn unsupported(
    (revision, direction): (&'static Revision, Direction),
    dialect: Dialect,
    source: OperationError,
) -> UnsupportedOperation {
    UnsupportedOperation {
        revision: revision.id(),
        message: revision.message(),
        direction,
        dialect,
        path: revision.path(),
        file: file_of_call(source.file, revision.path()),
        position: LineColumn::new(source.line, source.column),
        source,
        rolled_back: false,
    }
}
