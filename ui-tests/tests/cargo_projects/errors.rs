//! What is wrong is said once, where it is.

use crate::project::{Project, Said, rust, sql};

const LIBRARY: &str = "servicekit::migrations!(\"alembic\");\n";

/// Where the errors stand, in the order of the output, with paths from the root of the project.
fn places(project: &Project, said: &Said) -> Vec<String> {
    let root = format!("{}/", project.path("").display()).replace("//", "/");
    said.stderr
        .lines()
        .filter_map(|line| line.trim_start().strip_prefix("--> "))
        .map(|place| place.strip_prefix(&root).unwrap_or(place).to_owned())
        .filter(|place| !place.starts_with('/'))
        .collect()
}

#[test]
fn every_planted_problem_is_one_error() {
    let project = Project::new("planted");
    project.write("src/lib.rs", format!("{LIBRARY}pub use rev::{{R_A1, R_B2, R_C3, R_D4, R_G7, R_K11}};\n"));
    project.write("alembic.toml", "allow = [\"multiple_heads\"]\nversion_tabel = \"1\"\n");
    project.sql("a1", "");
    project.write(
        "alembic/versions/b2.rs",
        rust("b2", "a1").replacen("\"CREATE TABLE t_b2 (x INTEGER)\"", "2", 1),
    );
    project.write("alembic/versions/c3.sql", sql("c3", "b2").replace("+upgrade", "+upgarde"));
    project.write("alembic/versions/d4.rs", rust("d4", "c3").replace("down_revision", "down_revison"));
    project.sql("e5", "nowhere");
    project
        .write("alembic/versions/f6.rs", rust("f6", "e5").replace("\"e5\"", "\"e5\", depends_on: [\"x\"]"));
    project.sql("g7", "f6").write("alembic/versions/g7_again.rs", rust("g7", "f6"));
    project.sql("h8", "i9").write("alembic/versions/i9.rs", rust("i9", "h8"));
    project.write("alembic/versions/j10.rs", "//! no revision\n");
    project.write("alembic/versions/k11.rs", rust("k11", "g7").replace("fn upgrade", "fn upgarde"));
    project.write("alembic/versions/notes.txt", "remember the milk\n");

    let said = project.cargo(&["check", "--quiet"]).failed();
    assert_eq!(
        said.errors(),
        [
            "error: `alembic/versions/notes.txt` is not a revision file",
            "error: revision `e5` follows `nowhere`, which is not in `alembic/versions`",
            "error: revision `f6` depends on `x`, which is not in `alembic/versions`",
            "error: revision `k11` has no function `upgrade`",
            "error: the configuration has no key `version_tabel`",
            "error: these revisions follow each other in a circle: `h8` → `i9` → `h8`",
            "error: this file has no `revision! { … }`",
            "error: two files have the id `g7`",
            "error: unknown directive `+upgarde`",
            "error: unknown key `down_revison`",
            "error[E0277]: the trait bound `String: From<{integer}>` is not satisfied",
        ],
        "{}",
        said.stderr
    );
    assert!(said.stderr.ends_with("error: could not compile `planted` (lib) due to 11 previous errors\n"));
}

#[test]
fn an_error_stands_where_it_is() {
    let project = Project::new("where");
    project.write("src/lib.rs", LIBRARY).sql("a1", "nowhere");
    let b2 = rust("b2", "a1");
    project.write("alembic/versions/b2.rs", b2.replacen("\"CREATE TABLE t_b2 (x INTEGER)\"", "2", 1));
    let c3 = rust("c3", "b2");
    project.write(
        "alembic/versions/c3.rs",
        c3.replace("downgrade(op: &mut Operations)", "downgrade(op: &Operations)"),
    );
    project.write("alembic/versions/d4.rs", rust("d4", "nowhere"));
    let said = project.cargo(&["check", "--quiet"]).failed();
    let mut places = places(&project, &said);
    places.sort_unstable();
    assert_eq!(
        places,
        [
            // The lines of the SQL file, and the literal on which the compiler shows them.
            "alembic/versions/a1.sql:4:19",
            // Errors in the code, and a function of the wrong type on the id of its revision.
            "alembic/versions/b2.rs:10:16",
            "alembic/versions/c3.rs:14:5",
            "alembic/versions/c3.rs:5:9",
            "alembic/versions/d4.rs:6:20",
            "src/lib.rs:1:25",
        ],
        "{}",
        said.stderr
    );
}

#[cfg(unix)]
#[test]
fn a_file_that_cannot_be_read_is_an_error_of_its_own() {
    let project = Project::new("unreadable");
    project.write("src/lib.rs", LIBRARY).sql("a1", "");
    std::os::unix::fs::symlink("nowhere", project.path("alembic/versions/b2.sql")).unwrap();
    std::os::unix::fs::symlink("nowhere", project.path("alembic/versions/c3.rs")).unwrap();
    let said = project.cargo(&["check", "--quiet"]).failed();
    assert_eq!(
        said.errors(),
        [
            "error: cannot read `alembic/versions/b2.sql`: it is a link to something that does not exist",
            "error: cannot read `alembic/versions/c3.rs`: it is a link to something that does not exist",
        ],
        "{}",
        said.stderr
    );
}

/// Other systems refuse such a name.
#[cfg(target_os = "linux")]
#[test]
fn a_file_name_that_is_not_utf8_is_an_error_of_its_own() {
    use std::os::unix::ffi::OsStrExt as _;
    let project = Project::new("bad-name");
    project.write("src/lib.rs", LIBRARY).sql("a1", "");
    let name = std::ffi::OsStr::from_bytes(b"b2_caf\xe9.sql");
    std::fs::write(project.path("alembic/versions").join(name), sql("b2", "a1")).unwrap();
    let said = project.cargo(&["check", "--quiet"]).failed();
    assert_eq!(
        said.errors(),
        ["error: the name of `alembic/versions/b2_caf\u{fffd}.sql` is not UTF-8"],
        "{}",
        said.stderr
    );
}

#[test]
fn a_revision_outside_every_folder_is_checked_by_itself() {
    let project = Project::new("by-hand");
    project.write("src/lib.rs", "pub mod b2;\n");
    project.write("src/b2.rs", rust("b2", "a1"));
    project.cargo(&["check", "--quiet"]).succeeded();

    project.write("src/b2.rs", rust("b2", "a1").replace("down_revision", "down_revison"));
    let said = project.cargo(&["check", "--quiet"]).failed();
    assert_eq!(said.errors(), ["error: unknown key `down_revison`"], "{}", said.stderr);
    assert_eq!(places(&project, &said), ["src/b2.rs:6:5"]);
}
