//! What every text goes through before it is printed: no password leaves, and nothing drives the terminal but our own colours.

use super::style::{Piece, pieces};
use crate::secret;
use servicekit_chain::characters::{escaped, is_invisible};
use std::fmt::Write as _;
use std::io;

/// Who reads a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reader {
    /// A person, perhaps through a file or another program.
    Person,
    /// A program that takes each character as it is, such as the client of a database.
    Program,
}

/// The text as it is printed.
///
/// Passwords are replaced. For a person, characters that are not seen as they are, such as those that begin an escape sequence or
/// turn the direction of the line, are written as `\u{…}`.
pub(super) fn printed(marked: &str, reader: Reader) -> String {
    let (mut text, mut codes) = (String::with_capacity(marked.len()), Vec::new());
    for piece in pieces(marked) {
        match piece {
            Piece::Text(piece) => text.push_str(piece),
            Piece::Codes(piece) => codes.push((text.len(), piece)),
        }
    }
    let mut printed = String::with_capacity(marked.len());
    let (mut at, mut codes) = (0, codes.into_iter().peekable());
    for (range, instead) in secret::find(&text).into_iter().chain([(text.len()..text.len(), String::new())]) {
        while let Some((place, code)) = codes.next_if(|(place, _)| *place <= range.start) {
            push(&mut printed, text.get(at..place).unwrap_or_default(), reader);
            printed.push_str(code);
            at = place;
        }
        push(&mut printed, text.get(at..range.start).unwrap_or_default(), reader);
        push(&mut printed, &instead, reader);
        // What was marked inside of a password is marked behind it.
        while let Some((_, code)) = codes.next_if(|(place, _)| *place < range.end) {
            printed.push_str(code);
        }
        at = range.end;
    }
    printed
}

fn push(printed: &mut String, text: &str, reader: Reader) {
    match reader {
        Reader::Program => printed.push_str(text),
        // The carriage return of a line end moves the cursor to where it goes anyway.
        Reader::Person if text.contains("\r\n") => printed.push_str(&escaped(&text.replace("\r\n", "\n"))),
        Reader::Person => printed.push_str(&escaped(text)),
    }
}

/// The document with every character that is not seen as it is written as `\uXXXX`. Such characters are in its strings only.
fn escaped_document(text: &str) -> String {
    let mut printed = String::with_capacity(text.len());
    for character in text.chars() {
        if is_invisible(character) && !matches!(character, '\n' | '\t') {
            let mut units = [0; 2];
            for unit in character.encode_utf16(&mut units) {
                // Writing to a string cannot fail.
                let _ = write!(printed, "\\u{unit:04x}");
            }
        } else {
            printed.push(character);
        }
    }
    printed
}

/// The fields whose values are words of ours: a password that is the same word is not revealed by them.
const CODES: [&str; 5] = ["code", "direction", "verdict", "what", "name"];

/// A value as a JSON document, laid out, without passwords.
pub(super) fn document(value: &impl serde::Serialize) -> io::Result<String> {
    let mut text = Vec::new();
    let layout = Layout {
        pretty: serde_json::ser::PrettyFormatter::new(),
        string: None,
        key: String::new(),
        is_key: false,
    };
    value.serialize(&mut serde_json::Serializer::with_formatter(&mut text, layout))?;
    let text = String::from_utf8(text).map_err(io::Error::other)?;
    Ok(escaped_document(&text) + "\n")
}

/// serde's layout; a string is kept back until it is whole, and then written without passwords.
struct Layout {
    pretty: serde_json::ser::PrettyFormatter<'static>,
    string: Option<String>,
    /// The last key.
    key: String,
    is_key: bool,
}

impl Layout {
    fn end(&mut self) -> io::Result<String> {
        let string = self.string.take().unwrap_or_default();
        if self.is_key {
            self.key.clone_from(&string);
        }
        let is_ours = self.is_key || CODES.contains(&self.key.as_str());
        let string = if is_ours { string } else { secret::hidden(&string).into_owned() };
        Ok(serde_json::to_string::<String>(&string)?)
    }
}

