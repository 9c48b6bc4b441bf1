//! Constraints as the catalogue holds them.

use super::super::defaults::without_parentheses;
use super::super::row::{Read, Row};
use crate::error::IntrospectionError;
use servicekit_schema::table::{Deferrability, ForeignKeyAction, ForeignKeyMatch};

/// A row of `pg_constraint`.
#[allow(clippy::struct_excessive_bools, reason = "each is a column of the catalogue")]
#[derive(Debug)]
pub(crate) struct ConstraintRow<'a> {
    pub(crate) number: u32,
    pub(crate) name: &'a str,
    pub(crate) kind: Kind,
    /// Its index, or the one that a foreign key relies on.
    pub(crate) index: u32,
    pub(crate) columns: Vec<i16>,
    pub(crate) referred: u32,
    pub(crate) referred_columns: Vec<i16>,
    pub(crate) on_update: Option<ForeignKeyAction>,
    pub(crate) on_delete: Option<ForeignKeyAction>,
    pub(crate) on_delete_columns: Vec<i16>,
    pub(crate) matching: Option<ForeignKeyMatch>,
    pub(crate) deferrability: Option<Deferrability>,
    pub(crate) is_valid: bool,
    pub(crate) no_inherit: bool,
    pub(crate) is_enforced: bool,
    /// Whether it is `WITHOUT OVERLAPS` or has a `PERIOD`.
    pub(crate) is_temporal: bool,
    pub(crate) condition: Option<&'a str>,
    /// All of it, where there may be no word for it.
    pub(crate) definition: Option<&'a str>,
    pub(crate) comment: Option<&'a str>,
}

/// In the order in which constraints are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    PrimaryKey,
    Unique,
    Check,
    ForeignKey,
    Exclusion,
}

impl<'a> ConstraintRow<'a> {
    pub(crate) fn read(number: u32, row: &mut Row<'a>) -> Read<Self> {
        let name = row.text()?;
        let kind = match row.text()? {
            "p" => Kind::PrimaryKey,
            "u" => Kind::Unique,
            "c" => Kind::Check,
            "f" => Kind::ForeignKey,
            "x" => Kind::Exclusion,
            other => return Err(row.unknown(format!("the kind `{other}` of a constraint"))),
        };
        let (index, columns) = (row.number()?, row.numbers()?);
        let (referred, referred_columns) = (row.number()?, row.numbers()?);
        let (on_update, on_delete, on_delete_columns) = (action(row)?, action(row)?, row.numbers()?);
        let matching = match row.text()? {
            "s" | " " => None,
            "f" => Some(ForeignKeyMatch::Full),
            other => return Err(row.unknown(format!("the match `{other}`"))),
        };
        let deferrability = match (row.flag()?, row.flag()?) {
            (false, _) => None,
            (true, false) => Some(Deferrability::Immediate),
            (true, true) => Some(Deferrability::Deferred),
        };
        let (is_valid, no_inherit) = (row.flag()?, row.flag()?);
        let (is_enforced, is_temporal) = (row.flag()?, row.flag()?);
        let condition = row.optional()?.map(without_parentheses);
        if kind == Kind::Check && condition.is_none() {
            return Err(IntrospectionError::Changing);
        }
        Ok(Self {
            number,
            name,
            kind,
            index,
            columns,
            referred,
            referred_columns,
            on_update,
            on_delete,
            on_delete_columns,
            matching,
            deferrability,
            is_valid,
            no_inherit,
            is_enforced,
            is_temporal,
            condition,
            definition: row.optional()?,
            comment: row.optional()?,
        })
    }

    /// The index that is its own.
    pub(crate) fn own_index(&self) -> Option<u32> {
        // A foreign key relies on that of another constraint, or on one without any.
        matches!(self.kind, Kind::PrimaryKey | Kind::Unique | Kind::Exclusion).then_some(self.index)
    }
}

fn action(row: &mut Row<'_>) -> Read<Option<ForeignKeyAction>> {
    Ok(match row.text()? {
        "a" | " " => None,
        "r" => Some(ForeignKeyAction::Restrict),
        "c" => Some(ForeignKeyAction::Cascade),
        "n" => Some(ForeignKeyAction::SetNull),
        "d" => Some(ForeignKeyAction::SetDefault),
        other => return Err(row.unknown(format!("the action `{other}` of a foreign key"))),
    })
}
