//! Functions with comments at their operations.

use super::enums::EnumNames;
use super::layout::{self, Statement};
use super::{SourceError, literal, names, nested, operation};
use crate::operation::{Operation, Operations, RecordedOperation};

/// Comments for the operations of a function.
#[derive(Debug, Default)]
pub(crate) struct Comments {
    /// At the beginning.
    pub(crate) above: Vec<String>,
    /// The place of an operation, its place in the batch there if it is in one, the comment.
    pub(crate) of_operations: Vec<(usize, Option<usize>, String)>,
}

/// A function that records these operations, with a blank line between two tables; what is for one database stands in
/// `only_for`.
///
/// # Errors
/// As [`function`](super::function).
pub(crate) fn commented(
    name: &str,
    operations: &Operations,
    comments: &Comments,
) -> Result<String, SourceError> {
    let recorded = operations.recorded();
    let names = EnumNames::of(recorded.iter().map(|recorded| &recorded.operation));
    let mut statements = names.statements();
    let mut begin = 0;
    for group in recorded.chunk_by(|one, next| one.dialect == next.dialect) {
        let mut written = Vec::new();
        for (at, recorded) in group.iter().enumerate() {
            written.append(&mut of_operation(begin + at, recorded, comments, &names)?);
        }
        match group.first().and_then(|first| first.dialect) {
            Some(dialect) => statements.push(nested("only_for", Some(names::dialect(dialect)), written)),
            None => statements.append(&mut written),
        }
        begin += group.len();
    }
    let above: Vec<String> = comments.above.iter().map(|comment| literal::comment(comment)).collect();
    Ok(layout::function(name, &above, &statements, true))
}

/// The operation at this place, with its comments.
fn of_operation(
    place: usize,
    recorded: &RecordedOperation,
    comments: &Comments,
    names: &EnumNames,
) -> Result<Vec<Statement>, SourceError> {
    let mut written = operation::statements(&recorded.operation, recorded.dialect, names)?;
    if let Some(first) = written.first_mut() {
        for (_, part, comment) in comments.of_operations.iter().filter(|(of, ..)| *of == place) {
            comment_on(first, &recorded.operation, *part, comment);
        }
    }
    Ok(written)
}

/// Comments a part of a batch, or all of it.
fn comment_on(statement: &mut Statement, operation: &Operation, part: Option<usize>, comment: &str) {
    let comment = literal::comment(comment);
    if let (Operation::Batch(batch), Some(part)) = (operation, part)
        && let Some(block) = statement.expression.block_mut()
        // Settings of the batch stand before its operations.
        && let Some(place) = (block.len() + part).checked_sub(batch.operations.len())
        && let Some(of_part) = block.get_mut(place)
    {
        of_part.comments.push(comment);
    } else {
        statement.comments.push(comment);
    }
}
