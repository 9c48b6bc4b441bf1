//! The tables of a database, as what creates them.

use super::code;
use crate::console::style::Style;
use crate::output::InspectText;

pub(super) fn text(text: &InspectText, style: Style) -> String {
    match text {
        InspectText::Rust(source) => code::rust(source, style),
        InspectText::Sql { statements, dialect } => code::script(statements, *dialect, style),
        // It is printed as for programs.
        InspectText::Document => String::new(),
    }
}
