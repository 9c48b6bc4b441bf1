//! Passwords are in URLs, and in nothing that is printed.

/// What stands for a password.
const HIDDEN: &str = "***";

/// A text in which the password of every URL is hidden: `scheme://user:***@host`, and `password=***`.
pub(crate) fn hidden(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("://") {
        let (before, after) = rest.split_at(at + 3);
        shown.push_str(before);
        let url = after.split(|c: char| c.is_whitespace() || "'\"`<>".contains(c)).next().unwrap_or_default();
        shown.push_str(&without_password(url));
        rest = after.get(url.len()..).unwrap_or_default();
    }
    shown.push_str(rest);
    shown
}

/// A URL behind its `://`.
fn without_password(url: &str) -> String {
    let (front, query) = url.split_once('?').map_or((url, None), |(front, query)| (front, Some(query)));
    // A password with an `@` or a `/` in it is wrong in a URL, and still a password.
    let mut shown = match front.rsplit_once('@') {
        Some((login, place)) => match login.split_once(':') {
            Some((user, _)) => format!("{user}:{HIDDEN}@{place}"),
            None => front.to_owned(),
        },
        None => front.to_owned(),
    };
    if let Some(query) = query {
        shown.push('?');
        let parts = query.split('&').map(|part| match part.split_once('=') {
            Some((name, _)) if name.to_ascii_lowercase().contains("password") => format!("{name}={HIDDEN}"),
            _ => part.to_owned(),
        });
        shown.push_str(&parts.collect::<Vec<_>>().join("&"));
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_are_hidden_and_nothing_else() {
        let cases = [
            ("postgres://scott:tiger@host/db", "postgres://scott:***@host/db"),
            ("at `mysql://a:b@h/d`, and x://c:d@h", "at `mysql://a:***@h/d`, and x://c:***@h"),
            ("postgres://a:p@ss/w:rd@host/db?x=1", "postgres://a:***@host/db?x=1"),
            (
                "postgres://host/db?user=a&password=b&sslmode=c",
                "postgres://host/db?user=a&password=***&sslmode=c",
            ),
            ("sqlite://app.db", "sqlite://app.db"),
            ("postgres://scott@host:5432/db", "postgres://scott@host:5432/db"),
            ("nothing: at all @ here", "nothing: at all @ here"),
        ];
        for (text, shown) in cases {
            assert_eq!(hidden(text), shown);
        }
    }
}
