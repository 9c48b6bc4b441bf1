//! Where programs are.

use std::env;
use std::path::PathBuf;

/// Folders of server programs that are not on everybody's `PATH`.
const MORE_FOLDERS: [&str; 5] =
    ["/usr/sbin", "/usr/local/sbin", "/usr/local/bin", "/usr/libexec", "/opt/homebrew/bin"];

/// Folders that hold one folder per version, with the programs in its `bin`.
const VERSIONED_FOLDERS: [&str; 2] = ["/usr/lib/postgresql", "/opt/homebrew/opt"];

/// The first of these programs that is installed, with links followed.
pub(crate) fn installed(programs: &[&str]) -> Option<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    let folders: Vec<PathBuf> =
        env::split_paths(&path).chain(MORE_FOLDERS.map(PathBuf::from)).chain(versions()).collect();
    programs.iter().find_map(|program| {
        let file = folders.iter().map(|folder| folder.join(program)).find(|file| file.is_file())?;
        // A server finds what belongs to it beside the real file.
        Some(file.canonicalize().unwrap_or(file))
    })
}

/// The newest version first.
fn versions() -> Vec<PathBuf> {
    let mut versions: Vec<PathBuf> = VERSIONED_FOLDERS
        .iter()
        .filter_map(|folder| std::fs::read_dir(folder).ok())
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path()))
        .collect();
    versions.sort_by_key(|path| {
        let number: Option<u32> = path.file_name().and_then(|name| name.to_str()?.parse().ok());
        std::cmp::Reverse(number)
    });
    versions.into_iter().map(|version| version.join("bin")).collect()
}
