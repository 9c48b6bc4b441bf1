//! Look-alikes as the plain characters that they look like.

use crate::characters::is_invisible;
use std::borrow::Cow;

/// The text with look-alikes of what directives and keys are written with made plain: invisible characters are
/// left out, every blank is a space, dashes are `-`, full-width forms are ASCII.
pub(super) fn fold(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|byte| byte.is_ascii() && (!byte.is_ascii_control() || byte == b'\t')) {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            // What an editor makes of two hyphens.
            '—' | '―' | '⸺' | '⸻' | '︱' | '﹘' => plain.push_str("--"),
            '‐'..='–' | '−' | '⁃' | '﹣' | '➖' | '˗' => plain.push('-'),
            '﹢' | '⁺' | '₊' | '➕' | '˖' | '᛭' => plain.push('+'),
            '﹕' | '∶' | '꞉' | 'ː' | '։' | '׃' => plain.push(':'),
            '⁄' | '∕' | '⧸' => plain.push('/'),
            '∗' | '⁎' | '﹡' => plain.push('*'),
            '﹟' => plain.push('#'),
            '﹦' | '꞊' => plain.push('='),
            '\u{ff01}'..='\u{ff5e}' => {
                plain.extend(char::from_u32(u32::from(character) - 0xfee0));
            }
            blank if blank.is_whitespace() => plain.push(' '),
            unseen if is_invisible(unseen) => {}
            other => plain.push(other),
        }
    }
    Cow::Owned(plain)
}

/// Whether a comment is all in double quotes: so are titles written that would steer otherwise.
pub(super) fn is_quoted(comment: &str) -> bool {
    let inner = comment.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    inner.is_some_and(|inner| !inner.contains('"'))
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn look_alikes_are_made_plain_and_words_stay() {
        let looks = ["\u{feff}-- ＋ｄｏｗｎ", "— +down", "-\u{ad}-\u{a0}+\u{200b}down", "–– ﹢down\u{202e}"];
        assert_eq!(looks.map(fold), ["-- +down", "-- +down", "-- +down", "-- +down"]);
        assert_eq!(fold("été"), "été");
    }
}
