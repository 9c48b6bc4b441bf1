//! The parameters behind the `?` of a URL.

use super::error::UrlError;
use super::known;
use servicekit_chain::Dialect;
use url::form_urlencoded;

/// A longer name is none.
const LONGEST_NAME: usize = 64;

/// The names of all parameters, decoded as sqlx does it.
#[cfg(feature = "sqlite")]
pub(super) fn names(query: &str) -> impl Iterator<Item = String> {
    form_urlencoded::parse(query.as_bytes()).map(|(name, _)| name.into_owned())
}

/// Refuses a parameter that would have no effect.
pub(super) fn check(query: &str, dialect: Dialect) -> Result<(), UrlError> {
    // What each is about, and its name.
    let mut before: Vec<(&str, String)> = Vec::new();
    for piece in query.split('&').filter(|piece| !piece.is_empty()) {
        let Some((name, _)) = form_urlencoded::parse(piece.as_bytes()).next() else { continue };
        let name = name.into_owned();
        let Some(about) = known::about(dialect, &name) else {
            let follows_password = before.iter().any(|(about, _)| *about == "password");
            // The last `@` of a URL ends its password, and an `&` in one should be encoded; both often are not.
            let is_password = query.contains('@') || follows_password && !piece.contains('=');
            return Err(if is_name(&name) && !is_password {
                UrlError::UnknownParameter { name, dialect }
            } else {
                UrlError::UnnamedParameter { dialect }
            });
        };
        if let Some((_, first)) = before.iter().find(|(other, _)| *other == about && !known::adds_up(about)) {
            return Err(UrlError::Repeated { first: first.clone(), second: name });
        }
        before.push((about, name));
    }
    Ok(())
}

/// Whether it looks like the name of a parameter, and not like a piece of something else.
fn is_name(name: &str) -> bool {
    let is_part = |c: char| c.is_ascii_alphanumeric() || "_-.[]".contains(c);
    !name.is_empty() && name.len() <= LONGEST_NAME && name.chars().all(is_part)
}
