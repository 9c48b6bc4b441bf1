//! Expressions whose tokens differ, and what a database answers about them.

use super::Fact;
use crate::table::TableName;
use servicekit_chain::Dialect;
use std::collections::HashMap;
use std::fmt;

/// What a database says of two expressions.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Verdict {
    /// They are one.
    Equal,
    /// They are two.
    Different,
    /// It cannot tell.
    #[non_exhaustive]
    Unknown {
        /// Why, such as what it says of one of them.
        reason: String,
    },
}

impl Verdict {
    /// It cannot be told, for this reason.
    pub fn unknown(reason: impl Into<String>) -> Self {
        Self::Unknown { reason: reason.into() }
    }
}

/// Two expressions of one table whose tokens differ.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct ExpressionPair {
    /// The table.
    pub table: TableName,
    /// What they stand for.
    pub place: ExpressionPlace,
    /// What it is.
    pub from: String,
    /// What it becomes.
    pub to: String,
}

/// What an expression stands for.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ExpressionPlace {
    /// The condition of a check, of the rows in an index, or of those that an exclusion is about.
    Condition,
    /// A key of an index.
    Key,
    /// The value of a generated column.
    Generated(String),
    /// The default of a column.
    Default {
        /// The column.
        column: String,
        /// Whether both are nothing but literals.
        literals: bool,
    },
}

impl ExpressionPlace {
    /// The column that gets the value.
    pub fn column(&self) -> Option<&str> {
        match self {
            Self::Generated(column) | Self::Default { column, .. } => Some(column),
            Self::Condition | Self::Key => None,
        }
    }
}

/// The expressions of one table that tokens do not decide, and the columns that they may speak of.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct UndecidedTable {
    /// The table.
    pub table: TableName,
    /// The columns that it has later, then those that it loses.
    pub columns: Vec<RowColumn>,
    /// The expressions.
    pub pairs: Vec<ExpressionPair>,
}

/// A column of a row for which an expression is computed.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct RowColumn {
    /// The name.
    pub name: String,
    /// The type, in SQL.
    pub data_type: String,
    /// The collation.
    pub collation: Option<String>,
}

/// Something of which the database cannot tell whether it differs.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Untold {
    /// What would differ, if it does.
    pub fact: Fact,
    /// Why it cannot be told.
    pub reasons: Vec<String>,
}

impl Untold {
    pub(super) fn reversed(&self) -> Self {
        Self { fact: self.fact.reversed(), reasons: self.reasons.clone() }
    }

    /// It in words, with the sign `?`.
    pub fn describe(&self, dialect: Dialect) -> super::Description {
        super::Description { sign: '?', ..self.fact.describe(dialect) }
    }
}

/// What databases have answered.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Answers(HashMap<ExpressionPair, Verdict>);

impl Answers {
    pub(super) fn get(&self, pair: &ExpressionPair) -> Option<&Verdict> {
        self.0.get(pair)
    }

    pub(super) fn add<'v>(
        &mut self,
        pairs: impl Iterator<Item = ExpressionPair>,
        verdicts: impl IntoIterator<Item = &'v Verdict>,
    ) {
        self.0.extend(pairs.zip(verdicts.into_iter().cloned()));
    }

    pub(super) fn reversed(&self) -> Self {
        Self(self.0.iter().map(|(pair, verdict)| (pair.reversed(), verdict.clone())).collect())
    }
}

impl ExpressionPair {
    fn reversed(&self) -> Self {
        Self { from: self.to.clone(), to: self.from.clone(), ..self.clone() }
    }
}

impl UndecidedTable {
    pub(super) fn reversed(&self) -> Self {
        Self { pairs: self.pairs.iter().map(ExpressionPair::reversed).collect(), ..self.clone() }
    }
}

impl fmt::Display for ExpressionPair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { table, from, to, .. } = self;
        write!(f, "{table}: {from} and {to}")
    }
}
