//! A folder with a change.

use servicekit::Dialect;
use std::fs;
use std::path::{Path, PathBuf};

#[derive(Debug)]
pub(crate) struct Case {
    pub(crate) name: String,
    folder: PathBuf,
}

/// All of them, by name.
pub(crate) fn all() -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../cases/changes");
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut cases: Vec<Case> = entries
        .filter(|path| path.is_dir())
        .map(|folder| Case { name: folder.file_name().unwrap().to_str().unwrap().to_owned(), folder })
        .collect();
    cases.sort_by(|one, other| one.name.cmp(&other.name));
    cases
}

/// The name of a database in names of files.
pub(crate) fn key(dialect: Dialect) -> &'static str {
    dialect.select("sqlite", "postgres", "mysql")
}

impl Case {
    /// The SQL of a side, if this database has the case: `before.postgres.sql`, or `before.sql` for all.
    pub(crate) fn sql(&self, side: &str, dialect: Dialect) -> Option<String> {
        let own = self.folder.join(format!("{side}.{}.sql", key(dialect)));
        let shared = self.folder.join(format!("{side}.sql"));
        let text = fs::read_to_string(own).or_else(|_| fs::read_to_string(shared)).ok()?;
        let only = text.lines().find_map(|line| line.strip_prefix("-- only: "));
        let is_meant = only.is_none_or(|only| only.split(", ").any(|each| each == key(dialect)));
        is_meant.then_some(text)
    }

    pub(crate) fn expected(&self, dialect: Dialect, extension: &str) -> PathBuf {
        self.folder.join(format!("expected.{}.{extension}", key(dialect)))
    }
}
