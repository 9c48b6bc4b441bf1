//! From `cargo new` to an applied revision, with the real cargo: the commands that the guide names.

#[cfg(all(feature = "postgres", feature = "mysql"))]
mod autogenerate;
#[cfg(all(feature = "postgres", feature = "mysql"))]
mod inspect;
#[cfg(all(feature = "postgres", feature = "mysql"))]
mod models;
#[cfg(all(feature = "postgres", feature = "mysql"))]
mod replay;
mod worker;

use crate::project::shown;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A crate that `cargo new` made.
struct Crate {
    folder: PathBuf,
    _temporary: tempfile::TempDir,
}

impl Crate {
    fn new(name: &str, kind: &str) -> Self {
        let temporary = tempfile::tempdir().unwrap();
        let root = temporary.path().canonicalize().unwrap();
        let made = Self { folder: root.join(name), _temporary: temporary };
        Self::run_in(&root, "cargo", &["new", "--quiet", "--vcs", "none", kind, "--name", name, name]);
        // What is looked up is what this workspace has.
        fs::copy(workspace().join("Cargo.lock"), made.folder.join("Cargo.lock")).unwrap();
        made
    }

    /// Runs a program, which must succeed, and gives its stdout.
    fn run(&self, program: &str, arguments: &[&str]) -> String {
        Self::run_in(&self.folder, program, arguments)
    }

    fn run_in(folder: &Path, program: &str, arguments: &[&str]) -> String {
        let output = Self::command_in(folder, program, arguments).output().unwrap();
        assert!(output.status.success(), "{program} {arguments:?}\n{}", shown(&output));
        String::from_utf8(output.stdout).unwrap()
    }

    fn command_in(folder: &Path, program: &str, arguments: &[&str]) -> Command {
        let program = match program {
            "servicekit" => env!("CARGO_BIN_EXE_servicekit"),
            "cargo" => env!("CARGO"),
            other => other,
        };
        let programs = Path::new(env!("CARGO_BIN_EXE_servicekit")).parent().unwrap();
        let mut command = Command::new(program);
        command
            .args(arguments)
            .current_dir(folder)
            .env("PATH", format!("{}:{}", programs.display(), std::env::var("PATH").unwrap()))
            .env("CARGO_NET_OFFLINE", "true")
            .env("CARGO_TARGET_DIR", target())
            .env("CARGO_TERM_COLOR", "never")
            .env("CARGO_INCREMENTAL", "0")
            .env("CARGO_PROFILE_DEV_DEBUG", "0")
            .env_remove("RUSTFLAGS")
            .env_remove("CARGO_ENCODED_RUSTFLAGS")
            .env_remove("DATABASE_URL");
        command
    }

    /// `servicekit migrations` with these arguments, which blanks separate; not started yet.
    fn command(&self, arguments: &str) -> Command {
        let arguments: Vec<&str> = ["migrations"].into_iter().chain(arguments.split_whitespace()).collect();
        Self::command_in(&self.folder, "servicekit", &arguments)
    }

    /// Runs a command line as a person would type it.
    fn shell(&self, command_line: &str) -> Output {
        Self::command_in(&self.folder, "sh", &["-c", command_line]).output().unwrap()
    }

    fn output(&self, arguments: &str) -> Output {
        self.command(arguments).output().unwrap()
    }

    /// Runs several command lines, one after the other; each with what it printed.
    fn session(&self, command_lines: &[&str]) -> String {
        let shown =
            command_lines.iter().map(|line| format!("$ {line}\n{}", without_cargo(&self.output(line))));
        shown.collect()
    }

    fn migrations(&self, arguments: &[&str]) -> String {
        self.run("servicekit", &[&["migrations"], arguments].concat())
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.folder.join(path)).unwrap()
    }

    fn write(&self, path: &str, text: &str) {
        fs::write(self.folder.join(path), text).unwrap();
    }

    /// Turns on further features of the library, which `init` has added.
    #[cfg(all(feature = "postgres", feature = "mysql"))]
    fn add_features(&self, features: &str) {
        let (manifest, models) = (self.read("Cargo.toml"), "\"models\"]");
        assert!(manifest.contains(models), "{manifest}");
        self.write("Cargo.toml", &manifest.replace(models, &format!("\"models\", {features}]")));
    }

    /// The library is that of this workspace, as long as it is on no registry; tokio is the application's own.
    fn patch(&self) {
        let (runtime, manifest) = (workspace().join("runtime"), self.read("Cargo.toml"));
        self.write(
            "Cargo.toml",
            &format!(
                "{manifest}tokio = {{ version = \"1\", features = [\"macros\", \"rt-multi-thread\"] }}\n\n\
                 [patch.crates-io]\nservicekit = {{ path = {:?} }}\n\n[workspace]\n",
                runtime.display().to_string()
            ),
        );
    }
}

