//! How a transaction begins on SQLite, and what a commit that found the file busy leaves.

use crate::backend::Tables;
use crate::backend::engine::{Quoting as _, Transactions};
use crate::backend::sqlite::{Sqlite, dropped_table};

impl Transactions for Sqlite {
    fn begin(&self) -> &'static str {
        // A deferred BEGIN would fail at its first write, without waiting for the lock:
        // https://www.sqlite.org/lang_transaction.html
        "BEGIN IMMEDIATE"
    }

    fn needs_check(&self, sql: &str) -> bool {
        dropped_table::applies(sql)
    }

    fn accepts_several(&self) -> bool {
        true
    }

    fn require_rows(&self, tables: &Tables, ids: &[String]) -> Option<String> {
        let (table, number, ids) = (&tables.version, ids.len(), ids.join(", "));
        // "integer overflow", or no row at all: each row would be a message between threads.
        // https://www.sqlite.org/lang_corefunc.html#abs
        Some(format!(
            "SELECT abs(-9223372036854775807 - 1) WHERE (SELECT count(*) FROM {table}) <> {number} \
             OR (SELECT count(*) FROM {table} WHERE version_num IN ({ids})) <> {number}"
        ))
    }

    fn shares_commit(&self, tables: &Tables, sql: &str) -> bool {
        let sql = sql.to_ascii_lowercase();
        let names = [tables.version_name, tables.journal_name].map(str::to_ascii_lowercase);
        // A deferred foreign key is checked at the commit, and some pragmas end with it.
        let other = ["defer", "pragma"].map(str::to_owned);
        !names.iter().chain(&other).any(|word| sql.contains(word))
    }

    fn may_share_commit(&self, tables: &Tables) -> Option<[String; 2]> {
        let names = [tables.version_name, tables.journal_name].map(|name| self.literal(name));
        let mentions = |word: &str| format!("instr(lower(sql), lower({word})) > 0");
        let [version, journal] = &names;
        // What a trigger or a view makes of the bookkeeping would be another thing.
        let objects = |schema: &str| {
            format!(
                "EXISTS (SELECT 1 FROM {schema} WHERE {} OR ((type = 'trigger' OR type = 'view') AND ({} OR {})))",
                mentions("'deferred'"),
                mentions(version),
                mentions(journal)
            )
        };
        let may_share = format!(
            "SELECT NOT EXISTS (SELECT 1 FROM pragma_database_list WHERE name <> 'main' AND name <> 'temp') \
             AND NOT {} AND NOT {}",
            objects("main.sqlite_schema"),
            objects("sqlite_temp_schema")
        );
        // 16 MiB: all of it is read in about a hundredth of a second, and written in a tenth.
        let is_small = "SELECT page_count * page_size <= 16777216 FROM pragma_page_count, pragma_page_size";
        Some([may_share, is_small.to_owned()])
    }

    fn commits_again(&self) -> bool {
        // SQLite leaves the transaction open then: https://www.sqlite.org/lang_transaction.html
        true
    }
}
