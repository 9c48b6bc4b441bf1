//! Servers, reached by their own clients: `psql` and `mariadb`.

use crate::client;
use crate::database::{Database, Fact};
use anyhow::{Context, Result, bail, ensure};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A running server.
#[derive(Debug)]
pub struct Server {
    /// What it is.
    pub database: Database,
    url: Url,
}

/// The URL of a server, in which another database can be named.
#[derive(Debug, PartialEq, Eq)]
struct Url {
    /// Everything before the database, as written.
    server: String,
    /// Everything after the database, as written.
    options: String,
}

impl Server {
    /// Measures something on each kind of database: without a server on SQLite, and on the others where there is one.
    pub fn each(
        databases: &[Database],
        title: &str,
        measure: impl Fn(Database, Option<&Self>) -> Result<()>,
    ) -> Result<()> {
        for &database in databases {
            println!("## {title}, {}, optimised build\n", database.feature());
            if database == Database::Sqlite {
                measure(database, None)?;
            } else if let Some(server) = Self::find(database)? {
                measure(database, Some(&server))?;
            } else {
                println!("left out, there is no server\n");
            }
        }
        Ok(())
    }

    /// The server that the environment names, else the one at the default port; nothing, said aloud, when none answers
    /// there or its client is missing.
    pub fn find(database: Database) -> Result<Option<Self>> {
        let (variable, default) = match database {
            Database::Sqlite => bail!("SQLite has no server"),
            Database::Postgres => {
                ("SERVICEKIT_TEST_POSTGRES_URL", "postgres://postgres@127.0.0.1:5432/postgres")
            }
            Database::MySql => ("SERVICEKIT_TEST_MYSQL_URL", "mysql://root@127.0.0.1:3306"),
        };
        let named = std::env::var(variable).ok().filter(|url| !url.is_empty());
        let url = Url::parse(named.as_deref().unwrap_or(default), database)?;
        let server = Self { database, url };
        match server.ask(None, "SELECT 1") {
            Ok(_) => Ok(Some(server)),
            Err(error) if named.is_some() => Err(error).context(variable),
            Err(error) => {
                eprintln!("LEFT OUT: {} ({variable} is not set): {error:#}", database.feature());
                Ok(None)
            }
        }
    }

    /// What it calls itself.
    pub fn version(&self) -> Result<String> {
        if self.database == Database::Postgres {
            return Ok(format!("PostgreSQL {}", self.ask(None, "SELECT current_setting('server_version')")?));
        }
        let version = self.ask(None, "SELECT version()")?;
        let name = if version.contains("MariaDB") { "MariaDB" } else { "MySQL" };
        Ok(format!("{name} {version}"))
    }

    /// The settings that decide what a commit waits for, and whether the connection is encrypted, which costs time.
    pub fn facts(&self) -> Result<Vec<Fact>> {
        let (durability, encrypted) = match self.database {
            Database::Postgres => (
                "SELECT 'fsync ' || current_setting('fsync') \
                 || ', synchronous_commit ' || current_setting('synchronous_commit') \
                 || ', full_page_writes ' || current_setting('full_page_writes') \
                 || ', wal_sync_method ' || current_setting('wal_sync_method')",
                "SELECT CAST(ssl AS TEXT) FROM pg_catalog.pg_stat_ssl WHERE pid = pg_backend_pid()",
            ),
            _ => (
                "SELECT CONCAT('innodb_flush_log_at_trx_commit ', @@global.innodb_flush_log_at_trx_commit, \
                 ', sync_binlog ', @@global.sync_binlog, ', log_bin ', @@global.log_bin, \
                 ', innodb_doublewrite ', @@global.innodb_doublewrite)",
                "SELECT CASE variable_value WHEN '' THEN 'false' ELSE 'true' END \
                 FROM information_schema.session_status WHERE variable_name = 'Ssl_cipher'",
            ),
        };
        let scratch = self.create()?;
        let settings = scratch.ask(durability)?;
        scratch.drop()?;
        Ok(vec![Fact::new(durability, &settings), Fact::new(encrypted, &"false")])
    }

