//! MariaDB and MySQL quote the rest of the statement where they stopped, and say in which line that is.

use crate::backend::named::only_place;
use crate::error::error_message;
use servicekit_chain::Dialect;
use servicekit_chain::sql::tokens;
use std::ops::Range;

/// The token where the parser stopped, or the one name that the message is about.
pub(crate) fn part(sql: &str, error: &sqlx::Error) -> Option<Range<usize>> {
    let message = error_message(error);
    match stop(&message) {
        Some((rest, line)) => token_at(sql, stopped_at(sql, rest, line)?),
        None => named(sql, &message),
    }
}

/// What is quoted after `near`, and the line; the quotation ends after 80 bytes or so.
fn stop(message: &str) -> Option<(&str, usize)> {
    let (_, quoted) = message.split_once(" near '")?;
    let (rest, line) = quoted.rsplit_once("' at line ")?;
    Some((rest, line.trim().parse().ok()?))
}

/// The place where the rest of the statement begins as it is quoted, in that line.
fn stopped_at(sql: &str, rest: &str, line: usize) -> Option<usize> {
    if rest.is_empty() {
        return None;
    }
    let start = match line.checked_sub(2) {
        Some(breaks) => sql.match_indices('\n').nth(breaks)?.0 + 1,
        None => 0,
    };
    let first_line = rest.lines().next().unwrap_or(rest);
    let text = sql.get(start..)?;
    // The quotation goes on to the end or is cut off, so the same beginning elsewhere in the line is rare; when it
    // happens the first that matches as far as possible is meant.
    let whole = text.find(rest);
    whole.or_else(|| text.find(first_line)).map(|at| start + at)
}

/// The token that begins there.
fn token_at(sql: &str, at: usize) -> Option<Range<usize>> {
    let token = tokens(Dialect::Mysql, sql).find(|token| token.span().contains(&at));
    token.filter(|token| !token.kind.is_trivia()).map(|token| token.span())
}

/// The place of the one name in quotes that a message is about: `Unknown column 'nope' in …`.
fn named(sql: &str, message: &str) -> Option<Range<usize>> {
    let name = message.split('\'').nth(1).filter(|name| !name.is_empty())?;
    let name = name.rsplit('.').next().unwrap_or(name);
    only_place(Dialect::Mysql, sql, name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found<'s>(sql: &'s str, message: &str) -> Option<&'s str> {
        let place = match stop(message) {
            Some((rest, line)) => token_at(sql, stopped_at(sql, rest, line)?)?,
            None => named(sql, message)?,
        };
        sql.get(place)
    }

    #[test]
    fn the_rest_that_is_quoted_tells_the_place() {
        let message = "You have an error in your SQL syntax; check the manual that corresponds to your MariaDB server \
                       version for the right syntax to use near 'TABEL b (\n  x int)' at line 2";
        assert_eq!(found("-- a\nCREATE TABEL b (\n  x int)", message), Some("TABEL"));
        assert_eq!(found("CREATE TABLE a (", "… near '' at line 1"), None);
    }

    #[test]
    fn a_name_is_found_where_it_stands_once() {
        assert_eq!(
            found("SELECT nope, 'nope' FROM t", "Unknown column 'nope' in 'field list'"),
            Some("nope")
        );
        assert_eq!(found("DROP TABLE `b`", "Unknown table 'test.b'"), Some("`b`"));
        assert_eq!(found("SELECT a, a", "Unknown column 'a' in 'field list'"), None);
    }
}