macro_rules! as_ever {
    ($($name:ident($($argument:ident: $type:ty),*)),* $(,)?) => {
        $(fn $name<W: ?Sized + io::Write>(&mut self, writer: &mut W, $($argument: $type),*) -> io::Result<()> {
            self.pretty.$name(writer, $($argument),*)
        })*
    };
}

impl serde_json::ser::Formatter for Layout {
    as_ever!(
        begin_array(),
        end_array(),
        begin_array_value(first: bool),
        end_array_value(),
        begin_object(),
        end_object(),
        begin_object_value(),
        end_object_value(),
    );

    fn begin_object_key<W: ?Sized + io::Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        self.is_key = true;
        self.pretty.begin_object_key(writer, first)
    }

    fn end_object_key<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.is_key = false;
        self.pretty.end_object_key(writer)
    }

    fn begin_string<W: ?Sized + io::Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.string = Some(String::new());
        Ok(())
    }

    fn write_string_fragment<W: ?Sized + io::Write>(&mut self, _: &mut W, fragment: &str) -> io::Result<()> {
        self.string.get_or_insert_default().push_str(fragment);
        Ok(())
    }

    fn write_char_escape<W: ?Sized + io::Write>(
        &mut self,
        _: &mut W,
        escape: serde_json::ser::CharEscape,
    ) -> io::Result<()> {
        use serde_json::ser::CharEscape;
        self.string.get_or_insert_default().push(match escape {
            CharEscape::Quote => '"',
            CharEscape::ReverseSolidus => '\\',
            CharEscape::Solidus => '/',
            CharEscape::Backspace => '\u{8}',
            CharEscape::FormFeed => '\u{c}',
            CharEscape::LineFeed => '\n',
            CharEscape::CarriageReturn => '\r',
            CharEscape::Tab => '\t',
            CharEscape::AsciiControl(byte) => char::from(byte),
        });
        Ok(())
    }

    fn end_string<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        let string = self.end()?;
        writer.write_all(string.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::console::style::Style;

    #[test]
    fn colours_of_ours_stay_and_nobody_else_has_any() {
        let style = Style::COLORED;
        let text =
            style.strong("a\u{1b}[31mb") + "\u{fdd0}0000000000000000\u{1b}[8m\u{fdd1}\u{9b}2J\u{202e}\r\n";
        assert_eq!(
            printed(&text, Reader::Person),
            "\u{1b}[1ma\\u{1b}[31mb\u{1b}[0m\u{fdd0}0000000000000000\\u{1b}[8m\u{fdd1}\\u{9b}2J\\u{202e}\n"
        );
        assert_eq!(printed("a\u{200b}\r\n", Reader::Program), "a\u{200b}\r\n");
    }

    #[test]
    fn of_what_was_painted_elsewhere_only_the_colours_stay() {
        let text = Style::painted("\u{1b}[1m\u{1b}[38;5;9merror\u{1b}[0m\u{1b}]0;title\u{7}\u{1b}[2J");
        assert_eq!(
            printed(&text, Reader::Person),
            "\u{1b}[1m\u{1b}[38;5;9merror\u{1b}[0m\\u{1b}]0;title\\u{7}\\u{1b}[2J"
        );
    }

    #[test]
    fn a_document_is_read_back_as_it_was_and_shows_nothing_that_is_not_seen() {
        let value = vec!["a\u{202e}b\u{9b}\u{e0041}", "\n\"\\\u{1b}\u{7f}\u{feff}", "é"];
        let text = document(&value).unwrap();
        assert!(text.chars().all(|c| c == '\n' || !is_invisible(c)), "{text:?}");
        assert_eq!(serde_json::from_str::<Vec<String>>(&text).unwrap(), value);
    }
}
