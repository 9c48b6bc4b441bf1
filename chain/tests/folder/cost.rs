//! What reading a folder costs without optimisation, as it is for the macro in a debug build.

use crate::project::Project;
use servicekit_chain::Folder;
use std::time::{Duration, Instant};

const REVISIONS: usize = 1_000;

/// The best of a few reads: the others waited for something else on the machine.
fn best(project: &Project) -> (Duration, Folder) {
    let read = || {
        let start = Instant::now();
        let folder = project.read();
        (start.elapsed(), folder)
    };
    (0..9).map(|_| read()).min_by_key(|(time, _)| *time).unwrap()
}

#[test]
fn a_thousand_sql_revisions_are_read_and_checked_in_a_fraction_of_a_second() {
    let mut project = Project::new();
    for number in 0..REVISIONS {
        let parent = number.checked_sub(1).map(|before| format!("-- down_revision: {before:012x}\n"));
        let text = format!(
            "-- add column number {number} to users\n--\n-- revision: {number:012x}\n{}-- created: 2026-01-02 10:00:00\n\n\
             -- +upgrade\nALTER TABLE users ADD COLUMN c{number} TEXT NOT NULL DEFAULT 'none';\n\
             CREATE INDEX users_c{number} ON users (c{number});\n\n\
             -- +downgrade\nDROP INDEX users_c{number};\nALTER TABLE users DROP COLUMN c{number};\n",
            parent.unwrap_or_default()
        );
        project = project.file(&format!("{number:012x}_add_column_{number}.sql"), text);
    }
    let (time, folder) = best(&project);
    println!("{REVISIONS} .sql revisions read and checked in {time:?}");
    assert_eq!((folder.problems.len(), folder.files.len()), (0, REVISIONS));
    assert_eq!(folder.graph.unwrap().len(), REVISIONS);
    // Far above what it takes, so that only a change of kind fails on a busy machine.
    assert!(time < Duration::from_millis(600), "{time:?}");
}

#[test]
fn a_thousand_rust_revisions_are_read_and_checked_in_a_fraction_of_a_second() {
    let mut project = Project::new();
    for number in 0..REVISIONS {
        let parent = number.checked_sub(1).map(|before| format!("down_revision: \"{before:012x}\","));
        project = project.rust(&format!("{number:012x}"), &parent.unwrap_or_default());
    }
    let (time, folder) = best(&project);
    println!("{REVISIONS} .rs revisions read and checked in {time:?}");
    assert_eq!((folder.problems.len(), folder.files.len()), (0, REVISIONS));
    assert!(time < Duration::from_secs(1), "{time:?}");
}
