//! A change as statements.

use super::ScriptError;
use crate::diff::SchemaChange;
use crate::operation::Operations;
use crate::render::{Action, actions};
use crate::source::comment;
use servicekit_chain::Dialect;
use std::fmt::Write as _;

/// The statements of these operations.
///
/// ```
/// # use servicekit_schema as servicekit;
/// use servicekit::{Dialect, Operations, script};
/// let mut op = Operations::default();
/// op.drop_column("users", "age");
/// let statements = script::statements(&op, Dialect::Postgres)?;
/// assert_eq!(statements, [r#"ALTER TABLE "users" DROP COLUMN "age""#]);
/// # Ok::<(), script::ScriptError>(())
/// ```
///
/// # Errors
/// If one of them is not supported, or is not plain SQL: a rebuild of a table of SQLite, or work in Rust.
pub fn statements(operations: &Operations, dialect: Dialect) -> Result<Vec<String>, ScriptError> {
    Ok(of_operations(operations, dialect)?.concat())
}

/// The statements of each operation for this database.
fn of_operations(operations: &Operations, dialect: Dialect) -> Result<Vec<Vec<String>>, ScriptError> {
    let meant = operations.recorded().iter().filter(|recorded| recorded.is_for(dialect));
    meant
        .map(|recorded| {
            let not_sql = |reason| {
                let operation = recorded.operation.to_string();
                Err(ScriptError::NotSql { operation, reason })
            };
            let actions = actions(recorded, dialect).map_err(ScriptError::Render)?;
            let statements = actions.into_iter().map(|action| match action {
                Action::Sql(sql) => Ok(sql),
                Action::Work(_) => not_sql("it is work in Rust"),
                Action::Rebuild(_) => not_sql("SQLite needs a rebuild of the table, which reads it first"),
            });
            statements.collect()
        })
        .collect()
}

/// Statements as a section of a `.sql` file.
pub(super) fn text(operations: &Operations, dialect: Dialect) -> Result<String, ScriptError> {
    Ok(statements(operations, dialect)?.join(";\n") + ";\n")
}

/// The same with the hazards at their statements, and lines at its beginning.
pub(super) fn section(
    change: &SchemaChange,
    above: &[String],
    dialect: Dialect,
) -> Result<String, ScriptError> {
    let mut text = String::new();
    // Writing to a text cannot fail.
    for line in above {
        let _ = writeln!(text, "-- {}", comment(line));
    }
    for (at, statements) in of_operations(&change.recorded(), dialect)?.into_iter().enumerate() {
        for hazard in change.hazards.iter().filter(|hazard| hazard.operation == at) {
            let _ = writeln!(text, "-- {}", comment(&hazard.to_string()));
        }
        for statement in statements {
            let _ = writeln!(text, "{statement};");
        }
    }
    Ok(text)
}
