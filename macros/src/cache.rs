//! Folders that were read, kept for as long as the process lives.
//!
//! One process of the compiler expands `migrations!` once and `revision!` for every `.rs` file; without a cache
//! each of them would read the whole folder. An editor keeps one process for a whole session, so an entry is
//! compared with the disk before it is used again, though not more often than [`FRESH`].

use crate::report::{FileReport, Report};
use once_cell::sync::OnceCell;
use servicekit_chain::folder::{Folder, configuration_of};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant, SystemTime};
use std::{fs, mem};

/// How long an entry is used without a look at the disk.
const FRESH: Duration = Duration::from_millis(500);

static CACHE: Mutex<BTreeMap<PathBuf, Entry>> = Mutex::new(BTreeMap::new());

/// A folder with everything that is wrong with it.
#[derive(Debug)]
pub(crate) struct Analysis {
    pub(crate) folder: Folder,
    pub(crate) report: Report,
    /// The paths of the `.rs` files as the system knows them, and as they were read.
    real_paths: OnceCell<BTreeMap<PathBuf, PathBuf>>,
}

impl Analysis {
    pub(crate) fn new(folder: Folder) -> Self {
        Self { report: Report::new(&folder), folder, real_paths: OnceCell::new() }
    }

    /// The report on a `.rs` file, by any path to it.
    fn report_on(&self, file: &Path) -> Option<&FileReport> {
        let known = self.report.rust_files.get(file);
        known.or_else(|| {
            // Rare: the file was declared by hand, or lies behind a link.
            let real_paths = self.real_paths.get_or_init(|| {
                let paths = self.report.rust_files.keys();
                paths.filter_map(|path| Some((path.canonicalize().ok()?, path.clone()))).collect()
            });
            self.report.rust_files.get(real_paths.get(&file.canonicalize().ok()?)?)
        })
    }
}

#[derive(Debug)]
struct Entry {
    /// The folder and what its files are shown relative to, to read it again.
    path: PathBuf,
    working_dir: PathBuf,
    analysis: Arc<Analysis>,
    stamp: Stamp,
    checked: Instant,
}

/// Reads a folder, or takes its entry.
pub(crate) fn folder(path: &Path, working_dir: &Path) -> Arc<Analysis> {
    let key = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let mut cache = lock();
    if let Some(entry) = cache.get_mut(&key)
        // The same folder under another name has other paths in its messages.
        && entry.path == path
        && entry.working_dir == working_dir
    {
        return entry.current();
    }
    let entry = Entry::read(path.to_owned(), working_dir.to_owned());
    let analysis = Arc::clone(&entry.analysis);
    cache.insert(key, entry);
    analysis
}

/// The reports on this `.rs` file, one from each folder that was read and holds it.
pub(crate) fn reports_on(file: &Path) -> Vec<FileReport> {
    lock().values_mut().filter_map(|entry| entry.current().report_on(file).cloned()).collect()
}

/// A panic elsewhere leaves whole entries behind, so a poisoned lock is as good as any.
fn lock() -> MutexGuard<'static, BTreeMap<PathBuf, Entry>> {
    CACHE.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Entry {
    fn read(path: PathBuf, working_dir: PathBuf) -> Self {
        let folder = Folder::read(&path, &working_dir);
        let stamp = Stamp::new(&folder);
        Self { path, working_dir, analysis: Arc::new(Analysis::new(folder)), stamp, checked: Instant::now() }
    }

    fn current(&mut self) -> Arc<Analysis> {
        if self.checked.elapsed() >= FRESH {
            let folder = &self.analysis.folder;
            // What fixes a broken folder may lie outside all that was read.
            if folder.problems.is_empty() && Stamp::new(folder) == self.stamp {
                self.checked = Instant::now();
            } else {
                *self = Self::read(mem::take(&mut self.path), mem::take(&mut self.working_dir));
            }
        }
        Arc::clone(&self.analysis)
    }
}

/// Names, sizes and times of everything that a folder was read from.
#[derive(Debug, PartialEq, Eq)]
struct Stamp(Vec<FileStamp>);

/// One path; without size and time when nothing has it.
#[derive(Debug, PartialEq, Eq)]
struct FileStamp {
    path: PathBuf,
    size: Option<u64>,
    modified: Option<SystemTime>,
}

