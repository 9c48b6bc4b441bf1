//! Rust identifiers for files and revisions.

use std::collections::BTreeSet;
use std::fmt::Write as _;

/// The names of the hidden modules, one for each file stem, in order.
///
/// They are snake case so that no lint fires, and start with `__` so that no keyword and no digit can be
/// the whole of one.
pub(super) fn modules<'a>(stems: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let mut taken = BTreeSet::new();
    stems
        .into_iter()
        .map(|stem| {
            let name = format!("__alembic_{}", words(stem).to_ascii_lowercase());
            let mut unique = name.clone();
            let mut count = 1;
            while !taken.insert(unique.clone()) {
                count += 1;
                unique = format!("{name}_{count}");
            }
            unique
        })
        .collect()
}

/// The constants of one revision in `rev`.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Constants {
    /// Made from the id: `R_7F3C2B1A9D4E`.
    pub(super) id: String,
    /// Made from the message where no other revision has the same: `ADD_EMAIL_COLUMN_TO_USERS`.
    pub(super) alias: Option<String>,
}

/// The constants of all revisions, given as id and message; neither depends on the order.
pub(super) fn constants(revisions: &[(&str, &str)]) -> Vec<Constants> {
    let ids: Vec<String> = revisions.iter().map(|(id, _)| id_constant(id)).collect();
    let aliases: Vec<Option<String>> = revisions.iter().map(|(_, message)| alias(message)).collect();
    let shared = repeated(ids.iter().chain(aliases.iter().flatten()));
    let shared_ids = repeated(ids.iter().filter(|name| shared.contains(name.as_str())));
    let constants =
        revisions.iter().zip(ids.iter().zip(&aliases)).map(|((id, _), (name, alias))| Constants {
            // Two ids that differ in what an identifier cannot show: both are spelt out.
            id: if shared_ids.contains(name.as_str()) { spelt_out(name, id) } else { name.clone() },
            alias: alias.clone().filter(|alias| !shared.contains(alias.as_str())),
        });
    constants.collect()
}

/// The names that occur more than once.
fn repeated<'a>(names: impl Iterator<Item = &'a String>) -> BTreeSet<&'a str> {
    let mut sorted: Vec<&str> = names.map(String::as_str).collect();
    sorted.sort_unstable();
    sorted
        .windows(2)
        .filter_map(|pair| (pair.first() == pair.last()).then(|| pair.first().copied())?)
        .collect()
}

fn id_constant(id: &str) -> String {
    if id.as_bytes().iter().all(u8::is_ascii_alphanumeric) {
        return ["R_", &id.to_ascii_uppercase()].concat();
    }
    let name: String =
        id.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_uppercase() } else { '_' }).collect();
    ["R_", &name].concat()
}

/// The small `x` keeps it apart from every name that is made of an id or a message.
fn spelt_out(name: &str, id: &str) -> String {
    let mut out = format!("{name}_x");
    for byte in id.bytes() {
        // Writing to a String does not fail.
        let _ = write!(out, "{byte:02X}");
    }
    out
}

fn alias(message: &str) -> Option<String> {
    let mut name = words(message);
    name.make_ascii_uppercase();
    let first = *name.as_bytes().first()?;
    Some(if first.is_ascii_digit() { format!("_{name}") } else { name })
}

/// The ASCII letters and digits of a text, anything between them as one `_`.
///
/// Byte by byte, because the macros run without optimisation.
fn words(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while at < bytes.len() {
        let start = at;
        while at < bytes.len() && bytes[at].is_ascii_alphanumeric() {
            at += 1;
        }
        if start == at {
            at += 1;
            continue;
        }
        if !out.is_empty() {
            out.push('_');
        }
        out.push_str(text.get(start..at).unwrap_or_default());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(revisions: &[(&str, &str)]) -> Vec<(String, Option<String>)> {
        constants(revisions).into_iter().map(|names| (names.id, names.alias)).collect()
    }

    fn pair(id: &str, alias: Option<&str>) -> (String, Option<String>) {
        (id.to_owned(), alias.map(str::to_owned))
    }

    #[test]
    fn any_file_name_gives_a_module_name() {
        let stems = ["7f3c_add_email", "2024-01-02 Odd Név", "Odd__Name", "odd name", "ödd", "", "fn"];
        assert_eq!(
            modules(stems),
            [
                "__alembic_7f3c_add_email",
                "__alembic_2024_01_02_odd_n_v",
                "__alembic_odd_name",
                "__alembic_odd_name_2",
                "__alembic_dd",
                "__alembic_",
                "__alembic_fn",
            ]
        );
    }

    #[test]
    fn a_revision_is_named_by_its_id_and_by_its_message() {
        assert_eq!(
            named(&[("7f3c2b1a9d4e", "add email column to users"), ("0001", "2nd try: drop `users`!")]),
            [
                pair("R_7F3C2B1A9D4E", Some("ADD_EMAIL_COLUMN_TO_USERS")),
                pair("R_0001", Some("_2ND_TRY_DROP_USERS")),
            ]
        );
    }

    #[test]
    fn a_message_that_two_revisions_share_names_neither() {
        assert_eq!(
            named(&[("a", "add index"), ("b", "Add index."), ("c", ""), ("d", "вставка"), ("e", "r a")]),
            [pair("R_A", None), pair("R_B", None), pair("R_C", None), pair("R_D", None), pair("R_E", None)]
        );
    }

    #[test]
    fn ids_that_differ_in_case_or_punctuation_only_are_spelt_out() {
        assert_eq!(
            named(&[("a.1", ""), ("a_1", ""), ("A_1", ""), ("b", "")]),
            [
                pair("R_A_1_x612E31", None),
                pair("R_A_1_x615F31", None),
                pair("R_A_1_x415F31", None),
                pair("R_B", None),
            ]
        );
    }
}
