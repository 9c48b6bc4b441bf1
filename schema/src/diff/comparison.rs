//! Comparing what two tables say, where some answers are still to come.

use super::names::is_same;
use super::verdict::{Answers, ExpressionPair, ExpressionPlace, RowColumn, UndecidedTable, Verdict};
use super::{Fact, expressions};
use crate::render::part_text;
use crate::table::{Column, Table};
use servicekit_chain::Dialect;
use std::cell::RefCell;

/// Whether two things say the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Sameness {
    Same,
    Different,
    /// Nobody has been asked yet: it counts as different.
    Undecided,
    /// Why it cannot be told.
    Untold(Vec<String>),
}

impl From<bool> for Sameness {
    fn from(is_same: bool) -> Self {
        if is_same { Self::Same } else { Self::Different }
    }
}

impl Sameness {
    /// Whether this and the next one are the same. Nothing is asked any more about what is different; what is not decided yet
    /// may be the same, and so everything else of it is asked at once.
    pub(super) fn and(self, next: impl FnOnce() -> Self) -> Self {
        if self == Self::Different {
            return self;
        }
        match (self, next()) {
            (Self::Same, other) | (other, Self::Same) => other,
            (Self::Untold(mut reasons), Self::Untold(more)) => {
                reasons.extend(more);
                Self::Untold(reasons)
            }
            (_, Self::Different) => Self::Different,
            _ => Self::Undecided,
        }
    }

    pub(super) fn is_same(&self) -> bool {
        *self == Self::Same
    }

    pub(super) fn is_untold(&self) -> bool {
        matches!(self, Self::Untold(_))
    }
}

/// Something that differs, or may.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) fact: Fact,
    /// Why it cannot be told; empty for what differs.
    pub(super) reasons: Vec<String>,
}

impl From<Fact> for Found {
    fn from(fact: Fact) -> Self {
        Self { fact, reasons: Vec::new() }
    }
}

impl Found {
    /// What this is of two things; nothing where they are the same.
    pub(super) fn of(fact: impl FnOnce() -> Fact, sameness: Sameness) -> Option<Self> {
        match sameness {
            Sameness::Same => None,
            Sameness::Different | Sameness::Undecided => Some(fact().into()),
            Sameness::Untold(reasons) => Some(Self { fact: fact(), reasons }),
        }
    }
}

/// Two states of a table that are compared.
#[derive(Debug)]
pub(super) struct Comparison<'a> {
    pub(super) dialect: Dialect,
    pub(super) from: &'a Table,
    pub(super) to: &'a Table,
    /// Other kinds of databases for which a difference counts as well.
    pub(super) others: &'a [Dialect],
    answers: &'a Answers,
    /// What there is no answer to yet.
    undecided: RefCell<Vec<ExpressionPair>>,
}

impl<'a> Comparison<'a> {
    pub(super) fn new(from: &'a Table, to: &'a Table, answers: &'a Answers, dialect: Dialect) -> Self {
        Self { dialect, from, to, others: &[], answers, undecided: RefCell::default() }
    }

    /// The same, where these are served as well.
    pub(super) fn serving(self, others: &'a [Dialect]) -> Self {
        Self { others, ..self }
    }

    /// Whether both say the same, or neither says anything.
    pub(super) fn conditions(&self, one: Option<&str>, other: Option<&str>) -> Sameness {
        match (one, other) {
            (Some(one), Some(other)) => self.expressions(one, other, ExpressionPlace::Condition),
            (one, other) => (one.is_none() && other.is_none()).into(),
        }
    }

    /// Whether two expressions are one, as far as tokens and answers tell.
    pub(super) fn expressions(&self, one: &str, other: &str, place: ExpressionPlace) -> Sameness {
        let [from, to] = [one, other].map(|text| expressions::in_one_spelling(text, self.dialect));
        if expressions::is_same(&from, &to, self.dialect) {
            return Sameness::Same;
        }
        // What PostgreSQL writes for `EXPLAIN` leaves them out.
        if self.dialect == Dialect::Postgres && expressions::collations(&from) != expressions::collations(&to)
        {
            return Sameness::Different;
        }
        let pair = ExpressionPair { table: self.to.name.clone(), place, from, to };
        let (sameness, is_decided) = match self.answers.get(&pair) {
            Some(Verdict::Equal) => (Sameness::Same, true),
            Some(Verdict::Different) => (Sameness::Different, true),
            Some(Verdict::Unknown { reason }) => (Sameness::Untold(vec![reason.clone()]), false),
            None => (Sameness::Undecided, false),
        };
        let mut undecided = self.undecided.borrow_mut();
        if !is_decided && !undecided.contains(&pair) {
            undecided.push(pair);
        }
        sameness
    }

    /// What is left to be asked.
    pub(super) fn undecided(self) -> Option<UndecidedTable> {
        let pairs = self.undecided.into_inner();
        if pairs.is_empty() {
            return None;
        }
        let is_gone = |column: &&Column| {
            !self.to.columns.iter().any(|kept| is_same(&kept.name, &column.name, self.dialect))
        };
        let all = self.to.columns.iter().chain(self.from.columns.iter().filter(is_gone));
        let columns = all.filter_map(|column| row_column(column, self.dialect)).collect();
        Some(UndecidedTable { table: self.to.name.clone(), columns, pairs })
    }
}

/// What the type is of a column that the database has; of one that it cannot have, there is nothing.
fn row_column(column: &Column, dialect: Dialect) -> Option<RowColumn> {
    // A `serial` is one only where a column is made.
    let serial = (dialect == Dialect::Postgres).then(|| column.data_type.behind_serial()).flatten();
    Some(RowColumn {
        name: column.name.clone(),
        data_type: part_text::type_text(dialect, serial.as_ref().unwrap_or(&column.data_type)).ok()?,
        collation: column.collation(dialect).map(str::to_owned),
    })
}
