//! `init`: what is written, what is left alone, what is refused.

use crate::project::{Project, shell, shown};
use insta::assert_snapshot;
use std::fs;

const MANIFEST: &str = "# my crate
[package]
name = \"shop\" # as it is called
version = \"0.1.0\"
edition = \"2024\"

[dependencies]
zebra = \"1\" # first on purpose
axum = { version = \"0.8\" }

[profile.dev]
debug = false
";

fn package(manifest: &str) -> Project {
    Project::empty().file("Cargo.toml", manifest).file("src/main.rs", "fn main() {}\n")
}

#[test]
fn a_crate_is_set_up_and_the_manifest_keeps_its_comments_and_its_order() {
    let project = package(MANIFEST);
    assert_snapshot!(project.run("init"), @r#"
    Created alembic/versions/
    Created alembic/versions/.gitkeep
    Created alembic.toml
    Created alembic/env.rs
    Created alembic/revision.sql.template
    Created alembic/revision.rs.template
    Changed Cargo.toml
    Created build.rs
    Next:
      1. put `servicekit::migrations!("alembic");` into `src/main.rs`
      2. create a revision: `servicekit migrations revision -m "create users"`
      3. apply it: `servicekit migrations upgrade`
    "#);
    assert_snapshot!(project.read("Cargo.toml"), @r#"
    # my crate
    [package]
    name = "shop" # as it is called
    version = "0.1.0"
    edition = "2024"

    [dependencies]
    zebra = "1" # first on purpose
    axum = { version = "0.8" }
    servicekit = { version = "0.1.0", features = ["models"] }

    [profile.dev]
    debug = false
    "#);
    assert_snapshot!(project.read("alembic.toml"), @r#"
    # Configuration of the revisions in `alembic/versions`, for the macro, the runtime and the command line.

    # The database of the command line; `--database-url` and `DATABASE_URL` override it.
    database_url = "sqlite://app.db"

    # The kinds of databases that go through these revisions, where there are several.
    # databases = ["sqlite", "postgres"]
    "#);
    assert_snapshot!(project.read("build.rs"), @r#"
    //! Makes cargo notice new revision files.

    fn main() {
        println!("cargo::rerun-if-changed=alembic/versions");
    }
    "#);
    assert_snapshot!(project.run("heads"), @r#"
    [stderr]
    note: there are no revisions in `alembic/versions` yet
    help: create the first one, as in `servicekit migrations revision -m "create users"`
    "#);
    // Twice does no harm.
    assert_snapshot!(project.run("init"), @r#"
    Kept    alembic.toml
    Kept    alembic/env.rs
    Kept    alembic/revision.sql.template
    Kept    alembic/revision.rs.template
    Kept    Cargo.toml
    Kept    build.rs
    Next:
      1. put `servicekit::migrations!("alembic");` into `src/main.rs`
      2. create a revision: `servicekit migrations revision -m "create users"`
      3. apply it: `servicekit migrations upgrade`
    "#);
    assert_snapshot!(project.run("init --json"), @r#"
    {
      "written": [
        {
          "path": "alembic.toml",
          "what": "kept"
        },
        {
          "path": "alembic/env.rs",
          "what": "kept"
        },
        {
          "path": "alembic/revision.sql.template",
          "what": "kept"
        },
        {
          "path": "alembic/revision.rs.template",
          "what": "kept"
        },
        {
          "path": "Cargo.toml",
          "what": "kept"
        },
        {
          "path": "build.rs",
          "what": "kept"
        }
      ],
      "next": [
        "put `servicekit::migrations!(\"alembic\");` into `src/main.rs`",
        "create a revision: `servicekit migrations revision -m \"create users\"`",
        "apply it: `servicekit migrations upgrade`"
      ]
    }
    "#);
}

#[test]
fn another_folder_and_another_database() {
    let project = package("[package]\nname = \"shop\"\n").file("src/lib.rs", "");
    assert_snapshot!(project.run("init --output db/alembic_main --template postgres"), @r#"
    Created db/alembic_main/versions/
    Created db/alembic_main/versions/.gitkeep
    Created db/alembic_main.toml
    Created db/alembic_main/env.rs
    Created db/alembic_main/revision.sql.template
    Created db/alembic_main/revision.rs.template
    Changed Cargo.toml
    Created build.rs
    Next:
      1. put `servicekit::migrations!("db/alembic_main");` into `src/lib.rs`, in its own module
      2. create a revision: `servicekit migrations revision -m "create users" --directory db/alembic_main`
      3. name the database in `DATABASE_URL`, and apply it: `servicekit migrations upgrade --directory db/alembic_main`
    "#);
    assert_snapshot!(project.read("Cargo.toml"), @r#"
    [package]
    name = "shop"

    [dependencies]
    servicekit = { version = "0.1.0", default-features = false, features = ["postgres", "models"] }
    "#);
    assert_snapshot!(project.read("db/alembic_main.toml"), @r#"
    # Configuration of the revisions in `db/alembic_main/versions`, for the macro, the runtime and the command line.

    # The database of the command line; `--database-url` and `DATABASE_URL` override it.
    # database_url = "postgres://user@localhost/name"

    # The kinds of databases that go through these revisions, where there are several.
    # databases = ["sqlite", "postgres"]
    "#);
    let project = package("[package]\nname = \"shop\"\n");
    assert_snapshot!(project.run("init --directory alembic_main --template mysql"), @r#"
    Created alembic_main/versions/
    Created alembic_main/versions/.gitkeep
    Created alembic_main.toml
    Created alembic_main/env.rs
    Created alembic_main/revision.sql.template
    Created alembic_main/revision.rs.template
    Changed Cargo.toml
    Created build.rs
    Next:
      1. put `servicekit::migrations!("alembic_main");` into `src/main.rs`, in its own module
      2. create a revision: `servicekit migrations revision -m "create users" --directory alembic_main`
      3. name the database in `DATABASE_URL`, and apply it: `servicekit migrations upgrade --directory alembic_main`
    "#);
    assert_snapshot!(project.read("Cargo.toml"), @r#"
    [package]
    name = "shop"

    [dependencies]
    servicekit = { version = "0.1.0", default-features = false, features = ["mysql", "models"] }
    "#);
}

#[test]
fn nothing_that_is_there_is_overwritten() {
    let manifest = "[package]\nname = \"shop\"\nbuild = \"tools/build.rs\"\n\n[dependencies.servicekit]\nversion = \"0.1\"\ndefault-features = false\n";
    let script = "fn main() {\n    // println!(\"cargo::rerun-if-changed=alembic/versions\");\n}\n";
    let project = package(manifest)
        .file("tools/build.rs", script)
        .file("alembic.toml", "recursive = true\n")
        .revision("aaaa1", "", "create users");
    assert_snapshot!(project.run("init"), @r#"
    Kept    alembic.toml
    Created alembic/env.rs
    Created alembic/revision.sql.template
    Created alembic/revision.rs.template
    Kept    Cargo.toml
    Next:
      1. add `println!("cargo::rerun-if-changed=alembic/versions");` to `main` in `tools/build.rs`, so that cargo notices new files
      2. make sure that `servicekit` in `Cargo.toml` has the features `sqlite` and `models`
      3. put `servicekit::migrations!("alembic");` into `src/main.rs`
      4. create a revision: `servicekit migrations revision -m "create users"`
      5. apply it: `servicekit migrations upgrade`
    "#);
    assert_eq!(project.read("Cargo.toml"), manifest);
    assert_eq!(project.read("tools/build.rs"), script);
    assert_eq!(project.read("alembic.toml"), "recursive = true\n");
    assert!(!project.path("alembic/versions/.gitkeep").exists());
    let off = package("[package]\nname = \"shop\"\nbuild = false\n");
    assert_snapshot!(off.run("init"), @r#"
    Created alembic/versions/
    Created alembic/versions/.gitkeep
    Created alembic.toml
    Created alembic/env.rs
    Created alembic/revision.sql.template
    Created alembic/revision.rs.template
    Changed Cargo.toml
    Next:
      1. `Cargo.toml` says `build = false`: allow a build script, with `println!("cargo::rerun-if-changed=alembic/versions");` in its `main`, so that cargo notices new files
      2. put `servicekit::migrations!("alembic");` into `src/main.rs`
      3. create a revision: `servicekit migrations revision -m "create users"`
      4. apply it: `servicekit migrations upgrade`
    "#);
    let done = package("[package]\nname = \"shop\"\n")
        .file("build.rs", "fn main() {\n    println!(\"cargo:rerun-if-changed=alembic/versions\");\n}\n");
    assert!(done.run("init").contains("Kept    build.rs"));
}

#[test]
fn what_is_no_crate_is_refused_and_nothing_is_written() {
    let written = |project: &Project| fs::read_dir(project.path("")).unwrap().count();
    let empty = Project::empty();
    assert_snapshot!(empty.run("init"), @"
    [stderr]
    error: there is no `Cargo.toml` in the current folder
    help: create a crate first, as with `cargo new`, and go into its folder
    [exit 1]
    ");
    assert_eq!(written(&empty), 0);
    let workspace = Project::empty().file("Cargo.toml", "[workspace]\nmembers = [\"a\"]\n");
    assert_snapshot!(workspace.run("init"), @"
    [stderr]
    error: the `Cargo.toml` in the current folder is that of a workspace, and of no package
    help: go into the folder of the package that the revisions belong to
    [exit 1]
    ");
    assert_eq!(written(&workspace), 1);
    let broken = Project::empty().file("Cargo.toml", "[package\n");
    assert_snapshot!(broken.run("init"), @"
    [stderr]
    error: `Cargo.toml` is not valid TOML: TOML parse error at line 1, column 9
      |
    1 | [package
      |         ^
    unclosed table, expected `]`
    help: fix it first; nothing was written
    [exit 1]
    ");
    assert_eq!(written(&broken), 1);
    let outside = package(MANIFEST);
    assert_snapshot!(outside.run("init --output ../alembic"), @"
    [stderr]
    error: `../alembic` cannot be the folder of the revisions
    help: name one inside of the crate, of letters, digits, `_`, `-`, `.` and `/`, as in `--output alembic_main`
    [exit 2]
    ");
    assert_snapshot!(outside.run("init --output 'a b' --json"), @r#"
    {
      "error": {
        "code": "bad_directory",
        "message": "`a b` cannot be the folder of the revisions",
        "help": "name one inside of the crate, of letters, digits, `_`, `-`, `.` and `/`, as in `--output alembic_main`"
      }
    }
    [exit 2]
    "#);
    assert_snapshot!(outside.run("init --template oracle"), @"
    [stderr]
    error: invalid value 'oracle' for '--template <TEMPLATE>'
      [possible values: sqlite, postgres, mysql]

    For more information, try '--help'.
    [exit 2]
    ");
    assert_eq!(outside.read("Cargo.toml"), MANIFEST);
}

#[test]
fn cargo_alembic_is_the_same_program() {
    let project = Project::with_a_line();
    let run = |command: &str| shown(&shell(&project.path(""), command));
    assert_snapshot!(run("cargo-alembic alembic heads"), @"cccc1 (head), create orders");
    assert_snapshot!(run("cargo-alembic alembic nonsense"), @"
    [stderr]
    error: unrecognized subcommand 'nonsense'

    Usage: cargo alembic [OPTIONS] <COMMAND>

    For more information, try '--help'.
    [exit 2]
    ");
    assert_snapshot!(run("cargo-alembic alembic show nosuch --json"), @r#"
    {
      "error": {
        "code": "unknown_revision",
        "message": "Can't locate revision identified by `nosuch` in `alembic/versions`",
        "help": "`servicekit migrations history` lists every revision"
      }
    }
    [exit 4]
    "#);
    let servicekit = run("servicekit migrations history");
    assert_eq!(run("cargo-alembic alembic history"), servicekit);
}
