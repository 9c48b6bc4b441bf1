//! What a statement leaves in its session under a name of its own, where the database has no list of it.

use super::super::{Dialect, ObjectName};
use crate::sql::{LexicalMode, Token, TokenCursor, TokenKind, calls, significant};

/// Something that a session keeps under a name.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Named {
    /// A setting of PostgreSQL that no server knows by itself: two names and a dot.
    Setting(String),
    /// A channel that PostgreSQL listens to, which it lists only after the commit.
    Channel(String),
    /// A variable of MySQL, as it is written: with its `@` and its quotes.
    Variable(String),
    /// A temporary table of MySQL.
    TemporaryTable(ObjectName),
    /// A prepared statement of MySQL.
    Prepared(String),
}

/// What a statement may leave in its session under a name, where the database has no list of such things.
///
/// ```
/// use servicekit_chain::sql::{Dialect, Named, named_traces};
/// assert_eq!(named_traces(Dialect::Mysql, "SET @unit = 'L'"), [Named::Variable("@unit".to_owned())]);
/// assert_eq!(named_traces(Dialect::Postgres, "SET app.tenant = '7'"), [Named::Setting("app.tenant".to_owned())]);
/// ```
pub fn named_traces(mode: impl Into<LexicalMode>, sql: &str) -> Vec<Named> {
    let mode = mode.into();
    let all = significant(mode, sql);
    match mode.dialect {
        Dialect::Postgres => postgres(&all),
        Dialect::Mysql => mysql(&all),
        Dialect::Sqlite => Vec::new(),
    }
}

fn postgres(all: &[Token<'_>]) -> Vec<Named> {
    let mut words = TokenCursor::new(Dialect::Postgres, all);
    if words.take("SET") {
        let is_scope =
            words.is_any(&["SESSION", "LOCAL"]) && !words.rest().get(1).is_some_and(|word| word.is_sign("."));
        if is_scope {
            words.take_token();
        }
        let name = words.name().and_then(|name| Some(format!("{}.{}", name.schema?, name.name)));
        return name.map(Named::Setting).into_iter().collect();
    }
    if words.take("LISTEN") {
        return words.name().map(|name| Named::Channel(name.name)).into_iter().collect();
    }
    if !calls(all, "set_config") {
        return Vec::new();
    }
    let strings = all.iter().filter(|word| word.is_string()).map(Token::unquoted);
    strings.filter(|text| is_setting(text)).map(Named::Setting).collect()
}

/// Whether it may be the name of a setting: names with a dot between them.
fn is_setting(text: &str) -> bool {
    let is_name = |name: &str| {
        name.starts_with(|c: char| c.is_alphabetic() || c == '_')
            && name.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '$')
    };
    text.split('.').count() == 2 && text.split('.').all(is_name)
}

fn mysql(all: &[Token<'_>]) -> Vec<Named> {
    let mut words = TokenCursor::new(Dialect::Mysql, all);
    if words.take("PREPARE") {
        return words.name().map(|name| Named::Prepared(name.name)).into_iter().collect();
    }
    if words.take("CREATE") {
        words.take_all(&["OR", "REPLACE"]);
        if words.take_all(&["TEMPORARY", "TABLE"]) {
            words.take_all(&["IF", "NOT", "EXISTS"]);
            return words.name().map(Named::TemporaryTable).into_iter().collect();
        }
    }
    let variables = all.iter().filter(|word| word.kind == TokenKind::Variable);
    let own = variables.filter(|word| word.text.starts_with('@') && !word.text.starts_with("@@"));
    own.map(|word| Named::Variable(word.text.to_owned())).collect()
}
