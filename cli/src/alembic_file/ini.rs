//! The text of an ini file, as Python's `configparser` takes it apart.
//!
//! No crate reads it so: `configparser` and `rust-ini` know no places, no interpolation with `%(name)s`, and other rules for
//! lines that continue a value. <https://docs.python.org/3/library/configparser.html#supported-ini-file-structure>

use std::ops::Range;

/// The section whose options every other section has too.
pub(super) const DEFAULT: &str = "DEFAULT";

/// The sections of a file, in order.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Ini {
    pub(super) sections: Vec<Section>,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) struct Section {
    pub(super) name: String,
    /// Its line.
    pub(super) span: Range<usize>,
    pub(super) options: Vec<IniOption>,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) struct IniOption {
    /// In lower case, as it is looked up.
    pub(super) name: String,
    pub(super) name_span: Range<usize>,
    /// As it is written, with `\n` between the lines.
    pub(super) value: String,
    /// From the first to the last letter of the value.
    pub(super) span: Range<usize>,
}

/// Why a text is no ini file.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct IniError {
    pub(super) span: Range<usize>,
    pub(super) reason: String,
    /// Where the other of two equal names stands.
    pub(super) first: Option<Range<usize>>,
}

impl Ini {
    /// Takes a text apart.
    pub(super) fn parse(text: &str) -> Result<Self, IniError> {
        let mut reader = Reader::default();
        for (start, line) in lines(text) {
            reader.line(start, line)?;
        }
        for option in reader.ini.sections.iter_mut().flat_map(|section| &mut section.options) {
            option.value.truncate(option.value.trim_end().len());
        }
        Ok(reader.ini)
    }

    pub(super) fn section(&self, name: &str) -> Option<&Section> {
        self.sections.iter().find(|section| section.name == name)
    }
}

impl Section {
    pub(super) fn option(&self, name: &str) -> Option<&IniOption> {
        self.options.iter().find(|option| option.name == name)
    }
}

/// The lines of a text with where they begin, as Python's universal newlines make them.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    std::iter::from_fn(move || {
        let rest = text.get(at..).filter(|rest| !rest.is_empty())?;
        let start = at;
        let length = rest.find(['\r', '\n']).unwrap_or(rest.len());
        let (line, behind) = rest.split_at(length);
        let end = if behind.starts_with("\r\n") { 2 } else { behind.len().min(1) };
        at += length + end;
        Some((start, line))
    })
}

#[derive(Debug, Default)]
struct Reader {
    ini: Ini,
    /// The section that options go into, by its index.
    section: Option<usize>,
    /// Whether a line that is indented further continues the last option.
    is_open: bool,
    indent: usize,
}

impl Reader {
    fn line(&mut self, start: usize, line: &str) -> Result<(), IniError> {
        let content = line.trim();
        let blanks = line.len() - line.trim_start().len();
        let span = start + blanks..start + blanks + content.len();
        if content.starts_with(['#', ';']) {
            return Ok(());
        }
        if content.is_empty() {
            if let Some(option) = self.open_option() {
                option.value.push('\n');
            }
            return Ok(());
        }
        let indent = line.chars().take_while(|letter| letter.is_whitespace()).count();
        let continues = indent > self.indent;
        if let Some(option) = self.open_option().filter(|_| continues) {
            option.value.push('\n');
            option.value.push_str(content);
            let first = if option.span.is_empty() { span.start } else { option.span.start };
            option.span = first..span.end;
            return Ok(());
        }
        self.indent = indent;
        match content.strip_prefix('[').and_then(|rest| rest.rsplit_once(']')) {
            Some((name, _)) if !name.is_empty() => self.section(name, span),
            _ => self.option(content, span),
        }
    }

    fn open_option(&mut self) -> Option<&mut IniOption> {
        let section = self.section.filter(|_| self.is_open)?;
        self.ini.sections.get_mut(section)?.options.last_mut()
    }

