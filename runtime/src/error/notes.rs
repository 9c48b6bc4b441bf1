//! What a database adds to the words of an error.

/// A line for each thing that PostgreSQL adds, wherever an error of a database is shown; nobody else adds anything.
#[cfg(feature = "postgres")]
pub fn notes(source: &sqlx::Error) -> String {
    let error = source.as_database_error().and_then(|error| error.try_downcast_ref());
    let Some::<&sqlx::postgres::PgDatabaseError>(error) = error else { return String::new() };
    let notes = [("detail", error.detail()), ("hint", error.hint()), ("where", error.r#where())];
    let line = |(kind, text): (&str, Option<&str>)| {
        text.map(|text| format!("\n{kind}: {}", text.split_whitespace().collect::<Vec<_>>().join(" ")))
    };
    notes.into_iter().filter_map(line).collect::<Vec<_>>().concat()
}

/// Nothing, without PostgreSQL.
#[cfg(not(feature = "postgres"))]
pub fn notes(_: &sqlx::Error) -> String {
    String::new()
}