    /// Makes an empty database.
    pub fn create(&self) -> Result<Scratch<'_>> {
        static MADE: AtomicUsize = AtomicUsize::new(0);
        let number = MADE.fetch_add(1, Ordering::Relaxed);
        let name = format!("servicekit_bench_{}_{number}", std::process::id());
        match self.database {
            Database::Postgres => {
                self.ask(None, &format!("CREATE DATABASE {name} TEMPLATE template0"))?;
                self.ask(None, &format!("ALTER DATABASE {name} SET synchronous_commit = on"))?;
                // So that no run writes what the one before it has left to write; some users may not.
                let _ = self.ask(None, "CHECKPOINT");
            }
            _ => {
                self.ask(None, &format!("CREATE DATABASE {name} CHARACTER SET utf8mb4"))?;
            }
        }
        Ok(Scratch { server: self, url: self.url.of(&name), name, is_dropped: false })
    }

    fn ask(&self, database: Option<&str>, question: &str) -> Result<String> {
        let mut client = self.client(database)?;
        match self.database {
            Database::Postgres => client.args(["-A", "-t", "-c", question]),
            _ => client.args(["--skip-column-names", "-e", question]),
        };
        Ok(client::run(&mut client)?.1)
    }

    /// The server's client, connected to a database.
    fn client(&self, database: Option<&str>) -> Result<Command> {
        if self.database == Database::Postgres {
            let mut psql = Command::new("psql");
            psql.args(["-X", "-q", "-v", "ON_ERROR_STOP=1", "-d"]);
            psql.arg(self.url.of(database.unwrap_or("postgres")));
            return Ok(psql);
        }
        let mut mariadb = Command::new("mariadb");
        let (user, password, host, port) = self.url.parts()?;
        mariadb.args(["--no-defaults", "--batch", "--protocol=tcp", "--skip-ssl"]);
        mariadb.args([format!("--host={host}"), format!("--port={port}"), format!("--user={user}")]);
        mariadb.env("MYSQL_PWD", password);
        mariadb.args(database);
        Ok(mariadb)
    }
}

/// A database of one run; it is dropped with the value.
#[derive(Debug)]
pub struct Scratch<'s> {
    server: &'s Server,
    name: String,
    url: String,
    is_dropped: bool,
}

impl Scratch<'_> {
    /// Its URL, with user and password.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Whether it is on a server of this kind.
    pub fn is_on(&self, database: Database) -> bool {
        self.server.database == database
    }

    /// The server's client, connected to it.
    pub fn client(&self) -> Result<Command> {
        self.server.client(Some(&self.name))
    }

    /// The answer to a query of one text.
    pub fn ask(&self, question: &str) -> Result<String> {
        self.server.ask(Some(&self.name), question)
    }

    /// Drops it.
    pub fn drop(mut self) -> Result<()> {
        self.is_dropped = true;
        self.server.ask(None, &format!("DROP DATABASE {}", self.name))?;
        Ok(())
    }
}

impl Drop for Scratch<'_> {
    fn drop(&mut self) {
        if !self.is_dropped
            && let Err(error) = self.server.ask(None, &format!("DROP DATABASE {}", self.name))
        {
            eprintln!("database `{}` is left behind: {error:#}", self.name);
        }
    }
}

impl Url {
    /// Takes a URL apart. PostgreSQL's is told not to encrypt, unless it says something itself: the clients differ in
    /// what they do by themselves.
    fn parse(url: &str, database: Database) -> Result<Self> {
        let (scheme, rest) = url.split_once("://").with_context(|| format!("`{url}` is not a URL"))?;
        let (rest, options) = rest.split_once('?').unwrap_or((rest, ""));
        let (address, _) = rest.split_once('/').unwrap_or((rest, ""));
        let options = match (options, database) {
            ("", Database::Postgres) => "?sslmode=disable".to_owned(),
            ("", _) => String::new(),
            (options, _) => format!("?{options}"),
        };
        Ok(Self { server: format!("{scheme}://{address}"), options })
    }

    fn of(&self, database: &str) -> String {
        format!("{}/{database}{}", self.server, self.options)
    }

    /// User, password, host and port, for a client that does not take a URL.
    fn parts(&self) -> Result<(&str, &str, &str, &str)> {
        ensure!(!self.server.contains('%'), "`{}`: the client needs a URL without escapes", self.server);
        let (_, address) = self.server.split_once("://").unwrap_or(("", &self.server));
        let (login, address) = address.rsplit_once('@').unwrap_or(("root", address));
        let (user, password) = login.split_once(':').unwrap_or((login, ""));
        let (host, port) = address.rsplit_once(':').unwrap_or((address, "3306"));
        Ok((user, password, host, port))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_names_another_database_and_keeps_its_options() {
        let url = |url, database| Ok::<_, anyhow::Error>(Url::parse(url, database)?.of("other"));
        let cases = [
            ("postgres://me@db", Database::Postgres, "postgres://me@db/other?sslmode=disable"),
            ("postgres://me@db/app?a=b", Database::Postgres, "postgres://me@db/other?a=b"),
            ("mysql://me:secret@db:3307/app", Database::MySql, "mysql://me:secret@db:3307/other"),
        ];
        for (given, database, wanted) in cases {
            assert_eq!(url(given, database).ok().as_deref(), Some(wanted));
        }
    }

    #[test]
    fn a_url_in_parts_has_the_default_port() {
        let parts = |url| {
            let url = Url::parse(url, Database::MySql).ok()?;
            let (user, password, host, port) = url.parts().ok()?;
            Some([user, password, host, port].map(str::to_owned))
        };
        let wanted = |parts: [&str; 4]| Some(parts.map(str::to_owned));
        assert_eq!(parts("mysql://me:secret@db:3307/app"), wanted(["me", "secret", "db", "3307"]));
        assert_eq!(parts("mysql://root@127.0.0.1"), wanted(["root", "", "127.0.0.1", "3306"]));
        assert_eq!(parts("mysql://ro%20ot@127.0.0.1"), None);
    }
}
