//! The folders of tests: one for each test that runs, and those that were kept for tests that failed.

use super::TestDatabaseError;
use super::folder::printable;
use crate::backend::hash::sha256;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

/// The folder of one test while it runs, held by a lock that ends with the process.
#[derive(Debug)]
pub(super) struct TestFolder {
    path: PathBuf,
    /// Holds the lock.
    held: File,
}

impl TestFolder {
    /// A new one for this test, which removes those that earlier runs of the same test have left.
    pub(super) fn new(root: &Path, test: &str) -> Result<Self, TestDatabaseError> {
        let folder = root.join("tests").join(folder_name(test));
        Self::within(&folder).map_err(|source| TestDatabaseError::Folder { folder, source })
    }

    fn within(folder: &Path) -> io::Result<Self> {
        fs::create_dir_all(folder)?;
        // While it is held, no other process can take a new folder, not locked yet, for one that was left.
        let lock = File::create(folder.join("lock"))?;
        lock.lock()?;
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() && is_left(&path) {
                fs::remove_dir_all(path)?;
            }
        }
        let path = tempfile::Builder::new().prefix("run-").tempdir_in(folder)?.keep();
        let held = File::create(path.join("lock"))?;
        held.lock()?;
        Ok(Self { path, held })
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Removes it with everything in it.
    pub(super) fn remove(self) {
        let Self { path, held } = self;
        if let Err(error) = fs::remove_dir_all(&path) {
            // The next run of the test does it.
            tracing::debug!(%error, folder = %path.display(), "remove the folder of a test");
        }
        drop(held);
    }
}

/// Whether no process holds it.
fn is_left(path: &Path) -> bool {
    File::open(path.join("lock")).map_or(true, |lock| lock.try_lock().is_ok())
}

/// A name for a folder that tells tests apart and that a person recognises.
fn folder_name(test: &str) -> String {
    let digits = sha256(test);
    let name = printable(test);
    let end = name.len().saturating_sub(80);
    format!("{}-{}", &name[end..], &digits[..8])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_run_left_is_removed_and_what_is_in_use_stays() {
        let root = tempfile::tempdir().unwrap();
        let used = TestFolder::new(root.path(), "a::b").unwrap();
        let left = TestFolder::new(root.path(), "a::b").unwrap();
        let left_path = left.path().to_owned();
        fs::write(left_path.join("test.db"), "").unwrap();
        drop(left);
        let other = TestFolder::new(root.path(), "a::c").unwrap();
        assert!(left_path.exists());

        let next = TestFolder::new(root.path(), "a::b").unwrap();

        assert_eq!(
            [&left_path, used.path(), other.path(), next.path()].map(Path::exists),
            [false, true, true, true]
        );
        let next_path = next.path().to_owned();
        next.remove();
        assert!(!next_path.exists());
    }

    #[test]
    fn names_of_folders_tell_tests_apart() {
        let long = "shop::".repeat(40) + "orders";
        let names = ["a::b", "a..b", "a.b", "größe/x", &long].map(folder_name);
        insta::assert_snapshot!(names.join("\n"), @"
        a.b-78f0be89
        a..b-f62b4241
        a.b-2e7336dc
        gr--e-x-bab62911
        hop.shop.shop.shop.shop.shop.shop.shop.shop.shop.shop.shop.shop.shop.shop.orders-34f14d2d
        ");
        let mut different = names.to_vec();
        different.sort_unstable();
        different.dedup();
        assert_eq!(different.len(), names.len());
    }
}
