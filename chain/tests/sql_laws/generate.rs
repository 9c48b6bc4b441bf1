//! Generators of SQL and of what is nearly SQL.

use proptest::prelude::*;
use proptest::sample::{Index, select};
use servicekit_chain::Dialect;

/// What opens, closes, ends and escapes things in any of the dialects.
const FRAGMENTS: &[&str] = &[
    "'",
    "''",
    "\"",
    "`",
    "[",
    "]",
    "\\",
    ";",
    ";;",
    "--",
    "-- ",
    "#",
    "/*",
    "*/",
    "/*!",
    "/*!50003 ",
    "/*M!",
    "/*+",
    "*",
    "$",
    "$$",
    "$a$",
    "$1",
    "?",
    "@",
    "@@",
    ":",
    "::",
    ":=",
    ".",
    "(",
    ")",
    ",",
    "{",
    "+",
    "-",
    "<",
    "=",
    "!",
    "|",
    "~",
    "a",
    "A",
    "e",
    "E'",
    "x'",
    "N'",
    "u&'",
    "U&\"",
    "1",
    "1e",
    ".5",
    "0x",
    "é",
    "🦀",
    "\u{feff}",
    "\0",
    " ",
    "\t",
    "\n",
    "\r\n",
    "\r",
    "SELECT ",
    "CREATE ",
    "TEMP ",
    "TRIGGER ",
    "FUNCTION ",
    "PROCEDURE ",
    "RULE ",
    "EVENT ",
    "BEGIN ",
    "ATOMIC ",
    "NOT ",
    "CASE ",
    "IF ",
    "THEN ",
    "ELSE ",
    "LOOP ",
    "REPEAT ",
    "UNTIL ",
    "WHILE ",
    "FOR ",
    "EACH ",
    "ROW ",
    "DO ",
    "DECLARE ",
    "HANDLER ",
    "END ",
    "END",
    "EXPLAIN ",
    "AS ",
    "DELIMITER ",
    "\nDELIMITER //\n",
    "//",
    "\nDELIMITER ;\n",
];

/// A script that each dialect accepts; tried on the databases themselves.
const SCRIPTS: [(Dialect, &str); 3] = [
    (Dialect::Sqlite, include_str!("scripts/sqlite.sql")),
    (Dialect::Postgres, include_str!("scripts/postgres.sql")),
    (Dialect::Mysql, include_str!("scripts/mysql.sql")),
];

/// A valid script with its dialect.
pub(crate) fn script() -> impl Strategy<Value = (Dialect, &'static str)> {
    select(&SCRIPTS[..])
}

pub(crate) fn dialect() -> impl Strategy<Value = Dialect> {
    select(&Dialect::ALL[..])
}

/// Texts of all kinds: any bytes, fragments thrown together, and valid scripts with something changed.
pub(crate) fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        1 => proptest::collection::vec(any::<u8>(), 0..300)
            .prop_map(|bytes| String::from_utf8_lossy(&bytes).into_owned()),
        4 => fragments(),
        3 => changed_script(),
    ]
}

fn fragments() -> impl Strategy<Value = String> {
    proptest::collection::vec(select(FRAGMENTS), 0..60).prop_map(|fragments| fragments.concat())
}

/// A script with a few places replaced by fragments, or cut off.
fn changed_script() -> impl Strategy<Value = String> {
    let change = (any::<Index>(), 0..4_usize, select(FRAGMENTS));
    (script(), proptest::collection::vec(change, 0..5), proptest::option::of(any::<Index>())).prop_map(
        |((_, script), changes, cut)| {
            let mut characters: Vec<char> = script.chars().collect();
            for (at, removed, inserted) in changes {
                let at = at.index(characters.len());
                let end = characters.len().min(at + removed);
                characters.splice(at..end, inserted.chars());
            }
            if let Some(cut) = cut {
                characters.truncate(cut.index(characters.len()));
            }
            characters.into_iter().collect()
        },
    )
}
