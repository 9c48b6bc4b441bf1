//! The variants of an enum, with what a column holds for each.

use super::container::{Container, renamed, renamed_from};
use crate::attributes::{Errors, values};
use quote::ToTokens as _;
use std::collections::HashMap;
use syn::{DataEnum, Fields, Generics, Ident, LitStr};

/// A variant.
pub(crate) struct Variant {
    pub(crate) name: Ident,
    /// What a column of texts holds.
    pub(crate) label: String,
    /// Whether its number is written out.
    pub(crate) is_numbered: bool,
    /// Its `rename`.
    pub(crate) renamed: Option<LitStr>,
    /// What a column of texts held for it before.
    pub(crate) renamed_from: Option<LitStr>,
}

/// Reads the variants of an enum that is a column.
pub(crate) fn read(
    name: &Ident,
    data: &DataEnum,
    container: &Container,
    errors: &mut Errors,
) -> Vec<Variant> {
    if data.variants.is_empty() {
        let message = "an enum without variants has no value that a column could hold";
        errors.help(name, message, "add variants");
    }
    let mut variants = Vec::new();
    for variant in &data.variants {
        if !matches!(variant.fields, Fields::Unit) {
            errors.help(
                &variant.fields,
                format_args!(
                    "`{}` has fields, and a column of an enum has one of a list of values",
                    variant.ident
                ),
                "store the enum as JSON: `#[column(json)]` on the field that holds it",
            );
        }
        let renamed = renamed(&variant.attrs, errors);
        let renamed_from = renamed_from(&variant.attrs, errors);
        let plain = values::plain(&variant.ident);
        let label = match (&renamed, &container.rename_all) {
            (Some(renamed), _) => renamed.value(),
            (None, Some((_, case))) => case.of(&plain),
            (None, None) => plain,
        };
        let is_numbered = variant.discriminant.is_some();
        variants.push(Variant { name: variant.ident.clone(), label, is_numbered, renamed, renamed_from });
    }
    variants
}

/// What is wrong with the labels of an enum that is stored as text.
pub(crate) fn check_labels(variants: &[Variant], errors: &mut Errors) {
    let mut first: HashMap<&str, &Ident> = HashMap::new();
    for variant in variants {
        let place = || match &variant.renamed {
            Some(renamed) => renamed.to_token_stream(),
            None => variant.name.to_token_stream(),
        };
        if let Some((message, help)) = problem_of(&variant.label) {
            errors.help(place(), message, help);
        }
        if let Some(other) = first.get(variant.label.as_str()) {
            errors.help(
                place(),
                format_args!("`{other}` and `{}` are both stored as `{}`", variant.name, variant.label),
                "give one of them another text: `#[sqlx(rename = \"…\")]`",
            );
        } else {
            first.insert(&variant.label, &variant.name);
        }
    }
    let mut before: HashMap<String, &Ident> = HashMap::new();
    for variant in variants {
        let Some(text) = &variant.renamed_from else { continue };
        if let Some(holder) = first.get(text.value().as_str()) {
            errors.help(
                text,
                format_args!("`{}` is what `{holder}` is stored as now", text.value()),
                "write the text that the variant had before",
            );
        } else if let Some(other) = before.insert(text.value(), &variant.name) {
            let message = format!("`{other}` and `{}` were both stored as `{}`", variant.name, text.value());
            errors.help(text, message, "leave one out: the rows that have it become one of them");
        }
    }
}

fn problem_of(label: &str) -> Option<(String, &'static str)> {
    if label.is_empty() {
        return Some(("an empty text does not tell which variant it is".to_owned(), "write a word"));
    }
    if label.ends_with(' ') {
        return Some((format!("`{label}` ends in a space, which MySQL removes"), "remove it"));
    }
    let is_bad = |character: &char| *character == '\\' || character.is_control();
    label.chars().find(is_bad).map(|character| {
        let message =
            format!("`{}` contains {character:?}, which databases do not read alike", label.escape_debug());
        (message, "write another text")
    })
}

/// What is wrong with an enum that is stored as a number.
pub(crate) fn check_numbers(
    number: &Ident,
    container: &Container,
    variants: &[Variant],
    errors: &mut Errors,
) {
    if !["i16", "i32", "i64"].iter().any(|known| number == known) {
        errors.help(
            number,
            format_args!("not every database has a column for `{number}`"),
            "write `#[repr(i16)]`, `#[repr(i32)]` or `#[repr(i64)]`, or remove it to store texts",
        );
    }
    let rename_all = container.rename_all.iter().map(|(word, _)| word.to_token_stream());
    let renamed = variants.iter().filter_map(|variant| variant.renamed.as_ref());
    let before = variants.iter().filter_map(|variant| variant.renamed_from.as_ref());
    for place in rename_all.chain(renamed.chain(before).map(LitStr::to_token_stream)) {
        errors.help(
            place,
            "this enum is stored as a number, which has no other name",
            format_args!("remove this, or `#[repr({number})]` to store texts"),
        );
    }
    for Variant { name, .. } in variants.iter().filter(|variant| !variant.is_numbered) {
        errors.help(
            name,
            format_args!(
                "`{name}` has no number of its own, so a new variant before it would change what its rows mean"
            ),
            format_args!("write `{name} = …`"),
        );
    }
}

/// An enum with parameters has no values of its own.
pub(crate) fn refuse_parameters(generics: &Generics, errors: &mut Errors) {
    if !generics.params.is_empty() {
        errors.help(generics, "an enum with parameters is no list of values", "remove the parameters");
    }
}
