//! What an operation needs of the server that not every server has on which revisions run.

use std::fmt;

/// A database server, by the name of who makes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Product {
    /// PostgreSQL.
    Postgres,
    /// MySQL, and what calls itself by its versions.
    Mysql,
    /// MariaDB.
    Mariadb,
}

impl Product {
    /// As its maker writes it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Postgres => "PostgreSQL",
            Self::Mysql => "MySQL",
            Self::Mariadb => "MariaDB",
        }
    }
}

impl fmt::Display for Product {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A server and its version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServerVersion {
    /// The server.
    pub product: Product,
    /// The first number of the version.
    pub major: u32,
    /// The second number, where there is one.
    pub minor: Option<u32>,
    /// The third number, where there is one.
    pub patch: Option<u32>,
}

impl ServerVersion {
    /// Reads a version as the server writes it, such as `8.0.36-0ubuntu0.22.04.1` or `18beta1`; what stands behind the
    /// numbers does not matter. `None` where it does not begin with a number.
    ///
    /// ```
    /// # use servicekit_schema as servicekit;
    /// use servicekit::requirement::{Product, ServerVersion};
    /// let version = ServerVersion::parse(Product::Mysql, "8.0.36-0ubuntu0.22.04.1").unwrap();
    /// assert_eq!(version.to_string(), "MySQL 8.0.36");
    /// ```
    pub fn parse(product: Product, text: &str) -> Option<Self> {
        let (major, rest) = number(text)?;
        let next =
            |rest: &'_ str| number(rest.strip_prefix('.')?).map(|(value, rest)| (value, rest.to_owned()));
        let minor = next(rest);
        let patch = minor.as_ref().and_then(|(_, rest)| next(rest));
        Some(Self {
            product,
            major,
            minor: minor.map(|(value, _)| value),
            patch: patch.map(|(value, _)| value),
        })
    }
}

/// A number, and what follows it.
fn number(text: &str) -> Option<(u32, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    Some((text.get(..end)?.parse().ok()?, text.get(end..)?))
}

impl fmt::Display for ServerVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { product, major, minor, patch } = self;
        write!(f, "{product} {major}")?;
        [minor, patch].into_iter().flatten().try_for_each(|number| write!(f, ".{number}"))
    }
}

/// What an operation uses, and which servers have it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Requirement {
    /// What it uses, as a noun in the plural.
    pub what: &'static str,
    /// The servers that have it, each from this version on.
    since: &'static [Since],
}

/// A server, and its first version that has something: three numbers, all 0 if every version that revisions run on has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Since(pub(crate) Product, pub(crate) [u32; 3]);

impl Requirement {
    pub(crate) const fn new(what: &'static str, since: &'static [Since]) -> Self {
        Self { what, since }
    }

    /// Whether this server has it. A number of the version that is not known is taken for a high one.
    ///
    /// ```
    /// # use servicekit_schema as servicekit;
    /// use servicekit::requirement::{Product, ServerVersion};
    /// use servicekit::revision::*;
    /// let mut op = Operations::default();
    /// op.add_column("users", text("initial").generated_virtual("left(name, 1)"));
    /// let needed = op.requirements(Dialect::Postgres)[0];
    /// assert_eq!(needed.to_string(), "virtual generated columns need PostgreSQL 18 or later");
    /// assert!(!needed.is_met_by(&ServerVersion::parse(Product::Postgres, "17.2").unwrap()));
    /// ```
    pub fn is_met_by(&self, server: &ServerVersion) -> bool {
        let own = [Some(server.major), server.minor, server.patch].map(|number| number.unwrap_or(u32::MAX));
        self.since.iter().any(|Since(product, least)| *product == server.product && own >= *least)
    }
}

impl fmt::Display for Requirement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} need ", self.what)?;
        for (Since(product, least), separator) in
            self.since.iter().zip(std::iter::once("").chain(std::iter::repeat(" or ")))
        {
            write!(f, "{separator}{product}")?;
            match least {
                [0, ..] => {}
                [major, 0, 0] => write!(f, " {major} or later")?,
                [major, minor, 0] => write!(f, " {major}.{minor} or later")?,
                [major, minor, patch] => write!(f, " {major}.{minor}.{patch} or later")?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_as_servers_write_them() {
        let read = |text| ServerVersion::parse(Product::Mysql, text).map(|version| version.to_string());
        for (text, numbers) in [
            ("8.0.36-0ubuntu0.22.04.1", "8.0.36"),
            ("8.0.mysql_aurora.3.04.0", "8.0"),
            ("9.1.0-cloud", "9.1.0"),
            ("10.11.6-MariaDB", "10.11.6"),
            ("10.6-MariaDB", "10.6"),
            ("15.5 (Debian 15.5-0+deb12u1)", "15.5"),
            ("18beta1", "18"),
            ("17devel", "17"),
            ("15.", "15"),
        ] {
            assert_eq!(read(text), Some(format!("MySQL {numbers}")), "{text}");
        }
        assert_eq!(read("nonsense"), None);
        assert_eq!(read(""), None);
        assert_eq!(read("99999999999"), None);
    }

    #[test]
    fn a_server_has_what_came_with_it_or_before() {
        let needed =
            Requirement::new("x", &[Since(Product::Mysql, [8, 0, 13]), Since(Product::Mariadb, [0; 3])]);
        let is_met = |product, text| needed.is_met_by(&ServerVersion::parse(product, text).unwrap());
        assert!(is_met(Product::Mysql, "8.0.13"));
        assert!(is_met(Product::Mysql, "8.0.mysql_aurora"));
        assert!(is_met(Product::Mysql, "9.1"));
        assert!(!is_met(Product::Mysql, "8.0.12"));
        assert!(is_met(Product::Mariadb, "10.6"));
        assert!(!is_met(Product::Postgres, "18"));
        assert_eq!(needed.to_string(), "x need MySQL 8.0.13 or later or MariaDB");
    }
}
