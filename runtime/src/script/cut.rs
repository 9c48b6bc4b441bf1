//! A text cut into statements as the session reads it, whose settings may change that.

use crate::error::{Error, ErrorKind, RefusalReason};
use crate::history::Revision;
use crate::operation::{OperationError, RecordedOperation};
use crate::script::{Origin, Statement, check};
use servicekit_chain::Direction;
use servicekit_chain::sql::{
    self, LexicalMode, ModeFollower, ModeProblem, ModeProblemKind, ModeSetting, Unterminated,
};
use servicekit_schema::render::{self, Action};
use std::ops::Range;

/// Cuts the texts of one side of a revision, in order.
pub(crate) struct Cutter {
    revision: &'static Revision,
    direction: Direction,
    setting: ModeSetting,
    follower: ModeFollower,
}

impl Cutter {
    pub(crate) fn new(revision: &'static Revision, direction: Direction, setting: &ModeSetting) -> Self {
        let follower = ModeFollower::new(setting);
        Self { revision, direction, setting: setting.clone(), follower }
    }

    /// The statements of a text, which `origin` is about.
    pub(crate) fn cut(&mut self, text: &str, origin: &Origin) -> Result<Vec<Statement>, Error> {
        let found = self.follower.split(text).map_err(|problem| self.refused(problem, origin))?;
        if let Some(last) = found.last()
            // Without one every mode reads it alike, and files are looked at for that before.
            && text.contains('\\')
            && let Some(open) = sql::unterminated(last.mode, last.statement.text)
        {
            let origin = origin.part(last.statement.span.clone());
            return Err(self.left_open(open, &origin));
        }
        let statements = found.into_iter().map(|read| Statement {
            sql: read.statement.text.to_owned(),
            class: sql::classify(read.mode, read.statement.text),
            origin: origin.part(read.statement.span),
            by_itself: false,
            live: None,
            traces: sql::traces(read.mode, read.statement.text),
            mode: read.mode,
            is_apart: read.is_apart,
            needs: Vec::new(),
        });
        Ok(statements.collect())
    }

    /// What an operation runs, written for the mode that the session is in then; and whether it would be the same in every
    /// mode that it may be in.
    pub(crate) fn pieces(
        &self,
        operation: &RecordedOperation,
    ) -> Result<(Vec<Action>, bool), OperationError> {
        let modes = self.follower.modes();
        let pieces = render::actions(operation, modes.first().copied().unwrap_or_else(|| self.mode()))?;
        for mode in modes.iter().skip(1) {
            let others = render::actions(operation, *mode)?;
            let is_same = pieces.len() == others.len()
                && pieces.iter().zip(others).all(|(one, other)| one.clone().into_text() == other.into_text());
            if !is_same {
                return Ok((pieces, false));
            }
        }
        Ok((pieces, true))
    }

    /// The error for an operation that is written in one way or another by the mode.
    pub(crate) fn uncertain(&self, origin: &Origin) -> Error {
        self.refused(ModeProblem { kind: ModeProblemKind::Unknown, span: None }, origin)
    }

    /// The mode that the revision begins in.
    pub(crate) fn mode(&self) -> LexicalMode {
        self.setting.mode()
    }

    /// The error for a text that cannot be cut.
    fn refused(&self, problem: ModeProblem, origin: &Origin) -> Error {
        let dialect = self.setting.dialect();
        let reason = match problem.kind {
            ModeProblemKind::OracleProgram => RefusalReason::OracleProgram,
            ModeProblemKind::Encoding => RefusalReason::Encoding,
            _ => RefusalReason::UnknownMode { dialect },
        };
        self.refusal(reason, &problem.span.map_or_else(|| origin.clone(), |span| origin.part(span)), None)
    }

    fn left_open(&self, open: Unterminated, origin: &Origin) -> Error {
        let part = open.start..open.start + 1;
        self.refusal(
            RefusalReason::LeftOpen { kind: open.kind, setting: self.setting.clone() },
            origin,
            Some(&part),
        )
    }

    fn refusal(&self, reason: RefusalReason, origin: &Origin, part: Option<&Range<usize>>) -> Error {
        ErrorKind::Refused(Box::new(check::refused(self.revision, self.direction, reason, origin, part)))
            .into()
    }
}
