//! The passwords of this run, and how they are kept out of whatever is printed.
//!
//! What is typed, set in the environment or written in the configuration is known as a whole, so the passwords in it
//! are found as values. Each text that is printed is searched for these values, however they are encoded in it.
//!
//! A password that anybody would guess (see [`guessable`]) is hidden in URLs, and is not looked for elsewhere: it would take
//! ordinary words out of messages, and the gap would reveal it.

mod address;
mod guessable;
mod pattern;
mod sources;

pub(crate) use address::shown;

use pattern::Pattern;
use std::borrow::Cow;
use std::ffi::OsString;
use std::ops::Range;
use std::sync::{PoisonError, RwLock};

/// What stands for a password.
const HIDDEN: &str = "***";

/// Of this process: what is printed last, as by a panic, has nobody to ask for them.
static SECRETS: RwLock<Secrets> = RwLock::new(Secrets { patterns: Vec::new() });

/// Learns the passwords of the arguments and of the environment.
pub(crate) fn learn_environment(arguments: &[OsString]) {
    change(|secrets| {
        for argument in arguments {
            secrets.learn(&argument.to_string_lossy());
        }
        sources::environment(secrets);
    });
}

/// Learns the passwords of a text that was given as a whole: an argument, or the value of a variable or a key.
pub(crate) fn learn(text: &str) {
    change(|secrets| secrets.learn(text));
}

/// Learns the passwords of a configuration that is no TOML, line by line.
pub(crate) fn learn_lines(text: &str) {
    change(|secrets| sources::lines(secrets, text));
}

fn change(change: impl FnOnce(&mut Secrets)) {
    // A poisoned lock still holds good patterns.
    change(&mut SECRETS.write().unwrap_or_else(PoisonError::into_inner));
}

/// The places of passwords in a text, and what is shown instead, in order and without overlaps.
pub(crate) fn find(text: &str) -> Vec<(Range<usize>, String)> {
    SECRETS.read().unwrap_or_else(PoisonError::into_inner).find(text)
}

/// The text without the passwords of this run.
pub(crate) fn hidden(text: &str) -> Cow<'_, str> {
    replaced(text, find(text))
}

fn replaced(text: &str, found: Vec<(Range<usize>, String)>) -> Cow<'_, str> {
    if found.is_empty() {
        return Cow::Borrowed(text);
    }
    let (mut shown, mut at) = (String::with_capacity(text.len()), 0);
    for (range, instead) in found {
        shown.push_str(text.get(at..range.start).unwrap_or_default());
        shown.push_str(&instead);
        at = range.end;
    }
    shown.push_str(text.get(at..).unwrap_or_default());
    Cow::Owned(shown)
}

/// What is looked for, the longest first.
#[derive(Debug)]
struct Secrets {
    patterns: Vec<Pattern>,
}

impl Secrets {
    /// Learns the passwords of a text that was given as a whole.
    fn learn(&mut self, text: &str) {
        let passwords = address::passwords(text);
        if passwords.is_empty() {
            return;
        }
        self.add(Pattern::new(text, address::shown(text)));
        let open = address::open_parts(text);
        for password in passwords {
            let decoded = [
                address::decoded(&password),
                address::decoded(&password.replace('+', " ")),
                password.trim_matches('\'').to_owned(),
            ];
            for form in [password].into_iter().chain(decoded) {
                // Behind the colon of a URL it is one, however short.
                self.add(Pattern::new(&format!(":{form}@"), format!(":{HIDDEN}@")));
                self.password(&form, &open);
            }
        }
    }

    /// Looks for a password, and for parts that a URL or a target with it may be cut into, or that a text is printed in.
    fn password(&mut self, password: &str, open: &[String]) {
        let parts = password.split(['/', '?', '#', '&', '@', ':', ',', '\n', '\r']);
        for part in [password].into_iter().chain(parts) {
            let part = part.trim_matches(|c: char| c.is_whitespace() || c.is_control());
            if !guessable::is_guessable(part, open) {
                self.add(Pattern::from_password(part));
            }
        }
    }

    fn add(&mut self, pattern: Pattern) {
        if !pattern.is_empty() && !self.patterns.contains(&pattern) {
            self.patterns.push(pattern);
            self.patterns.sort_by_key(|pattern| std::cmp::Reverse(pattern.length()));
        }
    }

    fn find(&self, text: &str) -> Vec<(Range<usize>, String)> {
        let mut found = Vec::new();
        if self.patterns.is_empty() {
            return found;
        }
        let (mut end, mut before) = (0, None);
        for (at, character) in text.char_indices() {
            if at >= end {
                let hit =
                    self.patterns.iter().find_map(|pattern| Some((pattern, pattern.at(text, at, before)?)));
                if let Some((pattern, length)) = hit {
                    end = at + length;
                    found.push((at..end, pattern.instead().to_owned()));
                }
            }
            before = Some(character);
        }
        found
    }
}

#[cfg(test)]
mod tests;
