//! The first lines of a case, which name the servers that have it: `-- only: postgres>=13, sqlite`.

use servicekit::Dialect;

/// A server that cases are tried on.
#[derive(Debug)]
pub(crate) struct Server {
    pub(crate) dialect: Dialect,
    /// `sqlite`, `postgres`, `mysql` or `mariadb`.
    pub(crate) product: &'static str,
    version: Vec<u32>,
}

impl Server {
    /// With its version as it tells it: `15.5 (Debian 15.5-0+deb12u1)`.
    pub(crate) fn new(dialect: Dialect, version: &str) -> Self {
        let is_mariadb = version.contains("MariaDB");
        let product = dialect.select("sqlite", "postgres", if is_mariadb { "mariadb" } else { "mysql" });
        let end = version.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(version.len());
        Self { dialect, product, version: numbers(version[..end].trim_end_matches('.')).unwrap() }
    }
}

fn numbers(text: &str) -> Result<Vec<u32>, String> {
    text.split('.').map(|number| number.parse().map_err(|error| format!("`{text}`: {error}"))).collect()
}

/// Whether a server has the case with this text; every server has one whose first lines name none.
///
/// `mysql` is MySQL and MariaDB. With a version it is MySQL, because MariaDB counts otherwise: `mysql>=8.0.16, mariadb`.
///
/// # Errors
/// Where a name or a version is not one, so that a slip does not leave a case out.
pub(crate) fn is_meant(text: &str, server: &Server) -> Result<bool, String> {
    let mut comments = text.lines().take_while(|line| line.starts_with("--"));
    let Some(only) = comments.find_map(|line| line.strip_prefix("-- only:")) else {
        return Ok(true);
    };
    let mut is_meant = false;
    for entry in only.split(',').map(str::trim) {
        let (name, least) = match entry.split_once(">=") {
            Some((name, least)) => (name.trim_end(), Some(numbers(least.trim_start())?)),
            None => (entry, None),
        };
        if !["sqlite", "postgres", "mysql", "mariadb"].contains(&name) {
            return Err(format!("`{name}` in `{only}` is no database"));
        }
        is_meant |= match least {
            Some(least) => name == server.product && server.version >= least,
            None => name == server.product || name == "mysql" && server.dialect == Dialect::Mysql,
        };
    }
    Ok(is_meant)
}

#[test]
fn a_head_names_servers_and_their_first_versions() {
    let postgres = |version| Server::new(Dialect::Postgres, version);
    let mysql = |version| Server::new(Dialect::Mysql, version);
    let sqlite = Server::new(Dialect::Sqlite, "3.45.1");
    for (head, server, expected) in [
        ("", &sqlite, true),
        ("-- C1: a name.\n-- only: postgres\n", &sqlite, false),
        ("-- only: postgres, sqlite", &sqlite, true),
        ("-- only: sqlite >= 3.46, postgres", &sqlite, false),
        ("-- only: sqlite>=3.45", &sqlite, true),
        ("-- only: postgres>=13", &postgres("12.22 (Debian 12.22-1.pgdg)"), false),
        ("-- only: postgres>=13", &postgres("13.0"), true),
        ("-- only: postgres>=9", &postgres("18beta1"), true),
        ("-- only: mysql, postgres>=15", &postgres("14.11"), false),
        ("-- only: mysql", &mysql("10.11.6-MariaDB-0+deb12u1"), true),
        ("-- only: mysql>=8.0.16", &mysql("10.11.6-MariaDB-0+deb12u1"), false),
        ("-- only: mysql>=8.0.16", &mysql("8.0.36-0ubuntu0.22.04.1"), true),
        ("-- only: mysql>=8.0.16", &mysql("8.0.15"), false),
        ("-- only: mysql>=8, mariadb>=10.7", &mysql("10.6.16-MariaDB"), false),
        ("-- only: mariadb", &mysql("8.4.0"), false),
        ("CREATE TABLE t (a INTEGER);\n-- only: postgres\n", &sqlite, true),
    ] {
        assert_eq!(is_meant(head, server), Ok(expected), "{head} on {server:?}");
    }
    for slip in
        ["-- only: postgers", "-- only: postgres>=x", "-- only: postgres>13", "-- only: ", "-- only:mssql"]
    {
        assert!(is_meant(slip, &sqlite).is_err(), "{slip}");
    }
}
