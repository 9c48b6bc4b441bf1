//! Which part of a statement SQLite means.
//!
//! SQLite knows the offset of an error, but sqlx does not hand it on. Its messages name the token, and a
//! parser that reads from left to right fails at the first token it cannot take: so the statement is
//! prepared again, cut behind each place where the token stands, and the first cut that is answered with
//! the same message ends at the place that is meant. Preparing runs nothing.

use super::error::said;
use sqlx::{AssertSqlSafe, Executor as _, SqlSafeStr as _, SqliteConnection};
use std::ops::Range;

/// A token that stands in the statement more often than this is not looked for.
const MOST_CANDIDATES: usize = 64;

/// The part of the statement that the error speaks of, as a range of bytes.
pub(super) async fn part(
    connection: &mut SqliteConnection,
    sql: &str,
    error: &sqlx::Error,
) -> Option<Range<usize>> {
    let message = said(error);
    if let Some(token) = syntax_error_token(&message) {
        let candidates = occurrences(sql, token);
        if candidates.len() > MOST_CANDIDATES {
            return None;
        }
        for candidate in candidates {
            let cut = AssertSqlSafe(sql.get(..candidate.end)?.to_owned()).into_sql_str();
            if connection.prepare(cut).await.is_err_and(|error| said(&error) == message) {
                return Some(candidate);
            }
        }
        return None;
    }
    let name = named(&message)?;
    match words(sql, name).as_slice() {
        [only] => Some(only.clone()),
        _ => None,
    }
}

/// The token of `near "token": syntax error`.
fn syntax_error_token(message: &str) -> Option<&str> {
    message.strip_prefix("near \"")?.strip_suffix("\": syntax error").filter(|token| !token.is_empty())
}

/// The name that a message is about.
fn named(message: &str) -> Option<&str> {
    const AFTER: [&str; 7] = [
        "no such table: ",
        "no such column: ",
        "no such function: ",
        "no such index: ",
        "no such view: ",
        "no such collation sequence: ",
        "duplicate column name: ",
    ];
    let name = AFTER.iter().find_map(|prefix| message.strip_prefix(prefix)).or_else(|| {
        let before = message.strip_suffix(" already exists")?;
        before.strip_prefix("table ").or_else(|| before.strip_prefix("index "))
    });
    // A qualified name is written in more than one way; its last part is not.
    name.map(|name| name.rsplit('.').next().unwrap_or(name).trim_matches('"')).filter(|name| !name.is_empty())
}

fn occurrences(sql: &str, token: &str) -> Vec<Range<usize>> {
    sql.match_indices(token).map(|(at, found)| at..at + found.len()).collect()
}

/// The places where a name stands as a whole word, in any case.
fn words(sql: &str, name: &str) -> Vec<Range<usize>> {
    let is_part = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == '$');
    // Lower-casing ASCII keeps every offset.
    occurrences(&sql.to_ascii_lowercase(), &name.to_ascii_lowercase())
        .into_iter()
        .filter(|range| {
            let before = sql.get(..range.start).and_then(|text| text.chars().next_back());
            let after = sql.get(range.end..).and_then(|text| text.chars().next());
            !is_part(before) && !is_part(after)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use sqlx::Connection as _;

    /// The statement with `^` before and after the part that is found.
    async fn marked(sql: &str) -> String {
        let mut connection = SqliteConnection::connect("sqlite::memory:").await.unwrap();
        let error = sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut connection).await.unwrap_err();
        match part(&mut connection, sql, &error).await {
            Some(range) => format!("{}^{}^{}", &sql[..range.start], &sql[range.clone()], &sql[range.end..]),
            None => format!("{sql} -- nowhere"),
        }
    }

    #[tokio::test]
    async fn the_wrong_token_is_found_among_equal_ones() {
        insta::assert_snapshot!(marked("CREATE TABLE x(a INT, b INT, CHECK b INT, c b)").await, @"CREATE TABLE x(a INT, b INT, CHECK ^b^ INT, c b)");
        insta::assert_snapshot!(marked("CREATE TABEL é (tabel TEXT)").await, @"CREATE ^TABEL^ é (tabel TEXT)");
        insta::assert_snapshot!(marked("SELECT ','; SELECT 'é' , ,").await, @"SELECT ','; SELECT 'é' , ^,^");
    }

    #[tokio::test]
    async fn a_name_is_found_where_it_stands_once() {
        insta::assert_snapshot!(marked("INSERT INTO nowhere VALUES ('nowhere_else')").await, @"INSERT INTO ^nowhere^ VALUES ('nowhere_else')");
        insta::assert_snapshot!(marked("SELECT nope, 'nope'").await, @"SELECT nope, 'nope' -- nowhere");
        insta::assert_snapshot!(marked("CREATE TABLE t (Name TEXT, NAME2 INT, name INT)").await, @"CREATE TABLE t (Name TEXT, NAME2 INT, name INT) -- nowhere");
    }

    #[tokio::test]
    async fn an_error_without_a_place_is_left_alone() {
        insta::assert_snapshot!(marked("CREATE TABLE t (a INT").await, @"CREATE TABLE t (a INT -- nowhere");
    }
}
