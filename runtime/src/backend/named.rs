//! The place of the one name that a message of a database is about.

use servicekit_chain::Dialect;
use servicekit_chain::sql::significant;
use std::ops::Range;

/// Where a name stands as a name, quoted or not, in any case; `None` unless it stands there once.
pub(crate) fn only_place(dialect: Dialect, sql: &str, name: &str) -> Option<Range<usize>> {
    let tokens = significant(dialect, sql);
    let mut places = tokens.iter().filter(|token| token.is_name() && token.says(name));
    let only = places.next()?.span();
    places.next().is_none().then_some(only)
}
