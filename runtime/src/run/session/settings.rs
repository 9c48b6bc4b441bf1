//! What a session sets so that revisions run under the server's own settings, and not under the driver's.

use crate::backend::{Answer, OwnSetting};
use crate::run::Session;
use servicekit_chain::sql::ModeSetting;

/// What is known of the settings that the driver has changed.
#[derive(Debug, Default)]
pub(crate) struct OwnSettings {
    /// The answer to the question for them, until it is read.
    answers: Option<Vec<Answer>>,
    list: Vec<OwnSetting>,
    /// How a revision is read; `None` before that was asked.
    mode: Option<ModeSetting>,
}

impl OwnSettings {
    pub(crate) fn asked(answers: &[Answer], mode: ModeSetting) -> Self {
        Self { answers: Some(answers.to_vec()), list: Vec::new(), mode: Some(mode) }
    }
}

impl Session<'_> {
    /// How the session reads a revision when it begins.
    pub(crate) fn mode_setting(&self) -> ModeSetting {
        self.own.mode.clone().unwrap_or_else(|| self.engine.dialect().into())
    }

    /// Finds out what the settings are without the driver, once something is to be run.
    pub(crate) async fn know_own_settings(&mut self) {
        let Some(answers) = self.own.answers.take() else { return };
        let options = self.connection().startup_options();
        let questions = self.engine.driver_settings_in_files(&answers, options.as_deref());
        let mut files = Vec::new();
        if !questions.is_empty() {
            match self.connection().ask(&questions).await {
                Ok(answers) => files = answers,
                // Then what nobody else says is left as it is; what is wrong with the connection is found out next.
                Err(error) => {
                    tracing::debug!(error = %error.source, "the files of the server cannot be read");
                }
            }
        }
        self.own.list = self.engine.driver_settings(&answers, &files, options.as_deref());
    }

    /// The settings of a session that holds the lock.
    pub(crate) fn own_settings(&self) -> Vec<(&'static str, String)> {
        self.own.list.iter().map(|own| (own.name, own.value.clone())).collect()
    }

    /// Expressions that set them for the transaction that has just begun, where the session has not got them.
    pub(crate) fn own_timeouts(&self) -> Vec<String> {
        // Where it has, what the revision itself has set since must not be undone.
        if self.has_lock() {
            return Vec::new();
        }
        let set = |own: &OwnSetting| self.engine.set_in_transaction(own.name, &own.value);
        self.own.list.iter().filter_map(set).collect()
    }

    /// Gives work of a revision the connection as it was opened, which is what sqlx takes for granted in binding and reading
    /// times; and takes it back.
    pub(crate) fn own_settings_for_work(&self, is_begun: bool) -> Vec<String> {
        let set = |own: &OwnSetting| {
            let value = if is_begun { &own.opened_with } else { &own.value };
            if self.has_lock() {
                return self.engine.set(own.name, value);
            }
            self.engine.set_in_transaction(own.name, value).map(|set| format!("SELECT {set}"))
        };
        self.own.list.iter().filter_map(set).collect()
    }
}
