//! What differs between two databases: a line for each thing, with its sign before it.

use super::{code, lines};
use crate::console::style::Style;
use crate::output::{DiffOutput, DiffText};

pub(super) fn text(output: &DiffOutput, style: Style) -> String {
    match &output.text {
        _ if output.difference.is_empty() => "The schemas are the same\n".to_owned(),
        DiffText::Facts => lines(output.difference.descriptions().map(|fact| {
            let text = fact.to_string();
            let paint = match fact.sign {
                '+' => Style::mark,
                '-' => Style::alarm,
                _ => Style::id,
            };
            let rest = text.strip_prefix(fact.sign).unwrap_or(&text);
            paint(style, &fact.sign.to_string()) + rest
        })),
        DiffText::Rust(source) => code::rust(source, style),
        DiffText::Sql(statements) => code::script(statements, output.difference.dialect, style),
    }
}
