//! Templates of test databases: files that are made once, and copied for each test.
//!
//! Processes share them, so every file is made under another name and renamed when it is whole.

use crate::backend::sqlite::file::beside;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// How long a template that no test uses is kept.
const UNUSED: Duration = Duration::from_hours(24);
/// How many templates are kept however new they are: a program with work in Rust has another one after each build.
const MOST: usize = 20;
/// How old the time of the last use may be before it is written again.
const TOUCH_AFTER: Duration = Duration::from_hours(1);
/// The ending of a template that is whole.
const ENDING: &str = "db";

/// A folder of templates.
#[derive(Debug)]
pub(crate) struct Templates {
    folder: PathBuf,
}

impl Templates {
    /// Those in this folder, which is made if it is not there.
    pub(crate) fn in_folder(folder: PathBuf) -> io::Result<Self> {
        fs::create_dir_all(&folder)?;
        Ok(Self { folder })
    }

    /// Copies the template of this key to a new file. One that is not there is made first, by one process while the
    /// others wait.
    pub(crate) async fn copy<E: From<io::Error>>(
        &self,
        key: &str,
        to: &Path,
        make: impl AsyncFn(&Path) -> Result<(), E>,
    ) -> Result<(), E> {
        let template = self.folder.join(key).with_extension(ENDING);
        loop {
            match fs::copy(&template, to) {
                Ok(_) => {
                    note_use(&template);
                    return Ok(());
                }
                // It was never there, or another process has just removed it as too old.
                Err(error) if error.kind() == io::ErrorKind::NotFound => {
                    self.make(&template, &make).await?;
                }
                Err(error) => return Err(error.into()),
            }
        }
    }

    async fn make<E: From<io::Error>>(
        &self,
        template: &Path,
        make: &impl AsyncFn(&Path) -> Result<(), E>,
    ) -> Result<(), E> {
        let lock = File::create(self.folder.join("lock"))?;
        // The system gives it back when the process ends, however it ends.
        lock.lock()?;
        if template.exists() {
            return Ok(());
        }
        self.remove_old()?;
        let unfinished = self.folder.join("unfinished");
        remove_database(&unfinished)?;
        make(&unfinished).await?;
        // Without this the name could be on the disk before the content is.
        File::open(&unfinished)?.sync_all()?;
        fs::rename(&unfinished, template)?;
        Ok(())
    }

    /// Removes templates that no test has used for long, and the oldest of too many.
    fn remove_old(&self) -> io::Result<()> {
        let mut found = Vec::new();
        for entry in fs::read_dir(&self.folder)? {
            let path = entry?.path();
            if path.extension() == Some(OsStr::new(ENDING)) {
                found.push((fs::metadata(&path)?.modified()?, path));
            }
        }
        found.sort_unstable_by(|one, other| other.cmp(one));
        let now = SystemTime::now();
        for (index, (used, path)) in found.iter().enumerate() {
            let age = now.duration_since(*used).unwrap_or_default();
            if index + 1 >= MOST || age > UNUSED {
                fs::remove_file(path)?;
            }
        }
        Ok(())
    }
}

/// Writes the time of the last use, unless one of late is there.
fn note_use(template: &Path) {
    let now = SystemTime::now();
    let noted = fs::metadata(template).and_then(|metadata| {
        let age = now.duration_since(metadata.modified()?).unwrap_or_default();
        if age > TOUCH_AFTER {
            File::options().append(true).open(template)?.set_modified(now)
        } else {
            Ok(())
        }
    });
    // Another process may have removed it; the copy is there.
    if let Err(error) = noted {
        tracing::debug!(%error, "note the use of a template");
    }
}

/// Removes a file of SQLite with those beside it, if they are there.
fn remove_database(path: &Path) -> io::Result<()> {
    for ending in ["", "-journal", "-wal", "-shm"] {
        match fs::remove_file(beside(path, ending)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    fn templates() -> (tempfile::TempDir, Templates) {
        let folder = tempfile::tempdir().unwrap();
        let templates = Templates::in_folder(folder.path().join("templates")).unwrap();
        (folder, templates)
    }

    fn block_on<T>(future: impl Future<Output = T>) -> T {
        tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(future)
    }

    async fn written(path: &Path) -> io::Result<()> {
        fs::write(path, "whole")
    }

    #[test]
    fn sixteen_threads_make_one_template() {
        let (folder, templates) = templates();
        let count = AtomicUsize::new(0);
        std::thread::scope(|scope| {
            for number in 0..16 {
                let (templates, count, to) = (&templates, &count, folder.path().join(number.to_string()));
                scope.spawn(move || {
                    let make = async |path: &Path| {
                        count.fetch_add(1, Ordering::SeqCst);
                        fs::write(path, "half")?;
                        std::thread::sleep(Duration::from_millis(20));
                        written(path).await
                    };
                    block_on(templates.copy::<io::Error>("key", &to, make)).unwrap();
                    assert_eq!(fs::read_to_string(to).unwrap(), "whole");
                });
            }
        });
        assert_eq!(count.into_inner(), 1);
    }

    #[test]
    fn what_a_maker_left_behind_is_no_template() {
        let (folder, templates) = templates();
        let to = folder.path().join("copy");
        let half = async |path: &Path| {
            fs::write(path, "half")?;
            let mut journal = path.as_os_str().to_owned();
            journal.push("-journal");
            fs::write(journal, "of half")?;
            Err(io::Error::other("stopped"))
        };
        let stopped = block_on(templates.copy::<io::Error>("key", &to, half)).unwrap_err();
        assert_eq!(stopped.to_string(), "stopped");
        assert!(!to.exists());
        let whole = async |path: &Path| {
            assert!(!path.exists() && !path.with_file_name("unfinished-journal").exists());
            written(path).await
        };
        block_on(templates.copy::<io::Error>("key", &to, whole)).unwrap();
        assert_eq!(fs::read_to_string(to).unwrap(), "whole");
    }

    #[test]
    fn templates_that_no_test_uses_are_removed_when_one_is_made() {
        let (folder, templates) = templates();
        let to = folder.path().join("copy");
        let age = |key: &str, age: Duration| {
            let template = templates.folder.join(key).with_extension(ENDING);
            fs::write(&template, key).unwrap();
            let file = File::options().append(true).open(template).unwrap();
            file.set_modified(SystemTime::now() - age).unwrap();
        };
        age("unused", UNUSED + TOUCH_AFTER);
        age("used", UNUSED + TOUCH_AFTER);
        age("recent", TOUCH_AFTER);
        block_on(templates.copy::<io::Error>("used", &to, written)).unwrap();
        block_on(templates.copy::<io::Error>("new", &to, written)).unwrap();
        let names = || {
            let files = fs::read_dir(&templates.folder).unwrap();
            let mut names: Vec<_> =
                files.map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
            names.sort_unstable();
            names
        };
        assert_eq!(names(), ["lock", "new.db", "recent.db", "used.db"]);
        for number in 0..2 * MOST {
            block_on(templates.copy::<io::Error>(&format!("many{number}"), &to, written)).unwrap();
        }
        assert_eq!(names().len(), MOST + 1);
    }
}
