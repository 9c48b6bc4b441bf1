//! Names that lead to no regular file: each is an error at once, and costs no memory.

use crate::project::Project;
use insta::assert_snapshot;
use servicekit_chain::Problem;
use servicekit_chain::regular_file::{LARGEST_REVISION, LARGEST_TEXT, Unreadable, read};
use std::fs::{self, File};
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::os::unix::net::UnixListener;
use std::path::Path;
use std::process::Command;

/// What can be found where a file is looked for; a socket lives as long as what is given back.
const KINDS: [&str; 7] = ["pipe", "socket", "zero", "folder", "huge", "dangling", "circle"];

fn put(kind: &str, path: &Path) -> Option<UnixListener> {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    match kind {
        "pipe" => assert!(Command::new("mkfifo").arg(path).status().unwrap().success()),
        "socket" => return Some(UnixListener::bind(path).unwrap()),
        "zero" => symlink("/dev/zero", path).unwrap(),
        "folder" => fs::create_dir(path).unwrap(),
        // A hole, which costs nothing on disk.
        "huge" => File::create(path).unwrap().set_len(1 << 40).unwrap(),
        "dangling" => symlink("nowhere", path).unwrap(),
        "circle" => symlink(path.file_name().unwrap(), path).unwrap(),
        other => panic!("{other}"),
    }
    None
}

/// The first line of every problem, one folder for each kind.
fn lines(name: &str) -> String {
    let lines = KINDS.map(|kind| {
        let project = Project::bare();
        if name != "alembic" && !name.starts_with("alembic/versions") {
            fs::create_dir_all(project.path("alembic/versions")).unwrap();
        }
        let _socket = put(kind, &project.path(name));
        let problems: Vec<String> = project.read().problems.iter().map(Problem::message).collect();
        format!("{kind}: {}\n", problems.join("; "))
    });
    lines.concat()
}

