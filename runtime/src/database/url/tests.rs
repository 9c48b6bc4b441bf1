use crate::Database;
use std::fmt::Write as _;

/// A part of a password, which no message may show.
const SECRET: &str = "tiger9041";

/// What each URL is refused for, if it is.
fn verdicts(urls: &[&str]) -> String {
    let mut verdicts = String::new();
    for url in urls {
        let verdict = match Database::from_url(url) {
            Ok(_) => "fine".to_owned(),
            Err(error) => format!("{}: {error}", error.code()),
        };
        assert!(!verdict.contains(SECRET), "{verdict}");
        let url = url.replace(SECRET, "SECRET");
        writeln!(verdicts, "{url}\n  {}\n", verdict.replace('\n', "\n  ")).unwrap();
    }
    verdicts
}

#[cfg(feature = "postgres")]
#[test]
fn what_postgresql_does_not_know_is_refused_with_what_to_write_instead() {
    insta::assert_snapshot!(verdicts(&[
        "postgres://h/d?search_path=tenant",
        "postgres://h/d?currentSchema=tenant",
        "postgresql://h/d?sslmode=require&schema=tenant",
        "postgres://h/d?SSLMODE=require",
        "postgres://h/d?aplication_name=x",
        "postgres://h/d?statementTimeout=5000",
        "postgres://h/d?channel_binding=require",
        "postgres://h/d?pgbouncer=true",
        "postgres://h/d?search%5Fpath=tenant",
        "postgres://h/d?options[search_path=tenant",
        "postgres://h/d?search_path",
        "postgres://h/d?=x",
    ]), @r#"
    postgres://h/d?search_path=tenant
      invalid_url: the URL `postgres:…` has the parameter `search_path`, which is not known for postgres and would have no effect
      help: write `options=-c%20search_path=NAME` for the schema that the revisions work in; `schema = "NAME"` in `alembic.toml` is for the version table and the journal alone; known are `application_name`, `dbname`, `host`, `options`, `password`, `port`, `sslcert`, `sslkey`, `sslmode`, `sslrootcert`, `statement-cache-capacity` and `user`

    postgres://h/d?currentSchema=tenant
      invalid_url: the URL `postgres:…` has the parameter `currentSchema`, which is not known for postgres and would have no effect
      help: write `options=-c%20search_path=NAME` for the schema that the revisions work in; `schema = "NAME"` in `alembic.toml` is for the version table and the journal alone; known are `application_name`, `dbname`, `host`, `options`, `password`, `port`, `sslcert`, `sslkey`, `sslmode`, `sslrootcert`, `statement-cache-capacity` and `user`

    postgresql://h/d?sslmode=require&schema=tenant
      invalid_url: the URL `postgresql:…` has the parameter `schema`, which is not known for postgres and would have no effect
      help: write `options=-c%20search_path=NAME` for the schema that the revisions work in; `schema = "NAME"` in `alembic.toml` is for the version table and the journal alone; known are `application_name`, `dbname`, `host`, `options`, `password`, `port`, `sslcert`, `sslkey`, `sslmode`, `sslrootcert`, `statement-cache-capacity` and `user`

    postgres://h/d?SSLMODE=require
      invalid_url: the URL `postgres:…` has the parameter `SSLMODE`, which is not known for postgres and would have no effect
      help: did you mean `sslmode`? Known are `application_name`, `dbname`, `host`, `options`, `password`, `port`, `sslcert`, `sslkey`, `sslmode`, `sslrootcert`, `statement-cache-capacity` and `user`

    postgres://h/d?aplication_name=x
      invalid_url: the URL `postgres:…` has the parameter `aplication_name`, which is not known for postgres and would have no effect
      help: did you mean `application_name`? Known are `application_name`, `dbname`, `host`, `options`, `password`, `port`, `sslcert`, `sslkey`, `sslmode`, `sslrootcert`, `statement-cache-capacity` and `user`

    postgres://h/d?statementTimeout=5000
      invalid_url: the URL `postgres:…` has the parameter `statementTimeout`, which is not known for postgres and would have no effect
      help: write `options=-c%20statement_timeout=VALUE`, which sets it for the session; known are `application_name`, `dbname`, `host`, `options`, `password`, `port`, `sslcert`, `sslkey`, `sslmode`, `sslrootcert`, `statement-cache-capacity` and `user`

    postgres://h/d?channel_binding=require
      invalid_url: the URL `postgres:…` has the parameter `channel_binding`, which is not known for postgres and would have no effect
      help: leave it out: `sslmode=verify-full` makes sure that it is this server; known are `application_name`, `dbname`, `host`, `options`, `password`, `port`, `sslcert`, `sslkey`, `sslmode`, `sslrootcert`, `statement-cache-capacity` and `user`

    postgres://h/d?pgbouncer=true
      invalid_url: the URL `postgres:…` has the parameter `pgbouncer`, which is not known for postgres and would have no effect
      help: leave it out; known are `application_name`, `dbname`, `host`, `options`, `password`, `port`, `sslcert`, `sslkey`, `sslmode`, `sslrootcert`, `statement-cache-capacity` and `user`

    postgres://h/d?search%5Fpath=tenant
      invalid_url: the URL `postgres:…` has the parameter `search_path`, which is not known for postgres and would have no effect
      help: write `options=-c%20search_path=NAME` for the schema that the revisions work in; `schema = "NAME"` in `alembic.toml` is for the version table and the journal alone; known are `application_name`, `dbname`, `host`, `options`, `password`, `port`, `sslcert`, `sslkey`, `sslmode`, `sslrootcert`, `statement-cache-capacity` and `user`

    postgres://h/d?options[search_path=tenant
      invalid_url: the URL `postgres:…` has the parameter `options[search_path`, which is not known for postgres and would have no effect
      help: write `options[NAME]=VALUE`; known are `application_name`, `dbname`, `host`, `options`, `password`, `port`, `sslcert`, `sslkey`, `sslmode`, `sslrootcert`, `statement-cache-capacity` and `user`

    postgres://h/d?search_path
      invalid_url: the URL `postgres:…` has the parameter `search_path`, which is not known for postgres and would have no effect
      help: write `options=-c%20search_path=NAME` for the schema that the revisions work in; `schema = "NAME"` in `alembic.toml` is for the version table and the journal alone; known are `application_name`, `dbname`, `host`, `options`, `password`, `port`, `sslcert`, `sslkey`, `sslmode`, `sslrootcert`, `statement-cache-capacity` and `user`

    postgres://h/d?=x
      invalid_url: the URL `postgres:…` has a parameter that is not known for postgres and would have no effect; it is not shown, for it may be part of a password
      help: in a password or a name `?` is written `%3F`, `#` `%23`, `&` `%26` and `@` `%40`; known parameters are `application_name`, `dbname`, `host`, `options`, `password`, `port`, `sslcert`, `sslkey`, `sslmode`, `sslrootcert`, `statement-cache-capacity` and `user`
    "#);
}

#[cfg(feature = "postgres")]
#[test]
fn what_postgresql_knows_has_an_effect() {
    let options = |url: &str| super::postgres(url).unwrap();
    let url = "postgres://a:b@h/d?ssl%6Dode=require&application_name=x&statement-cache-capacity=7&&\
               options=-c%20search_path=tenant&options[lock_timeout]=5s&options=-c%20work_mem=1MB";
    let read = options(url);
    assert_eq!(
        (read.get_application_name(), read.get_options()),
        (Some("x"), Some("-c search_path=tenant -c lock_timeout=5s -c work_mem=1MB"))
    );
    let read = options("postgres://h/d?host=/run/x&port=7&dbname=e&user=f&password=p@ss");
    assert_eq!(
        (read.get_socket().map(|path| path.display().to_string()), read.get_port(), read.get_database()),
        (Some("/run/x".to_owned()), 7, Some("e"))
    );
}

#[cfg(feature = "postgres")]
#[test]
fn a_password_is_in_no_message_wherever_it_is_cut() {
    insta::assert_snapshot!(verdicts(&[
        "postgres://a:12?tiger9041@h/d",
        "postgres://a:12?x&tiger9041@h/d",
        "postgres://a:12?tiger9041&x@h/d",
        "postgres://a:12#tiger9041@h/d",
        "postgres://h/d?password=12&tiger9041",
        "postgres://h/d?password=12#tiger9041",
        "tiger9041@h/d",
        "host=h password=tiger9041:x",
    ]), @"
    postgres://a:12?SECRET@h/d
      invalid_url: the URL `postgres:…` has a parameter that is not known for postgres and would have no effect; it is not shown, for it may be part of a password
      help: in a password or a name `?` is written `%3F`, `#` `%23`, `&` `%26` and `@` `%40`; known parameters are `application_name`, `dbname`, `host`, `options`, `password`, `port`, `sslcert`, `sslkey`, `sslmode`, `sslrootcert`, `statement-cache-capacity` and `user`

    postgres://a:12?x&SECRET@h/d
      invalid_url: the URL `postgres:…` has a parameter that is not known for postgres and would have no effect; it is not shown, for it may be part of a password
      help: in a password or a name `?` is written `%3F`, `#` `%23`, `&` `%26` and `@` `%40`; known parameters are `application_name`, `dbname`, `host`, `options`, `password`, `port`, `sslcert`, `sslkey`, `sslmode`, `sslrootcert`, `statement-cache-capacity` and `user`

    postgres://a:12?SECRET&x@h/d
      invalid_url: the URL `postgres:…` has a parameter that is not known for postgres and would have no effect; it is not shown, for it may be part of a password
      help: in a password or a name `?` is written `%3F`, `#` `%23`, `&` `%26` and `@` `%40`; known parameters are `application_name`, `dbname`, `host`, `options`, `password`, `port`, `sslcert`, `sslkey`, `sslmode`, `sslrootcert`, `statement-cache-capacity` and `user`

    postgres://a:12#SECRET@h/d
      invalid_url: the URL `postgres:…` has a `#`, and what follows it would have no effect
      help: in a password or a name `#` is written `%23`

    postgres://h/d?password=12&SECRET
      invalid_url: the URL `postgres:…` has a parameter that is not known for postgres and would have no effect; it is not shown, for it may be part of a password
      help: in a password or a name `?` is written `%3F`, `#` `%23`, `&` `%26` and `@` `%40`; known parameters are `application_name`, `dbname`, `host`, `options`, `password`, `port`, `sslcert`, `sslkey`, `sslmode`, `sslrootcert`, `statement-cache-capacity` and `user`

    postgres://h/d?password=12#SECRET
      invalid_url: the URL `postgres:…` has a `#`, and what follows it would have no effect
      help: in a password or a name `#` is written `%23`

    SECRET@h/d
      invalid_url: the URL names no database that can be opened: it should begin with `sqlite:`, `postgres:` or `mysql:`
      help: fix the URL, as in `sqlite://app.db`, `postgres://user@host/name` or `mysql://user@host/name`

    host=h password=SECRET:x
      invalid_url: the URL names no database that can be opened: it should begin with `sqlite:`, `postgres:` or `mysql:`
      help: fix the URL, as in `sqlite://app.db`, `postgres://user@host/name` or `mysql://user@host/name`
    ");
}

#[cfg(feature = "postgres")]
#[test]
fn a_parameter_that_another_one_would_cancel_is_refused() {
    insta::assert_snapshot!(verdicts(&[
        "postgres://h/d?sslmode=verify-full&sslmode=disable",
        "postgres://h/d?sslmode=verify-full&port=1&ssl-mode=disable",
        "postgres://h/d?host=a&hostaddr=127.0.0.1",
        "postgres://h/d?sslmode=disable#frag",
    ]), @"
    postgres://h/d?sslmode=verify-full&sslmode=disable
      invalid_url: the URL `postgres:…` has the parameter `sslmode` twice, and only the last would have an effect
      help: leave one of them out

    postgres://h/d?sslmode=verify-full&port=1&ssl-mode=disable
      invalid_url: the URL `postgres:…` has the parameters `sslmode` and `ssl-mode`, which say the same thing, and only the last would have an effect
      help: leave one of them out

    postgres://h/d?host=a&hostaddr=127.0.0.1
      invalid_url: the URL `postgres:…` has the parameters `host` and `hostaddr`, which say the same thing, and only the last would have an effect
      help: leave one of them out

    postgres://h/d?sslmode=disable#frag
      invalid_url: the URL `postgres:…` has a `#`, and what follows it would have no effect
      help: in a password or a name `#` is written `%23`
    ");
}

#[cfg(feature = "mysql")]
#[test]
fn what_mysql_does_not_know_is_refused_with_what_to_write_instead() {
    insta::assert_snapshot!(verdicts(&[
        "mysql://h/d?charset=utf8mb4&time-zone=%2B00:00&ssl-mode=DISABLED&socket=/run/x",
        "mysql://h/d?serverTimezone=UTC",
        "mariadb://h/d?useSSL=true",
        "mysql://h/d?ssl_mode=REQUIRED",
        "mysql://h/d?unix_socket=/run/x",
        "mysql://h/d?password=tiger9041",
        "mysql://h/d?schema=tenant",
        "mysql://h/d?sql_mode=ANSI",
        "mysql://h/d?parseTime=true",
        "mysql://h/d?timezone=SYSTEM&time-zone=UTC",
        "mysql://h/a#b",
    ]), @"
    mysql://h/d?charset=utf8mb4&time-zone=%2B00:00&ssl-mode=DISABLED&socket=/run/x
      fine

    mysql://h/d?serverTimezone=UTC
      invalid_url: the URL `mysql:…` has the parameter `serverTimezone`, which is not known for mysql and would have no effect
      help: write `time-zone`; known are `charset`, `collation`, `socket`, `ssl-ca`, `ssl-cert`, `ssl-key`, `ssl-mode`, `statement-cache-capacity` and `time-zone`

    mariadb://h/d?useSSL=true
      invalid_url: the URL `mariadb:…` has the parameter `useSSL`, which is not known for mysql and would have no effect
      help: write `ssl-mode=REQUIRED`; known are `charset`, `collation`, `socket`, `ssl-ca`, `ssl-cert`, `ssl-key`, `ssl-mode`, `statement-cache-capacity` and `time-zone`

    mysql://h/d?ssl_mode=REQUIRED
      invalid_url: the URL `mysql:…` has the parameter `ssl_mode`, which is not known for mysql and would have no effect
      help: did you mean `ssl-mode`? Known are `charset`, `collation`, `socket`, `ssl-ca`, `ssl-cert`, `ssl-key`, `ssl-mode`, `statement-cache-capacity` and `time-zone`

    mysql://h/d?unix_socket=/run/x
      invalid_url: the URL `mysql:…` has the parameter `unix_socket`, which is not known for mysql and would have no effect
      help: write `socket`; known are `charset`, `collation`, `socket`, `ssl-ca`, `ssl-cert`, `ssl-key`, `ssl-mode`, `statement-cache-capacity` and `time-zone`

    mysql://h/d?password=SECRET
      invalid_url: the URL `mysql:…` has the parameter `password`, which is not known for mysql and would have no effect
      help: it stands before the `/`, as in `mysql://user:password@host:3306/name`; known are `charset`, `collation`, `socket`, `ssl-ca`, `ssl-cert`, `ssl-key`, `ssl-mode`, `statement-cache-capacity` and `time-zone`

    mysql://h/d?schema=tenant
      invalid_url: the URL `mysql:…` has the parameter `schema`, which is not known for mysql and would have no effect
      help: the database is the last part of the URL, as in `mysql://user@host/name`; known are `charset`, `collation`, `socket`, `ssl-ca`, `ssl-cert`, `ssl-key`, `ssl-mode`, `statement-cache-capacity` and `time-zone`

    mysql://h/d?sql_mode=ANSI
      invalid_url: the URL `mysql:…` has the parameter `sql_mode`, which is not known for mysql and would have no effect
      help: set it on the server, or in the revision that needs it; known are `charset`, `collation`, `socket`, `ssl-ca`, `ssl-cert`, `ssl-key`, `ssl-mode`, `statement-cache-capacity` and `time-zone`

    mysql://h/d?parseTime=true
      invalid_url: the URL `mysql:…` has the parameter `parseTime`, which is not known for mysql and would have no effect
      help: leave it out; known are `charset`, `collation`, `socket`, `ssl-ca`, `ssl-cert`, `ssl-key`, `ssl-mode`, `statement-cache-capacity` and `time-zone`

    mysql://h/d?timezone=SYSTEM&time-zone=UTC
      invalid_url: the URL `mysql:…` has the parameters `timezone` and `time-zone`, which say the same thing, and only the last would have an effect
      help: leave one of them out

    mysql://h/a#b
      invalid_url: the URL `mysql:…` has a `#`, and what follows it would have no effect
      help: in a password or a name `#` is written `%23`
    ");
}

#[cfg(feature = "sqlite")]
#[test]
fn what_sqlite_does_not_know_is_refused_with_what_to_write_instead() {
    insta::assert_snapshot!(verdicts(&[
        "sqlite://app.db?mode=rwc&cache=private&immutable=0",
        "sqlite://a#b.db",
        "sqlite::memory:?cache=shared",
        "sqlite::memory:?journal_mode=wal",
        "sqlite://app.db?foreign_keys=on",
        "sqlite://app.db?key=tiger9041",
        "sqlite://app.db?Mode=ro",
        "sqlite://what?.db",
        "sqlite://app.db?mode=ro&mode=rwc",
    ]), @"
    sqlite://app.db?mode=rwc&cache=private&immutable=0
      fine

    sqlite://a#b.db
      fine

    sqlite::memory:?cache=shared
      fine

    sqlite::memory:?journal_mode=wal
      invalid_url: the URL `sqlite:…` has the parameter `journal_mode`, which is not known for sqlite and would have no effect
      help: leave it out: a URL sets no PRAGMA; the journal mode stays with the file, and a revision can set others; known are `cache`, `immutable`, `mode` and `vfs`

    sqlite://app.db?foreign_keys=on
      invalid_url: the URL `sqlite:…` has the parameter `foreign_keys`, which is not known for sqlite and would have no effect
      help: leave it out: a URL sets no PRAGMA; the journal mode stays with the file, and a revision can set others; known are `cache`, `immutable`, `mode` and `vfs`

    sqlite://app.db?key=SECRET
      invalid_url: the URL `sqlite:…` has the parameter `key`, which is not known for sqlite and would have no effect
      help: leave it out: a URL sets no PRAGMA; the journal mode stays with the file, and a revision can set others; known are `cache`, `immutable`, `mode` and `vfs`

    sqlite://app.db?Mode=ro
      invalid_url: the URL `sqlite:…` has the parameter `Mode`, which is not known for sqlite and would have no effect
      help: did you mean `mode`? Known are `cache`, `immutable`, `mode` and `vfs`

    sqlite://what?.db
      invalid_url: the URL `sqlite:…` has the parameter `.db`, which is not known for sqlite and would have no effect
      help: in the name of a file `?` is written `%3F`; known are `cache`, `immutable`, `mode` and `vfs`

    sqlite://app.db?mode=ro&mode=rwc
      invalid_url: the URL `sqlite:…` has the parameter `mode` twice, and only the last would have an effect
      help: leave one of them out
    ");
}

#[cfg(feature = "sqlite")]
#[tokio::test]
async fn a_url_of_sqlite_that_says_how_the_file_is_opened_is_followed() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("app.db");
    for (mode, is_made) in [("?mode=rw", false), ("?mode=ro", false), ("", true)] {
        let database = Database::from_url(&format!("sqlite://{}{mode}", file.display())).unwrap().build();
        assert_eq!((database.init().await.is_ok(), file.exists()), (is_made, is_made), "{mode}");
        database.dispose().await;
    }
}

#[cfg(feature = "sqlite")]
#[tokio::test]
async fn a_url_is_no_path() {
    let error = crate::SqliteDatabaseBuilder::from_file("sqlite:app.db").build().init().await.unwrap_err();
    insta::assert_snapshot!(format!("{}: {error}", error.code()), @"
    invalid_url: the URL `sqlite:…` stands where the path of a file is wanted
    help: leave out the `sqlite:`, or use `Database::from_url`, which takes a URL
    ");
    assert!(!std::path::Path::new("sqlite:app.db").exists());
}

#[cfg(all(feature = "postgres", feature = "mysql"))]
#[test]
fn an_address_of_ipv6_is_looked_up_without_its_brackets() {
    for (url, host) in [
        ("[::1]:5432", "::1"),
        ("[2001:db8::ff00:42]", "2001:db8::ff00:42"),
        ("127.0.0.1", "127.0.0.1"),
        ("localhost:1", "localhost"),
    ] {
        let postgres = super::postgres(&format!("postgres://a@{url}/d?sslmode=disable")).unwrap();
        let settings = super::super::postgres::Settings::new(postgres);
        assert_eq!((settings.options().get_host(), settings.options().get_database()), (host, Some("d")));
        let mysql = super::mysql(&format!("mysql://a@{url}/d?ssl-mode=DISABLED")).unwrap();
        let settings = super::super::mysql::Settings::new(mysql);
        assert_eq!((settings.options().get_host(), settings.options().get_database()), (host, Some("d")));
    }
    // What the URL says besides counts more than its host, as elsewhere; and so does what was parsed by sqlx.
    let read = super::postgres("postgres://[::1]/d?host=other").unwrap();
    assert_eq!(read.get_host(), "other");
    let handed_in = super::super::postgres::Settings::new("postgres://[::1]/d".parse().unwrap());
    assert_eq!(handed_in.options().get_host(), "::1");
}

#[cfg(feature = "postgres")]
#[test]
fn a_builder_takes_no_url_of_another_kind_of_database() {
    let error =
        crate::PostgresDatabaseBuilder::from_url("mysql://scott:tiger9041@h/d").map(|_| ()).unwrap_err();
    assert!(!error.to_string().contains(SECRET));
    insta::assert_snapshot!(format!("{}: {error}", error.code()), @"
    invalid_url: the URL `mysql:…` is not for postgres
    help: write `postgres://user@host/name`, or use `Database::from_url`, which takes a URL of any kind
    ");
    assert!(crate::PostgresDatabaseBuilder::from_url("sqlite://x.db").is_err());
    #[cfg(feature = "mysql")]
    {
        assert!(crate::MySqlDatabaseBuilder::from_url("postgres://h/d").is_err());
        assert!(crate::MySqlDatabaseBuilder::from_url("mariadb://h/d").is_ok());
    }
}
