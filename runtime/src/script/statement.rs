//! The statements of a revision, each with its place in a file.

use crate::backend::Engine;
use crate::backend::error_help::is_gone;
use crate::backend::sqlite::rebuild::Rebuilding;
use crate::error::unsupported_operation::{UnsupportedOperation, file_of_call};
use crate::error::{Error, notes, said};
use crate::history::embedded::{Body, Revision};
use crate::operation::Operations;
use crate::script::action::{LiveAction, RecordedWork};
use crate::script::cut::Cutter;
use crate::script::refusal::{self, Refused, RefusedStatement};
use servicekit_chain::diagnostic::PlaceLabel;
use servicekit_chain::sql::{LexicalMode, ModeSetting, StatementClass, Traces};
use servicekit_chain::{Dialect, Direction, Heads, LineColumn, Place, RevisionId, Source, diagnostic, file};
use servicekit_schema::render;
use std::fmt;
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
}

/// Where a statement stands: a range of a `.sql` file, or of a text that a `.rs` file recorded.
#[derive(Debug, Clone)]
pub(crate) struct Origin {
    /// The file, or the recorded text under the name of the file.
    source: Arc<Source>,
    /// The statement in it.
    span: Range<usize>,
    /// Where the revision recorded it, for a `.rs` file.
    recorded: Option<Recorded>,
}

/// The call in a `.rs` file that recorded a statement.
#[derive(Debug, Clone, Copy)]
struct Recorded {
    line: u32,
    column: u32,
}

impl Statement {
    /// Whether a table of SQLite is built anew.
    pub(crate) fn rebuilds(&self) -> bool {
        self.live.as_ref().is_some_and(LiveAction::rebuilds)
    }

    /// The same place, with another text.
    pub(crate) fn with_text(&self, sql: String) -> Self {
        let name = self.origin.source.name.as_str();
        let source = Arc::new(Source::new(name, name, sql.clone()));
        let origin = Origin { source, span: 0..sql.len(), recorded: self.origin.recorded };
        Self { sql, origin, live: None, ..self.clone() }
    }
}

impl Origin {
    /// The place of a part of this one, given as a range of it.
    pub(crate) fn part(&self, part: Range<usize>) -> Self {
        let start = self.span.start;
        Self {
            source: Arc::clone(&self.source),
            span: start + part.start..start + part.end,
            recorded: self.recorded,
        }
    }

    /// The file as messages name it, and the line and column in it.
    pub(crate) fn place(&self) -> (&str, LineColumn) {
        (&self.source.name, self.position(None))
    }

    /// The line and column of a part of the statement, in the file.
    fn position(&self, part: Option<&Range<usize>>) -> LineColumn {
        match self.recorded {
            Some(Recorded { line, column }) => LineColumn::new(line, column),
            None => self.source.position(self.span.start + part.map_or(0, |part| part.start)),
        }
    }

    /// The statement with a title above and a label at the part that is wrong.
    pub(crate) fn render(&self, title: &str, label: &str, part: Option<&Range<usize>>) -> String {
        let span = match part {
            Some(part) => self.span.start + part.start..self.span.start + part.end,
            None => self.span.clone(),
        };
        let label = PlaceLabel::primary(&Place::new(&self.source, span), label);
        let rendered = diagnostic::render(title, &[label], None, false);
        // Whoever prints an error says that it is one.
        let rendered = rendered.strip_prefix("error: ").unwrap_or(&rendered);
        match self.recorded {
            None => rendered.to_owned(),
            Some(recorded) => self.at_the_call(rendered, recorded),
        }
    }

    /// The lines shown are of the recorded text, so the place must be that of the call, not theirs.
    fn at_the_call(&self, rendered: &str, Recorded { line, column }: Recorded) -> String {
        let place = |shown: &str| match shown.split_once("--> ") {
            Some((indent, _)) => format!("{indent}--> {}:{line}:{column}", self.source.name),
            None => shown.to_owned(),
        };
        let (first, rest) = rendered.split_once('\n').unwrap_or((rendered, ""));
        let (second, rest) = rest.split_once('\n').unwrap_or((rest, ""));
        format!("{first}\n{}\n{rest}", place(second))
    }
}

