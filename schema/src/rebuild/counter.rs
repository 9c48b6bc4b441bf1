//! `AUTOINCREMENT`, which stands in the primary key of a column: <https://www.sqlite.org/autoinc.html>.

use crate::operation::{OperationProblem, Result};
use crate::stored::{Clause, ClauseKind, ConstraintText, StoredTable};
use crate::table::ConstraintKind;
use servicekit_chain::Dialect;
use servicekit_chain::sql::{quote_name, tokens};

const WORD: &str = "AUTOINCREMENT";

/// Whether a table has it.
pub(super) fn is_there(table: &StoredTable) -> bool {
    let in_columns = table.columns.iter().flat_map(|column| &column.clauses);
    let keys = in_columns.filter(|clause| clause.kind == ClauseKind::PrimaryKey).map(|clause| &clause.text);
    let others = table.constraints.iter().filter(|each| each.kind == ConstraintKind::PrimaryKey);
    keys.chain(others.map(|each| &each.text)).any(|text| is_in(text))
}

/// Whether a key says it.
pub(super) fn is_in(key: &str) -> bool {
    tokens(Dialect::Sqlite, key).any(|each| each.is(WORD))
}

/// Gives it to a column, whose key is written into the column for that.
pub(super) fn start(table: &mut StoredTable, at: usize) -> Result {
    if table.is_without_rowid() {
        return Err(OperationProblem::new("a table without row numbers generates none"));
    }
    let Some(column) = table.columns.get_mut(at) else { return Ok(()) };
    let is_key = |clause: &Clause| clause.kind == ClauseKind::PrimaryKey;
    let key = if let Some(own) = column.clauses.iter().position(is_key) {
        let mut key = column.clauses.remove(own);
        // By an old mistake that stays, a descending one is no row number.
        key.text = without(&key.text, &["ASC", "DESC", WORD]);
        key
    } else {
        let is_its_own = |key: &ConstraintText| match key.columns.as_slice() {
            [only] => key.kind == ConstraintKind::PrimaryKey && only.eq_ignore_ascii_case(&column.name),
            _ => false,
        };
        let Some(own) = table.constraints.iter().position(is_its_own) else {
            return Err(OperationProblem::new(format!(
                "on SQLite an autoincrement column must be the only column of the primary key, and `{}` is not",
                column.name
            )));
        };
        let constraint = table.constraints.remove(own);
        let text = format!(" {}", without_columns(&constraint.text).trim());
        Clause { name: constraint.name, kind: ClauseKind::PrimaryKey, text }
    };
    // A column of any other type cannot have it.
    " INTEGER".clone_into(&mut column.data_type);
    column.clauses.insert(0, Clause { text: format!("{} {WORD}", key.text.trim_end()), ..key });
    Ok(())
}

/// Takes it from a column, which stays the primary key. A key with a name stands behind the columns, as a new table has it.
pub(super) fn stop(table: &mut StoredTable, at: usize) {
    for key in table.constraints.iter_mut().filter(|each| each.kind == ConstraintKind::PrimaryKey) {
        key.text = without(&key.text, &[WORD]);
    }
    let Some(column) = table.columns.get_mut(at) else { return };
    let is_key = |clause: &Clause| clause.kind == ClauseKind::PrimaryKey;
    let Some(own) = column.clauses.iter().position(is_key) else { return };
    let Some(key) = column.clauses.get_mut(own) else { return };
    key.text = without(&key.text, &[WORD]);
    if key.name.is_some() {
        let key = column.clauses.remove(own);
        let (name, kind) = (key.name.clone(), ConstraintKind::PrimaryKey);
        let columns = vec![column.name.clone()];
        let text = format!("\n    {}", with_column(&key, &column.name).trim());
        table.constraints.insert(0, ConstraintText { name, kind, columns, text });
    }
}

/// The text of a key with its column, as it stands behind the columns.
fn with_column(key: &Clause, column: &str) -> String {
    let mut text = String::new();
    let mut is_name = false;
    for token in tokens(Dialect::Sqlite, &key.text) {
        text.push_str(token.text);
        if token.is("KEY") && !is_name {
            text.extend([" (", &quote_name(Dialect::Sqlite, column), ")"]);
        }
        if !token.kind.is_trivia() {
            is_name = token.is("CONSTRAINT");
        }
    }
    text
}

/// A text without these words. A name can be one of them only in quotes, or behind `CONSTRAINT`.
fn without(text: &str, words: &[&str]) -> String {
    let mut is_name = false;
    let mut kept = String::new();
    for token in tokens(Dialect::Sqlite, text) {
        let goes = !is_name && words.iter().any(|word| token.is(word));
        if !token.kind.is_trivia() {
            is_name = token.is("CONSTRAINT");
        }
        if goes {
            kept.truncate(kept.trim_end().len());
        } else {
            kept.push_str(token.text);
        }
    }
    kept
}

/// The text of a key without the list of its columns, and the space before that.
fn without_columns(text: &str) -> String {
    let mut depth = 0_usize;
    let mut kept = String::new();
    for token in tokens(Dialect::Sqlite, text) {
        let before = depth;
        depth = token.depth_after(depth);
        if before == 0 && depth == 1 {
            kept.truncate(kept.trim_end().len());
        } else if before == 0 && depth == 0 {
            kept.push_str(token.text);
        }
    }
    kept
}
