//! `.sql` version files: a header of comments, then sections.

use super::blank::{trim_end, trim_start};
use super::directive::{Directive, Meaning, Wrong, directive, disguised, near_dialect, trailing, wrong};
use super::header::{Fill, Key, Title, example_id, first_line};
use super::key::{disguised_key, key_value, meant, python_key};
use super::nesting::Nesting;
use super::{Body, Read, SQL_KEYS, Section, SqlBody};
use crate::characters::is_invisible;
use crate::diagnostic::{Instead, Problem};
use crate::sql::{LexicalMode, Unterminated, client_commands, copy_from_stdin, left_open};
use crate::{Dialect, Direction, Source, id};
use std::ops::Range;
use std::sync::Arc;

pub(crate) fn read(source: &Arc<Source>) -> Read {
    let mut scan = Scan {
        text: &source.text,
        fill: Fill::new(source),
        title: Title::default(),
        sections: Vec::new(),
        transaction: true,
        outside: None,
        directives: false,
        wrong: 0,
        nesting: None,
    };
    let mut start = if scan.text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    while let Some(rest) = scan.text.get(start..).filter(|rest| !rest.is_empty()) {
        let end = rest.find('\n').map_or(scan.text.len(), |at| start + at + 1);
        scan.line(start..end);
        start = end;
    }
    scan.finish()
}

/// A section while it is being read.
struct Open {
    direction: Direction,
    dialects: Vec<(Dialect, Range<usize>)>,
    /// Which dialects it serves is not known, because the directive is wrong.
    unclear: bool,
    directive: Range<usize>,
    text: Range<usize>,
}

struct Scan<'s> {
    text: &'s str,
    fill: Fill<'s>,
    title: Title,
    sections: Vec<Open>,
    transaction: bool,
    /// The first line of SQL before any section, and how many there are.
    outside: Option<(Range<usize>, usize)>,
    /// Whether any directive was seen, right or wrong.
    directives: bool,
    /// How many directives were wrong.
    wrong: usize,
    /// The open section's SQL, once something in it had to be looked at closely.
    nesting: Option<Nesting<'s>>,
}

/// After so many wrong directives, where one stands is not looked at any more.
const MAX_WRONG: usize = 100;

/// What was meant as a directive stands in so many bytes.
const MAX_DIRECTIVE: usize = 200;

impl<'s> Scan<'s> {
    /// One line with its line end.
    fn line(&mut self, line: Range<usize>) {
        let Some(text) = self.text.get(line.clone()) else { return };
        let trimmed = trim_start(text);
        if let Some(comment) = trimmed.strip_prefix("--") {
            let comment = trim_start(comment.trim_start_matches('-'));
            let start = line.end - comment.len();
            let comment = trim_end(comment);
            return self.comment(comment, start, &line);
        }
        if !self.directive_in_disguise(trimmed, &line) && self.sections.is_empty() {
            let start = line.end - trimmed.len();
            self.outside_line(trim_end(trimmed), start);
        }
    }

    /// The text of a `--` line, trimmed, which begins at `start`.
    fn comment(&mut self, comment: &'s str, start: usize, line: &Range<usize>) {
        if let Some((directive, length)) = directive(comment) {
            self.title.close();
            self.directives = true;
            return self.directive(directive, start..start + length, start + comment.len(), line);
        }
        if let Some(meant) = wrong(comment)
            && !self.is_commented_out(comment, line)
        {
            let span = start..start + meant.length;
            let dashes = self.text.get(line.clone()).map_or(0, |text| text.len() - trim_start(text).len());
            if self.wrong(meant, span, line.start + dashes, line) {
                return;
            }
        }
        let in_section = !self.sections.is_empty();
        match key_value(comment) {
            Some((key, value)) if in_section => self.key_in_section(key, value, start),
            Some((key, value)) if self.key(key, value, comment, start) => {}
            None if in_section => {}
            _ if self.key_in_disguise(comment, start) => {}
            _ => self.title.line(comment),
        }
    }

    /// Whether a directive stands in a comment of its own within a comment, and comments follow: then what it would
    /// begin is commented out with it.
    fn is_commented_out(&self, comment: &str, line: &Range<usize>) -> bool {
        let next = || trim_start(self.text.get(line.end..).unwrap_or_default());
        comment.starts_with('-') && (next().is_empty() || next().starts_with("--"))
    }

