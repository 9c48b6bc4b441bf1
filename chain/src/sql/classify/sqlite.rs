//! SQLite: everything runs in a transaction but `VACUUM` and a few pragmas.

use super::StatementClass;
use crate::Dialect;
use crate::sql::{TokenCursor, goes_on, significant};

pub(super) fn classify(sql: &str) -> StatementClass {
    let all = significant(Dialect::Sqlite, sql);
    if goes_on(&all) && !all.first().is_some_and(|word| word.is_any(&["CREATE", "EXPLAIN"])) {
        return StatementClass::ask();
    }
    let mut words = TokenCursor::new(Dialect::Sqlite, &all);
    match words.keyword().as_deref() {
        Some("BEGIN" | "COMMIT" | "END" | "ROLLBACK" | "SAVEPOINT" | "RELEASE") => StatementClass::control(),
        // The second time the file is there, and it may be what was asked for or half of it.
        Some("VACUUM") if words.outside().any(|word| word.is("INTO")) => StatementClass::ask(),
        Some("VACUUM") => StatementClass::repeat(),
        // Both work inside a transaction unless it uses the database, but neither is undone with one.
        Some("ATTACH" | "DETACH") => StatementClass::session(),
        Some("PRAGMA") => pragma(words),
        _ => StatementClass::transactional(),
    }
}

/// Pragmas by what they do with a value (pragma.html); the others set something for the connection.
fn pragma(mut words: TokenCursor<'_, '_>) -> StatementClass {
    let Some(name) = words.name() else { return StatementClass::transactional() };
    let sets = words.is_sign("=") || words.is_sign("(");
    match name.name.to_ascii_lowercase().as_str() {
        // A checkpoint cannot run inside a transaction that writes, and reads without a value as well.
        "wal_checkpoint" => StatementClass::repeat(),
        _ if !sets => StatementClass::transactional(),
        // Kept in the file. It cannot change to or from WAL inside a transaction.
        "journal_mode" if !words.rest().iter().any(|word| word.says("MEMORY") || word.says("OFF")) => {
            StatementClass::repeat()
        }
        name if WRITES.contains(&name) || READS.contains(&name) => StatementClass::transactional(),
        _ => StatementClass::session(),
    }
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
