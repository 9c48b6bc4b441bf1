//! What a clause of a column, or a constraint, says.

use super::words::Rest;
use crate::table::{Deferrability, ForeignKeyAction};
use servicekit_chain::Dialect;
use servicekit_chain::sql::{Token, parts, significant};

/// What a clause of a column, or a constraint of a table, says. In a clause, the columns are none: it is about its own.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Said {
    /// The primary key.
    PrimaryKey {
        /// The columns.
        columns: Vec<KeyColumn>,
        /// Whether it is descending: a clause only.
        descending: bool,
        /// What follows `ON CONFLICT`.
        conflict: Option<String>,
        /// Whether no number is used twice.
        autoincrement: bool,
    },
    /// A unique constraint.
    Unique {
        /// The columns.
        columns: Vec<KeyColumn>,
        /// What follows `ON CONFLICT`.
        conflict: Option<String>,
    },
    /// A check. What follows `ON CONFLICT` means nothing to SQLite (lang_conflict.html).
    Check {
        /// The condition.
        condition: String,
    },
    /// A foreign key. SQLite reads `MATCH` and `ON INSERT`, and they mean nothing (foreignkeys.html, 6).
    ForeignKey {
        /// The own columns.
        columns: Vec<String>,
        /// The referenced table.
        table: String,
        /// The referenced columns; none where the primary key is meant.
        referred: Vec<String>,
        /// The action when the referenced row is deleted.
        on_delete: Option<ForeignKeyAction>,
        /// The action when the referenced key is changed.
        on_update: Option<ForeignKeyAction>,
        /// Whether and how the check is deferrable.
        deferrability: Option<Deferrability>,
    },
    /// `NOT NULL`.
    NotNull {
        /// What follows `ON CONFLICT`.
        conflict: Option<String>,
    },
    /// A collation.
    Collate(String),
    /// A generated column.
    Generated {
        /// The expression.
        expression: String,
        /// Whether it is stored.
        stored: bool,
    },
}

/// A column of a key.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct KeyColumn {
    /// The name.
    pub name: String,
    /// Whether that is all: no collation, not descending.
    pub is_plain: bool,
}

impl KeyColumn {
    /// A column and nothing else.
    pub fn plain(name: impl Into<String>) -> Self {
        Self { name: name.into(), is_plain: true }
    }
}

/// What a clause or a constraint says, with or without `CONSTRAINT` and a name before it.
///
/// `None` where it says something that is not known, or a default, which the catalogue tells.
pub fn said(text: &str) -> Option<Said> {
    let all = significant(Dialect::Sqlite, text);
    let mut rest = Rest::new(text, &all);
    if rest.take(&["CONSTRAINT"]) {
        rest.name()?;
    }
    let said = body(&mut rest)?;
    rest.is_empty().then_some(said)
}

fn body(rest: &mut Rest<'_, '_>) -> Option<Said> {
    Some(if rest.take(&["PRIMARY", "KEY"]) {
        primary_key(rest)?
    } else if rest.take(&["UNIQUE"]) {
        let columns = rest.inside().map_or(Some(Vec::new()), keys)?;
        Said::Unique { columns, conflict: conflict(rest)? }
    } else if rest.take(&["CHECK"]) {
        let condition = rest.expression()?;
        conflict(rest)?;
        Said::Check { condition }
    } else if rest.take(&["FOREIGN", "KEY"]) {
        let columns = names(rest.inside()?)?;
        references(rest, columns)?
    } else if rest.take(&["NOT", "NULL"]) {
        Said::NotNull { conflict: conflict(rest)? }
    } else if rest.take(&["COLLATE"]) {
        Said::Collate(rest.name()?)
    } else if rest.take(&["GENERATED", "ALWAYS", "AS"]) || rest.take(&["AS"]) {
        let expression = rest.expression()?;
        let stored = rest.take(&["STORED"]);
        if !stored {
            rest.take(&["VIRTUAL"]);
        }
        Said::Generated { expression, stored }
    } else {
        references(rest, Vec::new())?
    })
}

