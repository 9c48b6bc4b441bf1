//! Colours, or none.

use crate::arguments::Color;
use anstyle::{AnsiColor, Style as Codes};
use std::hash::{BuildHasher as _, RandomState};
use std::sync::OnceLock;

/// What stands around the codes of a terminal in a text that is not printed yet. They are characters that no text
/// may hold that others should read: <https://www.unicode.org/faq/private_use.html#nonchar1>.
const MARKS: (char, char) = ('\u{fdd0}', '\u{fdd1}');

/// What tells our marks from those in a text that came from outside: it cannot be known there.
fn nonce() -> &'static str {
    static NONCE: OnceLock<String> = OnceLock::new();
    NONCE.get_or_init(|| format!("{:016x}", RandomState::new().hash_one(())))
}

/// A piece of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Piece<'t> {
    Text(&'t str),
    /// Codes that paint what follows.
    Codes(&'t str),
}

/// A text that was painted, taken apart.
pub(crate) fn pieces(text: &str) -> Vec<Piece<'_>> {
    let begin = format!("{}{}", MARKS.0, nonce());
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(begin.as_str()) {
        let Some((codes, behind)) = after.split_once(MARKS.1) else { break };
        pieces.extend([Piece::Text(before), Piece::Codes(codes)]);
        rest = behind;
    }
    pieces.push(Piece::Text(rest));
    pieces
}

fn marked(codes: &str) -> String {
    format!("{}{}{codes}{}", MARKS.0, nonce(), MARKS.1)
}

/// The length of the codes for colours and the like that a text begins with: `ESC [ … m`.
fn length_of_codes(text: &str) -> Option<usize> {
    let numbers = text.strip_prefix("\u{1b}[")?;
    let end = numbers.find(|c: char| !c.is_ascii_digit() && !";:".contains(c))?;
    numbers.get(end..)?.starts_with('m').then_some(end + 3)
}

/// How text is painted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Style {
    color: bool,
}

impl Style {
    #[cfg(test)]
    pub(crate) const COLORED: Self = Self { color: true };

    /// As it is asked for; else colours on a terminal, unless `NO_COLOR` asks for none.
    pub(crate) fn for_stream(color: Color, is_terminal: bool) -> Self {
        match color {
            Color::Always => return Self { color: true },
            Color::Never => return Self { color: false },
            Color::Auto => {}
        }
        let refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        let dumb = std::env::var_os("TERM").is_some_and(|value| value == "dumb");
        Self { color: is_terminal && !refused && !dumb }
    }

    pub(crate) fn is_colored(self) -> bool {
        self.color
    }

    /// A text that was painted elsewhere: by the compiler, or for it. Of its codes those for colours stay.
    pub(crate) fn painted(text: &str) -> String {
        let mut marked_text = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(at) = rest.find('\u{1b}') {
            let (before, codes) = rest.split_at(at);
            marked_text.push_str(before);
            let length = length_of_codes(codes).unwrap_or(1);
            let (codes, behind) = codes.split_at(length);
            if length > 1 {
                marked_text += &marked(codes);
            } else {
                marked_text += codes;
            }
            rest = behind;
        }
        marked_text + rest
    }

    /// A revision id.
    pub(crate) fn id(self, text: &str) -> String {
        self.paint(AnsiColor::Yellow.on_default(), text)
    }

    /// A branch label.
    pub(crate) fn label(self, text: &str) -> String {
        self.paint(AnsiColor::Cyan.on_default(), text)
    }

    /// A remark such as `(head)`.
    pub(crate) fn mark(self, text: &str) -> String {
        self.paint(AnsiColor::Green.on_default(), text)
    }

    /// What goes.
    pub(crate) fn alarm(self, text: &str) -> String {
        self.paint(AnsiColor::Red.on_default(), text)
    }

    /// A text in code.
    pub(crate) fn literal(self, text: &str) -> String {
        self.paint(AnsiColor::Green.on_default(), text)
    }

    /// What matters less.
    pub(crate) fn faint(self, text: &str) -> String {
        self.paint(Codes::new().dimmed(), text)
    }

    /// What matters more.
    pub(crate) fn strong(self, text: &str) -> String {
        self.paint(Codes::new().bold(), text)
    }

    /// The word that begins a line: `note` or `help`.
    pub(crate) fn level(self, word: &str) -> String {
        let color = match word {
            "note" => AnsiColor::BrightGreen,
            _ => AnsiColor::BrightCyan,
        };
        self.paint(color.on_default().bold(), word)
    }

    fn paint(self, codes: Codes, text: &str) -> String {
        if !self.color || text.is_empty() {
            return text.to_owned();
        }
        marked(&codes.to_string()) + text + &marked(&format!("{codes:#}"))
    }
}
