//! Literals of Rust.

use super::layout::{Expr, array, call, text as text_of, word};
use crate::table::Value;

/// A text as a literal: raw where it has quotes or backslashes, and nothing that should not be seen as it is.
pub(super) fn text(text: &str) -> String {
    let is_plain = |c: char| c == '\n' || unescaped(c);
    if text.contains(['"', '\\']) && text.chars().all(|c| is_plain(c) || c == '"' || c == '\\') {
        let hashes = hashes(text);
        return format!("r{hashes}\"{text}\"{hashes}");
    }
    if text.contains('\n') && text.chars().all(is_plain) {
        return format!("\"{text}\"");
    }
    format!("\"{}\"", text.chars().map(escaped).collect::<String>())
}

/// A text that is too long for a line, which has room for so many characters: it goes on behind backslashes, where it has
/// spaces to be cut at.
pub(super) fn broken_text(whole: &str, room: usize, indent: usize) -> String {
    if whole.contains('\n') {
        return text(whole);
    }
    let mut out = String::from("\"");
    let mut width = 1;
    let mut words = whole.split_inclusive(' ').peekable();
    while let Some(next) = words.next() {
        let escaped: String = next.chars().map(escaped).collect();
        let length = escaped.chars().count();
        // Spaces at the beginning of a line would be skipped.
        let can_break = width > 1 && !next.starts_with(' ') && out.ends_with(' ');
        let closing = if words.peek().is_some() { 1 } else { 2 };
        if can_break && width + length + closing > room {
            out.push_str("\\\n");
            out.extend(std::iter::repeat_n(' ', indent + 1));
            // What follows begins a column behind the first quote.
            width = 1;
        }
        out.push_str(&escaped);
        width += length;
    }
    out.push('"');
    out
}

/// As many `#` as keep a text from ending a raw literal.
fn hashes(text: &str) -> String {
    let mut most = None;
    for (at, _) in text.match_indices('"') {
        let behind = text.get(at + 1..).unwrap_or_default();
        let count = behind.chars().take_while(|c| *c == '#').count();
        most = most.max(Some(count));
    }
    "#".repeat(most.map_or(0, |most| most + 1))
}

/// Whether a character may stand in a literal as it is.
fn unescaped(c: char) -> bool {
    c == '\'' || c.escape_debug().count() == 1
}

fn escaped(c: char) -> String {
    if unescaped(c) { c.to_string() } else { c.escape_debug().to_string() }
}

/// A comment on one line.
pub(crate) fn comment(text: &str) -> String {
    let plain = |c: char| if unescaped(c) || c == '"' || c == '\\' { c.to_string() } else { escaped(c) };
    text.chars().map(plain).collect()
}

/// A value, as a method takes it.
pub(super) fn value(value: &Value) -> Expr {
    match value {
        Value::Null => word("None::<&str>"),
        value => one(value, Integers::of([value])),
    }
}

/// Values of the type `Value`, which need not be of one type.
pub(super) fn wrapped(value: &Value) -> Expr {
    match value {
        Value::Null => word("servicekit::schema::Value::Null"),
        Value::Now => word("now()"),
        Value::Integer(number) if Integers::of([value]) == Integers::Wide => wide(*number),
        value => call("servicekit::schema::Value::from", [self::value(value)]),
    }
}

fn wide(number: i128) -> Expr {
    call("servicekit::schema::Value::Integer", [word(grouped(&number.to_string()))])
}

/// A value that is not null, with a type for integers that others share.
fn one(value: &Value, integers: Integers) -> Expr {
    match value {
        // It is none of those that can be here.
        Value::Null => word("None::<&str>"),
        Value::Boolean(value) => word(value.to_string()),
        Value::Integer(number) => integers.literal(*number),
        Value::Real(number) => word(real(*number)),
        Value::Text(text) => text_of(text),
        Value::Bytes(bytes) => word(format!("b\"{}\"", bytes.escape_ascii())),
        Value::Expression(sql) => call("sql", [text_of(sql)]),
        Value::Now => word("now()"),
    }
}

/// The type of integers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Integers {
    I32,
    I64,
    U64,
    Wide,
}

