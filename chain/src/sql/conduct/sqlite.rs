//! SQLite: everything runs in a transaction but `VACUUM` and a few pragmas.

use super::words::{Word, Words, goes_on, words};
use super::{Conduct, Nature};
use crate::Dialect;

pub(super) fn conduct(sql: &str) -> Conduct {
    let all = words(Dialect::Sqlite, sql);
    if goes_on(&all) && !all.first().is_some_and(|word| word.is_any(&["CREATE", "EXPLAIN"])) {
        return Conduct::ask();
    }
    let mut words = Words::new(Dialect::Sqlite, &all);
    match words.keyword().as_deref() {
        Some("BEGIN" | "COMMIT" | "END" | "ROLLBACK" | "SAVEPOINT" | "RELEASE") => {
            Conduct::of(Nature::TransactionControl)
        }
        // The second time the file is there, and it may be what was asked for or half of it.
        Some("VACUUM") if words.outside().any(|word| word.is("INTO")) => Conduct::ask(),
        Some("VACUUM") => Conduct::repeat(),
        // Both work inside a transaction unless it uses the database, but neither is undone with one.
        Some("ATTACH" | "DETACH") => Conduct::of(Nature::Session),
        Some("PRAGMA") => pragma(words),
        _ => Conduct::transactional(),
    }
}

/// Pragmas by what they do with a value (pragma.html); the others set something for the connection.
fn pragma(mut words: Words<'_, '_>) -> Conduct {
    let Some(name) = words.name() else { return Conduct::transactional() };
    let sets = words.is_sign("=") || words.is_sign("(");
    match name.name.to_ascii_lowercase().as_str() {
        // A checkpoint cannot run inside a transaction that writes, and reads without a value as well.
        "wal_checkpoint" => Conduct::repeat(),
        _ if !sets => Conduct::transactional(),
        // Kept in the file. It cannot change to or from WAL inside a transaction.
        "journal_mode" if !words.rest().iter().any(|word| names_one_of(word, &["MEMORY", "OFF"])) => {
            Conduct::repeat()
        }
        name if WRITES.contains(&name) || READS.contains(&name) => Conduct::transactional(),
        _ => Conduct::of(Nature::Session),
    }
}

/// Whether it says one of these, quoted or not.
fn names_one_of(word: &Word<'_>, names: &[&str]) -> bool {
    let said = word.text.trim_matches(['\'', '"', '`', '[', ']']);
    names.iter().any(|name| said.eq_ignore_ascii_case(name))
}

/// Pragmas that write to the database and are undone with the transaction, or end with it.
const WRITES: [&str; 7] = [
    "application_id",
    "default_cache_size",
    "defer_foreign_keys",
    "incremental_vacuum",
    "optimize",
    "schema_version",
    "user_version",
];

/// Pragmas whose value says what to read.
const READS: [&str; 10] = [
    "foreign_key_check",
    "foreign_key_list",
    "index_info",
    "index_list",
    "index_xinfo",
    "integrity_check",
    "quick_check",
    "table_info",
    "table_list",
    "table_xinfo",
];
