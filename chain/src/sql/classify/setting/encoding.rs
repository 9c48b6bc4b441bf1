//! Encodings in which a byte of a character may be a backslash or a quote: what is UTF-8 is cut by such a session in another way.

use super::names;
use crate::Dialect;
use crate::sql::{LexicalMode, Token, TokenCursor, significant};

/// <https://mariadb.com/kb/en/supported-character-sets-and-collations/>
const OF_MYSQL: [&str; 5] = ["big5", "cp932", "gb18030", "gbk", "sjis"];

/// <https://www.postgresql.org/docs/current/multibyte.html#CHARSET-TABLE>: those that no server has.
const OF_POSTGRES: [&str; 14] = [
    "big5",
    "win950",
    "windows950",
    "gbk",
    "win936",
    "windows936",
    "gb18030",
    "johab",
    "sjis",
    "mskanji",
    "shiftjis",
    "win932",
    "shiftjis2004",
    "uhc",
];

/// What a statement says about the encoding of the texts that follow: whether it is one of these. `None` when it says nothing
/// about it.
pub(in crate::sql) fn sets_unsafe_encoding(mode: LexicalMode, sql: &str) -> Option<bool> {
    // Nearly every statement begins with another word.
    let begins = |word: &str| sql.get(..3).is_some_and(|first| first.eq_ignore_ascii_case(word));
    if !["SET", "SEL", "/*!"].into_iter().any(begins) {
        return None;
    }
    let named = match mode.dialect {
        Dialect::Sqlite => return None,
        Dialect::Postgres => ["client_encoding", "names"].as_slice(),
        Dialect::Mysql => &["names", "character", "charset"],
    };
    if !named.iter().any(|name| names(sql, name)) {
        return None;
    }
    let all = significant(mode, sql);
    let mut rest = TokenCursor::new(mode.dialect, &all);
    let calls = || names(sql, "set_config") && mode.dialect == Dialect::Postgres;
    let is_setting = rest.take("SET") || (calls() && rest.take("SELECT"));
    if !is_setting {
        return None;
    }
    let list = if mode.dialect == Dialect::Mysql { OF_MYSQL.as_slice() } else { &OF_POSTGRES };
    let is_setter = |word: &Token<'_>| {
        let text = word.unquoted().to_ascii_lowercase();
        let text = text.rsplit(['@', '.']).next().unwrap_or_default();
        ["client_encoding", "names", "charset", "character", "character_set_client"].contains(&text)
    };
    let found = rest.rest().iter().position(is_setter)?;
    // What follows, to the next comma: `=`, `TO`, `SET` and the value, or a comma and the value in a call.
    let values = rest.rest().iter().skip(found + 1).take(3);
    Some(
        values
            .map(|word| word.unquoted().to_ascii_lowercase().replace(['_', '-', ' '], ""))
            .any(|value| list.contains(&value.as_str())),
    )
}
