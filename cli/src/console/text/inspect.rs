//! The tables of a database, as what creates them.

use super::lines;
use crate::console::style::Style;
use crate::output::InspectText;

/// The text, its comments and what begins a part of it painted.
pub(super) fn text(text: &InspectText, style: Style) -> String {
    match text {
        InspectText::Rust(source) => lines(source.lines().map(|line| rust_line(line, style))),
        InspectText::Sql(statements) => {
            lines(statements.iter().map(|statement| first_word(statement, style) + ";"))
        }
        // It is printed as for programs.
        InspectText::Document => String::new(),
    }
}

fn rust_line(line: &str, style: Style) -> String {
    if line.trim_start().starts_with("// ") {
        style.faint(line)
    } else if line.starts_with("pub fn ") || line.starts_with("use ") {
        style.strong(line)
    } else {
        line.to_owned()
    }
}

/// The word that says what a statement does.
fn first_word(statement: &str, style: Style) -> String {
    match statement.split_once(' ') {
        Some((word, rest)) => format!("{} {rest}", style.strong(word)),
        None => statement.to_owned(),
    }
}