/// A statement of a revision that the database refused.
#[derive(Debug)]
#[non_exhaustive]
pub struct StatementError {
    /// The revision.
    pub revision: RevisionId,
    /// What it is for.
    pub message: &'static str,
    /// Which side of it.
    pub direction: Direction,
    /// The file, as messages name it.
    pub file: String,
    /// The place in the file: of the token that is wrong where the database says so, else of the
    /// statement; in a `.rs` file, of the call that recorded it.
    pub position: LineColumn,
    /// The statement.
    pub statement: String,
    /// Where the database is now.
    pub at: Heads,
    /// The step that it is, where the revision is not one transaction.
    pub half_done: Option<StagePosition>,
    /// What the database said.
    pub source: sqlx::Error,
    rendered: String,
    help: Option<&'static str>,
    is_outcome_unknown: bool,
}

/// Where a statement was refused.
pub(crate) struct Circumstances<'a> {
    /// Where the database is now.
    pub(crate) at: Heads,
    /// The step that it is, where the revision is not one transaction.
    pub(crate) half_done: Option<StagePosition>,
    pub(crate) engine: &'a dyn Engine,
}

/// Which step of a revision is meant, where the revision is done step by step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct StagePosition {
    /// The step, from 1.
    pub step: usize,
    /// How many the revision has.
    pub steps: usize,
    /// Whether something of the revision stays: a step before it, or that it was begun.
    pub kept: bool,
}

/// What to do where the revision is not what is wrong.
const LOST: &str =
    "check that the server runs and can be reached from here, then start again: the run goes on where it was";

impl StatementError {
    pub(crate) fn new(
        revision: &'static Revision,
        direction: Direction,
        statement: &Statement,
        part: Option<&Range<usize>>,
        Circumstances { at, half_done, engine }: Circumstances<'_>,
        source: sqlx::Error,
    ) -> Self {
        let id = revision.id();
        // The database's words can have several lines, where a revision raises them itself.
        let words = said(&source).split_whitespace().collect::<Vec<_>>().join(" ");
        let title = format!("the {direction} of revision `{id}` ({}) failed: {words}", revision.message());
        Self {
            rendered: statement.origin.render(&title, &words, part) + &notes(&source),
            help: engine.help(&source).or_else(|| is_gone(&source).then_some(LOST)),
            is_outcome_unknown: false,
            half_done,
            message: revision.message(),
            file: statement.origin.source.name.clone(),
            position: statement.origin.position(part),
            statement: statement.sql.clone(),
            revision: id,
            direction,
            at,
            source,
        }
    }
}

impl fmt::Display for StatementError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { rendered, at, .. } = self;
        write!(f, "{rendered}\nnow: ")?;
        match self.half_done {
            None => write!(f, "the transaction was rolled back; the database is at {at}")?,
            Some(StagePosition { step, steps, .. }) if self.is_outcome_unknown => write!(
                f,
                "whether step {step} of {steps} was done is not known yet; the database is at {at}, with this revision half \
                 done"
            )?,
            Some(StagePosition { step: 1, steps, kept: true }) => write!(
                f,
                "step 1 of {steps} was not done; the database is at {at}, with this revision half done"
            )?,
            Some(StagePosition { step, steps, kept: true }) => write!(
                f,
                "step {step} of {steps} was not done, the steps before it stay; the database is at {at}, with this revision \
                 half done"
            )?,
            Some(StagePosition { step, steps, kept: false }) => {
                write!(f, "step {step} of {steps} was not done; the database is at {at}")?;
            }
        }
        let help = match (self.help, self.half_done) {
            (Some(help), _) => help,
            (None, Some(_)) => {
                "mend the revision from this statement on and start again: it goes on with this step"
            }
            (None, None) => "mend the revision and start again",
        };
        write!(f, "\nhelp: {help}")
    }
}

impl StatementError {
    /// Nobody knows what the statement has done.
    pub(crate) fn set_outcome_unknown(&mut self, help: &'static str) {
        self.is_outcome_unknown = true;
        self.help = Some(help);
    }
}

