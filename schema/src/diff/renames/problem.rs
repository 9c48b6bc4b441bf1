//! Why something cannot be renamed.

use super::Rename;
use std::fmt;

/// Why something cannot be renamed.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum RenameProblem {
    /// What is to be renamed is not in the earlier schema.
    NotThere(Box<Rename>),
    /// The earlier schema has the new name as well.
    Taken(Box<Rename>),
    /// The later schema does not have the new name.
    NotWanted(Box<Rename>),
    /// One thing has two new names, or two things have one.
    Twice(Box<Rename>),
    /// A table would move to another schema.
    OtherSchema(Box<Rename>),
}

impl fmt::Display for RenameProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (Self::NotThere(rename)
        | Self::Taken(rename)
        | Self::NotWanted(rename)
        | Self::Twice(rename)
        | Self::OtherSchema(rename)) = self;
        let (kind, [old, new]) = match &**rename {
            Rename::Table { from, to } => ("table", [from.to_string(), to.to_string()]),
            Rename::Column { table, from, to } => {
                ("column", [from, to].map(|column| format!("{table}.{column}")))
            }
            Rename::Value { table, column, from, to } => {
                ("value", [from, to].map(|value| format!("{value} of {table}.{column}")))
            }
            Rename::Part { table, from, to, .. } => {
                ("name", [from, to].map(|name| format!("{name} of {table}")))
            }
        };
        write!(f, "the {kind} {old} cannot be renamed to {new}: ")?;
        match self {
            Self::NotThere(_) => write!(
                f,
                "there is no {old} in the database\nhelp: correct the name, or remove what says that it was renamed"
            ),
            Self::Taken(_) => write!(
                f,
                "the database has both\nhelp: drop one of them in a revision of its own, or remove what says that \
                 it was renamed"
            ),
            Self::NotWanted(_) => write!(f, "no model has {new}\nhelp: correct the name"),
            Self::Twice(_) => {
                f.write_str("another rename is of the same one, or to the same name\nhelp: remove one of them")
            }
            Self::OtherSchema(_) => f.write_str(
                "it would move to another schema\nhelp: write `op.execute` with `ALTER TABLE … SET SCHEMA` by hand",
            ),
        }
    }
}

impl std::error::Error for RenameProblem {}
