//! The words that an attribute knows, and those of other tools that are answered with ours.

use super::Errors;
use proc_macro2::Ident;
use servicekit_chain::diagnostic::suggestions;

/// The words of one attribute.
pub(crate) struct Words {
    /// How the attribute is called in messages: `` `#[column]` ``.
    pub(crate) of: &'static str,
    pub(crate) known: &'static [&'static str],
    /// Words of other tools, with what to do instead.
    pub(crate) elsewhere: &'static [(&'static str, &'static str)],
}

impl Words {
    /// The mistake of a word that is none of these.
    pub(crate) fn unknown(&self, word: &Ident, errors: &mut Errors) {
        let given = word.to_string();
        let elsewhere = self.elsewhere.iter().find(|(other, _)| *other == given);
        let help = elsewhere
            .map_or_else(|| near(&given, self.known.iter().copied()), |(_, instead)| (*instead).to_owned());
        errors.help(word, format_args!("{} knows no `{given}`", self.of), help);
    }
}

/// What to write instead: the nearest words, or else the whole list.
pub(crate) fn near<'a>(given: &str, known: impl Iterator<Item = &'a str> + Clone) -> String {
    let mut found = suggestions(given, known.clone());
    // Of two that are equally near the one with the same first letter: `dsc` is `desc`, not `asc`.
    if found.iter().any(|word| word.chars().next() == given.chars().next()) {
        found.retain(|word| word.chars().next() == given.chars().next());
    }
    if let Some(word) = found.first() {
        return format!("write `{word}`");
    }
    let all: Vec<String> = known.map(|word| format!("`{word}`")).collect();
    if all.is_empty() { "leave it out".to_owned() } else { format!("one of {}", all.join(", ")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use quote::format_ident;

    #[test]
    fn words_of_other_tools_come_first_then_near_ones_then_the_list() {
        let words = Words {
            of: "`#[column]`",
            known: &["asc", "desc", "length"],
            elsewhere: &[("size", "write `length`")],
        };
        let mut errors = Errors::default();
        for word in ["size", "lenght", "dsc", "colour"] {
            words.unknown(&format_ident!("{word}"), &mut errors);
        }
        insta::assert_snapshot!(errors.texts());
    }
}