/// One side of a revision: what it runs.
#[derive(Debug)]
pub(crate) struct Side {
    pub(crate) statements: Vec<Statement>,
    /// False with `-- +transaction off`.
    pub(crate) transaction: bool,
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
    let side = match revision.body() {
        Body::Sql(text) => from_file(&mut cutter, revision, text, (direction, dialect), at)?,
        Body::Rust(functions) => {
            let record = match direction {
                Direction::Upgrade => functions.upgrade(),
                Direction::Downgrade => functions.downgrade().ok_or_else(|| no_downgrade(revision, at))?,
            };
            let mut operations = Operations::default();
            record(&mut operations);
            let statements = recorded(&mut cutter, revision, (direction, dialect), operations, at)?;
            Side { statements, transaction: true }
        }
        Body::Elsewhere => {
            let (revision, path) = (revision.id(), revision.path());
            return Err(Error::NeedsApplication { revision, path, direction, at: at.clone() });
        }
    };
    let mut refused = Refused::default();
    for statement in side.statements.iter().filter(|statement| statement.live.is_none()) {
        let in_transaction = side.transaction && !statement.by_itself;
        if let Some((reason, part)) = refusal::reason(statement, in_transaction) {
            let origin = statement.origin.clone();
            refused.add(RefusedStatement::new(revision, direction, reason, origin, part));
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
    let parsed = file::parse_sql(&source).map_err(Error::File)?;
    let file::Body::Sql(body) = parsed.body else {
        return Ok(Side { statements: Vec::new(), transaction: true });
    };
    let Some(section) = body.section(direction, dialect) else {
        return Err(match direction {
            Direction::Downgrade if body.downgrade.is_empty() => no_downgrade(revision, at),
            _ => Error::NoSection {
                revision: revision.id(),
                path: revision.path(),
                direction,
                dialect,
                at: at.clone(),
            },
        });
    };
    let sql = source.text.get(section.span.clone()).unwrap_or_default();
    let origin = Origin { source: Arc::clone(&source), span: section.span.clone(), recorded: None };
    Ok(Side { statements: cutter.cut(sql, &origin)?, transaction: body.transaction })
}

/// The statements of what a `.rs` file recorded.
fn recorded(
    cutter: &mut Cutter,
    revision: &'static Revision,
    (direction, dialect): (Direction, Dialect),
    operations: Operations,
    at: &Heads,
) -> Result<Vec<Statement>, Error> {
    let unsupported = |source| {
        Error::Operation(Box::new(UnsupportedOperation::new(revision, direction, dialect, at, source)))
    };
    let mut statements = Vec::new();
    let mut works = 0;
    for operation in operations.into_recorded(dialect) {
        let place = operation.location;
        let recorded = Recorded { line: place.line(), column: place.column() };
        let name = file_of_call(place.file(), revision.path());
        let first = statements.len();
        let origin = |sql: String| {
            let span = 0..sql.len();
            Origin { source: Arc::new(Source::new(name, name, sql)), span, recorded: Some(recorded) }
        };
        let (pieces, is_certain) = cutter.pieces(&operation).map_err(unsupported)?;
        for piece in pieces {
            if !is_certain {
                return Err(cutter.uncertain(&origin(piece.into_text())));
            }
            match piece {
                render::Action::Sql(sql) => {
                    let origin = origin(sql);
                    statements.extend(cutter.cut(&origin.source.text, &origin)?);
                }
                piece @ (render::Action::Work(_) | render::Action::Rebuild(_)) => {
                    let sql = piece.clone().into_text();
                    let origin = origin(sql.clone());
                    let (live, traces) = match piece {
                        render::Action::Work(run) => {
                            works += 1;
                            let work = LiveAction::Work(RecordedWork::new(
                                run,
                                revision,
                                direction,
                                dialect,
                                works - 1,
                            ));
                            (work, Traces::unknown())
                        }
                        render::Action::Rebuild(rebuild) => {
                            let rebuilding = Rebuilding::new(operation.clone(), *rebuild);
                            (LiveAction::Rebuild(Arc::new(rebuilding)), Traces::default())
                        }
                        render::Action::Sql(_) => continue,
                    };
                    let class = StatementClass::transactional();
                    let mode = cutter.mode();
                    statements.push(Statement {
                        sql,
                        class,
                        origin,
                        by_itself: false,
                        live: Some(live),
                        traces,
                        mode,
                        is_apart: false,
                    });
                }
            }
        }
        statements.iter_mut().skip(first).for_each(|statement| statement.by_itself = operation.autocommit);
    }
    Ok(statements)
}

fn no_downgrade(revision: &'static Revision, at: &Heads) -> Error {
    Error::NoDowngrade { revision: revision.id(), path: revision.path(), at: at.clone() }
}
