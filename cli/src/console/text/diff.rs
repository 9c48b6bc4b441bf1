//! What differs between two databases: a line for each thing, with its sign before it.

use super::{code, lines};
use crate::console::style::Style;
use crate::output::{DiffOutput, DiffText};
use servicekit::diff::Description;

pub(super) fn text(output: &DiffOutput, style: Style) -> String {
    let difference = &output.difference;
    match &output.text {
        _ if difference.is_empty() && difference.untold.is_empty() => "The schemas are the same\n".to_owned(),
        DiffText::Facts => {
            let facts = difference.descriptions().map(|fact| signed(&fact, style));
            let untold = difference.untold.iter().map(|untold| {
                let reasons = untold.reasons.iter().map(|reason| format!("\n    cannot be told: {reason}"));
                signed(&untold.describe(difference.dialect), style) + &reasons.collect::<String>()
            });
            lines(facts.chain(untold))
        }
        DiffText::Rust(source) => code::rust(source, style),
        DiffText::Sql(statements) => code::script(statements, difference.dialect, style),
    }
}

/// A line with its sign in a colour.
fn signed(fact: &Description, style: Style) -> String {
    let text = fact.to_string();
    let paint = match fact.sign {
        '+' => Style::mark,
        '-' => Style::alarm,
        _ => Style::id,
    };
    let rest = text.strip_prefix(fact.sign).unwrap_or(&text);
    paint(style, &fact.sign.to_string()) + rest
}
