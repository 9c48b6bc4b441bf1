//! Which part of a statement SQLite means.
//!
//! SQLite knows the offset of an error, but sqlx does not hand it on. Its messages name the token, and a
//! parser that reads from left to right fails at the first token it cannot take: so the statement is
//! prepared again, cut behind places where the token stands, and the first cut that is answered with
//! the same message ends at the place that is meant. Preparing runs nothing.

use crate::backend::named::only_place;
use crate::error::error_message;
use servicekit_chain::Dialect;
use servicekit_chain::sql::{TokenKind, significant};
use sqlx::{AssertSqlSafe, Executor as _, SqlSafeStr as _, SqliteConnection};
use std::ops::Range;

/// The part of the statement that the error speaks of, as a range of bytes.
pub(crate) async fn part(
    connection: &mut SqliteConnection,
    sql: &str,
    error: &sqlx::Error,
) -> Option<Range<usize>> {
    let message = error_message(error);
    if let Some(token) = syntax_error_token(&message) {
        return wrong_token(connection, sql, token, &message).await;
    }
    only_place(Dialect::Sqlite, sql, named(&message)?)
}

/// The place of the token that the parser could not take.
async fn wrong_token(
    connection: &mut SqliteConnection,
    sql: &str,
    token: &str,
    message: &str,
) -> Option<Range<usize>> {
    // To prepare some PRAGMAs is to run them: https://www.sqlite.org/pragma.html
    if significant(Dialect::Sqlite, sql).first()?.says("PRAGMA") {
        return None;
    }
    let candidates = occurrences(sql, token);
    // Every cut behind the wrong token fails as the whole does, and none before it: so it can be halved.
    let (mut low, mut high) = (0, candidates.len());
    while low < high {
        let middle = low.midpoint(high);
        let cut = sql.get(..candidates.get(middle)?.end)?.to_owned();
        let prepared = connection.prepare(AssertSqlSafe(cut).into_sql_str()).await;
        if prepared.is_err_and(|error| error_message(&error) == message) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    candidates.get(low).cloned()
}

/// The places where a token stands.
fn occurrences(sql: &str, token: &str) -> Vec<Range<usize>> {
    significant(Dialect::Sqlite, sql)
        .into_iter()
        // What SQLite reads as several operators may be one here.
        .filter(|each| each.kind == TokenKind::Operator || each.text == token)
        .flat_map(|each| {
            let places = each.text.match_indices(token).map(move |(at, _)| each.start + at);
            places.map(|start| start..start + token.len())
        })
        .collect()
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

#[cfg(test)]
mod tests {
    use super::*;
    use sqlx::Connection as _;

    /// The statement with `^` before and after the part that is found.
    async fn marked(sql: &str) -> String {
        let mut connection = SqliteConnection::connect("sqlite::memory:").await.unwrap();
        sqlx::raw_sql("CREATE TABLE there (x)").execute(&mut connection).await.unwrap();
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
        insta::assert_snapshot!(marked("CREATE TABLE ONly (a) ON").await, @"CREATE TABLE ONly (a) ^ON^");
        insta::assert_snapshot!(marked("SELECT 1 /* ) */, ')', [)], \"😀)\" ), ()").await, @r#"SELECT 1 /* ) */, ')', [)], "😀)" ^)^, ()"#);
        insta::assert_snapshot!(marked("CREATE TABLE t (a CHECK (a <> = 1))").await, @"CREATE TABLE t (a CHECK (a <> ^=^ 1))");
        insta::assert_snapshot!(marked("CREATE TRIGGER r AFTER INSERT ON there BEGIN\r\n  SELECT 'é', x;\r\n  UPDATE there SET x x = 1;\r\nEND").await, @"
        CREATE TRIGGER r AFTER INSERT ON there BEGIN
          SELECT 'é', x;
          UPDATE there SET x ^x^ = 1;
        END
        ");
    }

    #[tokio::test]
    async fn a_token_that_stands_there_thousands_of_times_is_found() {
        let (before, after) = ("(1, 'é'), ".repeat(3000), ", (2, 'ü')".repeat(3000));
        let text = marked(&format!("INSERT INTO t VALUES {before}(1, , 1){after}")).await;
        let place = text.find('^').unwrap();
        assert_eq!(&text[place - 4..place + 6], "(1, ^,^ 1)");
    }

    #[tokio::test]
    async fn a_name_is_found_where_it_stands_once() {
        insta::assert_snapshot!(marked("INSERT INTO nowhere VALUES ('nowhere_else')").await, @"INSERT INTO ^nowhere^ VALUES ('nowhere_else')");
        insta::assert_snapshot!(marked("SELECT nope, 'nope' -- nope").await, @"SELECT ^nope^, 'nope' -- nope");
        insta::assert_snapshot!(marked("SELECT 'é', \"MAIN\".[No Where].x").await, @r#"SELECT 'é', "MAIN".[No Where].^x^"#);
        insta::assert_snapshot!(marked("SELECT * FROM \"näh\"").await, @r#"SELECT * FROM ^"näh"^"#);
        insta::assert_snapshot!(marked("CREATE TABLE t (Name TEXT, NAME2 INT, name INT)").await, @"CREATE TABLE t (Name TEXT, NAME2 INT, name INT) -- nowhere");
    }

    #[tokio::test]
    async fn an_error_without_a_place_is_left_alone() {
        insta::assert_snapshot!(marked("CREATE TABLE t (a INT").await, @"CREATE TABLE t (a INT -- nowhere");
    }

    #[tokio::test]
    async fn a_name_that_only_a_trigger_says_is_not_looked_for_in_strings() {
        let mut connection = SqliteConnection::connect("sqlite::memory:").await.unwrap();
        let setup =
            "CREATE TABLE t (x); CREATE TRIGGER r AFTER INSERT ON t BEGIN INSERT INTO gone VALUES (1); END;";
        sqlx::raw_sql(setup).execute(&mut connection).await.unwrap();
        let sql = "INSERT INTO t VALUES ('gone') /* gone */";
        let error = sqlx::raw_sql(sql).execute(&mut connection).await.unwrap_err();
        assert_eq!(error_message(&error), "no such table: main.gone");
        assert_eq!(part(&mut connection, sql, &error).await, None);
    }
}
