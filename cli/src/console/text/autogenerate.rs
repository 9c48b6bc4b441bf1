//! What differs between models and a database, the revision that was written, and what comes next.

use super::{created, diff, lines};
use crate::console::style::Style;
use crate::output::AutogenerateOutput;
use servicekit::diff::{Alteration, Fact};
use servicekit_chain::ModelChange;

pub(super) fn text(output: &AutogenerateOutput, style: Style) -> String {
    let adopted = adopted(output);
    let is_silent = output.diff.difference.is_empty() && output.diff.difference.untold.is_empty();
    let mut text = if !is_silent {
        diff::text(&output.diff, style)
    } else if output.models.is_empty() {
        format!(
            "The models and the {} are the same\n",
            if output.is_replayed { "history" } else { "database" }
        )
    } else {
        String::new()
    };
    text += &lines(adopted);
    if let Some((revision, next)) = &output.written {
        let next = format!("Next: review the file, then run {}\n", style.strong(next));
        text += &["\n", &created(revision, style), &next].concat();
    }
    text
}

/// Tables that begin or end to belong to a model without being made or dropped.
fn adopted(output: &AutogenerateOutput) -> Vec<String> {
    let is_told = |name: &str, is_new: bool| {
        output.diff.difference.facts.iter().any(|fact| match fact {
            Fact::Table(Alteration::Added(table)) if is_new => table.name.to_string() == name,
            Fact::Table(Alteration::Dropped(table)) if !is_new => table.name.to_string() == name,
            _ => false,
        })
    };
    output
        .models
        .iter()
        .filter_map(|change| match change {
            ModelChange::Begins(table) if !is_told(table, true) => {
                Some(format!("+ model of the table {table}, which is there"))
            }
            ModelChange::Ends(table) if !is_told(table, false) => {
                Some(format!("- model of the table {table}, which is gone"))
            }
            _ => None,
        })
        .collect()
}
