//! Names of Rust types, as people write them.

/// The name without paths and without an `Option` around it.
pub(super) fn readable(name: &str) -> String {
    let mut short = String::new();
    let mut word_begins = 0;
    for character in name.chars() {
        match character {
            ':' => short.truncate(word_begins),
            other => {
                short.push(other);
                if !(other.is_alphanumeric() || other == '_') {
                    word_begins = short.len();
                }
            }
        }
    }
    match short.strip_prefix("Option<").and_then(|rest| rest.strip_suffix('>')) {
        Some(inner) => inner.to_owned(),
        None => short,
    }
}

#[cfg(test)]
mod tests {
    use super::readable;

    #[test]
    fn paths_and_an_option_are_left_out() {
        let name = std::any::type_name::<Option<std::collections::BTreeMap<String, Vec<u8>>>>;
        assert_eq!(readable(name()), "BTreeMap<String, Vec<u8>>");
        assert_eq!(readable("chrono::DateTime<chrono::offset::utc::Utc>"), "DateTime<Utc>");
        assert_eq!(readable("&[u8]"), "&[u8]");
    }
}