impl Integers {
    /// The first type that has room for these.
    fn of<'v>(values: impl IntoIterator<Item = &'v Value>) -> Self {
        let (mut least, mut most) = (0, 0);
        for value in values {
            if let Value::Integer(number) = value {
                least = least.min(*number);
                most = most.max(*number);
            }
        }
        if i32::try_from(least).is_ok() && i32::try_from(most).is_ok() {
            Self::I32
        } else if i64::try_from(least).is_ok() && i64::try_from(most).is_ok() {
            Self::I64
        } else if least == 0 && u64::try_from(most).is_ok() {
            Self::U64
        } else {
            Self::Wide
        }
    }

    fn literal(self, number: i128) -> Expr {
        let digits = grouped(&number.to_string());
        match self {
            Self::I32 => word(digits),
            Self::I64 => word(digits + "_i64"),
            Self::U64 => word(digits + "_u64"),
            Self::Wide => wide(number),
        }
    }
}

/// A number with `_` between groups of three digits, where it is long.
pub(super) fn grouped(number: &str) -> String {
    let (sign, digits) = number.strip_prefix('-').map_or(("", number), |digits| ("-", digits));
    if digits.len() < 5 {
        return number.to_owned();
    }
    let mut out = sign.to_owned();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at) % 3 == 0 {
            out.push('_');
        }
        out.push(digit);
    }
    out
}

fn real(number: f64) -> String {
    if number.is_finite() {
        format!("{number:?}")
    } else {
        format!("f64::from_bits({:#x})", number.to_bits())
    }
}

/// Rows of one type, if the values of each column have one.
pub(super) fn rows(rows: &[Vec<Value>]) -> Expr {
    let Some(width) = rows.first().map(Vec::len) else { return word("[] as [[&str; 1]; 0]") };
    let column = |at: usize| rows.iter().filter_map(move |row| row.get(at));
    let kinds: Option<Vec<ColumnKind>> = (0..width).map(|at| ColumnKind::of(&column(at))).collect();
    match kinds {
        Some(kinds) if (1..=16).contains(&width) && rows.iter().all(|row| row.len() == width) => {
            array(rows.iter().map(|row| {
                let items = row.iter().zip(&kinds).map(|(value, kind)| kind.literal(value)).collect();
                if width == 1 {
                    Expr::List { open: "[", items, close: "]" }
                } else {
                    Expr::List { open: "(", items, close: ")" }
                }
            }))
        }
        _ => array(rows.iter().map(|row| match row.as_slice() {
            [] => word("Vec::<servicekit::schema::Value>::new()"),
            row => Expr::List { open: "vec![", items: row.iter().map(wrapped).collect(), close: "]" },
        })),
    }
}

/// The type that the values of a column share.
struct ColumnKind {
    integers: Integers,
    /// Whether some are null.
    has_nulls: bool,
    /// Whether all are.
    is_null: bool,
}

impl ColumnKind {
    fn of<'v>(values: &(impl Iterator<Item = &'v Value> + Clone)) -> Option<Self> {
        let mut known = values.clone().filter(|value| **value != Value::Null);
        let first = known.next();
        let same = |value: &Value| {
            first.is_some_and(|first| std::mem::discriminant(first) == std::mem::discriminant(value))
        };
        let integers = Integers::of(values.clone());
        let is_wide = integers == Integers::Wide;
        (known.all(same) && !is_wide).then(|| Self {
            integers,
            has_nulls: values.clone().any(|value| *value == Value::Null),
            is_null: first.is_none(),
        })
    }

    fn literal(&self, value: &Value) -> Expr {
        let literal = match value {
            Value::Null if self.is_null => return word("None::<&str>"),
            Value::Null => return word("None"),
            // Arrays of other lengths are of another type.
            Value::Bytes(_) => one(value, self.integers).method("as_slice", []),
            value => one(value, self.integers),
        };
        if self.has_nulls { call("Some", [literal]) } else { literal }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_raw_where_that_is_easier_to_read() {
        let written = |text: &str| self::text(text);
        assert_eq!(written("it's"), r#""it's""#);
        assert_eq!(written("a \"b\""), "r#\"a \"b\"\"#");
        assert_eq!(written("a \"# b"), "r##\"a \"# b\"##");
        assert_eq!(written(r"a \ b"), r#"r"a \ b""#);
        assert_eq!(written("a\n\"b\""), "r#\"a\n\"b\"\"#");
        assert_eq!(written("\u{202e}\"\r\0"), r#""\u{202e}\"\r\0""#);
    }

    #[test]
    fn a_long_text_goes_on_behind_a_backslash() {
        assert_eq!(broken_text("one two  three four", 11, 4), "\"one two  \\\n     three \\\n     four\"");
        assert_eq!(broken_text("unbreakable", 4, 4), "\"unbreakable\"");
    }

    #[test]
    fn long_numbers_are_grouped() {
        assert_eq!(
            ["1234", "12345", "-99990", "123456"].map(grouped),
            ["1234", "12_345", "-99_990", "123_456"]
        );
    }
}
