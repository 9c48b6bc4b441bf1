//! Where the files of test databases are.

use super::TestDatabaseError;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The variable that names where files of test databases are.
const VARIABLE: &str = "SERVICEKIT_TEST_FOLDER";
/// What cargo writes into its target folder.
const TARGET_MARK: &str = "CACHEDIR.TAG";

/// Where the files of test databases are: named by the variable, else in the target folder of the program, else in the
/// system's folder for temporary files.
pub(super) fn root() -> Result<PathBuf, TestDatabaseError> {
    if let Some(folder) = std::env::var_os(VARIABLE).filter(|folder| !folder.is_empty()) {
        return Ok(folder.into());
    }
    let program = std::env::current_exe().unwrap_or_default();
    match program.ancestors().find(|folder| folder.join(TARGET_MARK).is_file()) {
        Some(target) => Ok(target.join("tmp").join("servicekit")),
        None => in_temporary().map_err(|(folder, source)| TestDatabaseError::Folder { folder, source }),
    }
}

/// A folder of this user among the system's temporary files, which no other user can write into.
fn in_temporary() -> Result<PathBuf, (PathBuf, io::Error)> {
    let user = std::env::var("USER").or_else(|_| std::env::var("USERNAME")).unwrap_or_default();
    let folder = std::env::temp_dir().join(format!("servicekit-{}", printable(&user)));
    let failed = |error| (folder.clone(), error);
    make_private(&folder).map_err(failed)?;
    Ok(folder)
}

#[cfg(unix)]
fn make_private(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::{DirBuilderExt as _, MetadataExt as _};
    match fs::DirBuilder::new().mode(0o700).create(folder) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
        _ => {}
    }
    let (found, own) = (fs::symlink_metadata(folder)?, tempfile::tempfile_in(folder)?.metadata()?);
    if found.is_dir() && found.uid() == own.uid() && found.mode().trailing_zeros() >= 6 {
        return Ok(());
    }
    Err(io::Error::new(io::ErrorKind::PermissionDenied, "other users can write into it"))
}

#[cfg(not(unix))]
fn make_private(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)
}

/// The text with `-` for everything that not every system takes in a name of a file.
pub(super) fn printable(text: &str) -> String {
    text.replace("::", ".").replace(|c: char| !c.is_ascii_alphanumeric() && c != '.' && c != '_', "-")
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_folder_that_others_can_write_into_is_refused() {
        use std::os::unix::fs::PermissionsExt as _;
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("mine");
        make_private(&folder).unwrap();
        make_private(&folder).unwrap();
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o777)).unwrap();
        assert_eq!(make_private(&folder).unwrap_err().kind(), io::ErrorKind::PermissionDenied);
    }
}