    /// A line that does not begin with `--`; true when something in it was meant as a directive.
    fn directive_in_disguise(&mut self, trimmed: &'s str, line: &Range<usize>) -> bool {
        // Nearly every line of SQL begins with a letter and has no sum in it.
        let is_plain =
            trimmed.is_ascii() && !trimmed.bytes().any(|byte| byte.is_ascii_control() && byte > b'\r');
        let begins =
            !is_plain || matches!(trimmed.as_bytes().first(), Some(b'-' | b'#' | b'/' | b'*' | b'+'));
        if !begins && !trimmed.as_bytes().contains(&b'+') {
            return false;
        }
        let end = line.end - trimmed.len() + trim_end(trimmed).len();
        let shown = trimmed.trim_start_matches(|c: char| c.is_whitespace() || is_invisible(c));
        let mut candidates = vec![(trimmed, shown)];
        candidates.extend(trailing(trimmed).map(|comment| (comment, comment)));
        candidates.into_iter().enumerate().any(|(index, (written, shown))| {
            let written = written.get(..written.floor_char_boundary(MAX_DIRECTIVE)).unwrap_or_default();
            let Some(mut meant) = disguised(written).filter(|meant| index == 0 || !meant.is_word) else {
                return false;
            };
            if let (1.., Instead::Write(line)) = (index, &meant.instead) {
                meant.instead = Instead::OwnLine(line.clone());
            }
            let start = if index == 0 { line.end - trimmed.len() } else { line.end - shown.len() };
            let length = trim_end(written).len();
            self.wrong(meant, start..(start + length).min(end), line.end - shown.len(), line)
        })
    }

    /// Something that was meant as a directive; false when it stands where nothing is one.
    fn wrong(&mut self, wrong: Wrong, span: Range<usize>, at: usize, line: &Range<usize>) -> bool {
        // A file with so many is wrong altogether, and to look around each of them would take quadratic time.
        if let Some(section) = self.sections.last().filter(|_| self.wrong < MAX_WRONG) {
            let dialects: Vec<Dialect> = match section.dialects.as_slice() {
                [] => Dialect::ALL.to_vec(),
                named => named.iter().map(|(dialect, _)| *dialect).collect(),
            };
            let (text, start) = (self.text, section.text.start);
            let nesting = self.nesting.get_or_insert_with(|| Nesting::new(text, start, &dialects));
            if !nesting.may_steer(line.start, at, wrong.is_word) {
                return false;
            }
        }
        self.wrong += 1;
        self.title.close();
        self.directives = true;
        let place = self.fill.place(span.clone());
        self.fill.problems.push(Problem::UnknownDirective { place, instead: wrong.instead });
        match wrong.meaning {
            Meaning::Section(direction) => self.open(direction, span, None, line),
            Meaning::Unknown if self.sections.is_empty() => self.open(Direction::Upgrade, span, None, line),
            Meaning::Unknown | Meaning::Nothing => {}
        }
        true
    }

    /// Anything but a comment before the first section.
    fn outside_line(&mut self, text: &'s str, start: usize) {
        if text.is_empty() {
            return self.title.line("");
        }
        self.title.close();
        if let Some((key, value)) = python_key(text) {
            let span = start..start + text.len();
            let place = self.fill.place(span.clone());
            let instead = match value.as_slice() {
                [] => Instead::Nothing("a key without a value is not needed"),
                value => Instead::Write(format!("-- {key}: {}", value.join(", "))),
            };
            self.fill.problems.push(Problem::KeyNotInComment { place, instead });
            if let Some((key, name)) = Key::find(key, &SQL_KEYS).filter(|(key, _)| !self.fill.has(*key)) {
                self.fill.key(key, name, span.clone());
                for value in value {
                    self.fill.value(key, name, value, span.clone());
                }
            }
            return;
        }
        if self.key_in_disguise(text, start) {
            return;
        }
        match &mut self.outside {
            Some((_, lines)) => *lines += 1,
            None => self.outside = Some((start..start + text.len(), 1)),
        }
    }