    fn section(&mut self, name: &str, span: Range<usize>) -> Result<(), IniError> {
        self.is_open = false;
        let known = self.ini.sections.iter().position(|section| section.name == name);
        // Options for all sections may be in several places.
        if let Some(section) = known.filter(|_| name == DEFAULT) {
            self.section = Some(section);
            return Ok(());
        }
        if let Some(first) = known.and_then(|known| self.ini.sections.get(known)) {
            let reason = format!("the section `[{name}]` is there twice");
            return Err(IniError { span, reason, first: Some(first.span.clone()) });
        }
        self.section = Some(self.ini.sections.len());
        self.ini.sections.push(Section { name: name.to_owned(), span, options: Vec::new() });
        Ok(())
    }

    fn option(&mut self, content: &str, span: Range<usize>) -> Result<(), IniError> {
        let fail = |span, reason: &str| Err(IniError { span, reason: reason.to_owned(), first: None });
        let Some(section) = self.section.and_then(|section| self.ini.sections.get_mut(section)) else {
            return fail(span, "there is no section above this line");
        };
        let Some((name, value)) = content.split_once(['=', ':']) else {
            return fail(span, "this line is no section, no option and no comment");
        };
        let (key, value_start) = (name.trim_end(), span.end - value.trim_start().len());
        if key.is_empty() {
            return fail(span, "the name of the option is missing");
        }
        let name_span = span.start..span.start + key.len();
        let name = key.to_lowercase();
        if let Some(first) = section.option(&name) {
            let reason = format!("the option `{name}` is there twice in `[{}]`", section.name);
            return Err(IniError { span: name_span, reason, first: Some(first.name_span.clone()) });
        }
        let value = value.trim().to_owned();
        section.options.push(IniOption { name, name_span, value, span: value_start..span.end });
        self.is_open = true;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Every option as `[section] name=value`, or the error with what it is about.
    fn read(text: &str) -> String {
        match Ini::parse(text) {
            Ok(ini) => ini
                .sections
                .iter()
                .flat_map(|section| section.options.iter().map(move |option| (section, option)))
                .map(|(section, option)| format!("[{}] {}={:?}", section.name, option.name, option.value))
                .collect::<Vec<_>>()
                .join("; "),
            Err(error) => {
                let at = |span: &Range<usize>| text.get(span.clone()).unwrap_or("outside").to_owned();
                let first = error.first.as_ref().map(at);
                format!("{} at {:?}, first {first:?}", error.reason, at(&error.span))
            }
        }
    }

    #[test]
    fn a_text_is_taken_apart_as_python_takes_it() {
        let cases = [
            "[a]\nx = 1\ny: 2\nZ=a = b : c\n",
            "\u{feff}[a]\r\nx = 1\r\n; note\r\n  # note\r\nempty =\r\n",
            "[a]\nx = 1\n  2\n\n  3\n # inside\n  4\n\n[b]\n y = 5\n z = 6\n",
            "[DEFAULT]\nx = 1\n[a]\ny = 2\n[DEFAULT]\nz = 3\n",
            "[a] behind\nx = 1 # not a note\n",
            "[a]\nx =\n  one\n  two\n",
            "[a]\n  [b]\nx = 1",
            "[a]\rx = 1\r",
            "x = 1\n",
            "[a]\nonly words\n",
            "[a]\n= 1\n",
            "[a]\nx = 1\nX = 2\n",
            "[a]\n[b]\n[a]\n",
            "[]\n",
            "",
        ];
        insta::assert_snapshot!(cases.map(read).join("\n"));
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic_and_places_fit_the_text(text in "([\\[\\]a-c=: \t#;é\u{feff}\u{85}]|\r|\n|\r\n|\\PC){0,60}") {
            let spans: Vec<Range<usize>> = match Ini::parse(&text) {
                Ok(ini) => ini.sections.into_iter().flat_map(|section| {
                    let options = section.options.into_iter().flat_map(|option| [option.name_span, option.span]);
                    options.chain([section.span]).collect::<Vec<_>>()
                }).collect(),
                Err(error) => [error.span].into_iter().chain(error.first).collect(),
            };
            for span in spans {
                prop_assert!(text.get(span.clone()).is_some(), "{span:?}");
            }
        }
    }
}
