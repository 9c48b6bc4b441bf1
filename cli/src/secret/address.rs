//! A URL as a value: what of it is secret, and how it is shown.

use super::HIDDEN;
use percent_encoding::percent_decode_str;

/// Whether a name of a parameter says that its value is secret.
fn is_secret(name: &str) -> bool {
    let name = decoded(name).to_ascii_lowercase();
    let parts = ["password", "passwd", "passphrase", "pwd", "secret", "token"];
    parts.iter().any(|part| name.contains(part)) || ["pass", "pw", "key"].contains(&name.as_str())
}

/// A text that names a database, cut where its passwords are; the parts make up the whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part<'t> {
    Open(&'t str),
    Secret(&'t str),
}

/// A URL without its passwords: `scheme://user:***@host/name?password=***`.
///
/// The last `@` ends the password, wherever it is set: a `/`, `?` or `#` in a password should be encoded and often is not.
pub(crate) fn shown(text: &str) -> String {
    let shown = |part: &Part<'_>| match part {
        Part::Open(text) => (*text).to_owned(),
        Part::Secret(_) => HIDDEN.to_owned(),
    };
    parts(text).iter().map(shown).collect()
}

/// The passwords in a text, as they are written: that of the user, and those among the parameters.
pub(super) fn passwords(text: &str) -> Vec<String> {
    let mut passwords: Vec<String> = Vec::new();
    for part in parts(text) {
        if let Part::Secret(password) = part {
            passwords.push(password.to_owned());
        }
    }
    // As the client of the database reads it, which ends the user's part at the first `/`, `?` or `#`.
    let url = text.find("://").map(|at| text.get(scheme_start(text, at)..).unwrap_or_default());
    if let Some(url) = url.and_then(|url| url::Url::parse(url).ok()) {
        passwords.extend(url.password().map(str::to_owned));
    }
    passwords.retain(|password| !password.is_empty());
    passwords
}

/// Where the scheme begins that ends here.
fn scheme_start(text: &str, end: usize) -> usize {
    let before = text.get(..end).unwrap_or_default();
    let is_of_scheme = |c: char| c.is_ascii_alphanumeric() || "+-.".contains(c);
    before.trim_end_matches(is_of_scheme).len()
}

/// What stands in the open: user, host, name of the database, scheme.
pub(super) fn open_parts(text: &str) -> Vec<String> {
    let mut open = Vec::new();
    for part in parts(text) {
        if let Part::Open(text) = part {
            open.extend(text.split([':', '/', '@', '?', '&', '=', '#']).map(decoded));
        }
    }
    open
}

fn parts(text: &str) -> Vec<Part<'_>> {
    let Some(at) = text.find("://") else { return keywords(text) };
    let (before, after) = text.split_at(at + 3);
    let mut parts = vec![Part::Open(before)];
    let mut rest = after;
    let is_file = before.get(scheme_start(before, at)..).is_some_and(|scheme| scheme.starts_with("sqlite"));
    if let Some((login, _)) = after.rsplit_once('@').filter(|_| !is_file)
        && let Some((user, password)) = login.split_once(':')
    {
        parts.extend(
            [after.get(..=user.len()).map(Part::Open), Some(Part::Secret(password))].into_iter().flatten(),
        );
        rest = after.get(login.len()..).unwrap_or_default();
    }
    parts.extend(parameters(rest));
    parts
}

/// What follows a host, with parameters behind a `?`.
fn parameters(text: &str) -> Vec<Part<'_>> {
    let Some((path, query)) = text.split_once('?') else { return vec![Part::Open(text)] };
    let mut parts = vec![Part::Open(text.get(..=path.len()).unwrap_or_default())];
    let mut has_secret = false;
    for piece in query.split_inclusive('&') {
        let pair = piece.strip_suffix('&').unwrap_or(piece);
        let end = piece.get(pair.len()..).unwrap_or_default();
        match pair.split_once('=') {
            Some((name, value)) if is_secret(name) => {
                has_secret = true;
                let name = pair.get(..=name.len()).unwrap_or_default();
                parts.extend([Part::Open(name), Part::Secret(value)]);
            }
            // An `&` in a password should be encoded and is not.
            None if has_secret => parts.push(Part::Secret(pair)),
            _ => parts.push(Part::Open(pair)),
        }
        parts.push(Part::Open(end));
    }
    parts
}

/// The form of PostgreSQL's own client: `host=localhost password='tiger 9'`.
fn keywords(text: &str) -> Vec<Part<'_>> {
    let names_a_place = ["host", "hostaddr", "user", "dbname", "port"].iter().any(|name| {
        text.match_indices(name)
            .any(|(at, _)| text.get(at + name.len()..).is_some_and(|rest| rest.trim_start().starts_with('=')))
    });
    if !names_a_place {
        return vec![Part::Open(text)];
    }
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some(equals) = rest.find('=') {
        let name = rest.get(..equals).unwrap_or_default().trim_end();
        let name = name.rsplit(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default();
        let value = rest.get(equals + 1..).unwrap_or_default();
        let open = value.len() - value.trim_start().len();
        let value = value.trim_start();
        let length = match value.strip_prefix('\'') {
            Some(quoted) => quoted.rfind('\'').map_or(value.len(), |end| end + 2),
            None => value.find(char::is_whitespace).unwrap_or(value.len()),
        };
        let mut end = equals + 1 + open;
        parts.push(Part::Open(rest.get(..end).unwrap_or_default()));
        if is_secret(name) {
            parts.push(Part::Secret(value.get(..length).unwrap_or_default()));
            end += length;
        }
        rest = rest.get(end..).unwrap_or_default();
    }
    parts.push(Part::Open(rest));
    parts
}

/// The text behind its percent signs.
pub(super) fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}
