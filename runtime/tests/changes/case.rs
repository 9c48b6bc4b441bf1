//! A folder with a change.

use crate::head::{Server, is_meant};
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
    /// The SQL of a side, if this server has the case: `before.postgres.sql`, or `before.sql` for all.
    pub(crate) fn sql(&self, side: &str, server: &Server) -> Option<String> {
        let own = self.folder.join(format!("{side}.{}.sql", key(server.dialect)));
        let shared = self.folder.join(format!("{side}.sql"));
        let text = fs::read_to_string(own).or_else(|_| fs::read_to_string(shared)).ok()?;
        let is_meant = is_meant(&text, server).unwrap_or_else(|error| panic!("{}: {error}", self.name));
        is_meant.then_some(text)
    }

    /// What its first line says.
    pub(crate) fn title(&self) -> Option<String> {
        let files = fs::read_dir(&self.folder).unwrap().map(|entry| entry.unwrap().path());
        let before = files
            .into_iter()
            .find(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("before")))?;
        let text = fs::read_to_string(before).unwrap();
        text.lines().next()?.strip_prefix("-- ").map(str::to_owned)
    }

    pub(crate) fn expected(&self, dialect: Dialect, extension: &str) -> PathBuf {
        self.folder.join(format!("expected.{}.{extension}", key(dialect)))
    }
}
