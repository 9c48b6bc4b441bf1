//! Paths in configurations of Alembic, which are relative to where the program was started.

use std::path::{Component, MAIN_SEPARATOR, Path, PathBuf};

/// Without `.` and `..`, and without asking the file system.
pub(super) fn clean(path: &Path) -> PathBuf {
    let mut clean = PathBuf::new();
    for component in path.components() {
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

pub(super) fn are_same(one: &Path, other: &Path, here: &Path) -> bool {
    clean(&here.join(one)) == clean(&here.join(other))
}

/// Relative to where the program was started, if it is below.
pub(super) fn relative(path: &Path, here: &Path) -> PathBuf {
    let path = clean(&here.join(path));
    match path.strip_prefix(here) {
        Ok(inside) if inside.as_os_str().is_empty() => PathBuf::from("."),
        Ok(inside) => inside.to_owned(),
        Err(_) => path,
    }
}

/// As messages show it.
pub(super) fn shown(path: &Path, here: &Path) -> String {
    let name = path.strip_prefix(here).unwrap_or(path).to_string_lossy();
    if MAIN_SEPARATOR == '/' { name.into_owned() } else { name.replace('\\', "/") }
}
