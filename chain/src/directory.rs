//! Listing the folder of versions: which files are revisions, which are left alone, which are errors.

use crate::diagnostic::Problem;
use crate::regular_file::Unreadable;
use crate::{Place, Source};
use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A pattern for names that are left alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Ignored {
    /// Exactly this name.
    Name(&'static str),
    /// Every name that begins with this, in capitals or not.
    Prefix(&'static str),
    /// Every name that ends with this.
    Suffix(&'static str),
    /// Every name that begins and ends with this.
    Around(&'static str),
}

/// Every name in a folder of versions that is left alone, as a file or as a folder. All else that is no revision
/// is an error, because a file that is silently passed over is a migration that is silently missing.
pub const IGNORED: [Ignored; 18] = [
    Ignored::Prefix("."),
    Ignored::Prefix("README"),
    Ignored::Name("mod.rs"),
    Ignored::Name("__pycache__"),
    Ignored::Suffix("~"),
    Ignored::Around("#"),
    Ignored::Suffix(".swp"),
    Ignored::Suffix(".swo"),
    Ignored::Suffix(".tmp"),
    Ignored::Suffix(".bak"),
    Ignored::Suffix(".bk"),
    Ignored::Suffix(".orig"),
    Ignored::Suffix(".rej"),
    Ignored::Suffix(".old"),
    Ignored::Suffix("___jb_tmp___"),
    Ignored::Suffix("___jb_old___"),
    Ignored::Name("Thumbs.db"),
    Ignored::Name("desktop.ini"),
];

impl Ignored {
    fn matches(self, name: &str) -> bool {
        match self {
            Self::Name(known) => name == known,
            Self::Prefix(start) => {
                name.get(..start.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(start))
            }
            Self::Suffix(end) => name.ends_with(end),
            Self::Around(mark) => name.len() > mark.len() && name.starts_with(mark) && name.ends_with(mark),
        }
    }
}

/// Whether a name in a folder of versions is left alone; see [`IGNORED`].
///
/// ```
/// use servicekit_chain::directory::is_ignored;
/// assert!(is_ignored(".gitkeep") && is_ignored("Readme.md") && is_ignored("#a1_users.sql#"));
/// assert!(!is_ignored("a1_users.sql") && !is_ignored("notes.txt"));
/// ```
pub fn is_ignored(name: &str) -> bool {
    IGNORED.iter().any(|pattern| pattern.matches(name))
}

/// The kinds of version file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// `.sql`.
    Sql,
    /// `.rs`.
    Rust,
}

impl Kind {
    /// The kind of a file by its name; capitals do not matter.
    pub fn from_name(name: &str) -> Option<Self> {
        let (_, extension) = name.rsplit_once('.')?;
        match extension.to_ascii_lowercase().as_str() {
            "sql" => Some(Self::Sql),
            "rs" => Some(Self::Rust),
            _ => None,
        }
    }
}

/// A version file that was found, not yet read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// What kind of file it is.
    pub kind: Kind,
    /// Its name in messages.
    pub name: String,
    /// Its path.
    pub path: PathBuf,
}

/// What folders of versions hold.
#[derive(Debug, Default)]
pub struct Listing {
    /// The version files, sorted by name.
    pub files: Vec<Found>,
    /// The folders that were listed.
    pub folders: Vec<PathBuf>,
    problems: Vec<Problem>,
    /// The folders that were listed, as the system knows them, so that none is listed twice.
    visited: BTreeSet<PathBuf>,
}

impl Listing {
    /// Adds what a folder holds; `name` is the folder's name in messages.
    ///
    /// Symbolic links are followed. A folder that was listed before, by whatever path, is not listed again, so
    /// links in a circle end.
    pub fn add(&mut self, folder: &Path, name: &str, recursive: bool) {
        let mut open = vec![(folder.to_owned(), name.to_owned())];
        while let Some((folder, name)) = open.pop() {
            if let Err(error) = self.list(&folder, &name, recursive, &mut open) {
                let place = whole(&name, &folder);
                self.problems.push(Problem::UnreadableFolder { place, reason: reason(&error) });
            }
        }
        self.files.sort_unstable_by(|a, b| a.name.cmp(&b.name));
    }

    /// What should not be there, without the folders that were listed after all because they were named.
    pub(crate) fn take_problems(&mut self) -> Vec<Problem> {
        let mut problems = std::mem::take(&mut self.problems);
        problems.retain(|problem| match problem {
            Problem::StrayFolder { place } => {
                fs::canonicalize(&place.source.path).map_or(true, |path| !self.visited.contains(&path))
            }
            _ => true,
        });
        problems
    }

    fn list(
        &mut self,
        folder: &Path,
        name: &str,
        recursive: bool,
        open: &mut Vec<(PathBuf, String)>,
    ) -> io::Result<()> {
        if !self.visited.insert(fs::canonicalize(folder)?) {
            return Ok(());
        }
        self.folders.push(folder.to_owned());
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let file_name = entry.file_name();
            let Some(text) = file_name.to_str() else {
                let lossy = file_name.to_string_lossy();
                if !is_ignored(&lossy) {
                    let place = whole(&join(name, &lossy), &entry.path());
                    self.problems.push(Problem::FileNameNotUtf8 { place });
                }
                continue;
            };
            if is_ignored(text) {
                continue;
            }
            let (path, name) = (folder.join(text), join(name, text));
            let kind = entry.file_type()?;
            // The type of a link says nothing about what it leads to; a broken one is found when it is read.
            let target = if kind.is_symlink() { fs::metadata(&path).ok() } else { None };
            let is_folder = kind.is_dir() || target.as_ref().is_some_and(fs::Metadata::is_dir);
            let is_file =
                kind.is_file() || (kind.is_symlink() && target.is_none_or(|target| target.is_file()));
            if !is_folder && !is_file {
                // Reading from a pipe would wait for ever.
                let (place, reason) = (whole(&name, &path), Unreadable::Special.to_string());
                self.problems.push(Problem::UnreadableFile { place, reason });
                continue;
            }
            match (is_folder, Kind::from_name(text)) {
                (true, _) if recursive => open.push((path, name)),
                (true, _) => self.problems.push(Problem::StrayFolder { place: whole(&name, &path) }),
                (false, Some(kind)) => self.files.push(Found { kind, name, path }),
                (false, None) => self.problems.push(Problem::StrayFile { place: whole(&name, &path) }),
            }
        }
        Ok(())
    }
}

/// A name in messages: always with `/`.
pub(crate) fn join(folder: &str, name: &str) -> String {
    if folder.is_empty() || folder.ends_with('/') {
        format!("{folder}{name}")
    } else {
        format!("{folder}/{name}")
    }
}

/// A file as a whole, whose text is not known or does not matter.
pub(crate) fn whole(name: &str, path: &Path) -> Place {
    Place::new(&Arc::new(Source::new(name, path, "")), 0..0)
}

/// What the system says, without its number, which differs between systems.
pub(crate) fn reason(error: &io::Error) -> String {
    let text = error.to_string();
    let text = text.split_once(" (os error").map_or(text.as_str(), |(text, _)| text);
    let mut characters = text.chars();
    let first = characters.next().map(|first| first.to_ascii_lowercase());
    first.into_iter().chain(characters).collect()
}