    /// A line that looks like a key of the header and is none; false when it does not.
    fn key_in_disguise(&mut self, written: &'s str, start: usize) -> bool {
        let Some((key, value)) = disguised_key(written) else { return false };
        let Some((known, name)) = Key::find(key, &SQL_KEYS) else { return false };
        self.title.close();
        let span = start..start + written.len();
        let instead = format!("-- {name}: {}", value.join(", "));
        let place = self.fill.place(span.clone());
        self.fill.problems.push(Problem::DisguisedKey { key: name, place, instead });
        if !self.fill.has(known) && self.fill.key(known, name, span.clone()) {
            for value in value.iter().filter(|value| id::check_label(value).is_ok()) {
                self.fill.value(known, name, value, span.clone());
            }
            self.fill.header.unclear = true;
        }
        true
    }

    /// A line `key: value` in the header; false when it is a comment after all.
    fn key(&mut self, written: &'s str, value: &'s str, comment: &'s str, start: usize) -> bool {
        let span = start..start + written.len();
        let known = Key::find(written, &SQL_KEYS);
        let Some((key, name)) = known.or_else(|| Key::find(meant(written, value)?, &SQL_KEYS)) else {
            return false;
        };
        if known.is_none() {
            let place = self.fill.place(span.clone());
            self.fill.problems.push(Problem::UnknownKey { place, meant: Some(name), known: &SQL_KEYS });
        }
        self.title.close();
        if !self.fill.key(key, name, span) {
            self.fill.maybe(value);
            return true;
        }
        let end = start + comment.len();
        if value.is_empty() {
            self.fill.empty(key, name, end..end);
        } else if key.is_list() && value.contains(',') {
            let mut at = end - value.len();
            for piece in value.split(',') {
                let lead = piece.len() - piece.trim_start().len();
                let trimmed = piece.trim();
                if trimmed.is_empty() {
                    self.fill.empty(key, name, at..at);
                } else {
                    self.fill.value(key, name, trimmed, at + lead..at + lead + trimmed.len());
                }
                at += piece.len() + 1;
            }
        } else {
            self.fill.value(key, name, value, end - value.len()..end);
        }
        true
    }

    /// A line `key: value` below the header: an error for the keys that would matter.
    fn key_in_section(&mut self, written: &str, value: &str, start: usize) {
        let Some((key, name)) = Key::find(written, &SQL_KEYS) else { return };
        if key == Key::Created || value.is_empty() || (!key.is_list() && value.contains(char::is_whitespace))
        {
            return;
        }
        let place = self.fill.place(start..start + written.len());
        self.fill.problems.push(Problem::KeyInSection { key: name, place });
        if !self.fill.has(key) {
            value.split(',').for_each(|value| self.fill.maybe(value));
            self.fill.key(key, name, start..start + written.len());
            self.fill.header.unclear = true;
        }
    }

    /// A directive at `span`, on a line whose comment ends at `end`.
    fn directive(&mut self, directive: Directive, span: Range<usize>, end: usize, line: &Range<usize>) {
        match directive {
            Directive::Section(direction) => self.open(direction, span, Some(end), line),
            Directive::Transaction => {
                let value = self.text.get(span.end..end).unwrap_or_default().trim();
                if value == "off" {
                    self.transaction = false;
                } else {
                    let place = if value.is_empty() { span } else { end - value.len()..end };
                    self.fill.problems.push(Problem::TransactionValue { place: self.fill.place(place) });
                }
            }
        }
    }

    /// Begins a section. Its dialects stand between the directive and `end`; without an end the directive is wrong
    /// and already reported.
    fn open(
        &mut self,
        direction: Direction,
        directive: Range<usize>,
        end: Option<usize>,
        line: &Range<usize>,
    ) {
        if let Some(before) = self.sections.last_mut() {
            before.text.end = line.start;
        }
        let mut section = Open {
            direction,
            dialects: Vec::new(),
            unclear: end.is_none(),
            directive: directive.clone(),
            text: line.end..self.text.len(),
        };
        if let Some(end) = end {
            self.dialects(&mut section, directive.end, end);
        }
        self.sections.push(section);
        self.nesting = None;
    }

