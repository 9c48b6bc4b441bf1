//! How the program behaves among other programs.

use crate::project::{Project, shell};
use insta::assert_snapshot;

#[test]
fn a_reader_that_has_seen_enough_is_no_error() {
    let mut project = Project::with_a_line();
    // More than a pipe holds, so that writing goes on after the reader is gone.
    for number in 0..2000 {
        let (id, down) =
            (format!("n{number}"), if number == 0 { "cccc1".to_owned() } else { format!("n{}", number - 1) });
        project = project.revision(&id, &down, &"a long message ".repeat(5));
    }
    let output = shell(&project.path(""), "(servicekit migrations history; echo $? >&2) | head -n 1");
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "0\n");
    assert_eq!(String::from_utf8(output.stdout).unwrap().lines().count(), 1);
}

#[test]
fn an_answer_that_cannot_be_written_is_an_error() {
    let output = shell(&Project::with_a_line().path(""), "servicekit migrations heads > /dev/full");
    assert_eq!(output.status.code(), Some(1));
    assert_snapshot!(String::from_utf8(output.stderr).unwrap(), @"error: cannot write the output: No space left on device (os error 28)");
}

#[test]
fn there_are_no_colours_outside_a_terminal() {
    let project = Project::with_two_heads();
    for command in ["heads", "history -v", "plan heads --from base", "show nosuch", "--help"] {
        assert!(!project.run(command).contains('\u{1b}'), "{command}");
    }
}