#[test]
fn a_configuration() {
    assert_snapshot!(lines("alembic.toml"), @r"
    pipe: cannot read `alembic.toml`: it is not a regular file
    socket: cannot read `alembic.toml`: it is not a regular file
    zero: cannot read `alembic.toml`: it is not a regular file
    folder: cannot read `alembic.toml`: it is a folder
    huge: cannot read `alembic.toml`: it is larger than 1 MiB
    dangling: cannot read `alembic.toml`: it is a link to something that does not exist
    circle: cannot read `alembic.toml`: too many levels of symbolic links
    ");
}

#[test]
fn a_revision_file() {
    assert_snapshot!(lines("alembic/versions/a1.sql"), @r"
    pipe: cannot read `alembic/versions/a1.sql`: it is not a regular file
    socket: cannot read `alembic/versions/a1.sql`: it is not a regular file
    zero: cannot read `alembic/versions/a1.sql`: it is not a regular file
    folder: `alembic/versions/a1.sql` is a folder, and folders in here are not read
    huge: cannot read `alembic/versions/a1.sql`: it is larger than 256 MiB
    dangling: cannot read `alembic/versions/a1.sql`: it is a link to something that does not exist
    circle: cannot read `alembic/versions/a1.sql`: too many levels of symbolic links
    ");
    assert_snapshot!(lines("alembic/versions/a1.rs"), @r"
    pipe: cannot read `alembic/versions/a1.rs`: it is not a regular file
    socket: cannot read `alembic/versions/a1.rs`: it is not a regular file
    zero: cannot read `alembic/versions/a1.rs`: it is not a regular file
    folder: `alembic/versions/a1.rs` is a folder, and folders in here are not read
    huge: cannot read `alembic/versions/a1.rs`: it is larger than 256 MiB
    dangling: cannot read `alembic/versions/a1.rs`: it is a link to something that does not exist
    circle: cannot read `alembic/versions/a1.rs`: too many levels of symbolic links
    ");
}

#[test]
fn what_runs_before_the_application() {
    assert_snapshot!(lines("alembic/env.rs"), @r"
    pipe: cannot read `alembic/env.rs`: it is not a regular file
    socket: cannot read `alembic/env.rs`: it is not a regular file
    zero: cannot read `alembic/env.rs`: it is not a regular file
    folder: cannot read `alembic/env.rs`: it is a folder
    huge: cannot read `alembic/env.rs`: it is larger than 1 MiB
    dangling: cannot read `alembic/env.rs`: it is a link to something that does not exist
    circle: cannot read `alembic/env.rs`: too many levels of symbolic links
    ");
}

#[test]
fn a_folder() {
    assert_snapshot!(lines("alembic"), @r"
    pipe: `alembic` is a file, not a folder
    socket: `alembic` is a file, not a folder
    zero: `alembic` is a file, not a folder
    folder: `alembic` has no folder `versions`
    huge: `alembic` is a file, not a folder
    dangling: cannot read the folder `alembic`: it is a link to something that does not exist
    circle: cannot read the folder `alembic`: too many levels of symbolic links
    ");
    assert_snapshot!(lines("alembic/versions"), @r"
    pipe: `alembic/versions` is a file, not a folder
    socket: `alembic/versions` is a file, not a folder
    zero: `alembic/versions` is a file, not a folder
    folder: 
    huge: `alembic/versions` is a file, not a folder
    dangling: cannot read the folder `alembic/versions`: it is a link to something that does not exist
    circle: cannot read the folder `alembic/versions`: too many levels of symbolic links
    ");
}

#[test]
fn a_further_folder() {
    let lines = KINDS.map(|kind| {
        let project = Project::new().beside("alembic.toml", "version_locations = [\"more\"]\n");
        let _socket = put(kind, &project.path("more"));
        let problems: Vec<String> = project.read().problems.iter().map(Problem::message).collect();
        format!("{kind}: {}\n", problems.join("; "))
    });
    assert_snapshot!(lines.concat(), @r"
    pipe: `more` is a file, not a folder
    socket: `more` is a file, not a folder
    zero: `more` is a file, not a folder
    folder: 
    huge: `more` is a file, not a folder
    dangling: cannot read the folder `more`: it is a link to something that does not exist
    circle: cannot read the folder `more`: too many levels of symbolic links
    ");
}

#[test]
fn all_of_the_problem_is_said() {
    let project = Project::new();
    put("zero", &project.path("alembic.toml"));
    put("huge", &project.path("alembic/versions/a1.sql"));
    assert_snapshot!(project.problems(), @r"
    error: cannot read `alembic.toml`: it is not a regular file
    --> alembic.toml
    help: check that it is a regular file and that you may read it

    error: cannot read `alembic/versions/a1.sql`: it is larger than 256 MiB
    --> alembic/versions/a1.sql
    help: check that it is a regular file and that you may read it
    ");
}

#[test]
fn a_file_is_read_up_to_its_limit_and_not_a_byte_further() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x");
    fs::write(&path, "12345").unwrap();
    assert_eq!(read(&path, 5).unwrap(), b"12345");
    assert!(matches!(read(&path, 4), Err(Unreadable::TooLarge { limit: 4 })));
    // It says that it is empty, and is not.
    assert!(fs::metadata("/proc/self/maps").unwrap().len() == 0);
    assert!(matches!(read(Path::new("/proc/self/maps"), 10), Err(Unreadable::TooLarge { limit: 10 })));
    assert!(read(Path::new("/proc/self/maps"), LARGEST_REVISION).unwrap().len() > 10);
    for (size, limit) in [(LARGEST_TEXT, LARGEST_TEXT), (LARGEST_TEXT + 1, LARGEST_TEXT)] {
        File::create(&path).unwrap().set_len(size).unwrap();
        assert_eq!(read(&path, limit).is_ok(), size <= limit);
    }
}

#[test]
fn what_may_not_be_read_is_not_taken_for_missing() {
    let project = Project::new();
    let closed = project.path("closed");
    fs::create_dir_all(closed.join("alembic/versions")).unwrap();
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o000)).unwrap();
    let folder = servicekit_chain::Folder::read(&closed.join("alembic"), &project.path(""));
    let is_allowed_all = fs::read_dir(&closed).is_ok();
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o700)).unwrap();
    // The superuser may read everything.
    let expected: &[&str] = if is_allowed_all {
        &[]
    } else {
        &[
            "cannot read `closed/alembic.toml`: permission denied",
            "cannot read the folder `closed/alembic`: permission denied",
        ]
    };
    let problems: Vec<String> = folder.problems.iter().map(Problem::message).collect();
    assert_eq!(problems, expected);
}
