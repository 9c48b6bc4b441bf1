//! Which folder of revisions the arguments name.

use super::CommonArgs;
use std::ffi::OsStr;
use std::fmt;
use std::path::{Path, PathBuf};

/// The folder that is used when none is named.
const DEFAULT_DIRECTORY: &str = "alembic";

/// Where a folder of revisions is, as the arguments say it.
#[derive(Debug, Clone)]
pub(crate) struct Location {
    pub(crate) directory: PathBuf,
    /// The configuration of ours that is named.
    pub(crate) config: Option<PathBuf>,
    /// The options that another command needs to work on the same folder, with a blank before them.
    options: String,
}

impl Location {
    /// A configuration that is named without a folder belongs to the folder beside it. `of_alembic` is the folder that a
    /// configuration of Python's Alembic names, and `is_ours` whether the one that is named is not of that kind.
    pub(crate) fn new(common: &CommonArgs, of_alembic: Option<&Path>, is_ours: bool) -> Self {
        let config = common.config.clone().filter(|_| is_ours);
        let directory = match (&common.directory, &config, of_alembic) {
            (Some(directory), ..) => directory.clone(),
            (None, Some(config), _) => config.with_extension(""),
            (None, None, Some(directory)) => directory.to_owned(),
            (None, None, None) => PathBuf::from(DEFAULT_DIRECTORY),
        };
        let option = |name: &str, value: Option<&OsStr>| {
            value
                .map(|value| format!(" {name} {}", shell_quoted(&value.to_string_lossy())))
                .unwrap_or_default()
        };
        let options = option("--directory", common.directory.as_deref().map(Path::as_os_str))
            + &option("--config", common.config.as_deref().map(Path::as_os_str))
            + &option("--name", common.name.as_deref().map(OsStr::new));
        Self { directory, config, options }
    }

    /// A command line that works on this folder.
    pub(crate) fn command(&self, command: impl fmt::Display) -> String {
        format!("servicekit migrations {command}{}", self.options)
    }
}

/// An argument as a shell wants it.
pub(crate) fn shell_quoted(argument: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "/._-+=:,@%".contains(c);
    if !argument.is_empty() && argument.chars().all(plain) {
        argument.to_owned()
    } else {
        format!("'{}'", argument.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_that_is_suggested_works_on_the_same_folder() {
        let common = CommonArgs { directory: Some("my app/alembic".into()), ..CommonArgs::default() };
        let command = Location::new(&common, None, true).command("merge heads");
        assert_eq!(command, "servicekit migrations merge heads --directory 'my app/alembic'");
    }

    #[test]
    fn a_configuration_named_alone_belongs_to_the_folder_beside_it() {
        let common = CommonArgs { config: Some("db/alembic_main.toml".into()), ..CommonArgs::default() };
        assert_eq!(Location::new(&common, None, true).directory, Path::new("db/alembic_main"));
    }
}
