//! Names with a schema or database before them.
//!
//! Where a table is named, what stands before it must be a schema of the replay. Elsewhere it may also be a table of
//! the statement, or the name that it has there: `u.name`.

use super::{Found, Text};
use crate::error::OutsideReason;
use servicekit_chain::Dialect;
use servicekit_chain::sql::TokenKind;
use std::collections::HashSet;

/// Keywords before a table, or another object that is named with its schema.
const BEFORE_TABLES: [&str; 14] = [
    "FROM",
    "JOIN",
    "STRAIGHT_JOIN",
    "INTO",
    "UPDATE",
    "DELETE",
    "INSERT",
    "REPLACE",
    "TRUNCATE",
    "TABLE",
    "TABLES",
    "REFERENCES",
    "USING",
    "CALL",
];

/// Kinds of objects, at the beginning of a statement that creates, changes or drops one.
const KINDS: [&str; 17] = [
    "VIEW",
    "TRIGGER",
    "PROCEDURE",
    "FUNCTION",
    "ROUTINE",
    "AGGREGATE",
    "EVENT",
    "SEQUENCE",
    "INDEX",
    "TYPE",
    "DOMAIN",
    "POLICY",
    "STATISTICS",
    "COLLATION",
    "CONVERSION",
    "RULE",
    "OPERATOR",
];

/// What may stand between such a keyword and the table.
const FILLERS: [&str; 22] = [
    "ONLY",
    "LATERAL",
    "IF",
    "NOT",
    "EXISTS",
    "CONCURRENTLY",
    "IGNORE",
    "LOW_PRIORITY",
    "HIGH_PRIORITY",
    "QUICK",
    "DELAYED",
    "TEMP",
    "TEMPORARY",
    "UNLOGGED",
    "LOCAL",
    "GLOBAL",
    "OR",
    "TO",
    "AS",
    "ROLLBACK",
    "ABORT",
    "FAIL",
];

/// Keywords that end a list of tables.
const ENDS: [&str; 21] = [
    "WHERE",
    "GROUP",
    "ORDER",
    "HAVING",
    "LIMIT",
    "SET",
    "VALUES",
    "VALUE",
    "SELECT",
    "WINDOW",
    "RETURNING",
    "WHEN",
    "BEGIN",
    "DO",
    "THEN",
    "ELSE",
    "DECLARE",
    "END",
    "OFFSET",
    "FETCH",
    "MATCHED",
];

/// What a statement can say before a `.` without naming it.
const ALWAYS_KNOWN: [&str; 5] = ["new", "old", "excluded", "inserted", "target"];

/// The reason to refuse a statement for a name in it.
pub(super) fn refused(text: Text<'_, '_>, own: &[String]) -> Option<Found> {
    Reader::new(text, own, false).read()
}

/// The same in a body of PostgreSQL, where a variable can have parts too.
pub(super) fn refused_in_body(text: Text<'_, '_>, own: &[String]) -> Option<Found> {
    Reader::new(text, own, true).read()
}

/// What is open in a pair of parentheses.
#[derive(Debug, Clone, Copy, Default)]
#[allow(clippy::struct_excessive_bools, reason = "each is true or false by itself")]
struct Level {
    /// A comma is followed by another table.
    is_list: bool,
    /// A table comes next.
    expects: bool,
    /// It stands where a table does, so that a name of it may follow.
    is_table: bool,
    /// `FROM` is a word of a function here.
    is_function: bool,
}

/// Names with something before them that are no tables by their place.
struct Doubtful {
    first: usize,
    last: usize,
}

struct Reader<'w, 't, 'o> {
    text: Text<'w, 't>,
    own: &'o [String],
    is_body: bool,
    level: Level,
    outer: Vec<Level>,
    known: HashSet<String>,
    doubtful: Vec<Doubtful>,
    /// Whether the kind of object that the statement is about may still come.
    is_head: bool,
    /// Whether the `ON` of an index, a trigger or a right may still come.
    awaits_on: bool,
    /// The last keyword before a table.
    keyword: usize,
}

impl<'w, 't, 'o> Reader<'w, 't, 'o> {
    fn new(text: Text<'w, 't>, own: &'o [String], is_body: bool) -> Self {
        let defines = text.is(0, &["CREATE", "ALTER", "DROP"]);
        let on = ["INDEX", "TRIGGER", "POLICY", "RULE"];
        let has_on = defines && text.tokens.iter().take(10).any(|token| token.is_any(&on));
        Self {
            text,
            own,
            is_body,
            level: Level::default(),
            outer: Vec::new(),
            known: ALWAYS_KNOWN.iter().map(ToString::to_string).collect(),
            doubtful: Vec::new(),
            is_head: defines,
            awaits_on: has_on || text.is(0, &["COMMENT", "GRANT", "REVOKE"]),
            keyword: 0,
        }
    }

