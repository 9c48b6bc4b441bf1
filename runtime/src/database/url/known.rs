//! The parameters of URLs that sqlx knows, and what to write for those of other programs.

use servicekit_chain::Dialect;

/// Names of one thing each: the first is the one that is shown.
type Names = &'static [&'static str];

/// <https://docs.rs/sqlx-postgres/0.9.0/src/sqlx_postgres/options/parse.rs.html>
const POSTGRES: &[Names] = &[
    &["application_name"],
    &["dbname"],
    &["host", "hostaddr"],
    &["options"],
    &["password"],
    &["port"],
    &["sslcert", "ssl-cert"],
    &["sslkey", "ssl-key"],
    &["sslmode", "ssl-mode"],
    &["sslrootcert", "ssl-root-cert", "ssl-ca"],
    &["statement-cache-capacity"],
    &["user"],
];

/// <https://docs.rs/sqlx-mysql/0.9.0/src/sqlx_mysql/options/parse.rs.html>
const MYSQL: &[Names] = &[
    &["charset"],
    &["collation"],
    &["socket"],
    &["ssl-ca", "sslca"],
    &["ssl-cert", "sslcert"],
    &["ssl-key", "sslkey"],
    &["ssl-mode", "sslmode"],
    &["statement-cache-capacity"],
    &["time-zone", "timezone"],
];

/// <https://docs.rs/sqlx-sqlite/0.9.0/src/sqlx_sqlite/options/parse.rs.html>
const SQLITE: &[Names] = &[&["cache"], &["immutable"], &["mode"], &["vfs"]];

fn groups(dialect: Dialect) -> &'static [Names] {
    dialect.select(SQLITE, POSTGRES, MYSQL)
}

/// Whether it begins as PostgreSQL's `options[NAME]` does.
fn is_option(dialect: Dialect, name: &str) -> bool {
    dialect.select(false, name.starts_with("options["), false)
}

/// What a parameter is about, by the first of its names; `None` for one that is not known.
pub(super) fn about(dialect: Dialect, name: &str) -> Option<&'static str> {
    if is_option(dialect, name) && name.ends_with(']') {
        return Some("options");
    }
    groups(dialect).iter().find(|names| names.contains(&name)).and_then(|names| names.first().copied())
}

/// Whether each of several parameters about this has an effect.
pub(super) fn adds_up(about: &str) -> bool {
    about == "options"
}

/// Every name that is known.
pub(super) fn names(dialect: Dialect) -> impl Iterator<Item = &'static str> {
    groups(dialect).iter().flat_map(|names| names.iter().copied())
}

/// The names that are known, for a message.
pub(super) fn listed(dialect: Dialect) -> String {
    let shown = groups(dialect).iter().filter_map(|names| names.first());
    let shown: Vec<String> = shown.map(|name| format!("`{name}`")).collect();
    match shown.split_last() {
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
        None => String::new(),
    }
}

/// What to write instead of a parameter that other programs know.
pub(super) fn instead(dialect: Dialect, name: &str) -> Option<String> {
    let plain: String = name.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_lowercase();
    if is_option(dialect, name) {
        return Some("write `options[NAME]=VALUE`".to_owned());
    }
    let instead = dialect.select(on_sqlite(name, &plain), on_postgres(&plain), on_mysql(&plain));
    let setting = SETTINGS.iter().find(|setting| setting.replace('_', "") == plain);
    let setting = dialect.select(None, setting, None);
    let as_option = |name| format!("write `options=-c%20{name}=VALUE`, which sets it for the session");
    instead.map(str::to_owned).or_else(|| setting.map(as_option))
}

/// Settings of PostgreSQL that are often wanted in a URL.
/// <https://www.postgresql.org/docs/current/runtime-config-client.html>
const SETTINGS: &[&str] = &[
    "client_encoding",
    "client_min_messages",
    "datestyle",
    "default_tablespace",
    "default_transaction_isolation",
    "default_transaction_read_only",
    "idle_in_transaction_session_timeout",
    "intervalstyle",
    "lc_messages",
    "lock_timeout",
    "maintenance_work_mem",
    "role",
    "row_security",
    "statement_timeout",
    "synchronous_commit",
    "timezone",
    "work_mem",
];

fn on_postgres(plain: &str) -> Option<&'static str> {
    Some(match plain {
        "searchpath" | "currentschema" | "schema" | "schemas" | "defaultschema" => {
            "write `options=-c%20search_path=NAME` for the schema that the revisions work in; `schema = \"NAME\"` in \
             `alembic.toml` is for the version table and the journal alone"
        }
        "database" | "db" | "databasename" => {
            "the database is the last part of the URL, as in `postgres://user@host/name`"
        }
        "username" => "write `user`, or name the user before the host",
        "pass" | "passwd" | "pwd" => "write `password`, or name it behind the user",
        "ssl" | "requiressl" | "tls" | "usessl" => "write `sslmode=require`",
        "channelbinding" => "leave it out: `sslmode=verify-full` makes sure that it is this server",
        "preparedstatementcachequeries" | "preparethreshold" | "statementcachesize" => {
            "write `statement-cache-capacity`"
        }
        _ => return None,
    })
}

fn on_mysql(plain: &str) -> Option<&'static str> {
    Some(match plain {
        "database" | "db" | "dbname" | "schema" | "currentschema" | "searchpath" => {
            "the database is the last part of the URL, as in `mysql://user@host/name`"
        }
        "user" | "username" | "password" | "passwd" | "pass" | "pwd" | "host" | "hostaddr" | "port" => {
            "it stands before the `/`, as in `mysql://user:password@host:3306/name`"
        }
        "unixsocket" => "write `socket`",
        "ssl" | "usessl" | "requiressl" | "tls" => "write `ssl-mode=REQUIRED`",
        "servertimezone" | "connectiontimezone" | "loc" => "write `time-zone`",
        "characterencoding" | "characterset" | "encoding" => "write `charset`",
        "sqlmode" | "sessionvariables" | "initcommand" | "initstatements" => {
            "set it on the server, or in the revision that needs it"
        }
        _ => return None,
    })
}

fn on_sqlite(name: &str, plain: &str) -> Option<&'static str> {
    Some(match plain {
        "readonly" | "ro" => "write `mode=ro`",
        "create" | "createifmissing" | "rwc" => "write `mode=rwc`",
        "journalmode" | "foreignkeys" | "fk" | "busytimeout" | "timeout" | "synchronous" | "cachesize"
        | "pragma" | "key" | "autovacuum" | "locking" | "lockingmode" => {
            "leave it out: a URL sets no PRAGMA; the journal mode stays with the file, and a revision can set others"
        }
        _ if name.contains('.') => "in the name of a file `?` is written `%3F`",
        _ => return None,
    })
}
