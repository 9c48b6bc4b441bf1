//! Paths in configurations of Alembic, which are relative to where the program was started.

use servicekit_chain::folder::absolute;
use std::path::{MAIN_SEPARATOR, Path, PathBuf};

pub(super) fn are_same(one: &Path, other: &Path, here: &Path) -> bool {
    absolute(&here.join(one)) == absolute(&here.join(other))
}

/// Relative to where the program was started, if it is below.
pub(super) fn relative(path: &Path, here: &Path) -> PathBuf {
    let path = absolute(&here.join(path));
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
