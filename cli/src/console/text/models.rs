//! The models of an application: each table with its columns, in short.

use super::{column as width_of, lines, paragraphs};
use crate::console::style::Style;
use crate::failure::BASE;
use crate::output::{ModelSummary, ModelsOutput, ModelsText};
use servicekit::schema::{Column, Table};

pub(super) fn text(output: &ModelsOutput, style: Style) -> String {
    match output.text {
        ModelsText::Tables => {
            let models = output.schema.tables.iter().zip(&output.models);
            paragraphs(models.map(|(table, model)| paragraph(table, model, output.registry_of(model), style)))
        }
        // It is printed as for programs.
        ModelsText::Document => String::new(),
    }
}

/// The table and its model, below it a line for each column.
fn paragraph(table: &Table, model: &ModelSummary, registry: Option<&str>, style: Style) -> String {
    // The base goes without saying.
    let registry = registry.filter(|name| *name != BASE).map(|name| format!(", in {name}"));
    let formerly = model.hints.table.as_ref().map(|before| format!(", formerly {before}"));
    let place = format!("{} at {}:{}", model.rust, model.file, model.line);
    let head = format!(
        "{}  {}{}",
        style.id(&table.name.to_string()),
        style.faint(&(place + &registry.unwrap_or_default())),
        formerly.unwrap_or_default()
    );
    let names: Vec<String> = table.columns.iter().map(|column| column.name.clone()).collect();
    let width = width_of(&names);
    let columns = table.columns.iter().map(|column| {
        let before = model.hints.columns.iter().find(|(now, _)| *now == column.name);
        let before = before.map(|(_, before)| format!("formerly {before}"));
        let words: Vec<String> = words(column).into_iter().chain(before).collect();
        format!("  {:width$}  {}", column.name, words.join(", "))
    });
    lines([head].into_iter().chain(columns))
}

/// What there is to say of a column: `string(254), unique`.
fn words(column: &Column) -> Vec<String> {
    let refers = column.references.as_ref().map(|key| {
        let columns = key.referred_columns.join(", ");
        format!("references {}.{columns}", key.referred_table)
    });
    let flags = [
        (column.primary_key, "primary key"),
        (column.nullable && !column.primary_key, "null"),
        (column.unique, "unique"),
        (column.indexed, "indexed"),
    ];
    let flags = flags.into_iter().filter(|(is_set, _)| *is_set).map(|(_, word)| word.to_owned());
    std::iter::once(column.data_type.to_string()).chain(flags).chain(refers).collect()
}
