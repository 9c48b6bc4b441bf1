//! A folder of revisions in a temporary place.

use servicekit_chain::Folder;
use std::fs;
use std::path::PathBuf;

/// A temporary folder that holds `alembic/versions/` and what a test puts beside it.
pub(crate) struct Project {
    root: tempfile::TempDir,
}

impl Project {
    /// With an empty `alembic/versions/`.
    pub(crate) fn new() -> Self {
        let project = Self::bare();
        fs::create_dir_all(project.path("alembic/versions")).unwrap();
        project
    }

    /// With nothing in it.
    pub(crate) fn bare() -> Self {
        Self { root: tempfile::tempdir().unwrap() }
    }

    /// A path in the temporary folder.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.root.path().join(name)
    }

    /// Writes `alembic/versions/<name>`.
    pub(crate) fn file(self, name: &str, text: impl AsRef<[u8]>) -> Self {
        self.beside(&format!("alembic/versions/{name}"), text)
    }

    /// Writes a file anywhere in the temporary folder.
    pub(crate) fn beside(self, name: &str, text: impl AsRef<[u8]>) -> Self {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
        self
    }

    /// Writes a sound `.sql` revision; `parents` is the value of `down_revision`, empty for none.
    pub(crate) fn sql(self, id: &str, parents: &str, more: &str) -> Self {
        let parents =
            if parents.is_empty() { String::new() } else { format!("-- down_revision: {parents}\n") };
        let text = format!("-- make {id}\n--\n-- revision: {id}\n{parents}{more}\n-- +upgrade\nSELECT 1;\n");
        self.file(&format!("{id}_make.sql"), text)
    }

    /// Writes a sound `.rs` revision; `keys` follow the id.
    pub(crate) fn rust(self, id: &str, keys: &str) -> Self {
        let text = format!(
            "//! make {id}\nuse servicekit::revision::*;\n\nrevision! {{\n    id: \"{id}\",\n    {keys}\n}}\n\n\
             pub fn upgrade(op: &mut Operations) {{}}\n"
        );
        self.file(&format!("{id}_make.rs"), text)
    }

    pub(crate) fn read(&self) -> Folder {
        Folder::read(&self.path("alembic"), self.root.path())
    }

    /// Everything that is wrong, as a person sees it.
    pub(crate) fn problems(&self) -> String {
        self.read().render_problems(false)
    }
}
