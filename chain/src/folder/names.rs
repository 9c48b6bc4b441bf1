//! Names of files in messages.

use std::path::{Component, Path, PathBuf};

/// Makes names that are relative to where the reader stands.
pub(super) struct Names {
    base: PathBuf,
}

impl Names {
    pub(super) fn new(base: &Path) -> Self {
        Self { base: absolute(base) }
    }

    /// Relative to the base if the path lies in it, else as it was given; with `/` on every system.
    pub(super) fn of(&self, path: &Path) -> String {
        let absolute = absolute(path);
        let shown = match absolute.strip_prefix(&self.base) {
            Ok(inside) if inside.as_os_str().is_empty() => Path::new("."),
            Ok(inside) => inside,
            Err(_) => path,
        };
        let name = shown.to_string_lossy();
        if std::path::MAIN_SEPARATOR == '/' { name.into_owned() } else { name.replace('\\', "/") }
    }
}

/// The path from the root, without `.` and `..` and without asking the file system: links keep their names.
pub fn absolute(path: &Path) -> PathBuf {
    let from_root = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut clean = PathBuf::new();
    for component in from_root.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => {
                clean.pop();
            }
            other => clean.push(other),
        }
    }
    clean
}
