//! How several things are named in one line.

use super::{Member, Named};
use std::fmt;

impl fmt::Display for Named {
    /// The name and in parentheses the message, when there is one.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`", self.name)?;
        if self.message.is_empty() { Ok(()) } else { write!(f, " ({})", self.message) }
    }
}

/// `one`, `two`, … as a word while words are short.
pub(super) fn count(number: usize) -> String {
    const WORDS: [&str; 10] = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
    WORDS.get(number).map_or_else(|| number.to_string(), |word| (*word).to_owned())
}

pub(super) fn path(members: &[Member]) -> String {
    let mut ids: Vec<String> =
        members.iter().take(NAMED + 1).map(|member| format!("`{}`", member.id)).collect();
    let first = ids.first().cloned();
    if members.len() > NAMED + 1 {
        ids.pop();
        ids.push(format!("… {} more …", members.len() - NAMED));
    }
    ids.extend(first);
    ids.join(" → ")
}

pub(super) fn names(named: &[Named]) -> String {
    list(named.iter().map(|named| format!("`{}`", named.name)), "and")
}

/// Names in backticks.
pub(super) fn quoted<T: AsRef<str>>(names: &[T], last: &str) -> String {
    list(names.iter().map(|name| format!("`{}`", name.as_ref())), last)
}

/// How many of many things a message names.
pub const NAMED: usize = 10;

/// `a`, `a and b`, `a, b and c`; of many the first and how many more there are.
///
/// ```
/// use servicekit_chain::diagnostic::list;
/// assert_eq!(list(["a", "b", "c"], "or"), "a, b or c");
/// assert_eq!(list(["x"; 15], "or"), "x, x, x, x, x, x, x, x, x, x and 5 more");
/// ```
pub fn list<I>(items: I, last: &str) -> String
where
    I: IntoIterator<Item: AsRef<str>>,
    I::IntoIter: ExactSizeIterator,
{
    let items = items.into_iter();
    // A rest of one is named as well.
    let more = if items.len() > NAMED + 1 { items.len() - NAMED } else { 0 };
    let named = items.take(if more > 0 { NAMED } else { NAMED + 1 });
    let mut items: Vec<String> = named.map(|item| item.as_ref().to_owned()).collect();
    if more > 0 {
        items.push(format!("{more} more"));
    }
    joined(items, if more > 0 { "and" } else { last })
}

/// `a`, `a and b`, `a, b and c`, however many there are.
pub(crate) fn joined(mut items: Vec<String>, last: &str) -> String {
    match items.pop() {
        Some(end) if !items.is_empty() => format!("{} {last} {end}", items.join(", ")),
        Some(only) => only,
        None => String::new(),
    }
}
