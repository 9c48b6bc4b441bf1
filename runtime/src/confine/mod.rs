//! Statements that a replay does not run, because they could reach beyond the scratch database.
//!
//! What is not known to stay inside is refused: kinds of statements and settings are lists of what is allowed, and a
//! name with something before it must be one of the schemas of the replay, or a table of the statement itself. A text
//! that is run by the statement, such as the body of a function, is read in the same way.

mod body;
mod kind;
mod position;
mod search_path;
mod words;

use crate::error::{OutsideReason, RefusalReason, RefusedStatement};
use crate::script::{LiveAction, Prepared, Statement, check};
use servicekit_chain::Dialect;
use servicekit_chain::sql::{LexicalMode, Token, TokenKind, significant, tokens};
use std::ops::Range;

/// That a run may touch nothing but its own database.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Confinement {
    /// Whether `op.run` is run all the same.
    pub(crate) run_work: bool,
    /// Schemas of PostgreSQL that are schemas of the replay too, whoever creates them.
    pub(crate) schemas: Vec<String>,
}

/// The schemas that these statements of PostgreSQL create.
pub(crate) fn created_schemas<'s>(statements: impl Iterator<Item = &'s str>) -> Vec<String> {
    let mode = LexicalMode::from(Dialect::Postgres);
    let created = |sql| {
        let all = significant(mode, sql);
        kind::created_schema(Text { dialect: mode.dialect, tokens: &all })
    };
    statements.filter_map(created).collect()
}

/// What was found, and the part of the statement that is meant.
type Found = (OutsideReason, Range<usize>);

/// Reads the statements of a run in order: a schema that one creates is a schema of the replay for the next.
#[derive(Debug)]
pub(crate) struct Guard {
    run_work: bool,
    own: Vec<String>,
}

impl Guard {
    pub(crate) fn new(dialect: Dialect, confinement: &Confinement) -> Self {
        let own: &[&str] = match dialect {
            Dialect::Sqlite => &["main", "temp"],
            // Names of PostgreSQL never leave the database; these are there in an empty one.
            Dialect::Postgres => &["public", "pg_temp", "pg_catalog", "information_schema"],
            // A schema of MySQL is a database. This one cannot be written to.
            _ => &["information_schema"],
        };
        let schemas = if dialect == Dialect::Postgres { &*confinement.schemas } else { &[] };
        let own = own.iter().map(ToString::to_string).chain(schemas.iter().map(|name| name.to_lowercase()));
        Self { run_work: confinement.run_work, own: own.collect() }
    }

    /// Everything in a step that could reach outside.
    pub(crate) fn refusals(&mut self, step: &Prepared) -> Vec<RefusedStatement> {
        let (revision, direction) = (step.revision, step.step.direction);
        let settings = step.units.list.iter().flat_map(|stage| &stage.settings);
        let all = settings.chain(step.units.statements()).chain(&step.units.last_settings);
        all.filter_map(|statement| {
            let (reason, part) = self.reason(statement)?;
            let reason = RefusalReason::Outside(reason);
            Some(check::refused(revision, direction, reason, &statement.origin, part.as_ref()))
        })
        .collect()
    }

    fn reason(&mut self, statement: &Statement) -> Option<(OutsideReason, Option<Range<usize>>)> {
        match &statement.live {
            Some(LiveAction::Work(_)) => (!self.run_work).then_some((OutsideReason::Work, None)),
            // It is made of a table of `main`, and of what an operation says of columns.
            Some(LiveAction::Rebuild(_)) => None,
            None => self.reads(statement.mode, &statement.sql).map(|(reason, part)| (reason, Some(part))),
        }
    }

    /// The reason to refuse a statement, if there is one.
    fn reads(&mut self, mode: LexicalMode, sql: &str) -> Option<Found> {
        let all = significant(mode, sql);
        let text = Text { dialect: mode.dialect, tokens: &all };
        let found = conditional(mode, sql)
            .or_else(|| kind::refused(text, &self.own))
            .or_else(|| words::refused(text, &self.own))
            .or_else(|| position::refused(text, &self.own))
            .or_else(|| body::refused(text, &self.own));
        if found.is_none() {
            self.own.extend(kind::created_schema(text));
        }
        found
    }
}

/// What is only run by some servers: MariaDB leaves out `/*!50700` and above, MySQL `/*M!`, and each what is for a version
/// above its own. <https://mariadb.com/kb/en/comment-syntax/>
fn conditional(mode: LexicalMode, sql: &str) -> Option<Found> {
    const RUN_BY_ALL: u32 = 50_699;
    let is_for_some = |token: &Token<'_>| {
        let version = token.text.strip_prefix("/*!").filter(|digits| !digits.is_empty());
        let is_run_by_all =
            version.is_none_or(|digits| digits.parse().is_ok_and(|number: u32| number <= RUN_BY_ALL));
        token.kind == TokenKind::ExecutableStart && !(token.text.starts_with("/*!") && is_run_by_all)
    };
    let token = tokens(mode, sql).find(is_for_some)?;
    Some((OutsideReason::UnreadText { words: token.text.to_owned() }, token.span()))
}

/// The tokens of a statement, or of a text that one runs.
#[derive(Debug, Clone, Copy)]
struct Text<'w, 't> {
    dialect: Dialect,
    tokens: &'w [Token<'t>],
}

impl<'w, 't> Text<'w, 't> {
    fn at(self, index: usize) -> Option<&'w Token<'t>> {
        self.tokens.get(index)
    }

    /// The token so many places before this one.
    fn before(self, index: usize, places: usize) -> Option<&'w Token<'t>> {
        self.at(index.checked_sub(places)?)
    }

    fn is(self, index: usize, keywords: &[&str]) -> bool {
        self.at(index).is_some_and(|token| token.is_any(keywords))
    }

    fn is_sign(self, index: usize, sign: &str) -> bool {
        self.at(index).is_some_and(|token| token.is_sign(sign))
    }

    /// From one token to another, which is part of it.
    fn span(self, first: usize, last: usize) -> Range<usize> {
        let last = last.min(self.tokens.len().saturating_sub(1));
        self.at(first).map_or(0, |token| token.start)..self.at(last).map_or(0, Token::end)
    }

    /// The first words of what begins here, as a message names them.
    fn words(self, first: usize, count: usize) -> String {
        let words = self.tokens.iter().skip(first).take(count).map(|token| token.text);
        words.collect::<Vec<_>>().join(" ")
    }

    /// Whether it is a name, or stands for one on this database.
    fn is_name(self, index: usize) -> bool {
        self.at(index).is_some_and(|token| {
            let can_be_quoted_so = self.dialect == Dialect::Sqlite && token.text.starts_with('\'');
            let can_begin_with_a_digit = self.dialect == Dialect::Mysql && token.kind == TokenKind::Number;
            token.is_name() || can_be_quoted_so || can_begin_with_a_digit
        })
    }

    /// A name in lower case: where case matters, two names are taken for one only to refuse more.
    fn name(self, index: usize) -> String {
        self.at(index).map_or_else(String::new, |token| token.unquoted().to_lowercase())
    }
}

#[cfg(test)]
mod tests;
