//! Which database it is, and databases that cannot be opened. No password is ever shown.

use super::place::{on_mysql, on_sqlite};
use super::up_and_down::shop;
use crate::project::{Project, shown};
use insta::assert_snapshot;

const SECRET: &str = "tiger-9041";

/// What a command line prints, with these variables set.
fn run(project: &Project, arguments: &[&str], url: &str) -> String {
    let output = project.command(arguments).env("DATABASE_URL", url).output().unwrap();
    let shown = shown(&output);
    assert!(!shown.contains(SECRET), "{shown}");
    shown
}

#[test]
fn a_command_without_a_database_says_how_to_name_one() {
    for command in ["upgrade", "downgrade base", "current", "stamp head", "resolve done"] {
        let shown = shop().run(command);
        assert!(shown.starts_with("[stderr]\nerror: no database is named\n"), "{shown}");
    }
    assert_snapshot!(shop().run("upgrade"), @"
    [stderr]
    error: no database is named
    help: name it with `--database-url`, with the environment variable `DATABASE_URL`, or with `database_url` in `alembic.toml`
    [exit 2]
    ");
}

#[test]
fn the_option_wins_over_the_environment_and_that_over_the_configuration() {
    let project = shop().file("alembic.toml", "database_url = \"sqlite://configured.db\"\n");
    assert_snapshot!(run(&project, &["upgrade", "aaaa1"], ""), @"
    upgrade aaaa1  create users [TIME]
    The database went from <base> to aaaa1: 1 revision in [TIME]
    ");
    assert_snapshot!(run(&project, &["upgrade", "bbbb1"], "sqlite://environment.db"), @"
    upgrade aaaa1  create users [TIME]
    upgrade bbbb1  add email [TIME]
    The database went from <base> to bbbb1: 2 revisions in [TIME]
    ");
    let option = ["upgrade", "cccc1", "--database-url", "sqlite://option.db"];
    assert_snapshot!(run(&project, &option, "sqlite://environment.db"), @"
    upgrade aaaa1  create users [TIME]
    upgrade bbbb1  add email [TIME]
    upgrade cccc1  create orders [TIME]
    The database went from <base> to cccc1: 3 revisions in [TIME]
    ");
    assert_eq!(
        project.list("."),
        ["alembic", "alembic.toml", "configured.db", "environment.db", "option.db"]
    );
}

#[test]
fn a_url_that_names_no_database_says_where_it_was_given() {
    let project =
        shop().file("alembic.toml", &format!("database_url = \"oracle://scott:{SECRET}@host/db\"\n"));
    assert_snapshot!(run(&project, &["current"], ""), @"
    [stderr]
    error: `database_url` in `alembic.toml` names no database that can be opened: `oracle:` is not a supported database; a URL begins with `sqlite:`, `postgres:` or `mysql:`
    help: as in `sqlite://app.db`, `postgres://user@host/name` or `mysql://user@host/name`
    [exit 2]
    ");
    assert_snapshot!(run(&project, &["current"], &format!("{SECRET}@host/db")), @"
    [stderr]
    error: `DATABASE_URL` names no database that can be opened: it does not begin with `sqlite:`, `postgres:` or `mysql:`
    help: as in `sqlite://app.db`, `postgres://user@host/name` or `mysql://user@host/name`
    [exit 2]
    ");
    assert_snapshot!(run(&project, &["current"], &format!("postgres://scott:{SECRET}@host:port/db")), @"
    [stderr]
    error: `DATABASE_URL` names no database that can be opened: error with configuration: invalid port number
    help: as in `sqlite://app.db`, `postgres://user@host/name` or `mysql://user@host/name`
    [exit 2]
    ");
    assert_snapshot!(run(&project, &["current", "--json"], &format!("mysql://scott:{SECRET}@host/db?ssl-mode=x")), @r#"
    {
      "error": {
        "code": "invalid_url",
        "message": "`DATABASE_URL` names no database that can be opened: error with configuration: error with configuration: unknown value \"x\" for `ssl_mode`",
        "help": "as in `sqlite://app.db`, `postgres://user@host/name` or `mysql://user@host/name`"
      }
    }
    [exit 2]
    "#);
    assert_snapshot!(run(&project, &["current"], "sqlite://app.db?mode=x"), @r#"
    [stderr]
    error: `DATABASE_URL` names no database that can be opened: error with configuration: unknown value "x" for `mode`
    help: as in `sqlite://app.db`, `postgres://user@host/name` or `mysql://user@host/name`
    [exit 2]
    "#);
}

#[test]
fn a_parameter_that_would_have_no_effect_is_refused_before_anything_is_opened() {
    assert_snapshot!(run(&shop(), &["upgrade"], &format!("postgres://scott:{SECRET}@host/db?search_path=tenant")), @r#"
    [stderr]
    error: `DATABASE_URL` has the parameter `search_path`, which is not known for postgres and would have no effect
    help: write `options=-c%20search_path=NAME` for the schema that the revisions work in; `schema = "NAME"` in `alembic.toml` is for the version table and the journal alone; known are `application_name`, `dbname`, `host`, `options`, `password`, `port`, `sslcert`, `sslkey`, `sslmode`, `sslrootcert`, `statement-cache-capacity` and `user`
    [exit 2]
    "#);
    assert_snapshot!(run(&shop(), &["current", "--json"], &format!("mysql://scott:{SECRET}@host/db?sslmod=x")), @r#"
    {
      "error": {
        "code": "invalid_url",
        "message": "`DATABASE_URL` has the parameter `sslmod`, which is not known for mysql and would have no effect",
        "help": "did you mean `sslmode`? Known are `charset`, `collation`, `socket`, `ssl-ca`, `ssl-cert`, `ssl-key`, `ssl-mode`, `statement-cache-capacity` and `time-zone`"
      }
    }
    [exit 2]
    "#);
    assert_snapshot!(run(&shop(), &["doctor"], "sqlite://app.db?mod=ro"), @r#"
    configuration
      ok  directory         alembic                 default
      --  configuration     none                    default
      ok  version_table     alembic_version         default
      ok  journal_table     alembic_journal         default
      ok  schema            none                    default
      ok  file_template     {rev}_{slug}            default
      ok  format            none                    default
      ok  version_locations none                    default
      ok  recursive         no                      default
      ok  allow             none                    default

    revisions
      ok  files             3 in alembic/versions
      ok  heads             `cccc1` (create orders)

    database
      ok  database_url      sqlite://app.db?mod=ro  `DATABASE_URL`
      !!  connection        `DATABASE_URL` has the parameter `mod`, which is not known for sqlite and would have no effect

    Python's Alembic
      --  env.py            where it works on the same database, this keeps its autogenerate from dropping the journal:
                            def include_name(name, type_, parent_names):
                                return not (type_ == "table" and name == "alembic_journal")
                            context.configure(…, include_name=include_name)

    next
      1. did you mean `mode`? Known are `cache`, `immutable`, `mode` and `vfs`
    [exit 1]
    "#);
    assert_snapshot!(run(&shop(), &["current"], &format!("postgres://scott:12?{SECRET}@host/db")), @"
    [stderr]
    error: `DATABASE_URL` has a parameter that is not known for postgres and would have no effect; it is not shown, for it may be part of a password
    help: in a password or a name `?` is written `%3F`, `#` `%23`, `&` `%26` and `@` `%40`; known parameters are `application_name`, `dbname`, `host`, `options`, `password`, `port`, `sslcert`, `sslkey`, `sslmode`, `sslrootcert`, `statement-cache-capacity` and `user`
    [exit 2]
    ");
    let project =
        shop().file("alembic.toml", "database_url = \"postgres://host/db?sslmode=require&sslmode=allow\"\n");
    assert_snapshot!(run(&project, &["stamp", "head"], ""), @"
    [stderr]
    error: `database_url` in `alembic.toml` has the parameter `sslmode` twice, and only the last would have an effect
    help: leave one of them out
    [exit 2]
    ");
}

#[test]
fn a_password_is_hidden_wherever_a_url_is_typed() {
    let url = format!("postgres://scott:{SECRET}@127.0.0.1:1/db");
    let project = shop();
    assert_snapshot!(run(&project, &["upgrade", "head", &url], ""), @"
    [stderr]
    error: unexpected argument 'postgres://scott:***@127.0.0.1:1/db' found

    Usage: servicekit migrations upgrade [OPTIONS] [TARGET]

    For more information, try '--help'.
    [exit 2]
    ");
    assert_snapshot!(run(&project, &["upgrade", "head", &url, "--json"], ""), @r#"
    {
      "error": {
        "code": "usage",
        "message": "unexpected argument 'postgres://scott:***@127.0.0.1:1/db' found",
        "help": "Usage: servicekit migrations upgrade [OPTIONS] [TARGET] For more information, try '--help'."
      }
    }
    [exit 2]
    "#);
    assert_snapshot!(run(&project, &["downgrade", &url], ""), @"
    [stderr]
    error: `postgres://scott:***@127.0.0.1:1/db` is a range, and one target is needed
    [exit 2]
    ");
    assert_snapshot!(run(&project, &["stamp", &format!("{url}?password={SECRET}")], ""), @"
    [stderr]
    error: `postgres://scott:***@127.0.0.1:1/db?password=***` is a range, and one target is needed
    [exit 2]
    ");
    let broken = project.file("alembic.toml", &format!("database_url = \"{url}\nx = 1\n"));
    assert_snapshot!(run(&broken, &["current"], ""), @r#"
    [stderr]
    error: the configuration is not TOML: invalid character in string: `\n`
     --> alembic.toml:1:59
      |
    1 |   database_url = "postgres://scott:***@127.0.0.1:1/db
      |  ___________________________________________________________^
    2 | | x = 1
      | |_^
      |
    help: a line is `key = value`, and strings are in quotes
    [exit 3]
    "#);
}

#[test]
fn a_server_that_cannot_be_reached_is_named_without_its_password() {
    let url = format!("postgres://scott:{SECRET}@127.0.0.1:1/db");
    assert_snapshot!(run(&shop(), &["upgrade"], &url), @"
    [stderr]
    error: cannot connect to `postgres://scott:***@127.0.0.1:1/db`: error communicating with database: Connection refused (os error 111)
    [exit 5]
    ");
    assert_snapshot!(run(&shop(), &["current", "--json"], &url.replace("postgres", "mysql")), @r#"
    {
      "error": {
        "code": "cannot_connect",
        "message": "cannot connect to `mysql://scott:***@127.0.0.1:1/db`: error communicating with database: Connection refused (os error 111)",
        "help": null
      }
    }
    [exit 5]
    "#);
}

#[test]
fn a_server_that_refuses_the_password_is_quoted() {
    let Some(place) = on_mysql(shop()) else { return };
    let (scheme, rest) = place.url().split_once("://").unwrap();
    let server = rest.split_once('@').map_or(rest, |(_, server)| server);
    let url = format!("{scheme}://nobody:{SECRET}@{server}");
    let shown = run(&place.project, &["upgrade"], &url);
    assert!(shown.contains("nobody:***@"), "{shown}");
    assert!(shown.contains("Access denied for user 'nobody'"), "{shown}");
    assert!(shown.ends_with("[exit 5]\n"), "{shown}");
}

#[test]
fn a_file_that_is_not_there_is_made_only_where_something_is_to_be_written() {
    let project = || on_sqlite(shop()).project;
    let url = "sqlite://app.db";
    for command in [&["current"] as &[&str], &["downgrade", "base"], &["resolve", "done"]] {
        let project = project();
        let shown = run(&project, command, url);
        assert_eq!(
            shown,
            "[stderr]\nerror: cannot connect to `sqlite://app.db`: there is no file `app.db`\n[exit 5]\n"
        );
        assert_eq!(project.list("."), ["alembic"]);
    }
    for command in [&["upgrade"] as &[&str], &["stamp", "head"]] {
        let project = project();
        run(&project, command, url);
        assert_eq!(project.list("."), ["alembic", "app.db"]);
    }
    assert_snapshot!(run(&project(), &["upgrade"], "sqlite://no/such/app.db"), @"
    [stderr]
    error: cannot connect to `sqlite://no/such/app.db`: the database `no/such/app.db` could not be opened: unable to open database file
    help: check that the path is right and is a file, not a folder, and that its folder exists and can be opened; a file in WAL mode also needs a writable folder, else switch it to `PRAGMA journal_mode = DELETE` or open it with `immutable=1`
    [exit 5]
    ");
}

#[test]
fn urls_as_python_writes_them_are_understood() {
    let project = shop();
    assert_snapshot!(run(&project, &["upgrade", "aaaa1"], "sqlite+aiosqlite:///app.db"), @"
    upgrade aaaa1  create users [TIME]
    The database went from <base> to aaaa1: 1 revision in [TIME]
    ");
    assert_eq!(project.list("."), ["alembic", "app.db"]);
}

#[test]
fn a_file_that_is_no_database_is_said_to_be_none() {
    let project = shop().file("app.db", &"no database ".repeat(100));
    assert_snapshot!(run(&project, &["upgrade"], "sqlite://app.db"), @"
    [stderr]
    error: cannot connect to `sqlite://app.db`: the database `app.db` could not be opened: file is not a database
    help: the file is not a SQLite database, or it is encrypted: check the path
    [exit 5]
    ");
}
