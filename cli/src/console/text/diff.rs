//! What differs between two databases: a line for each thing, with its sign before it.

use super::{code, lines};
use crate::console::style::Style;
use crate::output::{DiffHazards, DiffOutput, DiffText, Way};
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
            lines(facts.chain(untold).chain(output.hazards.iter().flat_map(hazards)))
        }
        DiffText::Rust(source) => code::rust(source, style),
        DiffText::Sql(statements) => code::script(statements, difference.dialect, style),
    }
}

/// Below a blank line and the way that they are of; nothing where there are none.
fn hazards(hazards: &DiffHazards) -> Vec<String> {
    let heading = |way: &Way| match way {
        Way::Second => "\nOn the way from the first to the second:",
        Way::History => "\nOn the way back to the history:",
        Way::Models => "\nWith the rows of this database:",
    };
    let (way, texts): (_, Vec<String>) = match hazards {
        DiffHazards::Counted { way, hazards } => {
            (way, hazards.iter().map(|(hazard, count)| format!("{hazard} ({count})")).collect())
        }
        DiffHazards::Unplanned { way, reason } => {
            (way, vec![format!("no operations can be written: {reason}")])
        }
    };
    if texts.is_empty() {
        return Vec::new();
    }
    let texts = texts.into_iter().map(|text| format!("  {text}"));
    std::iter::once(heading(way).to_owned()).chain(texts).collect()
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
