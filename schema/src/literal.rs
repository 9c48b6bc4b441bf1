//! Values that most dialects write in the same way.

use crate::operation::OperationProblem;
use std::fmt::Write as _;

/// Bytes as hexadecimal digits.
pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut digits, byte| {
        // Writing to a string cannot fail.
        let _ = write!(digits, "{byte:02X}");
        digits
    })
}

/// A floating-point number that every database reads back as the same one.
pub(crate) fn finite(database: &str, value: f64) -> Result<String, OperationProblem> {
    if value.is_finite() {
        Ok(format!("{value:?}"))
    } else {
        Err(OperationProblem::lacks(database, &format!("floating-point number {value}")))
    }
}

/// A text in quotes, whose quotes are doubled.
pub(crate) fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}