    fn read(mut self) -> Option<Found> {
        let mut at = 0;
        while at < self.text.tokens.len() {
            let end = self.chain(at);
            if end > at || (self.text.is_name(at) && !self.keyword_at(at)) {
                if let Some(found) = self.name(at, end) {
                    return Some(found);
                }
                at = end + 1;
                continue;
            }
            self.sign(at);
            at += 1;
        }
        let doubtful = std::mem::take(&mut self.doubtful);
        doubtful.into_iter().find_map(|name| self.unknown(&name))
    }

    /// The last token of a name with dots in it; the same place where there is no dot.
    fn chain(&self, at: usize) -> usize {
        let mut end = at;
        // `.users` is a table of the current database on MySQL.
        if !self.text.is_name(at) {
            return at;
        }
        while self.text.is_sign(end + 1, ".") {
            let is_all = self.text.at(end + 2).is_some_and(|token| token.text.starts_with('*'));
            if !self.text.is_name(end + 2) && !is_all {
                break;
            }
            end += 2;
        }
        end
    }

    /// A name, by itself or with others before it.
    fn name(&mut self, first: usize, last: usize) -> Option<Found> {
        let text = self.text;
        let is_called = text.is_sign(last + 1, "(");
        if self.is_odd(first, last) {
            return Some(self.refuse(first, last + 1));
        }
        if self.level.expects {
            if !(self.is_own(first, last) || self.is_all_of(first, last)) || self.writes_catalogue(last) {
                return Some(self.refuse(first, last));
            }
            self.known.insert(text.name(last));
            self.alias(last + 1);
            self.is_head = false;
            self.level.expects = false;
            return None;
        }
        if first == last {
            return None;
        }
        let parts = (last - first) / 2 + 1;
        let has_schema = parts > 2 && !self.is_own(first, last);
        let is_function = is_called && !self.is_own(first, last);
        if has_schema || is_function {
            return Some(self.refuse(first, last));
        }
        if !self.is_own(first, last) && !self.is_body && !self.is_column(first) {
            self.doubtful.push(Doubtful { first, last });
        }
        None
    }

    /// Whether it can be names of MySQL that were read as a number.
    fn is_odd(&self, first: usize, last: usize) -> bool {
        let number = |index: usize| self.text.at(index).filter(|token| token.kind == TokenKind::Number);
        let is_letter = |letter: char| letter.is_alphabetic() && !"eE".contains(letter);
        let begins = number(first).is_some_and(|token| {
            token.text.contains('.') && (token.text.contains(is_letter) || self.level.expects)
        });
        begins || number(last + 1).is_some_and(|token| token.text.starts_with('.'))
    }

    /// `u.*`, which is all of a table.
    fn is_all_of(&self, first: usize, last: usize) -> bool {
        last == first + 2 && self.text.at(last).is_some_and(|token| token.text.starts_with('*'))
    }

    /// Whether PostgreSQL takes it for a column by what is before it: `COMMENT ON COLUMN a.b`, `OWNED BY a.b`.
    fn is_column(&self, first: usize) -> bool {
        let before =
            |places: usize, word: &str| self.text.before(first, places).is_some_and(|token| token.is(word));
        let comments = self.text.is(0, &["COMMENT"]) && before(1, "COLUMN");
        comments || (before(1, "BY") && before(2, "OWNED"))
    }

    /// Whether nothing, or a schema of the replay, stands before the name.
    fn is_own(&self, first: usize, last: usize) -> bool {
        first == last || self.own.contains(&self.text.name(first))
    }

    /// Whether a catalogue of PostgreSQL is written to: some of them are those of all databases.
    fn writes_catalogue(&self, last: usize) -> bool {
        let text = self.text;
        let deletes = text.is(self.keyword, &["FROM"])
            && text.before(self.keyword, 1).is_some_and(|token| token.is("DELETE"));
        let writes = deletes || text.is(self.keyword, &["INTO", "UPDATE", "TRUNCATE", "TABLE"]);
        text.dialect == Dialect::Postgres && writes && text.name(last).starts_with("pg_")
    }

    /// Takes the name that a table has in the statement.
    fn alias(&mut self, at: usize) {
        let at = at + usize::from(self.text.is(at, &["AS"]));
        if self.text.is_name(at) && !self.text.is_sign(at + 1, ".") {
            self.known.insert(self.text.name(at));
        }
    }

    fn unknown(&self, name: &Doubtful) -> Option<Found> {
        let is_known = self.known.contains(&self.text.name(name.first));
        (!is_known).then(|| self.refuse(name.first, name.last))
    }

    fn refuse(&self, first: usize, last: usize) -> Found {
        let parts = self.text.tokens.iter().skip(first).take(last - first + 1);
        let name = parts.map(|token| token.text).collect();
        (OutsideReason::Name { name }, self.text.span(first, last))
    }