fn primary_key(rest: &mut Rest<'_, '_>) -> Option<Said> {
    let (mut columns, mut descending, mut autoincrement) = (Vec::new(), false, false);
    if let Some(mut inside) = rest.inside() {
        if let [before @ .., last] = inside
            && last.is("AUTOINCREMENT")
            && !before.is_empty()
        {
            (inside, autoincrement) = (before, true);
        }
        columns = keys(inside)?;
    } else {
        descending = rest.take(&["DESC"]);
        rest.take(&["ASC"]);
    }
    let conflict = conflict(rest)?;
    let autoincrement = rest.take(&["AUTOINCREMENT"]) || autoincrement;
    Some(Said::PrimaryKey { columns, descending, conflict, autoincrement })
}

/// What follows `ON CONFLICT`, if that comes next; the default says nothing.
#[allow(clippy::option_option, reason = "none is told from what is not known")]
fn conflict(rest: &mut Rest<'_, '_>) -> Option<Option<String>> {
    if !rest.take(&["ON", "CONFLICT"]) {
        return Some(None);
    }
    let word = rest.name()?.to_ascii_uppercase();
    match word.as_str() {
        "ABORT" => Some(None),
        "ROLLBACK" | "FAIL" | "IGNORE" | "REPLACE" => Some(Some(word)),
        _ => None,
    }
}

fn references(rest: &mut Rest<'_, '_>, columns: Vec<String>) -> Option<Said> {
    if !rest.take(&["REFERENCES"]) {
        return None;
    }
    let table = rest.name()?;
    let referred = rest.inside().map_or(Some(Vec::new()), names)?;
    let (mut on_delete, mut on_update, mut deferrability) = (None, None, None);
    loop {
        if rest.take(&["ON", "DELETE"]) {
            on_delete = action(rest)?;
        } else if rest.take(&["ON", "UPDATE"]) {
            on_update = action(rest)?;
        } else if rest.take(&["ON", "INSERT"]) {
            action(rest)?;
        } else if rest.take(&["MATCH"]) {
            rest.name()?;
        } else if rest.take(&["NOT", "DEFERRABLE"]) {
            deferrability = None;
            let _ = rest.take(&["INITIALLY", "DEFERRED"]) || rest.take(&["INITIALLY", "IMMEDIATE"]);
        } else if rest.take(&["DEFERRABLE"]) {
            let is_deferred = rest.take(&["INITIALLY", "DEFERRED"]);
            rest.take(&["INITIALLY", "IMMEDIATE"]);
            deferrability =
                Some(if is_deferred { Deferrability::Deferred } else { Deferrability::Immediate });
        } else {
            break;
        }
    }
    Some(Said::ForeignKey { columns, table, referred, on_delete, on_update, deferrability })
}

/// An action; `NO ACTION` is the same as none.
#[allow(clippy::option_option, reason = "none is told from what is not known")]
fn action(rest: &mut Rest<'_, '_>) -> Option<Option<ForeignKeyAction>> {
    let actions: [(&[&str], Option<ForeignKeyAction>); 5] = [
        (&["SET", "NULL"], Some(ForeignKeyAction::SetNull)),
        (&["SET", "DEFAULT"], Some(ForeignKeyAction::SetDefault)),
        (&["CASCADE"], Some(ForeignKeyAction::Cascade)),
        (&["RESTRICT"], Some(ForeignKeyAction::Restrict)),
        (&["NO", "ACTION"], None),
    ];
    actions.into_iter().find_map(|(words, action)| rest.take(words).then_some(action))
}

/// Names with commas between them.
fn names(inside: &[Token<'_>]) -> Option<Vec<String>> {
    keys(inside)?.into_iter().map(|key| key.is_plain.then_some(key.name)).collect()
}

/// The columns of a key with commas between them.
fn keys(inside: &[Token<'_>]) -> Option<Vec<KeyColumn>> {
    let key = |part: &[Token<'_>]| {
        let mut rest = Rest::new("", part);
        let name = rest.name()?;
        rest.take(&["ASC"]);
        Some(KeyColumn { name, is_plain: rest.is_empty() })
    };
    parts(inside).map(key).collect()
}
