//! A folder of revisions in a temporary place, and command lines run in it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A directory to run command lines in.
pub(crate) struct Project {
    folder: tempfile::TempDir,
}

impl Project {
    /// A directory with nothing in it.
    pub(crate) fn empty() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// A directory with an empty `alembic/versions`.
    pub(crate) fn new() -> Self {
        let project = Self::empty();
        fs::create_dir_all(project.path("alembic/versions")).unwrap();
        project
    }

    /// `a1 <- b1 <- {c1 (label sales), d1}`, the history with two heads that most tests look at.
    pub(crate) fn with_two_heads() -> Self {
        Self::new()
            .revision("aaaa1", "", "create users")
            .revision("bbbb1", "aaaa1", "add email")
            .revision("cccc1", "bbbb1", "create orders\n-- branch_labels: sales")
            .revision("dddd1", "bbbb1", "index users")
    }

    /// `a1 <- b1 <- c1`.
    pub(crate) fn with_a_line() -> Self {
        Self::new().revision("aaaa1", "", "create users").revision("bbbb1", "aaaa1", "add email").revision(
            "cccc1",
            "bbbb1",
            "create orders",
        )
    }

    /// Adds an SQL revision; further header lines may follow the message.
    pub(crate) fn revision(self, id: &str, down_revision: &str, message: &str) -> Self {
        let down = if down_revision.is_empty() {
            String::new()
        } else {
            format!("-- down_revision: {down_revision}\n")
        };
        let text = format!(
            "-- {message}\n-- revision: {id}\n{down}-- +upgrade\nSELECT 1;\n-- +downgrade\nSELECT 2;\n"
        );
        self.file(&format!("alembic/versions/{id}.sql"), &text)
    }

    /// Adds any file.
    pub(crate) fn file(self, name: &str, text: &str) -> Self {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
        self
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    /// The names in a folder, sorted.
    pub(crate) fn list(&self, folder: &str) -> Vec<String> {
        let entries = fs::read_dir(self.path(folder)).unwrap();
        let mut names: Vec<String> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    /// Runs `servicekit migrations` with these arguments, which a shell splits; what it printed, with headings for
    /// stderr and the exit code where they are not empty and not zero.
    pub(crate) fn run(&self, arguments: &str) -> String {
        let output = shell(self.folder.path(), &format!("servicekit migrations {arguments}"));
        shown(&output)
    }

    /// Runs it with these arguments as they are.
    pub(crate) fn run_exactly(&self, arguments: &[&str]) -> String {
        let mut command = Command::new(env!("CARGO_BIN_EXE_servicekit"));
        let output =
            command.arg("migrations").args(arguments).current_dir(self.folder.path()).output().unwrap();
        shown(&output)
    }

    /// Its stdout as JSON, and its exit code.
    pub(crate) fn json(&self, arguments: &str) -> (serde_json::Value, i32) {
        let output = shell(self.folder.path(), &format!("servicekit migrations {arguments} --json"));
        let stdout = String::from_utf8(output.stdout).unwrap();
        (serde_json::from_str(&stdout).unwrap(), output.status.code().unwrap())
    }
}

/// Runs a command line in which `servicekit` is the program under test.
pub(crate) fn shell(folder: &Path, command: &str) -> Output {
    let program = Path::new(env!("CARGO_BIN_EXE_servicekit")).parent().unwrap();
    let path = format!("{}:{}", program.display(), std::env::var("PATH").unwrap());
    Command::new("sh").args(["-c", command]).current_dir(folder).env("PATH", path).output().unwrap()
}

fn shown(output: &Output) -> String {
    let text = |bytes: &[u8]| without_times(std::str::from_utf8(bytes).unwrap());
    let heading = if output.stderr.is_empty() { "" } else { "[stderr]\n" };
    let exit = match output.status.code() {
        Some(0) => String::new(),
        code => format!("[exit {}]\n", code.unwrap()),
    };
    [text(&output.stdout), heading.to_owned(), text(&output.stderr), exit].concat()
}

/// The text with `[TIME]` for every time such as `2026-11-22T16:55:52Z`.
pub(crate) fn without_times(text: &str) -> String {
    const PATTERN: &str = "dddd-dd-ddTdd:dd:ddZ";
    let fits = |time: &str| {
        time.chars().zip(PATTERN.chars()).all(|(c, p)| if p == 'd' { c.is_ascii_digit() } else { c == p })
    };
    let mut shown = String::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if rest.get(..PATTERN.len()).is_some_and(fits) {
            shown.push_str("[TIME]");
            rest = &rest[PATTERN.len()..];
        } else {
            shown.push(c);
            rest = &rest[c.len_utf8()..];
        }
    }
    shown
}
