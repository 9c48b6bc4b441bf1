//! PostgreSQL says at which character of the text it stopped.

use servicekit_chain::Dialect;
use servicekit_chain::sql::tokens;
use std::ops::Range;

/// The token at the byte that the server points at.
pub(in crate::migrate) fn part(sql: &str, at: Option<usize>) -> Option<Range<usize>> {
    let at = at?;
    // At the end of the text there is no token: the whole statement is shown.
    tokens(Dialect::Postgres, sql).map(|token| token.span).find(|span| span.contains(&at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_token_at_the_place_is_meant() {
        let sql = "SELECT 'é', nope FROM t";
        assert_eq!(part(sql, Some(13)).map(|range| &sql[range]), Some("nope"));
        assert_eq!(part(sql, Some(sql.len())), None);
        assert_eq!(part(sql, None), None);
    }
}
