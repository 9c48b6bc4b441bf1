//! No password is printed, whatever is in it, wherever it was given, and whatever goes wrong.

use crate::project::Project;
use insta::assert_snapshot;
use proptest::prelude::*;
use servicekit_test_servers::{mysql, postgres};
use std::fmt::Write as _;
use std::os::unix::ffi::OsStringExt as _;
use std::process::Command;

/// What stands between the two parts of a password, by which it is looked for.
const SEPARATOR: &str = "[ \t\n\"'<>`?/#@%&+:;=\\\\|{}^é\u{202e}\u{1b}]{1,3}";

/// Where a password is given.
#[derive(Debug, Clone, Copy)]
enum Given {
    Option,
    Key,
    Environment,
    Configuration,
    /// In a file that is no TOML.
    BrokenConfiguration,
    /// By a variable of the client's own.
    Variable,
    /// In a file of passwords.
    File,
}

/// How it is written in a URL.
#[derive(Debug, Clone, Copy)]
enum Written {
    AsItIs,
    Encoded,
    Parameter,
    /// As it is, in the form of the server's own client.
    Keyword,
}

/// Why a command fails.
#[derive(Debug, Clone, Copy)]
enum Trouble {
    Unreachable,
    /// The server, where there is one, does not know the user.
    Refused,
    Port,
    Scheme,
}

/// The password, and what is looked for.
#[derive(Debug, Clone)]
struct Password {
    text: String,
    parts: [String; 2],
}

fn password() -> impl Strategy<Value = Password> {
    let part = || "[A-Z][a-z]{4}[0-9]{4}";
    (part(), SEPARATOR, part()).prop_map(|(first, separator, last)| Password {
        text: format!("{first}{separator}{last}"),
        parts: [first, last],
    })
}

fn encoded(text: &str) -> String {
    text.bytes().fold(String::new(), |mut encoded, byte| {
        write!(encoded, "%{byte:02X}").unwrap();
        encoded
    })
}

fn url(scheme: &str, password: &Password, written: Written, trouble: Trouble) -> String {
    let server = match scheme {
        "postgres" => postgres(),
        _ => mysql(),
    };
    let place = server.map_or("127.0.0.1:1", |server| {
        let authority = server.url().split("://").nth(1).unwrap().split('/').next().unwrap();
        authority.rsplit('@').next().unwrap()
    });
    let (scheme, place) = match trouble {
        Trouble::Unreachable => (scheme, "127.0.0.1:1"),
        Trouble::Refused => (scheme, place),
        Trouble::Port => (scheme, "127.0.0.1:port"),
        Trouble::Scheme => ("postgers", "127.0.0.1:1"),
    };
    let text = &password.text;
    match written {
        Written::AsItIs => format!("{scheme}://nobody:{text}@{place}/db"),
        Written::Encoded => format!("{scheme}://nobody:{}@{place}/db", encoded(text)),
        Written::Parameter => format!("{scheme}://nobody@{place}/db?password={}", encoded(text)),
        Written::Keyword => format!("host=127.0.0.1 user=nobody password='{text}' dbname=db"),
    }
}

/// Each command, with whatever it needs.
const COMMANDS: [&[&str]; 11] = [
    &["current", "-v"],
    &["current", "--check-heads"],
    &["doctor"],
    &["upgrade"],
    &["downgrade", "base"],
    &["stamp", "head"],
    &["ensure_version"],
    &["resolve", "done"],
    &["history", "-i"],
    &["plan", "head"],
    &["plan", "head", "--from", "base", "--sql"],
];

/// A revision that fails, with the password in its statement.
fn project(password: &Password) -> Project {
    let statement = format!("SELEC '{}';", password.text.replace('\'', "''"));
    Project::new().sql("aaaa1", "", "create users", &statement, "SELECT 1;")
}

/// The command lines as they are run with the password given there.
fn commands(project: &Project, given: Given, url: &str, password: &Password) -> Vec<Command> {
    let file = project.path("passwords");
    let all =
        COMMANDS.iter().flat_map(|command| [command.to_vec(), [command, &["--json"] as &[&str]].concat()]);
    let with_url = |arguments: &[&str]| {
        let key = format!("db={url}");
        let more = match given {
            Given::Option => vec!["--database-url", url],
            Given::Key => vec!["-x", &key],
            Given::Variable | Given::File => vec!["--database-url", "postgres://nobody@127.0.0.1:1/db"],
            _ => Vec::new(),
        };
        let mut command = project.command(&[arguments, &more].concat());
        match given {
            Given::Environment => command.env("DATABASE_URL", url),
            Given::Variable => command.env("PGPASSWORD", &password.text),
            Given::File => command.env("PGPASSFILE", &file),
            _ => &mut command,
        };
        command
    };
    // A URL where none belongs, and a statement that fails with the password in it.
    let wrong: [&[&str]; 4] = [
        &["upgrade", "head", url],
        &["show", url],
        &["current", "--databse-url", url],
        &["upgrade", "--color", "always", "-x", "db=sqlite://app.db"],
    ];
    all.collect::<Vec<_>>()
        .iter()
        .map(|arguments| with_url(arguments))
        .chain(wrong.iter().map(|arguments| {
            let mut command = project.command(arguments);
            command.env("DATABASE_URL", url).env("PGPASSWORD", &password.text);
            command
        }))
        .collect()
}

