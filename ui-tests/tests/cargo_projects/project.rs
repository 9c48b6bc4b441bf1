//! A real cargo project in a temporary folder.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tempfile::TempDir;

/// A package in a folder of its own that depends on the crates of this workspace.
///
/// All projects share one target folder, so that the dependencies are compiled once, and the workspace's
/// `Cargo.lock`, so that nothing is looked up.
pub(crate) struct Project {
    root: PathBuf,
    _temporary: TempDir,
}

/// What a run of cargo said.
pub(crate) struct Said {
    pub(crate) success: bool,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Project {
    /// A package whose name must be its own among all tests, in a folder of the same name.
    pub(crate) fn new(name: &str) -> Self {
        Self::in_folder(name, name)
    }

    /// A package in a folder with another name.
    pub(crate) fn in_folder(name: &str, folder: &str) -> Self {
        let project = Self::empty(folder);
        project.write("Cargo.toml", format!("{}\n[workspace]\n", manifest(name)));
        project
    }

    /// A folder with a lock file and nothing else, for a workspace.
    pub(crate) fn empty(folder: &str) -> Self {
        let temporary = tempfile::tempdir().unwrap();
        // The compiler names resolved paths; on some systems the temporary folder is a link.
        let root = temporary.path().canonicalize().unwrap().join(folder);
        fs::create_dir_all(&root).unwrap();
        fs::copy(workspace().join("Cargo.lock"), root.join("Cargo.lock")).unwrap();
        Self { root, _temporary: temporary }
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.root.join(path)
    }

    /// Writes a file and the folders it needs.
    pub(crate) fn write(&self, path: &str, text: impl AsRef<[u8]>) -> &Self {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
        self
    }

    /// Writes `alembic/versions/<id>.sql`, following `down_revision` unless that is empty.
    pub(crate) fn sql(&self, id: &str, down_revision: &str) -> &Self {
        self.write(&format!("alembic/versions/{id}.sql"), sql(id, down_revision))
    }

    pub(crate) fn remove(&self, path: &str) {
        fs::remove_file(self.path(path)).unwrap();
    }

    pub(crate) fn rename(&self, from: &str, to: &str) {
        fs::rename(self.path(from), self.path(to)).unwrap();
    }

    /// Runs cargo in the project.
    pub(crate) fn cargo(&self, arguments: &[&str]) -> Said {
        self.cargo_with(arguments, &[])
    }

    /// Runs cargo in the project with further environment variables.
    pub(crate) fn cargo_with(&self, arguments: &[&str], environment: &[(&str, &str)]) -> Said {
        let Output { status, stdout, stderr } = Command::new(env!("CARGO"))
            .args(arguments)
            .current_dir(&self.root)
            .env("CARGO_NET_OFFLINE", "true")
            .env("CARGO_TARGET_DIR", target())
            .env("CARGO_TERM_COLOR", "never")
            .env("CARGO_INCREMENTAL", "0")
            .env("CARGO_PROFILE_DEV_DEBUG", "0")
            // Set by whoever runs the tests, these are no part of them.
            .env_remove("RUSTFLAGS")
            .env_remove("RUSTDOCFLAGS")
            .env_remove("CARGO_ENCODED_RUSTFLAGS")
            .env_remove("CARGO_BUILD_TARGET")
            .envs(environment.iter().copied())
            .output()
            .unwrap();
        Said {
            success: status.success(),
            stdout: String::from_utf8(stdout).unwrap(),
            stderr: String::from_utf8(stderr).unwrap(),
        }
    }
}

impl Said {
    /// The run, which must have succeeded.
    #[track_caller]
    pub(crate) fn succeeded(self) -> Self {
        assert!(self.success, "cargo failed:\n{}", self.stderr);
        self
    }

    /// The run, which must have failed.
    #[track_caller]
    pub(crate) fn failed(self) -> Self {
        assert!(!self.success, "cargo succeeded:\n{}", self.stderr);
        self
    }

    /// The first lines of the errors, in alphabetical order, without cargo's closing one.
    pub(crate) fn errors(&self) -> Vec<&str> {
        let mut errors: Vec<&str> = self
            .stderr
            .lines()
            .filter(|line| line.starts_with("error") && !line.starts_with("error: could not compile"))
            .collect();
        errors.sort_unstable();
        errors
    }
}

/// A manifest with servicekit as the only dependency.
pub(crate) fn manifest(name: &str) -> String {
    let servicekit = workspace().join("runtime").display().to_string();
    format!(
        "[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n\
         [dependencies]\nservicekit = {{ path = {servicekit:?} }}\n"
    )
}

/// A `.sql` revision.
pub(crate) fn sql(id: &str, down_revision: &str) -> String {
    let parent = match down_revision {
        "" => String::new(),
        parent => format!("-- down_revision: {parent}\n"),
    };
    format!(
        "-- make {id}\n--\n-- revision: {id}\n{parent}\n-- +upgrade\nCREATE TABLE t_{id} (x INTEGER);\n\n\
         -- +downgrade\nDROP TABLE t_{id};\n"
    )
}

/// A `.rs` revision.
pub(crate) fn rust(id: &str, down_revision: &str) -> String {
    format!(
        "//! make {id}\nuse servicekit::revision::*;\n\nrevision! {{\n    id: \"{id}\",\n    \
         down_revision: \"{down_revision}\",\n}}\n\n\
         pub fn upgrade(op: &mut Operations) {{\n    op.execute(\"CREATE TABLE t_{id} (x INTEGER)\");\n}}\n\n\
         pub fn downgrade(op: &mut Operations) {{\n    op.execute(\"DROP TABLE t_{id}\");\n}}\n"
    )
}

/// The root of this workspace.
fn workspace() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

/// The target folder of all projects, inside that of the workspace.
fn target() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap().join("cargo-projects")
}