    /// The dialects of a section, from the text behind its directive.
    fn dialects(&mut self, section: &mut Open, start: usize, end: usize) {
        let text = self.text.get(start..end).unwrap_or_default();
        // A comment behind them.
        let text = text.split("--").next().unwrap_or_default();
        let mut at = start;
        let separates = |c: char| c == ',' || c.is_whitespace();
        for piece in text.split_inclusive(separates) {
            let start = at;
            at += piece.len();
            // Blanks can be several bytes long.
            let piece = piece.trim_end_matches(separates);
            let span = start..start + piece.len();
            if piece.is_empty() {
                continue;
            }
            match Dialect::from_name(&piece.to_ascii_lowercase()) {
                Some(dialect) if section.dialects.iter().any(|(known, _)| *known == dialect) => {}
                Some(dialect) => section.dialects.push((dialect, span)),
                None => {
                    section.unclear = true;
                    let meant = near_dialect(piece.trim_matches(['[', ']']));
                    let place = self.fill.place(span);
                    self.fill.problems.push(Problem::UnknownDialect { place, meant });
                }
            }
        }
    }

    fn finish(mut self) -> Read {
        self.missing();
        self.twice();
        self.foreign_sql();
        let mut body = SqlBody { transaction: self.transaction, upgrade: Vec::new(), downgrade: Vec::new() };
        for open in self.sections {
            let dialects = open.dialects.into_iter().map(|(dialect, _)| dialect).collect();
            let section = Section { dialects, span: open.text };
            match open.direction {
                Direction::Upgrade => body.upgrade.push(section),
                Direction::Downgrade => body.downgrade.push(section),
            }
        }
        let Fill { source, mut header, problems } = self.fill;
        header.message = self.title.take();
        Read { source: Arc::clone(source), header, body: Some(Body::Sql(body)), problems }
    }

    /// Reports what should be there and is not, one thing for one mistake.
    fn missing(&mut self) {
        if self.fill.is_empty() {
            self.fill.header.unclear = true;
            let example = example_id(self.fill.source);
            let place = self.fill.place(first_line(self.text));
            self.fill.problems.push(Problem::MissingHeader { place, example });
            if !self.directives {
                return;
            }
        } else if !self.fill.has(Key::Id) {
            self.fill.header.unclear = true;
            let place = self.fill.place(self.fill.first_key().unwrap_or_default());
            self.fill.problems.push(Problem::MissingRevision { place, key: "revision" });
        }
        if let Some((span, lines)) = self.outside.take() {
            let place = self.fill.place(span);
            self.fill.problems.push(Problem::TextOutsideSections { place, lines });
        } else if !self.sections.iter().any(|section| section.direction == Direction::Upgrade) {
            let id = self.fill.header.id.clone();
            let first =
                || self.fill.first_key().or_else(|| self.sections.first().map(|open| open.directive.clone()));
            let span = id.as_ref().map(|id| id.span.clone()).or_else(first).unwrap_or_default();
            let place = self.fill.place(span);
            let revision = id.map(|id| id.value);
            self.fill.problems.push(Problem::MissingUpgrade { revision, place });
        }
    }

    /// Reports SQL that cannot be split, or is none.
    fn foreign_sql(&mut self) {
        let [upgrade, downgrade] =
            [Direction::Upgrade, Direction::Downgrade].map(|direction| named(&self.sections, direction));
        for section in &self.sections {
            let Some(sql) = self.text.get(section.text.clone()) else { continue };
            let (start, direction) = (section.text.start, section.direction);
            let dialects = match direction {
                Direction::Upgrade => served(section, &upgrade),
                Direction::Downgrade => served(section, &downgrade),
            };
            let place = |span: Range<usize>| self.fill.place(start + span.start..start + span.end);
            let copy = dialects.contains(&Dialect::Postgres).then(|| copy_from_stdin(sql)).flatten();
            // What follows it is data.
            let sql = copy.as_ref().map_or(sql, |copy| sql.get(..copy.start).unwrap_or_default());
            // What a server with other settings sees in quotes is no command either.
            let modes: Vec<LexicalMode> =
                dialects.iter().flat_map(|dialect| LexicalMode::readings(*dialect, sql)).collect();
            let mut problems: Vec<Problem> = client_commands(&modes, sql)
                .into_iter()
                .map(|command| {
                    let written = sql.get(command.span.clone()).unwrap_or_default();
                    let (client, instead) = (command.client, command.help(written));
                    Problem::ClientCommand { client, place: place(command.span), section: direction, instead }
                })
                .collect();
            problems.extend(copy.map(|copy| Problem::CopyData { place: place(copy), section: direction }));
            // Quotes in the arguments of a command are nobody's.
            if problems.is_empty()
                && let Some(open) = never_closed(&dialects, sql)
            {
                let rest = sql.get(open.start..).unwrap_or_default();
                let word = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
                let length = word.max(rest.chars().next().map_or(0, char::len_utf8));
                let place = place(open.start..open.start + length);
                problems.push(Problem::Unterminated { kind: open.kind, place, section: Some(direction) });
            }
            self.fill.problems.append(&mut problems);
        }
    }

