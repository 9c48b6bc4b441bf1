//! Which files are revisions, which are left alone, which are errors.

use crate::project::Project;
use insta::assert_snapshot;
use servicekit_chain::{Folder, Place, Problem, Source};
use std::fs;
use std::path::Path;
use std::sync::Arc;

#[test]
fn a_missing_folder_is_reported_with_the_command_that_makes_it() {
    assert_snapshot!(Project::bare().problems(), @r#"
    error: there is no folder `alembic`
    help: make the folder `alembic/versions`, or name the folder that holds `versions/`
    "#);
}

#[test]
fn a_folder_without_versions_is_told_what_is_missing() {
    let project = Project::bare().beside("alembic/env.rs", "");
    assert_snapshot!(project.problems(), @r#"
    error: `alembic` has no folder `versions`
    help: make the folder `alembic/versions`, or name the folder that holds `versions/`
    "#);
    let folder = Folder::read(&Project::new().path("alembic/versions"), Path::new("/"));
    let helps: Vec<Option<String>> = folder.problems.iter().map(Problem::help).collect();
    assert_eq!(helps, [Some("name the folder that holds `versions/`, not `versions/` itself".to_owned())]);
}

#[test]
fn a_file_in_place_of_a_folder_is_told_apart_from_a_missing_one() {
    assert_snapshot!(Project::bare().beside("alembic", "").problems(), @r#"
    error: `alembic` is a file, not a folder
    help: name the folder that holds `versions/`
    "#);
    assert_snapshot!(Project::bare().beside("alembic/versions", "").problems(), @r#"
    error: `alembic/versions` is a file, not a folder
    help: revision files belong in a folder of that name
    "#);
}

#[test]
fn a_folder_that_cannot_be_listed_is_reported_with_the_reason() {
    let place = Place::new(&Arc::new(Source::new("alembic/versions", "", "")), 0..0);
    let problem = Problem::UnreadableFolder { place, reason: "permission denied".to_owned() };
    assert_snapshot!(problem.render(false), @r#"
    error: cannot read the folder `alembic/versions`: permission denied
    --> alembic/versions
    help: check that it exists and that you may read it
    "#);
}

#[cfg(unix)]
#[test]
fn a_file_that_cannot_be_read_is_reported_with_the_reason() {
    let project = Project::new().sql("a1", "", "").sql("c3", "b2", "");
    std::os::unix::fs::symlink("nowhere", project.path("alembic/versions/b2_x.sql")).unwrap();
    assert_snapshot!(project.problems(), @r#"
    error: cannot read `alembic/versions/b2_x.sql`: it is a link to something that does not exist
    --> alembic/versions/b2_x.sql
    help: check that it is a regular file and that you may read it
    "#);
}

#[cfg(unix)]
#[test]
fn a_pipe_is_not_waited_for() {
    let project = Project::new();
    let _listener = std::os::unix::net::UnixListener::bind(project.path("alembic/versions/a1.sql")).unwrap();
    std::os::unix::fs::symlink("a1.sql", project.path("alembic/versions/b2.sql")).unwrap();
    assert_snapshot!(project.problems(), @r#"
    error: cannot read `alembic/versions/a1.sql`: it is not a regular file
    --> alembic/versions/a1.sql
    help: check that it is a regular file and that you may read it

    error: cannot read `alembic/versions/b2.sql`: it is not a regular file
    --> alembic/versions/b2.sql
    help: check that it is a regular file and that you may read it
    "#);
}

#[test]
fn a_file_that_is_not_utf8_is_reported_at_the_wrong_byte() {
    let project = Project::new().file("a1_x.sql", b"-- x\n-- revision: a1\n-- +upgrade\nSELECT 'caf\xe9';\n");
    assert_snapshot!(project.problems(), @r#"
    error: this file is not UTF-8: the byte at offset 44 is wrong
     --> alembic/versions/a1_x.sql:4:12
      |
    4 | SELECT 'caf�';
      |            ^ not UTF-8
      |
    help: save the file as UTF-8
    "#);
}

#[test]
fn a_utf16_file_is_called_so() {
    let mut bytes = vec![0xff, 0xfe];
    bytes.extend("-- revision: a1\n-- +upgrade\n".encode_utf16().flat_map(u16::to_le_bytes));
    let project = Project::new().file("users.sql", bytes).sql("b2", "a1", "");
    assert_snapshot!(project.problems(), @r#"
    error: this file is UTF-16, not UTF-8
     --> alembic/versions/users.sql:1:1
      |
    1 | -- revision: a1
      | ^ not UTF-8
      |
    help: save the file as UTF-8
    "#);
}

#[cfg(unix)]
#[test]
fn a_file_name_that_is_not_utf8_is_reported() {
    use std::os::unix::ffi::OsStrExt;
    let project = Project::new();
    let name = std::ffi::OsStr::from_bytes(b"a1_caf\xe9.sql");
    fs::write(project.path("alembic/versions").join(name), "").unwrap();
    assert_snapshot!(project.problems(), @r#"
    error: the name of `alembic/versions/a1_caf�.sql` is not UTF-8
    --> alembic/versions/a1_caf�.sql
    help: rename the file
    "#);
}

#[test]
fn files_that_are_no_revisions_are_errors() {
    let project = Project::new().file("a1_users.py", "").file("notes.txt", "").file("Makefile", "");
    assert_snapshot!(project.problems(), @r#"
    error: `alembic/versions/Makefile` is not a revision file
    --> alembic/versions/Makefile
    help: revisions are `.sql` or `.rs` files: move this one away (hidden files, `README*`, `mod.rs` and what editors leave behind may stay)

    error: `alembic/versions/a1_users.py` is not a revision file
    --> alembic/versions/a1_users.py
    help: revisions are `.sql` or `.rs` files: write this one as such, and move the Python file away

    error: `alembic/versions/notes.txt` is not a revision file
    --> alembic/versions/notes.txt
    help: revisions are `.sql` or `.rs` files: move this one away (hidden files, `README*`, `mod.rs` and what editors leave behind may stay)
    "#);
}

#[test]
fn folders_are_errors_unless_they_are_asked_for() {
    let project = Project::new()
        .sql("a1", "", "")
        .file("2026/b2.sql", "-- revision: b2\n-- down_revision: a1\n-- +upgrade\n");
    assert_snapshot!(project.problems(), @r#"
    error: `alembic/versions/2026` is a folder, and folders in here are not read
    --> alembic/versions/2026
    help: set `recursive = true` in the configuration to read folders too, or move it away
    "#);
    let project = project.beside("alembic.toml", "recursive = true\n");
    assert_snapshot!(project.problems(), @"");
    assert_eq!(project.read().graph.unwrap().heads().to_string(), "b2");
}

#[test]
fn what_editors_and_tools_leave_behind_is_left_alone() {
    let mut project = Project::new().sql("a1", "", "");
    for name in [
        "README",
        "README.md",
        "readme.txt",
        ".gitkeep",
        ".gitignore",
        ".DS_Store",
        ".#a1.sql",
        "#a1.sql#",
        "a1.sql~",
        "a1.sql.swp",
        ".a1.sql.swo",
        "a1.sql.bak",
        "a1.rs.bk",
        "a1.sql.orig",
        "a1.sql.rej",
        "a1.sql.tmp",
        "a1.sql.old",
        "a1.sql___jb_tmp___",
        "mod.rs",
        "Thumbs.db",
        "desktop.ini",
        "__pycache__/a1.pyc",
        ".git/x",
    ] {
        project = project.file(name, "what is in it does not matter");
    }
    assert_snapshot!(project.problems(), @"");
    assert_eq!(project.read().files.len(), 1);
}

#[test]
fn further_folders_stand_beside_the_configuration() {
    let project = Project::new()
        .sql("a1", "", "")
        .beside("more/versions/b2.sql", "-- revision: b2\n-- down_revision: a1\n-- +upgrade\n")
        .beside(
            "alembic.toml",
            "version_locations = [\"more/versions\", \"alembic/versions\", \"./more/../more/versions\"]\n",
        );
    assert_snapshot!(project.problems(), @"");
    let names: Vec<String> = project.read().files.iter().map(|file| file.source.name.clone()).collect();
    assert_eq!(names, ["alembic/versions/a1_make.sql", "more/versions/b2.sql"]);
}

#[test]
fn a_further_folder_may_stand_inside_the_first_one() {
    let project = Project::new()
        .sql("a1", "", "")
        .file("more/b2.sql", "-- revision: b2\n-- down_revision: a1\n-- +upgrade\n")
        .beside("alembic.toml", "version_locations = [\"alembic/versions/more\"]\n");
    assert_snapshot!(project.problems(), @"");
    assert_eq!(project.read().files.len(), 2);
}

#[test]
fn further_folders_that_are_not_there_are_reported_in_the_configuration() {
    let project = Project::new()
        .beside("file", "")
        .beside("alembic.toml", "version_locations = [\n  \"none\",\n  \"file\",\n]\n");
    assert_snapshot!(project.problems(), @r#"
    error: there is no folder `none`
     --> alembic.toml:2:4
      |
    2 |   "none",
      |    ^^^^ no such folder
      |
    help: the folders in `version_locations` are relative to the configuration file

    error: `file` is a file, not a folder
     --> alembic.toml:3:4
      |
    3 |   "file",
      |    ^^^^ this is a file
      |
    help: the folders in `version_locations` are relative to the configuration file
    "#);
}

#[cfg(unix)]
#[test]
fn links_are_followed_and_links_in_a_circle_end() {
    let project = Project::new()
        .beside("alembic.toml", "recursive = true\n")
        .beside("elsewhere/b2.sql", "-- revision: b2\n-- down_revision: a1\n-- +upgrade\n")
        .beside("shared/c3.sql", "-- revision: c3\n-- down_revision: b2\n-- +upgrade\n")
        .sql("a1", "", "");
    let link = |to: &Path, from: &str| std::os::unix::fs::symlink(to, project.path(from)).unwrap();
    link(&project.path("elsewhere/b2.sql"), "alembic/versions/b2.sql");
    link(&project.path("shared"), "alembic/versions/shared");
    link(&project.path("alembic/versions"), "shared/back");
    assert_snapshot!(project.problems(), @"");
    let folder = project.read();
    let names: Vec<&str> = folder.files.iter().map(|file| file.source.name.as_str()).collect();
    assert_eq!(
        names,
        ["alembic/versions/a1_make.sql", "alembic/versions/b2.sql", "alembic/versions/shared/c3.sql"]
    );
}

#[test]
fn names_are_relative_to_where_the_reader_stands_when_they_can_be() {
    let project = Project::new().file("a1.txt", "");
    let name = |base: &Path| {
        let folder = Folder::read(&project.path("alembic/../alembic"), base);
        folder.problems.first().unwrap().place().unwrap().source.name.clone()
    };
    assert_eq!(name(&project.path("")), "alembic/versions/a1.txt");
    assert_eq!(name(&project.path("alembic")), "versions/a1.txt");
    let elsewhere = name(Path::new("/nowhere"));
    assert!(elsewhere.ends_with("/alembic/../alembic/versions/a1.txt"), "{elsewhere}");
}
