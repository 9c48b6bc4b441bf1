//! What a session of SQLite keeps.

use crate::backend::Answer;
use crate::backend::engine::Sessions;
use crate::backend::sqlite::{Sqlite, session_state};
use servicekit_chain::sql::Named;

impl Sessions for Sqlite {
    fn admit_other_sessions(&self) -> &'static [&'static str] {
        // The lock goes with the next look at the file: https://www.sqlite.org/pragma.html#pragma_locking_mode
        &["PRAGMA locking_mode = NORMAL", "SELECT 1 FROM sqlite_schema LIMIT 1"]
    }

    fn state_questions(&self, _: &[Named]) -> Vec<String> {
        session_state::questions()
    }

    fn restore_state(
        &self,
        statements: &[&str],
        _: &[Named],
        before: &[Answer],
        after: &[Answer],
    ) -> Vec<String> {
        session_state::put_back(statements, before, after)
    }
}
