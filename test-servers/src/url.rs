//! A database's URL in its parts, so that another address or database can be put in.

use std::fmt;

/// `scheme://user:password@host:port/database?options`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct DatabaseUrl {
    pub(crate) scheme: String,
    /// Everything before the `@`, as written.
    pub(crate) login: Option<String>,
    pub(crate) host: String,
    pub(crate) port: u16,
    pub(crate) database: String,
    /// Everything after the `?`, as written.
    pub(crate) options: Option<String>,
}

impl DatabaseUrl {
    /// Takes a URL apart; the port of the scheme is put in where none is written.
    pub(crate) fn parse(url: &str) -> Self {
        let (scheme, rest) =
            url.split_once("://").unwrap_or_else(|| panic!("`{url}` is not the URL of a database server"));
        let (rest, options) = match rest.split_once('?') {
            Some((rest, options)) => (rest, Some(options.to_owned())),
            None => (rest, None),
        };
        let (authority, database) = rest.split_once('/').unwrap_or((rest, ""));
        let (login, address) = match authority.rsplit_once('@') {
            Some((login, address)) => (Some(login.to_owned()), address),
            None => (None, authority),
        };
        // The colons of an IPv6 address stand inside brackets.
        let (host, port) = match address.rsplit_once(':') {
            Some((host, port)) if !port.ends_with(']') => {
                let port = port.parse().unwrap_or_else(|_| panic!("`{port}` in `{url}` is not a port"));
                (host, port)
            }
            _ => (address, if scheme.starts_with("postgres") { 5432 } else { 3306 }),
        };
        Self {
            scheme: scheme.to_owned(),
            login,
            host: host.to_owned(),
            port,
            database: database.to_owned(),
            options,
        }
    }

    /// The same server, another database.
    pub(crate) fn with_database(mut self, database: &str) -> Self {
        database.clone_into(&mut self.database);
        self
    }

    /// The same database, reached through a port of this machine.
    pub(crate) fn through(mut self, port: u16) -> Self {
        "127.0.0.1".clone_into(&mut self.host);
        self.port = port;
        self
    }

    pub(crate) fn is_postgres(&self) -> bool {
        self.scheme.starts_with("postgres")
    }

    /// What a TCP client connects to.
    pub(crate) fn address(&self) -> (String, u16) {
        (self.host.trim_matches(['[', ']']).to_owned(), self.port)
    }

    /// The user, as written.
    pub(crate) fn user(&self) -> Option<&str> {
        self.login.as_deref().map(|login| login.split_once(':').map_or(login, |(user, _)| user))
    }

    /// The password, as written.
    pub(crate) fn password(&self) -> Option<&str> {
        self.login.as_deref()?.split_once(':').map(|(_, password)| password)
    }
}

impl fmt::Display for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://", self.scheme)?;
        if let Some(login) = &self.login {
            write!(f, "{login}@")?;
        }
        write!(f, "{}:{}", self.host, self.port)?;
        if !self.database.is_empty() {
            write!(f, "/{}", self.database)?;
        }
        if let Some(options) = &self.options {
            write!(f, "?{options}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::DatabaseUrl;

    #[test]
    fn a_url_taken_apart_and_put_together_is_the_same() {
        for url in [
            "postgres://postgres@127.0.0.1:5432/postgres",
            "postgresql://me:a:b%40c@[::1]:5433/app?sslmode=disable&options=-c%20x",
            "mysql://root@127.0.0.1:3306",
        ] {
            assert_eq!(DatabaseUrl::parse(url).to_string(), url);
        }
    }

    #[test]
    fn a_missing_port_is_that_of_the_scheme() {
        assert_eq!(DatabaseUrl::parse("mysql://db/app").to_string(), "mysql://db:3306/app");
        assert_eq!(DatabaseUrl::parse("postgres://[::1]").address(), ("::1".to_owned(), 5432));
    }

    #[test]
    fn address_and_database_can_be_replaced() {
        let url = DatabaseUrl::parse("postgres://me:secret@db.example:5433/app?a=b");
        assert_eq!(
            url.with_database("other").through(7000).to_string(),
            "postgres://me:secret@127.0.0.1:7000/other?a=b"
        );
    }
}
