//! The README shows this package as it is, and it does what the README says.

use std::process::Command;

const README: &str = include_str!("../../../README.md");

#[test]
fn the_readme_shows_these_files() {
    let files = [
        include_str!("../alembic/versions/7f3c2b1a9d4e_create_users.sql"),
        include_str!("../src/main.rs"),
        include_str!("../build.rs"),
    ];
    for file in files {
        assert!(README.contains(file.trim_end()), "the README lacks or changes:\n{file}");
    }
}

#[test]
fn the_first_start_applies_and_the_second_has_nothing_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let start = || {
        let output = Command::new(env!("CARGO_BIN_EXE_hello")).current_dir(folder.path()).output().unwrap();
        String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap()
    };
    assert_eq!(start(), "at 7f3c2b1a9d4e, 1 applied now\n");
    assert_eq!(start(), "at 7f3c2b1a9d4e, 0 applied now\n");
}
