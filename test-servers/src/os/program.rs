//! A program to start, with the loader that its libraries need.

use std::ffi::OsString;
use std::fmt;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Where a distribution keeps its dynamic loader, below its root.
const LOADERS: [&str; 4] = [
    "usr/lib64/ld-linux-x86-64.so.2",
    "lib64/ld-linux-x86-64.so.2",
    "usr/lib/ld-linux-aarch64.so.1",
    "lib/ld-linux-aarch64.so.1",
];

/// A program, and how it is started.
#[derive(Clone, Debug)]
pub(crate) struct Program {
    path: PathBuf,
    loader: Option<Loader>,
}

/// The dynamic loader of an unpacked distribution, with the folders of its libraries.
///
/// A program that was built for a newer libc than the machine's runs with the libc that it was built for.
#[derive(Clone, Debug)]
struct Loader {
    path: PathBuf,
    libraries: OsString,
}

impl Program {
    /// A program of this machine, or one that `PATH` finds by its name.
    pub(crate) fn of_machine(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into(), loader: None }
    }

    /// A program in a folder, which may hold a loader of its own.
    pub(crate) fn of_folder(path: PathBuf, folder: &Path) -> Self {
        Self { path, loader: Loader::of(folder) }
    }

    /// What starts it.
    pub(crate) fn command(&self) -> Command {
        let Some(loader) = &self.loader else { return Command::new(&self.path) };
        let mut command = Command::new(&loader.path);
        command.arg("--library-path").arg(&loader.libraries).arg(&self.path);
        command
    }
}

impl fmt::Display for Program {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.path.display())
    }
}

impl Loader {
    fn of(folder: &Path) -> Option<Self> {
        let path = LOADERS.iter().map(|loader| folder.join(loader)).find(|loader| loader.is_file())?;
        // The loader's name is a link into the folder of libraries, which is named after the architecture.
        let real = path.canonicalize().ok()?;
        let architecture = real.parent()?.file_name()?.to_owned();
        let folders = ["usr/lib", "lib"].map(|parent| folder.join(parent).join(&architecture));
        let libraries = std::env::join_paths(folders.iter().filter(|folder| folder.is_dir())).ok()?;
        Some(Self { path, libraries })
    }
}

#[cfg(test)]
mod tests {
    use super::Program;
    use std::fs;
    use std::os::unix::fs::symlink;

    #[test]
    fn a_program_beside_a_loader_is_started_by_it() {
        let folder = tempfile::tempdir().unwrap();
        let (root, path) = (folder.path(), folder.path().join("usr/sbin/mysqld"));
        let command = |program: Program| {
            let command = program.command();
            let arguments: Vec<_> = command.get_args().map(ToOwned::to_owned).collect();
            (command.get_program().to_owned(), arguments)
        };
        let alone = Program::of_folder(path.clone(), root);
        assert_eq!(command(alone), (path.clone().into_os_string(), vec![]));

        let libraries = root.join("usr/lib/x86_64-linux-gnu");
        fs::create_dir_all(&libraries).unwrap();
        fs::create_dir_all(root.join("usr/lib64")).unwrap();
        fs::write(libraries.join("ld-linux-x86-64.so.2"), "").unwrap();
        let loader = root.join("usr/lib64/ld-linux-x86-64.so.2");
        symlink("../lib/x86_64-linux-gnu/ld-linux-x86-64.so.2", &loader).unwrap();
        let beside = Program::of_folder(path.clone(), root);
        let arguments = ["--library-path".into(), libraries.into_os_string(), path.into_os_string()];
        assert_eq!(command(beside), (loader.into_os_string(), arguments.to_vec()));
    }
}
