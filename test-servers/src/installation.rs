//! Where the programs of an engine come from: this machine, or a folder that the environment names.

use crate::engine::Engine;
use crate::os::{self, Program};
use std::env;
use std::path::{Path, PathBuf};

/// The value of [`Engine::folder_variable`] for an engine that is not tested.
pub const NO_FOLDER: &str = "none";

/// Where programs are in a folder: of one product, or of a distribution that was unpacked into it.
const PROGRAM_FOLDERS: [&str; 4] = ["bin", "sbin", "usr/bin", "usr/sbin"];

/// The programs of one engine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Installation {
    /// Those that are installed.
    Machine,
    /// Those of a folder.
    Folder(PathBuf),
    /// The engine is not tested, whatever is installed.
    Excluded,
}

impl Installation {
    /// The one that the environment chooses.
    ///
    /// # Panics
    /// When the environment names a folder that does not exist.
    pub(crate) fn of(engine: Engine) -> Self {
        let variable = engine.folder_variable();
        match env::var_os(variable) {
            None => Self::Machine,
            Some(value) if value.is_empty() => Self::Machine,
            Some(value) if value == NO_FOLDER => Self::Excluded,
            Some(value) => {
                let folder = PathBuf::from(value);
                let folder = folder.canonicalize().unwrap_or_else(|error| {
                    panic!("{variable} is `{}`, which cannot be read: {error}", folder.display())
                });
                Self::Folder(folder)
            }
        }
    }

    /// The first of these programs that is there.
    pub(crate) fn program(&self, names: &[&str]) -> Option<Program> {
        match self {
            Self::Machine => os::installed(names).map(Program::of_machine),
            Self::Folder(folder) => {
                let file = names.iter().find_map(|name| in_folder(folder, name))?;
                Some(Program::of_folder(file, folder))
            }
            Self::Excluded => None,
        }
    }

    /// The folder, where the programs are in one.
    pub(crate) fn folder(&self) -> Option<&Path> {
        match self {
            Self::Folder(folder) => Some(folder),
            Self::Machine | Self::Excluded => None,
        }
    }
}

fn in_folder(folder: &Path, name: &str) -> Option<PathBuf> {
    PROGRAM_FOLDERS.iter().map(|programs| folder.join(programs).join(name)).find(|file| file.is_file())
}

#[cfg(test)]
mod tests {
    use super::Installation;
    use std::fs;

    #[test]
    fn a_program_of_a_folder_is_never_taken_from_the_machine() {
        let folder = tempfile::tempdir().unwrap();
        let programs = folder.path().join("usr/sbin");
        fs::create_dir_all(&programs).unwrap();
        fs::write(programs.join("mysqld"), "").unwrap();
        let installation = Installation::Folder(folder.path().to_owned());
        let found = installation.program(&["mariadbd", "mysqld"]).unwrap();
        assert_eq!(found.to_string(), programs.join("mysqld").display().to_string());
        assert!(installation.program(&["sh"]).is_none());
        assert!(Installation::Machine.program(&["sh"]).is_some());
        assert!(Installation::Excluded.program(&["sh"]).is_none());
    }
}
