//! JSON as a document (RFC 8259).

use super::Node;
use super::read::InvalidDocument;
use std::str::FromStr;

/// How deep values may be in each other: what is read calls itself for each.
const MAX_DEPTH: usize = 128;

/// A text of JSON, whatever is in it.
///
/// ```
/// use servicekit_schema::document::Node;
/// let node: Node = r#"{"x": ["\u00e9", -1, 0.5, null]}"#.parse().unwrap();
/// assert_eq!(node.to_string(), r#"{"x":["é",-1,0.5,null]}"#);
/// ```
impl FromStr for Node {
    type Err = InvalidDocument;

    fn from_str(text: &str) -> Result<Self, InvalidDocument> {
        let mut parser = Parser { text, at: 0 };
        let node = parser.value(0)?;
        parser.skip_blanks();
        if parser.at == text.len() { Ok(node) } else { Err(parser.error()) }
    }
}

struct Parser<'t> {
    text: &'t str,
    at: usize,
}

impl Parser<'_> {
    fn error(&self) -> InvalidDocument {
        InvalidDocument::Syntax { offset: self.at }
    }

    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn skip_blanks(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start_matches([' ', '\t', '\n', '\r']).len();
    }

    /// Whether this comes next; if so, it is behind.
    fn has(&mut self, expected: &str) -> bool {
        self.skip_blanks();
        let is_next = self.rest().starts_with(expected);
        self.at += if is_next { expected.len() } else { 0 };
        is_next
    }

    fn need(&mut self, expected: &str) -> Result<(), InvalidDocument> {
        if self.has(expected) { Ok(()) } else { Err(self.error()) }
    }

    fn value(&mut self, depth: usize) -> Result<Node, InvalidDocument> {
        if depth > MAX_DEPTH {
            return Err(self.error());
        }
        if self.has("{") {
            let field = |parser: &mut Self| {
                let name = parser.text()?;
                parser.need(":")?;
                Ok((name.into(), parser.value(depth + 1)?))
            };
            return Ok(Node::Fields(self.list("}", field)?));
        }
        if self.has("[") {
            return Ok(Node::List(self.list("]", |parser| parser.value(depth + 1))?));
        }
        if self.rest().starts_with('"') {
            return Ok(Node::Text(self.text()?));
        }
        let words = [("null", Node::Null), ("true", Node::Boolean(true)), ("false", Node::Boolean(false))];
        for (word, node) in words {
            if self.has(word) {
                return Ok(node);
            }
        }
        self.number()
    }

    /// What is between commas, up to the end.
    fn list<T>(
        &mut self,
        end: &str,
        mut item: impl FnMut(&mut Self) -> Result<T, InvalidDocument>,
    ) -> Result<Vec<T>, InvalidDocument> {
        let mut items = Vec::new();
        if self.has(end) {
            return Ok(items);
        }
        loop {
            items.push(item(self)?);
            if self.has(end) {
                return Ok(items);
            }
            self.need(",")?;
        }
    }

    fn number(&mut self) -> Result<Node, InvalidDocument> {
        let is_part = |c: char| c.is_ascii_digit() || "+-.eE".contains(c);
        let rest = self.rest();
        let length = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
        let text = rest.get(..length).unwrap_or_default();
        let node = match text.parse() {
            Ok(number) => Some(Node::Integer(number)),
            Err(_) => text.parse().ok().filter(|number: &f64| number.is_finite()).map(Node::Real),
        };
        let node = node.ok_or_else(|| self.error())?;
        self.at += length;
        Ok(node)
    }

    fn text(&mut self) -> Result<String, InvalidDocument> {
        self.need("\"")?;
        let mut text = String::new();
        loop {
            let rest = self.rest();
            let length = rest.find(['"', '\\']).ok_or_else(|| self.error())?;
            text.push_str(rest.get(..length).unwrap_or_default());
            let is_end = rest.get(length..).is_some_and(|rest| rest.starts_with('"'));
            self.at += length + 1;
            if is_end {
                return Ok(text);
            }
            text.push(self.escaped()?);
        }
    }

    /// The character behind a backslash.
    fn escaped(&mut self) -> Result<char, InvalidDocument> {
        let letter = self.rest().chars().next().ok_or_else(|| self.error())?;
        self.at += letter.len_utf8();
        Ok(match letter {
            '"' | '\\' | '/' => letter,
            'b' => '\u{8}',
            'f' => '\u{c}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => self.numbered()?,
            _ => return Err(self.error()),
        })
    }

    /// The character of `\u`: one beyond the first 65536 is a pair of them.
    fn numbered(&mut self) -> Result<char, InvalidDocument> {
        let mut units = vec![self.unit()?];
        if matches!(units.as_slice(), [0xd800..0xdc00]) && self.rest().starts_with("\\u") {
            self.at += 2;
            units.push(self.unit()?);
        }
        let mut characters = char::decode_utf16(units);
        match (characters.next(), characters.next()) {
            (Some(Ok(character)), None) => Ok(character),
            _ => Err(self.error()),
        }
    }

    fn unit(&mut self) -> Result<u16, InvalidDocument> {
        let digits =
            self.rest().get(..4).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
        let unit = digits.and_then(|digits| u16::from_str_radix(digits, 16).ok());
        let unit = unit.ok_or_else(|| self.error())?;
        self.at += 4;
        Ok(unit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_of_any_writer_is_read() {
        let text = " { \"a\" : [ 1 , -2.5e1 , \"\\u00e9\\ud83e\\udd80\\/\\n\" , true , false , null , { } , [ ] ] } \n";
        let node: Node = text.parse().unwrap();
        assert_eq!(node.to_string(), "{\"a\":[1,-25.0,\"é🦀/\\u000a\",true,false,null,{},[]]}");
        let largest = i128::MAX.to_string();
        assert_eq!(largest.parse(), Ok(Node::Integer(i128::MAX)));
    }

    #[test]
    fn what_is_no_json_is_an_error_with_its_place() {
        let cases = [
            ("", 0),
            ("{\"a\"", 4),
            ("[1,]", 3),
            ("[1 2]", 3),
            ("{1:2}", 1),
            ("\"a", 1),
            ("\"\\x\"", 3),
            ("\"\\ud83e\"", 7),
            ("1e999", 0),
            ("--1", 0),
            ("nul", 0),
            ("1 1", 2),
        ];
        for (text, offset) in cases {
            assert_eq!(text.parse::<Node>(), Err(InvalidDocument::Syntax { offset }), "{text}");
        }
        assert_eq!("[".repeat(200).parse::<Node>(), Err(InvalidDocument::Syntax { offset: 129 }));
    }
}