#[test]
fn the_help_names_every_command() {
    assert_snapshot!(Project::empty().run("--help"), @"
    Create, show, merge, plan and run revisions

    Usage: servicekit migrations [OPTIONS] <COMMAND>

    Commands:
      init            Set up a crate: create the folder and its configuration, add the dependency and the build script
      revision        Create a new revision file
      merge           Join several heads in a new revision
      heads           List the heads: revisions that no other revision follows
      history         List all revisions, the newest first
      branches        List the branch points: revisions that more than one revision follows
      show            Show one revision in detail
      plan            Show the steps to a target, and the version rows after each step
      upgrade         Apply revisions to a database
      downgrade       Revert revisions
      current         Show the version rows of a database
      inspect         Show the tables of a database, as a revision that creates them
      diff            Compare the schemas of two databases: what differs, and the operations that lead from the first to the second
      check           Compare the models of the application with the database: fails if a revision would have something to write
      models          Show the models of the application: the tables that its structs stand for
      stamp           Write the version rows of a target, without running revisions
      ensure_version  Create the version table and the journal if they are missing
      resolve         Record whether a stage that is in doubt was done
      doctor          Check the configuration, the folder and the database, and suggest what to do
      help            Print this message or the help of the given subcommand(s)

    Options:
      -h, --help     Print help
      -V, --version  Print version

    Options of every command:
          --directory <DIR>     The folder that holds `versions/` [default: alembic]
      -c, --config <FILE>       The configuration file; `alembic_main.toml` belongs to the folder `alembic_main/`; or an `alembic.ini`
      -n, --name <SECTION>      The section of `alembic.ini`, for one of several databases [default: alembic]
          --database-url <URL>  The URL of the database [default: the environment variable `DATABASE_URL`, then `database_url` in the configuration, then `sqlalchemy.url` in `alembic.ini`]
      -x <KEY=VALUE>            `-x db=URL` is the same as `--database-url URL`
          --json                Print one JSON document, also for errors
      -q, --quiet               Print only the result, and errors
      -v, --verbose             Show revisions in detail, and each statement of a run
          --color <WHEN>        When to use colours [default: auto] [possible values: auto, always, never]
    ");
}

#[test]
fn wrong_arguments_are_answered_with_the_usage() {
    assert_snapshot!(Project::empty().run("hedas"), @"
    [stderr]
    error: unrecognized subcommand 'hedas'

      tip: a similar subcommand exists: 'heads'

    Usage: servicekit migrations [OPTIONS] <COMMAND>

    For more information, try '--help'.
    [exit 2]
    ");
    assert_snapshot!(Project::empty().run("merge --splise"), @"
    [stderr]
    error: unexpected argument '--splise' found

      tip: a similar argument exists: '--splice'

    Usage: servicekit migrations merge --splice [REV]...

    For more information, try '--help'.
    [exit 2]
    ");
}

#[test]
fn colours_are_those_that_are_asked_for() {
    let project = Project::with_a_line();
    let colored = |arguments: &str| project.run(arguments).contains('\u{1b}');
    assert!(colored("heads --color always"));
    assert!(colored("show nosuch --color always"));
    assert!(!colored("heads --color never"));
    assert!(!colored("heads --color auto"));
    let output = shell(&project.path(""), "NO_COLOR=1 servicekit migrations heads --color always");
    assert!(String::from_utf8(output.stdout).unwrap().contains('\u{1b}'), "what is asked for counts");
}

#[test]
fn a_quiet_command_prints_only_what_was_asked_for() {
    let project = Project::with_two_heads();
    assert_snapshot!([
        project.run("heads -q"),
        project.run("merge -q --rev-id m1"),
        project.run("branches -q"),
        project.run("show nosuch -q"),
        project.run("heads -q -v"),
    ].concat(), @"
    cccc1 (sales) (head), create orders
    dddd1 (head), index users
    bbbb1 (branchpoint), add email
          -> cccc1 (sales), create orders
          -> dddd1, index users
    [stderr]
    error: Can't locate revision identified by `nosuch` in `alembic/versions`
    help: `servicekit migrations history` lists every revision
    [exit 4]
    [stderr]
    error: the argument '--quiet' cannot be used with '--verbose'

    Usage: servicekit migrations heads --quiet

    For more information, try '--help'.
    [exit 2]
    ");
}

#[test]
fn keys_that_nothing_reads_are_refused() {
    let project = Project::with_a_line();
    assert_snapshot!([
        project.run("current -x db=sqlite://nosuch.db"),
        project.run("current -x tenant=a"),
        project.run("current -x tenant"),
        project.run("current -x db=sqlite://a.db --database-url sqlite://b.db"),
    ].concat(), @"
    [stderr]
    error: cannot connect to `sqlite://nosuch.db`: there is no file `nosuch.db`
    [exit 5]
    [stderr]
    error: invalid value 'tenant=a' for '-x <KEY=VALUE>': unknown key `tenant`; the only key is `db`, for example `-x db=sqlite://app.db`

    For more information, try '--help'.
    [exit 2]
    [stderr]
    error: invalid value 'tenant' for '-x <KEY=VALUE>': write a key and a value, for example `-x db=sqlite://app.db`

    For more information, try '--help'.
    [exit 2]
    [stderr]
    error: the argument '-x <KEY=VALUE>' cannot be used with '--database-url <URL>'

    Usage: servicekit migrations current -x <KEY=VALUE>

    For more information, try '--help'.
    [exit 2]
    ");
}

#[test]
fn completions_are_there_for_every_shell() {
    for shell_name in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let output = shell(&Project::empty().path(""), &format!("servicekit completions {shell_name}"));
        assert!(output.status.success() && output.stderr.is_empty());
        let script = String::from_utf8(output.stdout).unwrap();
        assert!(script.contains("downgrade") && script.contains("check-heads"), "{shell_name}");
    }
    assert!(shell(&Project::empty().path(""), "servicekit completions bash > c; bash -n c").status.success());
}

/// What is seen on a terminal of its own, when this is typed; without what moves the cursor.
#[cfg(all(target_os = "linux", feature = "sqlite"))]
fn on_a_terminal(project: &Project, command: &str, typed: &str) -> String {
    let command = format!("printf '{typed}' | script -qec 'servicekit migrations {command}' /dev/null");
    let output = shell(&project.path(""), &command);
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().replace('\r', "")
}

#[cfg(all(target_os = "linux", feature = "sqlite"))]
#[test]
fn a_person_is_asked_before_data_is_dropped() {
    let project = Project::with_a_line()
        .sql("dddd1", "cccc1", "create logs", "CREATE TABLE logs (id INT, x INT);", "DROP TABLE logs;")
        .sql("eeee1", "dddd1", "add y", "ALTER TABLE logs ADD y INT;", "ALTER TABLE logs DROP COLUMN y;")
        .file("alembic.toml", "database_url = \"sqlite://app.db\"\n");
    project.run("upgrade");
    let never = on_a_terminal(&project, "downgrade cccc1 --color never", "n\\n");
    // The terminal shows what is typed, before the question or behind it.
    assert_snapshot!(never.replacen("n\n", "", 1), @"
      ALTER TABLE logs DROP COLUMN y
      DROP TABLE logs
    Revert 2 revisions of `sqlite://app.db`, and with them the data that this drops? [y/N] error: the downgrade was declined
    now: nothing was run; the database is at eeee1
    ");
    assert!(on_a_terminal(&project, "downgrade cccc1 --color never", "").contains("was declined"));
    assert_eq!(project.run("current"), "eeee1 (head)\n");
    assert!(on_a_terminal(&project, "downgrade dddd1", "yes\\n").contains("1 revision in"));
    assert!(!on_a_terminal(&project, "downgrade cccc1 --yes", "").contains("[y/N]"));
    // Nothing is dropped by this one.
    assert!(!on_a_terminal(&project, "downgrade bbbb1", "").contains("[y/N]"));
    assert_eq!(project.run("current"), "bbbb1\n");
    // There is no person to ask.
    project.run("upgrade");
    assert!(project.run("downgrade base").contains("5 revisions in"));
}

#[cfg(all(target_os = "linux", feature = "sqlite"))]
#[test]
fn a_terminal_shows_what_is_running() {
    let slow = "WITH RECURSIVE t(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM t LIMIT 3000000) INSERT INTO logs SELECT max(x) FROM t;";
    let project = Project::new()
        .sql("aaaa1", "", "create logs", "CREATE TABLE logs (id INT);", "")
        .sql("bbbb1", "aaaa1", "fill logs", slow, "")
        .file("alembic.toml", "database_url = \"sqlite://app.db\"\n");
    let seen = on_a_terminal(&project, "upgrade", "");
    assert!(seen.contains("fill logs (2 of 2)") && seen.contains("WITH RECURSIVE t(x)"), "{seen:?}");
    let last = seen.trim_end().lines().last().unwrap();
    assert!(last.contains("2 revisions in"), "{seen:?}");
}
