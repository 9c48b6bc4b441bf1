//! A value that is found in a text however it is encoded there.

use servicekit_chain::characters::is_invisible;
use std::collections::BTreeSet;

/// A value to look for, and what is shown instead.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Pattern {
    value: Vec<char>,
    instead: String,
    /// Only where no letter or digit stands beside it.
    is_word: bool,
}

// Not derived: the value is a password.
impl std::fmt::Debug for Pattern {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Pattern").field("instead", &self.instead).finish_non_exhaustive()
    }
}

impl Pattern {
    pub(super) fn new(value: &str, instead: String) -> Self {
        Self { value: value.chars().collect(), instead, is_word: false }
    }

    /// A password by itself. One of small letters only may be a part of ordinary words, which stay.
    pub(super) fn from_password(password: &str) -> Self {
        let is_word = password.chars().all(|c| c.is_ascii_lowercase());
        Self { is_word, ..Self::new(password, super::HIDDEN.to_owned()) }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.value.is_empty()
    }

    pub(super) fn length(&self) -> usize {
        self.value.len()
    }

    pub(super) fn instead(&self) -> &str {
        &self.instead
    }

    /// How many bytes of the text the value takes at this place, in whatever encoding; the longest, where there are several.
    pub(super) fn at(&self, text: &str, at: usize, before: Option<char>) -> Option<usize> {
        let rest = text.get(at..)?;
        // What is left out in some encodings is not what a value begins with here.
        let first = self.value.first()?;
        if forms(*first, rest).is_empty() {
            return None;
        }
        let mut ends = BTreeSet::from([0]);
        for (index, character) in self.value.iter().enumerate() {
            let after_blank = index > 0 && self.value.get(index - 1).is_some_and(|c| c.is_whitespace());
            let left_out =
                index > 0 && (is_invisible(*character) || after_blank && character.is_whitespace());
            let mut next = BTreeSet::new();
            for end in ends {
                let behind = rest.get(end..).unwrap_or_default();
                next.extend(forms(*character, behind).into_iter().map(|length| end + length));
                if left_out {
                    next.insert(end);
                }
            }
            if next.is_empty() {
                return None;
            }
            ends = next;
        }
        let end = *ends.last()?;
        let is_part = |neighbour: Option<char>| self.is_word && neighbour.is_some_and(char::is_alphanumeric);
        let after = rest.get(end..).and_then(|rest| rest.chars().next());
        (!is_part(before) && !is_part(after)).then_some(end)
    }
}

/// The lengths of every form of the character that the text begins with.
fn forms(character: char, text: &str) -> Vec<usize> {
    let Some(first) = text.chars().next() else { return Vec::new() };
    let mut lengths = Vec::new();
    if first == character {
        lengths.push(character.len_utf8());
        // In SQL, a quote in quotes is written twice.
        if matches!(character, '\'' | '"' | '`') && text.chars().nth(1) == Some(character) {
            lengths.push(2);
        }
    }
    // Blanks are gathered where a text becomes one line, and lines are broken where it becomes several.
    if character.is_whitespace() && first.is_whitespace() {
        lengths.push(text.len() - text.trim_start().len());
    }
    // Shown by what stands for it, as in a snippet.
    if is_invisible(character) && matches!(first, '\u{fffd}' | '\u{2400}'..='\u{2426}') {
        lengths.push(first.len_utf8());
    }
    match first {
        '+' if character == ' ' => lengths.push(1),
        '%' => lengths.extend(percent(character, text)),
        '\\' => lengths.extend(backslash(character, text)),
        '&' => lengths.extend(entity(character, text)),
        _ => {}
    }
    lengths
}

/// As in URLs: `%C3%A9`.
fn percent(character: char, text: &str) -> Option<usize> {
    let mut bytes = [0; 4];
    let mut rest = text;
    for byte in character.encode_utf8(&mut bytes).bytes() {
        let digits = rest.strip_prefix('%')?.get(..2)?;
        if u8::from_str_radix(digits, 16) != Ok(byte) {
            return None;
        }
        rest = rest.get(3..)?;
    }
    Some(text.len() - rest.len())
}

/// As in JSON, in Rust, in C: `\"`, `\n`, `\x1b`, `\u001b`, `\u{1b}`.
fn backslash(character: char, text: &str) -> Option<usize> {
    let rest = text.strip_prefix('\\')?;
    let letter = rest.chars().next()?;
    let short = match letter {
        'n' => '\n',
        't' => '\t',
        'r' => '\r',
        '0' => '\0',
        'b' => '\u{8}',
        'f' => '\u{c}',
        other => other,
    };
    if short == character {
        return Some(1 + letter.len_utf8());
    }
    let code = |digits: &str| u32::from_str_radix(digits, 16).ok();
    let behind = rest.get(1..)?;
    match letter {
        'u' if behind.starts_with('{') => {
            let (digits, _) = behind.get(1..)?.split_once('}')?;
            (code(digits)? == u32::from(character)).then_some(digits.len() + 4)
        }
        'u' => {
            let mut units = [0; 2];
            let mut rest = text;
            for unit in character.encode_utf16(&mut units) {
                let digits = rest.strip_prefix("\\u")?.get(..4)?;
                if code(digits)? != u32::from(*unit) {
                    return None;
                }
                rest = rest.get(6..)?;
            }
            Some(text.len() - rest.len())
        }
        'x' => (code(behind.get(..2)?)? == u32::from(character)).then_some(4),
        _ => None,
    }
}

/// As in HTML: `&lt;`.
fn entity(character: char, text: &str) -> Option<usize> {
    let names = match character {
        '<' => ["&lt;", "&#60;"],
        '>' => ["&gt;", "&#62;"],
        '&' => ["&amp;", "&#38;"],
        '"' => ["&quot;", "&#34;"],
        '\'' => ["&apos;", "&#39;"],
        _ => return None,
    };
    names.into_iter().find(|name| text.starts_with(name)).map(str::len)
}