    /// Reports sections that serve the same dialect in the same direction.
    fn twice(&mut self) {
        let mut seen: Vec<(Direction, Option<Dialect>, Range<usize>)> = Vec::new();
        for section in &self.sections {
            let named = section.dialects.iter().map(|(dialect, span)| (Some(*dialect), span));
            let all = (section.dialects.is_empty() && !section.unclear).then_some((None, &section.directive));
            for (dialect, span) in named.chain(all) {
                let first = seen
                    .iter()
                    .find(|(direction, other, _)| (*direction, *other) == (section.direction, dialect));
                if let Some((_, _, first)) = first {
                    let (first, second) = (self.fill.place(first.clone()), self.fill.place(span.clone()));
                    let direction = section.direction;
                    self.fill.problems.push(Problem::SectionTwice { direction, dialect, first, second });
                } else {
                    seen.push((section.direction, dialect, span.clone()));
                }
            }
        }
    }
}

/// The dialects that sections of a direction name.
fn named(sections: &[Open], direction: Direction) -> Vec<Dialect> {
    let of_direction = || sections.iter().filter(|section| section.direction == direction);
    let is_named = |dialect: &Dialect| {
        of_direction().any(|section| section.dialects.iter().any(|(named, _)| named == dialect))
    };
    Dialect::ALL.into_iter().filter(is_named).collect()
}

/// The dialects that a section serves: those it names, else all that no other section of its direction names.
fn served(section: &Open, named: &[Dialect]) -> Vec<Dialect> {
    if !section.dialects.is_empty() {
        return section.dialects.iter().map(|(dialect, _)| *dialect).collect();
    }
    Dialect::ALL.into_iter().filter(|dialect| !named.contains(dialect)).collect()
}

/// Whether nothing in this text can open anything in SQLite; false when it is not clear.
fn sqlite_closes_all(sql: &str) -> bool {
    let bytes = sql.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'\'' | b'"' | b'`' | b'[' | b'/' => return false,
            // Only a trigger has a body.
            b'g' | b'G' if bytes.get(at + 1).is_some_and(|byte| byte.eq_ignore_ascii_case(&b'g')) => {
                return false;
            }
            _ => at += 1,
        }
    }
    true
}

/// What is left open in a section's SQL by the rules of every dialect that it serves.
fn never_closed(dialects: &[Dialect], sql: &str) -> Option<Unterminated> {
    // Cheaper than the lexer, and enough for nearly every section.
    if dialects.contains(&Dialect::Sqlite) && sqlite_closes_all(sql) {
        return None;
    }
    let open: Option<Vec<_>> = dialects.iter().map(|dialect| left_open(*dialect, sql)).collect();
    open?.into_iter().next()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sql::unterminated;
    use proptest::prelude::*;

    const SQL: &str =
        "(CREATE |TRIGGER |trigger |tRiGgEr |BEGIN |END|;|a|'|\"|`|\\[|\\]|/\\*|\\*/|--|\n|\\$|:|x'){0,8}";

    proptest! {
        #[test]
        fn what_sqlite_closes_is_not_left_open(sql in SQL) {
            prop_assert!(!sqlite_closes_all(&sql) || unterminated(Dialect::Sqlite, &sql).is_none());
        }
    }
}
