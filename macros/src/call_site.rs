//! What only the compiler and cargo know of an invocation, as plain data.

use crate::paths::{self, normalised};
use proc_macro2::Span;
use servicekit_chain::LineColumn;
use std::path::{Path, PathBuf};

/// Where a macro is invoked.
#[derive(Debug, Clone)]
pub(crate) struct CallSite {
    /// The folder of the crate's `Cargo.toml`; absent when no cargo runs the compiler.
    pub(crate) manifest_dir: Option<PathBuf>,
    /// The file that holds the invocation; absent where the compiler does not name it, as in editors.
    pub(crate) file: Option<PathBuf>,
    /// The folder in which the compiler runs: messages are relative to it.
    pub(crate) working_dir: PathBuf,
    /// Name and version of the crate that is compiled; empty when no cargo runs the compiler.
    pub(crate) application: String,
    /// The place of a token in its file.
    ///
    /// Passed in, because only the compiler's own spans know it.
    pub(crate) extent: fn(Span) -> Extent,
}

/// The place of something in a file, from its first character on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Extent {
    pub(crate) start: LineColumn,
    /// The place behind its last character.
    pub(crate) end: LineColumn,
}

impl Extent {
    pub(crate) fn contains(&self, position: LineColumn) -> bool {
        self.start <= position && position < self.end
    }
}

impl CallSite {
    /// The folder (or file, if there is no folder) that `literal` names: under the manifest, else beside the
    /// invoking file.
    ///
    /// Under trybuild, Bazel or Buck the manifest is elsewhere or there is none, hence the second place.
    ///
    /// # Errors
    /// The places that were searched, in order, without repetition.
    pub(crate) fn find(&self, literal: &str) -> Result<PathBuf, Vec<PathBuf>> {
        let beside = self.file.as_deref().and_then(Path::parent);
        let mut searched: Vec<PathBuf> = Vec::new();
        for base in [self.manifest_dir.as_deref(), beside].into_iter().flatten() {
            let candidate = normalised(&self.working_dir.join(base).join(literal));
            if candidate.is_dir() {
                return Ok(candidate);
            }
            if !searched.contains(&candidate) {
                searched.push(candidate);
            }
        }
        // A file is not what was meant, but worth more than a list of places.
        match searched.iter().find(|candidate| candidate.exists()) {
            Some(file) => Ok(file.clone()),
            None => Err(searched),
        }
    }

    /// A path as messages name it: relative to where the compiler runs when it is inside, with `/`.
    pub(crate) fn shown(&self, path: &Path) -> String {
        paths::with_slashes(path.strip_prefix(&self.working_dir).unwrap_or(path))
    }
}

#[cfg(test)]
impl CallSite {
    /// A crate `app 0.1.0` that is compiled in this folder. Every token is in the first line.
    pub(crate) fn in_folder(folder: &Path) -> Self {
        Self {
            manifest_dir: Some(folder.to_owned()),
            file: None,
            working_dir: folder.to_owned(),
            application: "app 0.1.0".to_owned(),
            extent: |_| Extent { start: LineColumn::new(1, 1), end: LineColumn::new(1, 80) },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn the_folder_under_the_manifest_comes_first_and_the_one_beside_the_file_second() {
        let root = tempfile::tempdir().unwrap();
        let root = root.path().canonicalize().unwrap();
        let here = CallSite {
            manifest_dir: Some(root.join("app")),
            file: Some("app/src/db/mod.rs".into()),
            ..CallSite::in_folder(&root)
        };
        fs::create_dir_all(root.join("app/src/db")).unwrap();
        assert_eq!(
            here.find("alembic"),
            Err(vec![root.join("app/alembic"), root.join("app/src/db/alembic")])
        );

        fs::create_dir_all(root.join("app/src/db/alembic")).unwrap();
        assert_eq!(here.find("alembic"), Ok(root.join("app/src/db/alembic")));

        fs::create_dir_all(root.join("app/alembic")).unwrap();
        assert_eq!(here.find("alembic"), Ok(root.join("app/alembic")));
        assert_eq!(here.find("./src/../alembic/"), Ok(root.join("app/alembic")));
    }

    #[test]
    fn a_place_that_both_bases_lead_to_is_named_once() {
        let here = CallSite {
            manifest_dir: Some("/nowhere".into()),
            file: Some("/nowhere/build.rs".into()),
            ..CallSite::in_folder(Path::new("/"))
        };
        assert_eq!(here.find("alembic"), Err(vec!["/nowhere/alembic".into()]));
        assert_eq!(here.find("/absolute/alembic"), Err(vec!["/absolute/alembic".into()]));
    }

    #[test]
    fn messages_name_paths_from_where_the_compiler_runs() {
        let here = CallSite::in_folder(Path::new("/srv"));
        assert_eq!(here.shown(Path::new("/srv/app/alembic")), "app/alembic");
        assert_eq!(here.shown(Path::new("/elsewhere/alembic")), "/elsewhere/alembic");
    }
}
