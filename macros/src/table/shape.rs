//! What can be a table at all.

use super::column::Written;
use super::options::Options;
use super::writer::Writer;
use syn::{Data, DeriveInput, Fields, GenericParam};

/// The fields of the struct, unless it cannot be a table.
pub(super) fn fields<'a>(
    input: &'a DeriveInput,
    options: &Options,
    writer: &mut Writer,
) -> Option<&'a Fields> {
    tell_entity_below(input, writer);
    tell_parameters(input, options, writer);
    let message = "a table is a struct with named fields";
    let fields = match &input.data {
        Data::Struct(data) => &data.fields,
        Data::Enum(data) => {
            writer.errors.help(
                data.enum_token,
                message,
                "an enum is a column: write `#[derive(DbEnum)]` instead",
            );
            return None;
        }
        Data::Union(data) => {
            writer.errors.help(data.union_token, message, "write a struct");
            return None;
        }
    };
    match fields {
        Fields::Named(named) if named.named.is_empty() => {
            writer.errors.help(&input.ident, "a table has columns", "give the struct fields");
            None
        }
        Fields::Named(_) => Some(fields),
        Fields::Unnamed(unnamed) if unnamed.unnamed.len() == 1 => {
            writer.errors.help(
                unnamed,
                message,
                "a struct around one value is a column: write `#[derive(ColumnType)]` instead",
            );
            None
        }
        Fields::Unnamed(unnamed) => {
            writer.errors.help(unnamed, message, "give the fields names");
            None
        }
        Fields::Unit => {
            writer.errors.help(&input.ident, message, "give the struct fields");
            None
        }
    }
}

/// `#[entity]` would add its fields to the struct when the derives above it have run.
fn tell_entity_below(input: &DeriveInput, writer: &mut Writer) {
    let is_entity = |path: &syn::Path| path.segments.last().is_some_and(|last| last.ident == "entity");
    for attribute in input.attrs.iter().filter(|attribute| is_entity(attribute.path())) {
        writer.errors.help(
            attribute,
            "`#[entity]` stands below a derive, which does not see the common columns",
            "write `#[entity]` above every derive; it brings `Table` with it",
        );
    }
}

/// A struct with parameters is registered by nobody: each use is a table of its own.
fn tell_parameters(input: &DeriveInput, options: &Options, writer: &mut Writer) {
    if !writer.is_generic() || options.is_unregistered {
        return;
    }
    let parameters =
        input.generics.params.iter().filter(|parameter| !matches!(parameter, GenericParam::Lifetime(_)));
    let shown: Vec<&str> = parameters.map(|_| "…").collect();
    writer.errors.help(
        &input.generics,
        "a model with parameters is many tables",
        format_args!(
            "add `#[table(unregistered)]`, and name each by `Metadata::with::<{}<{}>>()`",
            input.ident,
            shown.join(", ")
        ),
    );
}

/// The key is said once: at the fields, or for the table.
pub(super) fn tell_two_primary_keys(options: &Options, columns: &[Written], writer: &mut Writer) {
    let of_table = options.parts.iter().find(|part| part.word == "primary_key");
    let of_field = columns.iter().find_map(|column| column.primary_key.as_ref());
    if let (Some(_), Some(word)) = (of_table, of_field) {
        writer.errors.help(
            word,
            "`#[table(primary_key(…))]` says the primary key already",
            "leave one of them out",
        );
    }
}
