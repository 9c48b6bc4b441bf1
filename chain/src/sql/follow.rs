//! A text cut into statements as a session reads it whose mode the statements themselves may change.

use super::classify::setting::{Tracker, sets_unsafe_encoding};
use super::lexer::tokens;
use super::split::{Piece, Pieces, Statement, Unterminated, pieces, unterminated};
use super::{Dialect, LexicalMode, ModeSetting, Programs, TokenKind, classify, significant};
use std::ops::Range;

/// A statement, and the mode that the session is in when it comes to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadStatement<'t> {
    /// The statement.
    pub statement: Statement<'t>,
    /// The mode in which it is read.
    pub mode: LexicalMode,
    /// Whether it must not be sent together with what is before it, because that may change the mode, and a server may read
    /// all of a message before it runs the first statement of it.
    pub is_apart: bool,
}

/// Why a text cannot be cut with certainty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModeProblem {
    /// What the matter is.
    pub kind: ModeProblemKind,
    /// The statement that is the cause; `None` when it stands in a text before this one.
    pub span: Option<Range<usize>>,
}

/// What the matter is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ModeProblemKind {
    /// It sets the mode to a value that is unknown, and what follows is read in one way or another by it.
    Unknown,
    /// A stored program where MariaDB's `sql_mode` is `ORACLE`.
    OracleProgram,
    /// It has characters beyond ASCII, and the session was set to an encoding that takes parts of them for
    /// backslashes and quotes.
    Encoding,
}

/// Cuts SQL into statements as a session reads it that has this setting at first.
///
/// A statement that sets `sql_mode` or `standard_conforming_strings` counts for those after it. Where its value is unknown,
/// every mode is tried: if all read the next statement alike, so be it.
///
/// ```
/// use servicekit_chain::sql::{Dialect, ModeSetting, split_following};
/// let sql = r"SET sql_mode = CONCAT(@@sql_mode, ',NO_BACKSLASH_ESCAPES'); INSERT INTO paths VALUES ('C:\'); SELECT 1";
/// let statements = split_following(&ModeSetting::from(Dialect::Mysql), sql).unwrap();
/// assert_eq!(statements.len(), 3);
/// ```
///
/// # Errors
/// When the text is read in one way or another by a mode that is unknown, or in a way that is not understood.
pub fn split_following<'t>(
    setting: &ModeSetting,
    sql: &'t str,
) -> Result<Vec<ReadStatement<'t>>, ModeProblem> {
    ModeFollower::new(setting).split(sql)
}

/// The mode of a session over several texts, one after the other.
#[derive(Debug, Clone)]
pub struct ModeFollower {
    tracker: Tracker,
    mode: LexicalMode,
    /// Whether the statement before may have changed the mode.
    is_set: bool,
    /// Whether the session takes texts for something else than UTF-8, in which backslashes are parts of characters.
    is_unsafe: bool,
}

impl ModeFollower {
    /// Begins with a session that has this setting.
    pub fn new(setting: &ModeSetting) -> Self {
        Self { tracker: Tracker::new(setting), mode: setting.mode(), is_set: false, is_unsafe: false }
    }

    /// The modes that the session may be in, at least one.
    pub fn modes(&self) -> &[LexicalMode] {
        self.tracker.modes()
    }

    /// Cuts the next text; see [`split_following`].
    ///
    /// # Errors
    /// As [`split_following`]; then what follows cannot be cut either.
    pub fn split<'t>(&mut self, sql: &'t str) -> Result<Vec<ReadStatement<'t>>, ModeProblem> {
        let mut found = Vec::new();
        let mut following = Following::new(self, sql);
        while let Some((piece, mode, is_apart)) = following.next()? {
            if let Some(span) = piece.statement {
                let text = sql.get(span.clone()).unwrap_or_default();
                let statement = Statement { text, span, piece: piece.span };
                found.push(ReadStatement { statement, mode, is_apart });
            }
        }
        Ok(found)
    }
}

/// What a text leaves open as a session with the default mode reads it, unless the text itself sets another; nothing where that
/// is unknown.
pub fn left_open(dialect: Dialect, sql: &str) -> Option<Unterminated> {
    // Only the last piece can be left open.
    let (span, mode) = pieces_in_modes(dialect.into(), sql).pop()?;
    let open = unterminated(mode, sql.get(span.clone())?)?;
    Some(Unterminated { start: span.start + open.start, ..open })
}

/// The pieces of a text, each with the mode that it is read in by a session that begins in this one; none where that cannot
/// be known.
pub(super) fn pieces_in_modes(mode: LexicalMode, sql: &str) -> Vec<(Range<usize>, LexicalMode)> {
    let mut follower = ModeFollower::new(&setting_for(mode));
    if !follower.tracker.may_be_changed_by(sql) {
        return vec![(0..sql.len(), mode)];
    }
    let mut following = Following::new(&mut follower, sql);
    let read = std::iter::from_fn(|| following.next().transpose());
    let found: Result<Vec<_>, _> = read.map(|read| read.map(|(piece, mode, _)| (piece.span, mode))).collect();
    found.unwrap_or_default()
}