/// What a program printed, without the lines by which cargo tells what it does.
fn without_cargo(output: &Output) -> String {
    without_cargo_lines(&shown(output))
}

fn without_cargo_lines(text: &str) -> String {
    let is_cargo = |line: &&str| {
        let word = line.trim_start().split(' ').next().unwrap_or_default();
        line.starts_with("   ")
            && ["Compiling", "Finished", "Blocking", "Updating", "Locking", "Adding"].contains(&word)
    };
    text.split_inclusive('\n').filter(|line| !is_cargo(line)).collect()
}

fn workspace() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

/// Shared with the projects of `ui-tests`, so that the dependencies are compiled once.
fn target() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap().join("cargo-projects")
}

const USERS: &str = "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);";

/// Writes the statements of a new revision where its file wants them.
fn fill(project: &Crate, path: &str, upgrade: &str, downgrade: &str) {
    let text = project.read(path);
    let text = text.replacen("-- +upgrade\n", &format!("-- +upgrade\n{upgrade}\n"), 1);
    project.write(path, &text.replacen("-- +downgrade\n", &format!("-- +downgrade\n{downgrade}\n"), 1));
}

#[test]
fn a_program_is_set_up_gets_a_revision_and_applies_it() {
    let shop = Crate::new("init_binary", "--bin");
    let said = shop.migrations(&["init"]);
    assert!(said.contains("into `src/main.rs`"), "{said}");
    shop.patch();
    shop.write(
        "src/main.rs",
        "servicekit::migrations!(\"alembic\");\n\n#[tokio::main]\nasync fn main() -> Result<(), servicekit::Error> {\n    \
         let database = servicekit::SqliteDatabaseBuilder::from_file(\"app.db\").with_migrations(MIGRATIONS).build();\n    \
         let report = database.init().await?;\n    println!(\"at {}, {} applied now\", report.to, report.steps.len());\n    \
         Ok(())\n}\n",
    );
    assert_eq!(shop.run("cargo", &["run", "--quiet"]), "at base, 0 applied now\n");

    shop.migrations(&["revision", "-m", "create users", "--rev-id", "a1"]);
    fill(&shop, "alembic/versions/a1_create_users.sql", USERS, "DROP TABLE users;");
    let said = shop.migrations(&["upgrade"]);
    assert!(said.contains("The database went from <base> to a1: 1 revision"), "{said}");
    assert_eq!(shop.migrations(&["current"]), "a1 (head)\n");

    // The build script tells cargo of a file that is new: the program has it without being touched.
    shop.migrations(&["revision", "-m", "fill users", "--rev-id", "b2", "--format", "rs"]);
    assert_eq!(shop.run("cargo", &["run", "--quiet"]), "at b2, 1 applied now\n");
    assert_eq!(shop.migrations(&["current"]), "b2 (head)\n");

    // What is in Rust is run by the application, which is built for it.
    let said = shop.migrations(&["downgrade", "base"]);
    assert!(said.contains("The database went from b2 to <base>: 2 revisions in"), "{said}");
}

#[test]
fn a_library_is_set_up_and_a_test_of_it_has_a_migrated_database() {
    let shop = Crate::new("init_library", "--lib");
    let said = shop.migrations(&["init", "--output", "alembic_main"]);
    assert!(said.contains("into `src/lib.rs`, in its own module"), "{said}");
    shop.patch();
    shop.migrations(&["revision", "-m", "create users", "--rev-id", "a1", "--directory", "alembic_main"]);
    fill(&shop, "alembic_main/versions/a1_create_users.sql", USERS, "DROP TABLE users;");
    shop.write(
        "src/lib.rs",
        "pub mod main_database {\n    servicekit::migrations!(\"alembic_main\");\n}\n\n\
         #[derive(servicekit::Table)]\npub struct User {\n    #[column(primary_key)]\n    pub id: i64,\n}\n\n#[cfg(test)]\nmod tests {\n    \
         #[tokio::test]\n    async fn there_are_users() {\n        \
         let database = servicekit::SqliteDatabaseBuilder::in_memory()\n            \
         .with_migrations(super::main_database::MIGRATIONS)\n            .build();\n        \
         assert_eq!(database.init().await.unwrap().to.to_string(), \"a1\");\n    }\n}\n",
    );
    // The other test is the one by which the command line gets at revisions in Rust; here it does nothing.
    let said = shop.run("cargo", &["test", "--quiet", "--lib"]);
    assert!(said.contains("2 passed"), "{said}");
    // A first model needs nothing more.
    let said = shop.migrations(&["models", "--directory", "alembic_main"]);
    assert_eq!(said, "users  init_library::User at src/lib.rs:6\n  id  big integer, primary key\n");
}
