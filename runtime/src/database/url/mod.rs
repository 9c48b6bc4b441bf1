//! Reading a database URL, so that no part of it is ignored.
//!
//! sqlx ignores unknown parameters, and an ignored part of a URL can be the schema that a user relies on.

mod error;
mod known;
mod parameter;

pub use error::UrlError;

use crate::error::{Error, ErrorKind};
use servicekit_chain::Dialect;

#[cfg(any(feature = "postgres", feature = "mysql"))]
use sqlx::ConnectOptions as _;
#[cfg(any(feature = "postgres", feature = "mysql"))]
use url::Url;

/// The options of PostgreSQL's URL.
#[cfg(feature = "postgres")]
pub(super) fn postgres(text: &str) -> Result<sqlx::postgres::PgConnectOptions, Error> {
    let url = with_bare_address(server(text, Dialect::Postgres)?);
    sqlx::postgres::PgConnectOptions::from_url(&url).map_err(|error| unreadable(text, &error))
}

/// The options of MySQL's or MariaDB's URL.
#[cfg(feature = "mysql")]
pub(super) fn mysql(text: &str) -> Result<sqlx::mysql::MySqlConnectOptions, Error> {
    let url = server(text, Dialect::Mysql)?;
    sqlx::mysql::MySqlConnectOptions::from_url(&url).map_err(|error| unreadable(text, &error))
}

/// The options of SQLite's URL, and whether they say in which mode the file is opened.
#[cfg(feature = "sqlite")]
pub(super) fn sqlite(text: &str) -> Result<(sqlx::sqlite::SqliteConnectOptions, bool), Error> {
    let query = text.split_once('?').map(|(_, query)| query);
    check(text, query, Dialect::Sqlite)?;
    let options = text.parse().map_err(|error| unreadable(text, &error))?;
    Ok((options, parameter::names(query.unwrap_or_default()).any(|name| name == "mode")))
}

/// A URL of a server in which everything has an effect.
#[cfg(any(feature = "postgres", feature = "mysql"))]
fn server(text: &str, dialect: Dialect) -> Result<Url, Error> {
    let url: Url =
        text.parse().map_err(|error| unreadable(text, &sqlx::Error::Configuration(Box::new(error))))?;
    if Dialect::from_name(url.scheme()) != Some(dialect) {
        return Err(refused(text, UrlError::OtherDatabase { dialect }));
    }
    check(text, url.query(), dialect)?;
    if url.fragment().is_some() {
        return Err(refused(text, UrlError::Fragment));
    }
    Ok(url)
}

/// Refuses parameters without effect.
fn check(text: &str, query: Option<&str>, dialect: Dialect) -> Result<(), Error> {
    parameter::check(query.unwrap_or_default(), dialect).map_err(|error| refused(text, error))
}

/// What stands before the `:`, which is all of a URL that is shown; empty for a text that is no URL.
pub(super) fn scheme(text: &str) -> String {
    let is_part = |c: char| c.is_ascii_alphanumeric() || "+-.".contains(c);
    let scheme = text.split_once(':').map(|(scheme, _)| scheme);
    scheme.filter(|scheme| scheme.chars().all(is_part)).unwrap_or_default().to_owned()
}

fn refused(text: &str, source: UrlError) -> Error {
    ErrorKind::UrlRefused { scheme: scheme(text), source }.into()
}

fn unreadable(text: &str, reason: &sqlx::Error) -> Error {
    ErrorKind::Url { scheme: scheme(text), reason: reason.to_string() }.into()
}

/// A URL where a path was wanted.
#[cfg(feature = "sqlite")]
pub(super) fn in_place_of_path(path: &std::path::Path) -> Option<Error> {
    let is_url = path.as_os_str().as_encoded_bytes().starts_with(b"sqlite:");
    is_url.then(|| refused("sqlite:", UrlError::InPlaceOfPath))
}

/// Gives the address of IPv6 as a parameter: sqlx takes the brackets of a host for a part of its name, also when it looks
/// into the file of passwords.
#[cfg(feature = "postgres")]
fn with_bare_address(mut url: Url) -> Url {
    let Some(url::Host::Ipv6(address)) = url.host() else { return url };
    let rest = url.query().map(str::to_owned);
    url.query_pairs_mut().clear().append_pair("host", &address.to_string());
    if let Some(rest) = rest {
        let query = format!("{}&{rest}", url.query().unwrap_or_default());
        url.set_query(Some(&query));
    }
    url
}

/// A host without the brackets that stand around an address of IPv6 in a URL.
#[cfg(any(feature = "postgres", feature = "mysql"))]
pub(super) fn without_brackets(host: &str) -> Option<String> {
    let address = host.strip_prefix('[')?.strip_suffix(']')?;
    Some(address.to_owned())
}

#[cfg(test)]
mod tests;
