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
    assert_snapshot!(String::from_utf8(output.stderr).unwrap(), @"error: cannot write the answer: No space left on device (os error 28)");
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
    Make, show, merge, plan and run revisions

    Usage: servicekit migrations [OPTIONS] <COMMAND>

    Commands:
      init       Set a crate up: the folder, its configuration, the dependency, the build script
      revision   Make a new revision file
      merge      Join several heads in a new revision
      heads      List the revisions that nothing follows
      history    List all revisions, the newest first
      branches   List the revisions that are followed by more than one
      show       Show all about one revision
      plan       Show the steps that lead to a target and the version rows after each
      upgrade    Apply revisions to a database
      downgrade  Revert revisions
      current    Show where a database is
      stamp      Say where a database is, and run nothing
      resolve    Say what became of a step that is in doubt
      help       Print this message or the help of the given subcommand(s)

    Options:
          --directory <DIR>  The folder that holds `versions/` [default: alembic]
      -c, --config <FILE>    The configuration, such as `alembic_main.toml`, which stands beside its folder `alembic_main/`
          --json             Print JSON, errors too
      -h, --help             Print help
      -V, --version          Print version
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
