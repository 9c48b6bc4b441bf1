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
        self.sql(id, down_revision, message, "SELECT 1;", "SELECT 2;")
    }

    /// Adds an SQL revision with these sides; further header lines may follow the message.
    pub(crate) fn sql(
        self,
        id: &str,
        down_revision: &str,
        message: &str,
        upgrade: &str,
        downgrade: &str,
    ) -> Self {
        let down = if down_revision.is_empty() {
            String::new()
        } else {
            format!("-- down_revision: {down_revision}\n")
        };
        let text = format!(
            "-- {message}\n-- revision: {id}\n{down}-- +upgrade\n{upgrade}\n-- +downgrade\n{downgrade}\n"
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
        shown(&self.command(arguments).output().unwrap())
    }

    /// The program with these arguments as they are, not started yet.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_servicekit"));
        command.arg("migrations").args(arguments).current_dir(self.folder.path()).env_remove("DATABASE_URL");
        command
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
    let mut shell = Command::new("sh");
    shell.args(["-c", command]).current_dir(folder).env("PATH", path).env_remove("DATABASE_URL");
    shell.output().unwrap()
}

pub(crate) fn shown(output: &Output) -> String {
    let text = |bytes: &[u8]| without_times(std::str::from_utf8(bytes).unwrap());
    let heading = if output.stderr.is_empty() { "" } else { "[stderr]\n" };
    let exit = match output.status.code() {
        Some(0) => String::new(),
        code => format!("[exit {}]\n", code.unwrap()),
    };
    [text(&output.stdout), heading.to_owned(), text(&output.stderr), exit].concat()
}

/// Where the documents of `--json` have a span of time.
const FIELD: &str = "\"elapsed_ms\": ";

/// The text with `[TIME]` for every time such as `2026-11-22T16:55:52Z` or `2026-11-22T16:55:52.123Z`, and for every
/// span of time such as `12.3 ms`.
pub(crate) fn without_times(text: &str) -> String {
    let mut shown = String::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if let Some(length) = number_behind(FIELD, rest) {
            shown.push_str(FIELD);
            shown.push_str("\"[TIME]\"");
            rest = &rest[length..];
        } else if let Some(length) = time(rest) {
            shown.push_str("[TIME]");
            rest = &rest[length..];
        } else if let Some(length) =
            span_of_time(rest).filter(|_| !shown.ends_with(|c: char| c.is_ascii_digit() || c == '.'))
        {
            // Numbers stand below each other.
            shown.truncate(shown.trim_end_matches(' ').len());
            shown.push_str(" [TIME]");
            rest = &rest[length..];
        } else {
            shown.push(c);
            rest = &rest[c.len_utf8()..];
        }
    }
    shown
}

/// The length of the time that a text begins with.
fn time(text: &str) -> Option<usize> {
    const PATTERNS: [&str; 2] = ["dddd-dd-ddTdd:dd:ddZ", "dddd-dd-ddTdd:dd:dd.dddZ"];
    let fits = |pattern: &&&str| {
        let fits = |(c, p): (char, char)| if p == 'd' { c.is_ascii_digit() } else { c == p };
        text.get(..pattern.len()).is_some_and(|time| time.chars().zip(pattern.chars()).all(fits))
    };
    PATTERNS.iter().find(fits).map(|pattern| pattern.len())
}

/// The length of `12.3 ms` or `1.2 s` at the beginning of a text.
fn span_of_time(text: &str) -> Option<usize> {
    let length = number_behind("", text)?;
    let unit = [" ms", " s"].into_iter().find(|unit| text[length..].starts_with(unit))?;
    let is_unit = !text[length + unit.len()..].starts_with(char::is_alphabetic);
    is_unit.then_some(length + unit.len())
}

/// The length of a prefix and a number such as `12.3` behind it.
fn number_behind(prefix: &str, text: &str) -> Option<usize> {
    let text = text.strip_prefix(prefix)?;
    let whole = text.bytes().take_while(u8::is_ascii_digit).count();
    let rest = text.get(whole..)?.strip_prefix('.')?;
    let part = rest.bytes().take_while(u8::is_ascii_digit).count();
    (whole > 0 && part > 0).then_some(prefix.len() + whole + 1 + part)
}
