//! What statements do to the setting that decides how a session reads SQL.

mod encoding;
mod mysql;
mod postgres;

pub(in crate::sql) use encoding::sets_unsafe_encoding;

use crate::Dialect;
use crate::sql::mode::mode_of;
use crate::sql::{LexicalMode, ModeSetting};
use std::collections::HashMap;

/// The setting as it is known after the statements so far.
#[derive(Debug, Clone)]
pub(in crate::sql) struct Tracker {
    dialect: Dialect,
    /// Its name; SQLite has none.
    name: &'static str,
    /// Its value; `None` when that is unknown.
    value: Option<String>,
    /// What `DEFAULT` stands for.
    reset: Option<String>,
    /// Variables of the session that were set to something that is known.
    variables: HashMap<String, String>,
    /// Whether a text that may be run later names the setting.
    is_in_strings: bool,
    /// The modes that the session may be in.
    modes: Vec<LexicalMode>,
}

/// What one statement does to the value.
#[derive(Debug, PartialEq, Eq)]
enum Change {
    None,
    To(Option<String>),
    /// It depends on where the statement runs.
    Perhaps(String),
}

impl Tracker {
    pub(in crate::sql) fn new(setting: &ModeSetting) -> Self {
        Self {
            dialect: setting.dialect(),
            name: setting.name(),
            value: Some(setting.value().to_owned()),
            reset: Some(setting.reset().to_owned()),
            variables: HashMap::new(),
            is_in_strings: false,
            modes: vec![setting.mode()],
        }
    }

    /// The modes that the session may be in, at least one.
    pub(in crate::sql) fn modes(&self) -> &[LexicalMode] {
        &self.modes
    }

    /// Whether something in a text may change the setting. Without its name it can only be put back to what it was to begin
    /// with, or be set by a text that was kept.
    pub(in crate::sql) fn may_be_changed_by(&self, sql: &str) -> bool {
        let is_changed = || self.value.is_none() || self.value != self.reset || self.is_in_strings;
        !self.name.is_empty() && (is_changed() || names(sql, self.name))
    }

    /// Takes in a statement; whether it may have changed the setting.
    pub(in crate::sql) fn follow(&mut self, mode: LexicalMode, sql: &str) -> bool {
        let change = match self.dialect {
            Dialect::Sqlite => Change::None,
            Dialect::Postgres => self.follow_postgres(mode, sql),
            Dialect::Mysql => self.follow_mysql(mode, sql),
        };
        match change {
            Change::None => return false,
            Change::To(Some(value)) => {
                self.modes = vec![mode_of(self.dialect, &value)];
                self.value = Some(value);
            }
            Change::To(None) => {
                self.modes = LexicalMode::all(self.dialect);
                self.value = None;
            }
            Change::Perhaps(value) => {
                let mode = mode_of(self.dialect, &value);
                if !self.modes.contains(&mode) {
                    self.modes.push(mode);
                    self.value = None;
                }
            }
        }
        true
    }
}

/// Whether a text names a setting, in any case.
pub(in crate::sql) fn names(text: &str, setting: &str) -> bool {
    let text = text.as_bytes();
    text.windows(setting.len()).any(|window| window.eq_ignore_ascii_case(setting.as_bytes()))
}
