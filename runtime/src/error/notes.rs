//! What a database adds to the words of an error.

use servicekit_chain::diagnostic::NoteLine;

/// A line for each thing that PostgreSQL adds, wherever an error of a database is shown; nobody else adds anything.
#[cfg(feature = "postgres")]
pub fn notes(source: &sqlx::Error) -> Vec<NoteLine> {
    let error = source.as_database_error().and_then(|error| error.try_downcast_ref());
    let Some::<&sqlx::postgres::PgDatabaseError>(error) = error else { return Vec::new() };
    let notes = [("detail", error.detail()), ("hint", error.hint()), ("where", error.r#where())];
    let line = |(kind, text): (&'static str, Option<&str>)| {
        Some(NoteLine::new(kind, text?.split_whitespace().collect::<Vec<_>>().join(" ")))
    };
    notes.into_iter().filter_map(line).collect()
}

/// Nothing, without PostgreSQL.
#[cfg(not(feature = "postgres"))]
pub fn notes(_: &sqlx::Error) -> Vec<NoteLine> {
    Vec::new()
}
