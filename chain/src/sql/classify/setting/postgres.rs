//! `standard_conforming_strings`.

use super::{Change, Tracker};
use crate::Dialect;
use crate::sql::{LexicalMode, Token, TokenCursor, has_pair, quotes, significant};

const NAME: &str = "standard_conforming_strings";

impl Tracker {
    pub(super) fn follow_postgres(&self, mode: LexicalMode, sql: &str) -> Change {
        let all = significant(mode, sql);
        let mut words = TokenCursor::new(Dialect::Postgres, &all);
        let Some(command) = words.keyword() else { return Change::None };
        match command.as_str() {
            "SET" => self.assign_postgres(words),
            "RESET" if words.is("ALL") || is_named(words.rest().first()) => Change::To(self.reset.clone()),
            "DISCARD" if words.is("ALL") => Change::To(self.reset.clone()),
            "SELECT" => configured(words),
            // What they run may set it.
            "DO" | "CALL" | "EXECUTE" | "WITH" if quotes(&all, NAME) => Change::To(None),
            _ => Change::None,
        }
    }

    fn assign_postgres(&self, mut words: TokenCursor<'_, '_>) -> Change {
        let is_local = words.take("LOCAL");
        words.take("SESSION");
        let Some(name) = words.take_token() else { return Change::None };
        if !is_named(Some(&name)) || !(words.take_sign("=") || words.take("TO")) {
            return Change::None;
        }
        let value = match words.rest() {
            [value] if value.is("DEFAULT") => self.reset.clone(),
            [value] => read(value),
            _ => None,
        };
        match (value, is_local) {
            // Outside of a transaction it does nothing.
            (Some(value), true) => Change::Perhaps(value),
            (value, _) => Change::To(value),
        }
    }
}

/// `SELECT set_config('standard_conforming_strings', 'off', false)`.
fn configured(words: TokenCursor<'_, '_>) -> Change {
    let rest = words.rest();
    let is_set = has_pair(rest, |function, open| function.is("set_config") && open.is_sign("("));
    if !is_set || !quotes(rest, NAME) {
        return Change::None;
    }
    let found = rest.windows(7).find_map(|window| match window {
        [open, name, first, value, second, local, close] => {
            let is_call =
                open.is_sign("(") && first.is_sign(",") && second.is_sign(",") && close.is_sign(")");
            let is_it = is_call && is_named(Some(name));
            is_it.then(|| (read(value), read(local).is_some_and(|local| local == "on")))
        }
        _ => None,
    });
    match found {
        Some((Some(value), true)) => Change::Perhaps(value),
        Some((value, false)) => Change::To(value),
        _ => Change::To(None),
    }
}

fn is_named(word: Option<&Token<'_>>) -> bool {
    word.is_some_and(|word| word.says(NAME))
}

/// A value as `on` or `off`; beginnings of words are enough for the server:
/// <https://www.postgresql.org/docs/current/config-setting.html#CONFIG-SETTING-NAMES-VALUES>.
fn read(word: &Token<'_>) -> Option<String> {
    let text = word.unquoted().to_ascii_lowercase();
    let begins = |whole: &str, least: usize| text.len() >= least && whole.starts_with(&text);
    let value = if text == "1" || text == "on" || begins("true", 1) || begins("yes", 1) {
        "on"
    } else if text == "0" || begins("off", 2) || begins("false", 1) || begins("no", 1) {
        "off"
    } else {
        return None;
    };
    Some(value.to_owned())
}
