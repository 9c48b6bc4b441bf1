//! Colours, or none.

use crate::arguments::Color;
use anstyle::{AnsiColor, Style as Codes};

/// How text is painted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Style {
    color: bool,
}

impl Style {
    #[cfg(test)]
    pub(crate) const COLORED: Self = Self { color: true };

    /// As it is asked for; else colours on a terminal, unless `NO_COLOR` asks for none.
    pub(crate) fn of_stream(color: Color, is_terminal: bool) -> Self {
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

    /// What matters less.
    pub(crate) fn faint(self, text: &str) -> String {
        self.paint(Codes::new().dimmed(), text)
    }

    /// What matters more.
    pub(crate) fn strong(self, text: &str) -> String {
        self.paint(Codes::new().bold(), text)
    }

    /// The word that begins a message: `error`, `note` or `help`.
    pub(crate) fn level(self, word: &str) -> String {
        let color = match word {
            "error" => AnsiColor::BrightRed,
            "note" => AnsiColor::BrightGreen,
            _ => AnsiColor::BrightCyan,
        };
        self.paint(color.on_default().bold(), word)
    }

    fn paint(self, codes: Codes, text: &str) -> String {
        if self.color && !text.is_empty() { format!("{codes}{text}{codes:#}") } else { text.to_owned() }
    }
}
