//! What SQLite keeps as text, without its layout and spelling.

use servicekit_chain::Dialect;
use servicekit_chain::sql::{Token, significant, without_parentheses};
use servicekit_schema::stored::{ClauseKind, KeyText, StoredIndex, StoredTable};
use std::collections::HashMap;

/// The columns of the primary key of each table, in parentheses.
pub(crate) type Keys = HashMap<String, String>;

/// The parts of a statement, each after the name of its table: columns, constraints, what stands behind the list.
///
/// The same on both sides, however they are written:
/// - a constraint in its column, and one of the table;
/// - a constraint without a name, and one with the name that the convention gives;
/// - `ON CONFLICT` in a constraint, and beside one that says the rest;
/// - parentheses around a whole condition or default, capital letters, and the digits of a number;
/// - what is so without a word: `NULL`, `NO ACTION`, `NOT NULL` of a key `WITHOUT ROWID`, the key that is referred to.
pub(crate) fn parts(table: &str, sql: &str, keys: &Keys) -> Vec<String> {
    let Some(stored) = StoredTable::parse(sql) else { return vec![format!("{table}: {}", index(sql))] };
    let options = words(sql.rsplit_once(')').unwrap().1);
    let own_key = keys.get(table).map(String::as_str).unwrap_or_default();
    let mut parts = vec![format!("{table}: {options}")];
    for column in &stored.columns {
        let name = column.name.to_lowercase();
        let mut clauses = Vec::new();
        if options.contains("without rowid") && own_key.split(' ').any(|key| key == name) {
            clauses.push("not null".to_owned());
        }
        for clause in &column.clauses {
            let text = words(&clause.text);
            let text = without_name(&text);
            let of_table = match clause.kind {
                ClauseKind::PrimaryKey | ClauseKind::Unique => {
                    let kind = if clause.kind == ClauseKind::Unique { "unique" } else { "primary key" };
                    text.replacen(kind, &format!("{kind} ( {name} )"), 1)
                }
                ClauseKind::References => format!("foreign key ( {name} ) {text}"),
                ClauseKind::Check => text.to_owned(),
                ClauseKind::NotNull => {
                    parts.extend(conflict(&format!("{table}.{name}"), text));
                    clauses.push("not null".to_owned());
                    continue;
                }
                ClauseKind::Default => {
                    clauses.push(default(text));
                    continue;
                }
                ClauseKind::Null => continue,
                _ => {
                    clauses.push(text.to_owned());
                    continue;
                }
            };
            parts.extend(constraint(table, clause.name.as_deref(), &of_table, keys));
        }
        clauses.sort();
        clauses.dedup();
        parts.push(format!("{table}.{name} {} {}", words(&column.data_type), clauses.join(" ")));
    }
    for each in &stored.constraints {
        parts.extend(constraint(table, each.name.as_deref(), without_name(&words(&each.text)), keys));
    }
    parts
}

/// A constraint with its name, if that is not by the convention, and what it says of conflicts by itself.
fn constraint(table: &str, name: Option<&str>, text: &str, keys: &Keys) -> Vec<String> {
    let is_by_convention = |name: &&str| {
        ["pk", "uq", "ck", "fk"].iter().any(|kind| name.starts_with(&format!("{kind}_{table}")))
    };
    let name = name.filter(|name| !is_by_convention(name)).unwrap_or_default();
    let (plain, _) = text.split_once(" on conflict ").unwrap_or((text, ""));
    let mut plain = plain.replace(" on delete no action", "").replace(" on update no action", "");
    if let Some(condition) = plain.strip_prefix("check ") {
        plain = format!("check {}", without_parentheses(Dialect::Sqlite, condition).trim());
    }
    if let Some((before, referred)) = plain.split_once(" references ") {
        let (other, rest) = referred.split_once(' ').unwrap_or((referred, ""));
        if !rest.starts_with('(') {
            let key = keys.get(other).map(String::as_str).unwrap_or_default();
            plain = [before, "references", other, key, rest].join(" ");
            plain.truncate(plain.trim_end().len());
        }
    }
    conflict(table, text).into_iter().chain([format!("{table}: {name} {plain}")]).collect()
}

fn conflict(of: &str, text: &str) -> Option<String> {
    text.contains(" on conflict ").then(|| format!("{of}: {text}"))
}

fn without_name(text: &str) -> &str {
    let Some(named) = text.strip_prefix("constraint ") else { return text };
    let kinds = ["primary key", "unique", "check", "foreign key", "references", "not null", "default"];
    let found = kinds.iter().filter_map(|kind| named.find(&format!(" {kind}"))).min();
    found.map_or(text, |at| named[at..].trim_start())
}

fn default(text: &str) -> String {
    let value = text.trim_start_matches("default").trim();
    let value = without_parentheses(Dialect::Sqlite, value).trim();
    let number = value.parse::<f64>().map(|number| number.to_string());
    format!("default {}", number.unwrap_or_else(|_| value.to_owned()))
}

/// The keys of an index and its condition, in parentheses or without.
fn index(sql: &str) -> String {
    let Some(index) = StoredIndex::parse(sql) else { return words(sql) };
    let (head, _) = sql.split_once('(').unwrap();
    let key = |key: &KeyText| {
        let of = words(without_parentheses(Dialect::Sqlite, key.expression.trim()).trim());
        format!("{of} {:?} {}", key.collation, key.descending)
    };
    let keys: Vec<String> = index.keys.iter().map(key).collect();
    let filter = index.filter.as_deref().unwrap_or_default();
    format!(
        "{} {} where {}",
        words(head),
        keys.join(", "),
        words(without_parentheses(Dialect::Sqlite, filter))
    )
}

/// The words of a text, names without quotes, one space between them.
fn words(text: &str) -> String {
    let tokens = significant(Dialect::Sqlite, text);
    let word = |token: &Token<'_>| match token.text {
        text if text.starts_with('\'') => text.to_owned(),
        _ => token.unquoted().to_lowercase(),
    };
    tokens.iter().map(word).collect::<Vec<_>>().join(" ")
}
