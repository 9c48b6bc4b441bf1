//! What a text of SQLite names.

use servicekit_chain::Dialect;
use servicekit_chain::sql::{mentions_name, significant};

/// Whether a text names this, in whatever quotes.
pub(super) fn mentions(sql: &str, name: &str) -> bool {
    mentions_name(Dialect::Sqlite, sql, name)
}

/// Whether a trigger is for updates of this column, which need not be there.
pub(super) fn is_for_updates_of(trigger: &str, column: &str) -> bool {
    let all = significant(Dialect::Sqlite, trigger);
    let mut rest = all.iter();
    rest.by_ref().take_while(|token| !token.is("BEGIN")).any(|token| token.is("UPDATE"))
        && rest.next().is_some_and(|token| token.is("OF"))
        && rest.take_while(|token| !token.is("ON")).any(|token| token.is_name() && token.says(column))
}

/// Whether a text names this in double quotes, which SQLite takes for a string when there is no such column
/// (<https://www.sqlite.org/quirks.html#dblquote>): it would not say that the column is missed.
pub(super) fn mentions_in_double_quotes(sql: &str, name: &str) -> bool {
    significant(Dialect::Sqlite, sql).iter().any(|token| token.text.starts_with('"') && token.says(name))
}
