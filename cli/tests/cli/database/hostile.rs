//! Nothing that others write drives the terminal, hides or turns around what is read: it is shown as `\u{…}`.

use super::place::everywhere;
use crate::project::Project;
use insta::assert_snapshot;
use servicekit_chain::characters::is_invisible;
use std::process::Output;

/// An escape sequence, a control beyond ASCII that begins one too, characters that turn a line around, and one that is not seen.
const HOSTILE: &str = "\u{1b}]0;title\u{7}\u{1b}[31m\u{9b}2J\u{202e}\u{2066}\u{200b}\u{feff}\u{e0041}";

/// Whatever was printed, none of it can do harm.
fn assert_harmless(output: &Output, is_json: bool) {
    let text = String::from_utf8([output.stdout.as_slice(), output.stderr.as_slice()].concat()).unwrap();
    for character in text.chars().filter(|c| is_invisible(*c)) {
        assert!(character == '\n' || character == '\t', "{character:?} in {text:?}");
    }
    if is_json {
        serde_json::from_slice::<serde_json::Value>(&output.stdout).unwrap();
    }
}

fn hostile() -> Project {
    let message = format!("create{HOSTILE}users");
    let project = Project::new()
        .sql("aaaa1", "", &message, "CREATE TABLE users (id INT PRIMARY KEY);", "DROP TABLE users;")
        .sql("bbbb1", "aaaa1", "fail", &format!("SELEC '{HOSTILE}';"), "");
    let (from, to) = ("alembic/versions/bbbb1.sql", format!("alembic/versions/bbbb1{HOSTILE}.sql"));
    std::fs::rename(project.path(from), project.path(&to)).unwrap();
    project
}

#[test]
fn every_command_shows_what_is_not_seen() {
    let words = format!("a{HOSTILE}");
    for place in everywhere(hostile) {
        let run = |arguments: &[&str]| {
            for json in [false, true] {
                let more: &[&str] = if json { &["--json"] } else { &[] };
                let mut command = place.project.command(&[arguments, more].concat());
                assert_harmless(&command.env("DATABASE_URL", place.url()).output().unwrap(), json);
            }
        };
        let config = format!("{words}.toml");
        let commands: [&[&str]; 20] = [
            &["heads"],
            &["history", "-v"],
            &["show", "bbbb1"],
            &["show", &words],
            &["branches"],
            &["plan", "head", "--from", "base"],
            &["plan", "aaaa1", "--from", &words],
            &["upgrade"],
            &["upgrade", &words],
            &["current", "-v"],
            &["doctor"],
            &["stamp", &words],
            &["resolve", &words],
            &["downgrade", "base"],
            &["merge", &words, "heads"],
            &["revision", "-m", &words, "--head", &words],
            &["revision", "-m", "x", "--rev-id", &words],
            &["heads", "--config", &config],
            &["heads", "--directory", &words],
            &[&words],
        ];
        for command in commands {
            run(command);
        }
        // What stands in the database is as strange as anything.
        place.run("upgrade aaaa1");
        let hostile = if place.url().starts_with("sqlite") { "x'9b'" } else { "'x'" };
        place.ask(&format!("INSERT INTO alembic_version VALUES ({hostile})"));
        run(&["current", "-v"]);
        place.ask("DELETE FROM alembic_version WHERE version_num <> 'aaaa1'");
        place.ask(&format!("INSERT INTO alembic_version VALUES ('x{}')", "\u{1b}[31m\u{202e}"));
        for command in [&["current", "-v"] as &[&str], &["upgrade"], &["doctor"], &["stamp", "aaaa1"]] {
            run(command);
        }
    }
}

#[test]
fn what_a_server_says_is_shown_as_it_is_written() {
    for place in everywhere(|| {
        Project::new().sql(
            "aaaa1",
            "",
            "fail",
            &format!(
                "-- +transaction off\nSELECT 1;\n-- x\nCREATE TABLE \"a{HOSTILE}\" (id INT);\nINSERT INTO \"no{HOSTILE}\" VALUES (1);"
            ),
            "",
        )
    }) {
        for arguments in [&["upgrade"] as &[&str], &["upgrade", "--json"], &["current", "-v"], &["doctor"]] {
            let mut command = place.project.command(arguments);
            assert_harmless(&command.env("DATABASE_URL", place.url()).output().unwrap(), false);
        }
    }
}

#[test]
fn colours_are_those_of_this_program() {
    let output = hostile().command(&["show", "aaaa1", "--color", "always"]).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert_snapshot!(text.replace('\u{1b}', "^"), @r"
    Rev: ^[33maaaa1^[0m
    Parent: <base>
    Path: alembic/versions/aaaa1.sql

        create\u{1b}]0;title\u{7}\u{1b}[31m\u{9b}2J\u{202e}\u{2066}\u{200b}\u{feff}\u{e0041}users
    ");
}

#[test]
fn a_script_for_a_program_has_every_character_of_the_statements() {
    let statement = format!("SELECT '{HOSTILE}';");
    let project = Project::new().sql("aaaa1", "", "look", &statement, "");
    let output = project.command(&["plan", "head", "--from", "base", "--sql", "sqlite"]).output().unwrap();
    assert!(String::from_utf8(output.stdout).unwrap().contains(&statement));
}
