//! The guide's command lines are run, and must print what the guide says.

use crate::project::{Project, shell, without_times};
use std::path::Path;

/// Set to write what was printed into the guide.
const UPDATE: &str = "UPDATE_GUIDE";

#[test]
fn the_guide_to_the_graph_commands_tells_the_truth() {
    tells_the_truth("graph-commands.md", &Project::empty().file("Cargo.toml", ""));
}

#[cfg(feature = "sqlite")]
#[test]
fn the_guide_to_setting_up_tells_the_truth() {
    let project = Project::empty()
        .file(
            "Cargo.toml",
            "[package]\nname = \"shop\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\n",
        )
        .file("src/main.rs", "fn main() {}\n");
    tells_the_truth("setting-up.md", &project);
}

#[cfg(feature = "sqlite")]
#[test]
fn the_guide_to_the_database_commands_tells_the_truth() {
    let project = Project::new()
        .sql(
            "1a4c8e02b7d3",
            "",
            "create users",
            "CREATE TABLE users (id INTEGER PRIMARY KEY);",
            "DROP TABLE users;",
        )
        .sql(
            "7f3c2b1a9d4e",
            "1a4c8e02b7d3",
            "add email",
            "ALTER TABLE users ADD COLUMN email TEXT;",
            "ALTER TABLE users DROP COLUMN email;",
        )
        .sql(
            "9b61d7e3f024",
            "7f3c2b1a9d4e",
            "create orders",
            "CREATE TABLE orders (id INTEGER PRIMARY KEY);",
            "DROP TABLE orders;",
        );
    let project = beside_a_database_without_history(project);
    tells_the_truth("database-commands.md", &project);
}

/// Makes `legacy.db`, which has a table and no version rows, and an empty folder `legacy`.
#[cfg(feature = "sqlite")]
fn beside_a_database_without_history(project: Project) -> Project {
    let table = "-- revision: a1\n-- +upgrade\nCREATE TABLE customers (id INTEGER PRIMARY KEY, email VARCHAR(254) UNIQUE);\n";
    let project = project.file("before/versions/a1.sql", table).file("legacy/versions/.gitkeep", "");
    for command in ["upgrade", "stamp base"] {
        let command = format!("servicekit migrations {command} --directory before -x db=sqlite://legacy.db");
        assert!(shell(&project.path(""), &command).status.success());
    }
    std::fs::remove_dir_all(project.path("before")).unwrap();
    project
}

/// A page of the guide prints what its command lines print in this folder.
pub(crate) fn tells_the_truth(page: &str, project: &Project) {
    compare(page, |command| {
        let output = shell(&project.path(""), command);
        (String::from_utf8(output.stdout).unwrap(), output.status.success())
    });
}

/// A page of the guide prints what its command lines print when they are run like this: what they print to stdout, and
/// whether they succeed.
pub(crate) fn compare(page: &str, run: impl Fn(&str) -> (String, bool)) {
    let guide = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/guide").join(page);
    let text = std::fs::read_to_string(&guide).unwrap();
    let (printed, commands) = replay(&text, run);
    if std::env::var_os(UPDATE).is_some() {
        std::fs::write(&guide, printed).unwrap();
    } else {
        assert_eq!(without_times(&printed), without_times(&text), "set {UPDATE}=1 to write the guide again");
    }
    assert!(commands > 5, "only {commands} command lines were found");
}

/// The text with what its ` ```console ` blocks really print, and how many command lines they have. All of them run in
/// one directory, one after the other; a command line fails exactly when its output shows an error. Lines behind `<<'END'`
/// belong to the command line.
fn replay(text: &str, run: impl Fn(&str) -> (String, bool)) -> (String, usize) {
    let (mut printed, mut commands, mut in_console) = (String::new(), 0, false);
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let fence = line.starts_with("```");
        let command = line.strip_prefix("$ ").filter(|_| in_console);
        if fence || !in_console || command.is_some() {
            printed.push_str(line);
            printed.push('\n');
        }
        if let Some(command) = command {
            commands += 1;
            let mut command = command.to_owned();
            if command.ends_with("<<'END'") {
                for line in lines.by_ref() {
                    command = command + "\n" + line;
                    printed = printed + line + "\n";
                    if line == "END" {
                        break;
                    }
                }
            }
            let (answer, is_success) = run(&format!("exec 2>&1\n{command}"));
            let is_error = answer.lines().any(|line| line.starts_with("error: "))
                || answer.starts_with("{\n  \"error\": ");
            // A pipe ends as its last program does.
            assert!(is_success != is_error || command.contains(" | "), "{command}: {answer}");
            printed.push_str(&answer);
        }
        in_console = if fence { line == "```console" } else { in_console };
    }
    (printed, commands)
}
