//! Which server answers, by its own words.

#[cfg(any(feature = "postgres", feature = "mysql"))]
use servicekit_schema::requirement::{Product, ServerVersion};

/// By the texts of `VERSION()` and `@@version_comment` with a blank between them.
#[cfg(feature = "mysql")]
pub(crate) fn mysql(told: &str) -> Option<ServerVersion> {
    let (product, text) = text_of_mysql(told)?;
    ServerVersion::parse(product, text)
}

/// The same as it is written.
#[cfg(feature = "mysql")]
pub(crate) fn text_of_mysql(told: &str) -> Option<(Product, &str)> {
    let text = told.split_whitespace().next()?;
    Some(if is_mariadb(told) {
        // What MariaDB puts in front for replicas that take the first digit for all.
        (Product::Mariadb, text.strip_prefix("5.5.5-").unwrap_or(text))
    } else {
        (Product::Mysql, text)
    })
}

/// Whether it is MariaDB, by the same texts.
#[cfg(feature = "mysql")]
pub(crate) fn is_mariadb(told: &str) -> bool {
    told.to_ascii_lowercase().contains("mariadb")
}

/// By the text of `version()`.
#[cfg(feature = "postgres")]
pub(crate) fn postgres(told: &str) -> Option<ServerVersion> {
    ServerVersion::parse(Product::Postgres, text_of_postgres(told)?)
}

/// The same as it is written.
#[cfg(feature = "postgres")]
pub(crate) fn text_of_postgres(told: &str) -> Option<&str> {
    let text = told.split_whitespace().find(|word| word.starts_with(|c: char| c.is_ascii_digit()))?;
    Some(text.trim_end_matches(','))
}
