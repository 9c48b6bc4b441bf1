//! Characters that are not seen as they are: controls, format characters, what turns the direction of a line.

use std::borrow::Cow;
use std::fmt::Write as _;

/// Whether a character shows nothing of its own, or changes how others are shown.
///
/// Those are the controls (Unicode's `Cc`, line feed and tab included), the format characters (`Cf`, among them
/// the bidirectional controls and the soft hyphen), the separators of lines and paragraphs, and everything that
/// Unicode calls `Default_Ignorable_Code_Point`. Blanks that have a width are none of them.
///
/// ```
/// use servicekit_chain::characters::is_invisible;
/// assert!(is_invisible('\u{202e}') && is_invisible('\u{200b}') && is_invisible('\u{9b}'));
/// assert!(!is_invisible('é') && !is_invisible('\u{a0}'));
/// ```
pub const fn is_invisible(character: char) -> bool {
    if character.is_ascii() {
        return character.is_ascii_control();
    }
    // DerivedCoreProperties.txt and DerivedGeneralCategory.txt of Unicode 16.
    matches!(
        character,
        '\u{80}'..='\u{9f}'
            | '\u{ad}'
            | '\u{34f}'
            | '\u{600}'..='\u{605}'
            | '\u{61c}'
            | '\u{6dd}'
            | '\u{70f}'
            | '\u{890}'..='\u{891}'
            | '\u{8e2}'
            | '\u{115f}'..='\u{1160}'
            | '\u{17b4}'..='\u{17b5}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{ffa0}'
            | '\u{fff0}'..='\u{fffb}'
            | '\u{110bd}'
            | '\u{110cd}'
            | '\u{13430}'..='\u{1343f}'
            | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}'
    )
}

/// The text with each invisible character written as `\u{…}`, so that it can be shown anywhere.
///
/// Line feeds and tabs stay. So do the joiners and variation selectors that follow a character beyond ASCII: the
/// scripts and signs that need them are beyond ASCII.
///
/// ```
/// use servicekit_chain::characters::escaped;
/// assert_eq!(escaped("a\u{202e}b"), "a\\u{202e}b");
/// assert_eq!(escaped("plain"), "plain");
/// ```
pub fn escaped(text: &str) -> Cow<'_, str> {
    if !text.char_indices().any(|(at, character)| is_escaped(text, at, character)) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for (at, character) in text.char_indices() {
        if is_escaped(text, at, character) {
            // Writing to a string cannot fail.
            let _ = write!(shown, "\\u{{{:x}}}", u32::from(character));
        } else {
            shown.push(character);
        }
    }
    Cow::Owned(shown)
}

/// Whether the character at this place of a text is shown as `\u{…}`.
pub(crate) fn is_escaped(text: &str, at: usize, character: char) -> bool {
    if !is_invisible(character) || matches!(character, '\n' | '\t') {
        return false;
    }
    let joins = matches!(character, '\u{200c}' | '\u{200d}' | '\u{fe0e}' | '\u{fe0f}');
    let before = || text.get(..at).and_then(|before| before.chars().next_back());
    !(joins && before().is_some_and(|before| !before.is_ascii() && !is_invisible(before)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_needs_joiners_keeps_them_and_nothing_else_does() {
        assert_eq!(escaped("می\u{200c}خواهم ❤\u{fe0f}"), "می\u{200c}خواهم ❤\u{fe0f}");
        assert_eq!(escaped("a\u{200c}b\r\n\tc\u{1b}[31m"), "a\\u{200c}b\\u{d}\n\tc\\u{1b}[31m");
        assert_eq!(escaped("\u{202e}\u{200d}"), "\\u{202e}\\u{200d}");
    }

    proptest! {
        #[test]
        fn nothing_that_is_shown_turns_a_line_or_drives_a_terminal(text in any::<String>()) {
            for character in escaped(&text).chars() {
                let harmless = matches!(character, '\n' | '\t' | '\u{200c}' | '\u{200d}' | '\u{fe0e}' | '\u{fe0f}');
                prop_assert!(harmless || !is_invisible(character), "{character:?}");
            }
        }
    }
}