impl Stamp {
    fn new(folder: &Folder) -> Self {
        let configuration = folder.config_path.clone().unwrap_or_else(|| configuration_of(&folder.path));
        let mut stamps = vec![FileStamp::new(configuration)];
        for listed in &folder.folders {
            let Ok(entries) = fs::read_dir(listed) else { continue };
            stamps.extend(entries.flatten().map(|entry| FileStamp::new(entry.path())));
        }
        // As plain text: paths compare part by part, which is slow in a build without optimisation.
        stamps.sort_unstable_by(|a, b| a.path.as_os_str().cmp(b.path.as_os_str()));
        Self(stamps)
    }
}

impl FileStamp {
    fn new(path: PathBuf) -> Self {
        let metadata = fs::metadata(&path).ok();
        let modified = metadata.as_ref().and_then(|metadata| metadata.modified().ok());
        Self { path, size: metadata.map(|metadata| metadata.len()), modified }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(root: &Path, name: &str, text: &str) {
        fs::write(root.join("versions").join(name), text).unwrap();
    }

    fn ids(analysis: &Analysis) -> Vec<&str> {
        analysis.folder.files.iter().map(|file| file.id().as_str()).collect()
    }

    /// Makes the entry of a folder as old as it must be to be compared with the disk.
    fn age(root: &Path) {
        let mut cache = lock();
        let entry = cache.get_mut(&root.canonicalize().unwrap()).unwrap();
        entry.checked = entry.checked.checked_sub(FRESH).unwrap();
    }

    #[test]
    fn a_folder_is_read_again_when_it_has_changed_and_only_then() {
        let root = tempfile::tempdir().unwrap();
        let root = root.path();
        fs::create_dir(root.join("versions")).unwrap();
        write(root, "a1.sql", "-- revision: a1\n-- +upgrade\n");
        let first = folder(root, root);
        assert_eq!(ids(&first), ["a1"]);

        write(root, "b2.sql", "-- revision: b2\n-- down_revision: a1\n-- +upgrade\n");
        assert!(Arc::ptr_eq(&first, &folder(root, root)), "it was read a moment ago");
        age(root);
        let second = folder(root, root);
        assert_eq!(ids(&second), ["a1", "b2"], "a file was added");

        age(root);
        assert!(Arc::ptr_eq(&second, &folder(root, root)), "nothing has changed");

        fs::write(root.with_extension("toml"), "recursive = true\n").unwrap();
        age(root);
        assert!(folder(root, root).folder.config.recursive, "the configuration was added");
        fs::remove_file(root.with_extension("toml")).unwrap();

        fs::rename(root.join("versions/b2.sql"), root.join("versions/c3.sql")).unwrap();
        age(root);
        assert!(folder(root, root).folder.files[1].source.path.ends_with("c3.sql"), "a file was renamed");

        fs::remove_file(root.join("versions/c3.sql")).unwrap();
        age(root);
        assert_eq!(ids(&folder(root, root)), ["a1"], "a file was deleted");
    }

    #[test]
    fn a_broken_folder_is_not_trusted() {
        let root = tempfile::tempdir().unwrap();
        let root = root.path();
        assert_eq!(folder(root, root).folder.problems.len(), 1, "there is no folder `versions`");
        fs::create_dir(root.join("versions")).unwrap();
        age(root);
        assert!(folder(root, root).folder.problems.is_empty());
    }

    #[test]
    fn the_same_folder_by_another_path_is_read_with_that_path() {
        let root = tempfile::tempdir().unwrap();
        let root = root.path().canonicalize().unwrap();
        fs::create_dir_all(root.join("app/versions")).unwrap();
        let names = [root.as_path(), Path::new("/elsewhere")]
            .map(|base| folder(&root.join("app"), base).folder.name.clone());
        assert_eq!(names, ["app".to_owned(), root.join("app").display().to_string()]);
    }

    #[test]
    fn a_rust_file_is_known_by_any_path_to_it() {
        let root = tempfile::tempdir().unwrap();
        let root = root.path();
        fs::create_dir_all(root.join("versions")).unwrap();
        write(root, "a1.rs", "revision! { id: \"a1\", down_revision: \"zz\" }\nfn upgrade() {}\n");
        folder(root, root);
        let reports = |path: &str| reports_on(&root.join(path)).len();
        assert_eq!(
            ["versions/a1.rs", "versions/../versions/a1.rs", "versions/b2.rs"].map(reports),
            [1, 1, 0]
        );
    }
}