/// A setting that makes this mode.
fn setting_for(mode: LexicalMode) -> ModeSetting {
    use super::{Backslash, DoubleQuotes};
    let value = match (mode.dialect, mode.backslash, mode.double_quotes) {
        (Dialect::Postgres, Backslash::Escape, _) => "off",
        (Dialect::Postgres, ..) => "on",
        (_, Backslash::Character, DoubleQuotes::Identifier) => "NO_BACKSLASH_ESCAPES,ANSI_QUOTES",
        (_, Backslash::Character, DoubleQuotes::String) => "NO_BACKSLASH_ESCAPES",
        (_, Backslash::Escape, DoubleQuotes::Identifier) => "ANSI_QUOTES",
        (_, Backslash::Escape, DoubleQuotes::String) => "",
    };
    ModeSetting::new(mode.dialect, value, value)
}

/// Goes through a text piece by piece.
struct Following<'f, 't> {
    sql: &'t str,
    pieces: Pieces<'t>,
    follower: &'f mut ModeFollower,
    /// Whether something in the text can change the mode.
    may_change: bool,
    /// Whether all characters of it are the same in every encoding.
    is_ascii: bool,
    /// The statement of this text that has set the mode last.
    set_by: Option<Range<usize>>,
}

impl<'f, 't> Following<'f, 't> {
    fn new(follower: &'f mut ModeFollower, sql: &'t str) -> Self {
        let may_change = follower.tracker.may_be_changed_by(sql);
        if let Some(mode) = follower.modes().first() {
            follower.mode = *mode;
        }
        let is_ascii = sql.is_ascii();
        Self { sql, pieces: pieces(follower.mode, sql), follower, may_change, is_ascii, set_by: None }
    }

    /// The next piece, the mode it is read in, and whether it must be sent apart from what is before it.
    fn next(&mut self) -> Result<Option<(Piece, LexicalMode, bool)>, ModeProblem> {
        let piece = if self.may_change { self.next_in_mode()? } else { self.pieces.next() };
        let Some(piece) = piece else { return Ok(None) };
        let mode = self.follower.mode;
        let Some(span) = piece.statement.clone() else { return Ok(Some((piece, mode, false))) };
        let text = self.sql.get(span.clone()).unwrap_or_default();
        if mode.programs == Programs::Oracle && may_be_program(mode, text) {
            return Err(ModeProblem { kind: ModeProblemKind::OracleProgram, span: Some(span) });
        }
        if self.follower.is_unsafe && !self.is_ascii && !text.is_ascii() {
            return Err(ModeProblem { kind: ModeProblemKind::Encoding, span: Some(span) });
        }
        self.follower.is_unsafe = sets_unsafe_encoding(mode, text).unwrap_or(self.follower.is_unsafe);
        let is_set = self.may_change && self.follower.tracker.follow(mode, text);
        if is_set {
            self.set_by = Some(span);
        }
        let is_apart = std::mem::replace(&mut self.follower.is_set, is_set);
        Ok(Some((piece, mode, is_apart)))
    }

    fn next_in_mode(&mut self) -> Result<Option<Piece>, ModeProblem> {
        let modes = self.follower.tracker.modes();
        let Some(first) = modes.first().copied() else { return Ok(self.pieces.next()) };
        if modes.len() > 1 {
            let unknown = ModeProblem { kind: ModeProblemKind::Unknown, span: self.set_by.clone() };
            let (piece, pieces) = agreed(self.sql, &self.pieces, modes).ok_or(unknown)?;
            self.pieces = pieces;
            self.follower.mode = first;
            return Ok(piece);
        }
        if first != self.follower.mode {
            self.follower.mode = first;
            self.pieces = self.pieces.in_mode(first);
        }
        Ok(self.pieces.next())
    }
}

/// The next piece, and the rest behind it, if it is the same in all of these modes.
fn agreed<'t>(
    sql: &'t str,
    pieces: &Pieces<'t>,
    modes: &[LexicalMode],
) -> Option<(Option<Piece>, Pieces<'t>)> {
    let mut readings = modes.iter().map(|mode| {
        let mut rest = pieces.in_mode(*mode);
        let piece = rest.next();
        let span = piece.as_ref().and_then(|piece| piece.statement.clone());
        let text = span.and_then(|span| sql.get(span)).unwrap_or_default();
        let spans: Vec<Range<usize>> = tokens(*mode, text).map(|token| token.span()).collect();
        ((piece, spans, classify(*mode, text)), rest)
    });
    let (first, rest) = readings.next()?;
    readings.all(|(other, _)| other == first).then_some((first.0, rest))
}

/// Whether a statement may be a stored program, or a block.
fn may_be_program(mode: LexicalMode, sql: &str) -> bool {
    const BLOCKS: [&str; 9] = ["BEGIN", "DECLARE", "IF", "CASE", "LOOP", "WHILE", "FOR", "REPEAT", "GOTO"];
    const PROGRAMS: [&str; 5] = ["PROCEDURE", "FUNCTION", "PACKAGE", "TRIGGER", "EVENT"];
    match significant(mode, sql).as_slice() {
        [first, rest @ ..] if first.is_any(&["CREATE", "ALTER"]) => {
            rest.iter().take(12).any(|word| word.is_any(&PROGRAMS))
        }
        [first, second, ..] if first.kind == TokenKind::Word && second.is_sign(":") => true,
        // `<<label>>`.
        [first, ..] => first.is_any(&BLOCKS) || first.text.starts_with('<'),
        [] => false,
    }
}

#[cfg(test)]
mod tests;
