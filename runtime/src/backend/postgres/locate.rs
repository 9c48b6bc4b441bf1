//! PostgreSQL says at which character of the text it stopped, or names what is wrong.

use crate::backend::named::only_place;
use servicekit_chain::Dialect;
use servicekit_chain::sql::tokens;
use std::ops::Range;

/// The token at the byte that the server points at, or the one name that its message is about.
pub(crate) fn part(sql: &str, at: Option<usize>, message: &str) -> Option<Range<usize>> {
    match at {
        // At the end of the text there is no token: the whole statement is shown.
        Some(at) => tokens(Dialect::Postgres, sql).map(|token| token.span()).find(|span| span.contains(&at)),
        None => named(sql, message),
    }
}

/// The place of the first name in quotes, where it stands once: `column "emial" does not exist`.
fn named(sql: &str, message: &str) -> Option<Range<usize>> {
    let name = message.split('"').nth(1).filter(|name| !name.is_empty())?;
    only_place(Dialect::Postgres, sql, name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_token_at_the_place_is_meant() {
        let sql = "SELECT 'é', nope FROM t";
        assert_eq!(part(sql, Some(13), "").map(|range| &sql[range]), Some("nope"));
        assert_eq!(part(sql, Some(sql.len()), "column \"nope\" does not exist"), None);
    }

    #[test]
    fn without_a_place_a_name_is_found_where_it_stands_once() {
        let found = |sql: &str, message: &str| part(sql, None, message).map(|range| sql[range].to_owned());
        let missing = "column \"emial\" does not exist";
        assert_eq!(found("CREATE INDEX i ON t (\"emial\")", missing).as_deref(), Some("\"emial\""));
        assert_eq!(found("SELECT 'emial' -- emial", missing), None);
        assert_eq!(found("SELECT emial, emial", missing), None);
        assert_eq!(found("SELECT 1", "division by zero"), None);
    }
}