fn write_files(project: &Project, given: Given, url: &str, password: &Password) {
    let text = match given {
        Given::Configuration => format!("database_url = {}\n", serde_json::to_string(url).unwrap()),
        Given::BrokenConfiguration => format!("allow = [\ndatabase_url = \"{}\"\n", url.replace('\n', "")),
        Given::File => {
            let text = password.text.replace('\n', "").replace('\\', "\\\\").replace(':', "\\:");
            std::fs::write(project.path("passwords"), format!("*:*:*:*:{text}\n")).unwrap();
            return;
        }
        _ => return,
    };
    std::fs::write(project.path("alembic.toml"), text).unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_password_is_nowhere_in_the_output(
        password in password(),
        given in prop::sample::select(vec![
            Given::Option, Given::Key, Given::Environment, Given::Configuration, Given::BrokenConfiguration, Given::Variable,
            Given::File,
        ]),
        written in prop::sample::select(vec![Written::AsItIs, Written::Encoded, Written::Parameter, Written::Keyword]),
        trouble in prop::sample::select(vec![Trouble::Unreachable, Trouble::Refused, Trouble::Port, Trouble::Scheme]),
        scheme in prop::sample::select(vec!["postgres", "mysql"]),
    ) {
        // A line of the file holds a password, so that it can hold none.
        prop_assume!(!matches!(given, Given::File) || !password.text.contains('\n'));
        let url = url(scheme, &password, written, trouble);
        let project = project(&password);
        write_files(&project, given, &url, &password);
        for mut command in commands(&project, given, &url, &password) {
            let output = command.output().unwrap();
            let shown = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
            prop_assert!(!shown.is_empty());
            for part in &password.parts {
                prop_assert!(!shown.contains(part.as_str()), "{part} of {url:?} in {command:?}: {shown}");
            }
        }
    }
}

#[test]
fn what_is_no_password_of_this_run_is_shown() {
    let password = Password { text: "Tiger9041 x".to_owned(), parts: Default::default() };
    let output = project(&password).command(&["upgrade", "-x", "db=sqlite://app.db"]).output().unwrap();
    assert!(String::from_utf8(output.stderr).unwrap().contains("Tiger9041 x"));
}

#[test]
fn a_password_that_anybody_guesses_spoils_no_message() {
    let run = |password: &str| {
        let url = format!("postgres://postgres:{password}@127.0.0.1:1/db");
        Project::with_a_line().run_exactly(&["upgrade", "--database-url", &url])
    };
    let short = run("a");
    assert_eq!(run("postgres"), short);
    assert_snapshot!(short, @"
    [stderr]
    error: cannot connect to `postgres://postgres:***@127.0.0.1:1/db`: error communicating with database: Connection refused (os error 111)
    [exit 5]
    ");
}

#[test]
fn a_script_says_that_a_password_was_left_out_of_it() {
    let project =
        Project::new().sql("aaaa1", "", "create a role", "CREATE ROLE app PASSWORD 'tiger-9041';", "");
    let mut command = project.command(&["plan", "head", "--from", "base", "--sql"]);
    let output = command.env("DATABASE_URL", "postgres://app:tiger-9041@127.0.0.1:1/db").output().unwrap();
    assert_snapshot!(crate::project::shown(&output), @"
    -- from <base>, for postgres

    -- 1. upgrade aaaa1, create a role; version rows after it: aaaa1
    CREATE ROLE app PASSWORD '***';
    [stderr]
    note: a password of this run is in the statements, and is left out: each is printed as `***`
    help: put it back before you run them, or, better, take it out of the revision
    ");
}

#[test]
fn a_url_that_cannot_be_read_is_not_passed_over() {
    let project = Project::with_a_line().file("alembic.toml", "database_url = \"sqlite://other.db\"\n");
    let url = std::ffi::OsString::from_vec(b"sqlite://a\xff.db".to_vec());
    let output = project.command(&["upgrade"]).env("DATABASE_URL", url).output().unwrap();
    assert_snapshot!(crate::project::shown(&output), @"
    [stderr]
    error: `DATABASE_URL` names no database that can be opened: it holds bytes that are not UTF-8; in a URL they are written as `%XX`
    help: as in `sqlite://app.db`, `postgres://user@host/name` or `mysql://user@host/name`
    [exit 2]
    ");
}