    /// Whether it is a keyword that says what comes next, which is taken note of.
    fn keyword_at(&mut self, at: usize) -> bool {
        let text = self.text;
        let Some(token) = text.at(at).filter(|token| token.kind == TokenKind::Word) else { return false };
        if self.outer.is_empty() && self.awaits_on && token.is("ON") {
            self.awaits_on = false;
            return self.expect(at, true);
        }
        if token.is("TYPE") && !self.is_head {
            return false;
        }
        if self.is_head && token.is_any(&KINDS) {
            return self.expect(at, true);
        }
        if token.is_any(&BEFORE_TABLES) && self.names_tables(at) {
            let is_list = !token.is_any(&["INTO", "INSERT", "REPLACE", "REFERENCES", "CALL"]);
            return self.expect(at, is_list);
        }
        let defines = text.is(0, &["CREATE", "ALTER", "RENAME"]);
        let renames = text.is(0, &["ALTER", "RENAME"]) && token.is_any(&["TO", "RENAME"]);
        let copies = defines && token.is_any(&["LIKE", "INHERITS", "OF"]);
        let counts = token.is("FOR") && text.before(at, 1).is_some_and(|before| before.is("VALUE"));
        if renames || copies || counts {
            return self.expect(at, false);
        }
        if token.is_any(&ENDS) {
            (self.level.is_list, self.level.expects) = (false, false);
            return true;
        }
        // Behind a table, `ON` and the like leave its list open.
        self.level.expects && token.is_any(&FILLERS)
            || token.is_any(&["ON", "AS", "AND", "OR", "LEFT", "INNER", "CROSS"])
    }

    fn expect(&mut self, at: usize, is_list: bool) -> bool {
        self.keyword = at;
        self.level.expects = true;
        self.level.is_list = is_list;
        true
    }

    /// Whether the keyword stands before a table here.
    fn names_tables(&mut self, at: usize) -> bool {
        let text = self.text;
        let Some(token) = text.at(at) else { return false };
        let is_call = text.is_sign(at + 1, "(");
        let after = |words: &[&str]| text.before(at, 1).is_some_and(|before| before.is_any(words));
        let is_distinct =
            after(&["DISTINCT"]) && text.before(at, 2).is_some_and(|before| before.is_any(&["IS", "NOT"]));
        match token.text.to_ascii_uppercase().as_str() {
            "FROM" => !self.level.is_function && !is_distinct,
            "UPDATE" => !after(&["KEY", "FOR", "ON", "BEFORE", "AFTER", "OR", "OF"]),
            "DELETE" => !after(&["ON", "BEFORE", "AFTER", "OR", "OF"]),
            "INSERT" => !is_call && !after(&["BEFORE", "AFTER", "OR", "OF"]),
            "REPLACE" => !is_call && !after(&["OR"]),
            "TRUNCATE" => !is_call,
            "TABLE" => !after(&["RETURNS"]),
            "USING" => !is_call && !text.is(0, &["ALTER", "CREATE"]),
            _ => true,
        }
    }

    /// Parentheses, commas and what is no name.
    fn sign(&mut self, at: usize) {
        let text = self.text;
        if text.is_sign(at, "(") {
            let inner = self.opened(at);
            self.level.expects = false;
            self.outer.push(std::mem::replace(&mut self.level, inner));
        } else if text.is_sign(at, ")") {
            let closed = self.level;
            self.level = self.outer.pop().unwrap_or_default();
            if closed.is_table {
                self.alias(at + 1);
            }
        } else if text.is_sign(at, ",") {
            self.level.expects = self.level.is_list;
        } else if text.at(at).is_some_and(|token| token.text == ";") {
            (self.level, self.outer) = (Level::default(), Vec::new());
        } else if text.at(at).is_some_and(|token| token.kind != TokenKind::Word) {
            self.level.expects = false;
        }
    }

    /// What is opened by a parenthesis.
    fn opened(&self, at: usize) -> Level {
        let (text, outer) = (self.text, self.level);
        let before = |names: &[&str]| text.before(at, 1).is_some_and(|token| token.is_any(names));
        // The argument is a sequence.
        let counts = before(&["NEXTVAL", "LASTVAL", "SETVAL"]) && text.dialect == Dialect::Mysql;
        // `UNION = (a, b)` of a table that is made of others.
        let unites = before(&["UNION"])
            || (text.before(at, 1).is_some_and(|token| token.is_sign("="))
                && text.before(at, 2).is_some_and(|token| token.is("UNION")));
        let inherits = before(&["INHERITS"]);
        let expects = outer.expects || counts || unites || inherits;
        Level {
            expects,
            is_list: expects,
            is_table: outer.expects || outer.is_list,
            is_function: before(&["EXTRACT", "SUBSTRING", "SUBSTR", "TRIM", "OVERLAY", "POSITION", "MID"]),
        }
    }
}
