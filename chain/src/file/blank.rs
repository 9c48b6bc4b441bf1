//! Blanks around texts, byte by byte.
//!
//! The macros run without optimisation, where what the standard library does per character takes most of the time
//! of reading a folder.

/// Like [`str::trim_start`].
pub(super) fn trim_start(text: &str) -> &str {
    let bytes = text.as_bytes();
    let mut start = 0;
    while start < bytes.len() && is_blank(bytes[start]) {
        start += 1;
    }
    let rest = text.get(start..).unwrap_or_default();
    // Beyond ASCII there are blanks too.
    if rest.as_bytes().first().is_some_and(|byte| !byte.is_ascii()) { rest.trim_start() } else { rest }
}

/// Like [`str::trim_end`].
pub(super) fn trim_end(text: &str) -> &str {
    let bytes = text.as_bytes();
    let mut end = bytes.len();
    while end > 0 && is_blank(bytes[end - 1]) {
        end -= 1;
    }
    let rest = text.get(..end).unwrap_or_default();
    if rest.as_bytes().last().is_some_and(|byte| !byte.is_ascii()) { rest.trim_end() } else { rest }
}

/// The ASCII characters that [`char::is_whitespace`] knows.
const fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | 0x09..=0x0d)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn blanks_are_those_of_the_standard_library(text in "[ \t\r\n\u{b}\u{c}\u{1c}\u{85}\u{a0}\u{2028}\u{3000}aé-]{0,8}") {
            prop_assert_eq!(trim_start(&text), text.trim_start());
            prop_assert_eq!(trim_end(&text), text.trim_end());
        }
    }
}
