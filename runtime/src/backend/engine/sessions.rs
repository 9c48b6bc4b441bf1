//! The settings of a session, its name, its role, and what a revision leaves in it.

use crate::backend::engine::Quoting;
use crate::backend::{Answer, OwnSetting, Server, Timeouts};
use servicekit_chain::sql::{ModeSetting, Named};

/// The settings of a session, its name, its role, and what a revision leaves in it.
pub(crate) trait Sessions: Quoting {
    /// Settings of a session that runs stages outside a transaction, as (name, value).
    fn settings(&self, _timeouts: &Timeouts, _server: &Server) -> Vec<(&'static str, String)> {
        Vec::new()
    }

    /// Settings of a session that holds the lock: how long the server hears nothing from it before it ends it.
    fn idle_settings(&self, _is_expected: bool) -> Vec<(&'static str, String)> {
        Vec::new()
    }

    /// Whether the server ends a statement that takes longer than the timeout of those settings.
    fn enforces_statement_timeout(&self) -> bool {
        false
    }

    /// Settings for a statement that may wait for long without being in anybody's way.
    fn patient_settings(&self, _timeouts: &Timeouts) -> Vec<(&'static str, String)> {
        Vec::new()
    }

    /// What a setting is now.
    fn setting(&self, _name: &str) -> Option<String> {
        None
    }

    /// Changes a setting of the session.
    fn set(&self, _name: &str, _value: &str) -> Option<String> {
        None
    }

    /// Asks whether a pooler stands before the session, where the session itself tells.
    fn is_pooled(&self) -> Option<String> {
        None
    }

    /// This session, in a way that no other session before or after is named.
    fn session_id(&self) -> Option<String> {
        None
    }

    /// Whether that session is there; `1` when it is.
    fn session_exists(&self, _id: &str, _statement: &str) -> Option<String> {
        None
    }

    /// Ends that session.
    fn terminate_session(&self, _id: &str) -> Option<String> {
        None
    }

    /// Asks for the role of the session, where a revision can take on another one.
    fn role(&self) -> Option<&'static str> {
        None
    }

    /// Whether a statement outside of a transaction takes on another role.
    fn sets_role(&self, _sql: &str) -> bool {
        false
    }

    /// What makes a transaction one of the role that [`role`](Self::role) has answered.
    fn assume_own_role(&self, _found: &Answer) -> Vec<String> {
        Vec::new()
    }

    /// What gives the transaction back to the role of the revision, which was taken on with this.
    fn restore_revision_role(&self, _taken: Option<&str>) -> Vec<String> {
        Vec::new()
    }

    /// What gives the session its role again.
    fn restore_own_role(&self, _found: &Answer) -> Vec<String> {
        Vec::new()
    }

    /// Questions for what a session keeps and a revision may change, under these names too.
    fn state_questions(&self, named: &[Named]) -> Vec<String>;

    /// What keeps a copy of what these names mean, before a revision.
    fn save_state(&self, _named: &[Named]) -> Vec<String> {
        Vec::new()
    }

    /// What makes a session what it was when [`state_questions`](Self::state_questions) was answered the first time, before these statements.
    fn restore_state(
        &self,
        statements: &[&str],
        named: &[Named],
        before: &[Answer],
        after: &[Answer],
    ) -> Vec<String>;

    /// What lets another session in, where this one may be set to keep all others out.
    fn admit_other_sessions(&self) -> &'static [&'static str] {
        &[]
    }

    /// Asks for the settings that the driver has changed, and for what they would be without it.
    fn driver_settings_question(&self) -> Option<String> {
        None
    }

    /// Asks for what else has to be known of them, which not everybody may read.
    fn driver_settings_in_files(&self, _answers: &[Answer], _options: Option<&str>) -> Vec<String> {
        Vec::new()
    }

    /// Reads the answers to both; `options` are what the connection was opened with.
    fn driver_settings(
        &self,
        _answers: &[Answer],
        _files: &[Answer],
        _options: Option<&str>,
    ) -> Vec<OwnSetting> {
        Vec::new()
    }

    /// Reads from the answer to the first how the session reads SQL.
    fn mode_setting(&self, _answers: &[Answer]) -> ModeSetting {
        self.dialect().into()
    }
}
