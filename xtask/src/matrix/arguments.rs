//! What a developer can choose.

use super::versions::{VERSIONS, Version};
use crate::cargo;
use std::path::{Path, PathBuf};

/// The arguments of `cargo xtask matrix`.
#[derive(Debug, PartialEq)]
pub(super) struct Arguments {
    /// Whether what is missing is fetched.
    pub(super) install: bool,
    /// Where the servers are.
    pub(super) folder: PathBuf,
    pub(super) versions: Vec<&'static Version>,
    /// What follows `--`: names of tests and options of their harness.
    pub(super) for_tests: Vec<String>,
}

impl Arguments {
    pub(super) fn parse(rest: &[String]) -> Result<Self, String> {
        let mut arguments = Self {
            install: false,
            folder: Path::new(cargo::WORKSPACE).join("target/matrix"),
            versions: Vec::new(),
            for_tests: Vec::new(),
        };
        let mut rest = rest.iter();
        while let Some(argument) = rest.next() {
            match argument.as_str() {
                "--install" => arguments.install = true,
                "--folder" => {
                    let folder = rest.next().ok_or("--folder needs the path of a folder")?;
                    arguments.folder =
                        std::path::absolute(folder).map_err(|error| format!("{folder}: {error}"))?;
                }
                "--" => arguments.for_tests.extend(rest.by_ref().cloned()),
                name => arguments.versions.push(named(name)?),
            }
        }
        if arguments.versions.is_empty() {
            arguments.versions.extend(VERSIONS.iter().filter(|version| version.is_usual));
        }
        Ok(arguments)
    }
}

fn named(name: &str) -> Result<&'static Version, String> {
    VERSIONS.iter().find(|version| version.name == name).ok_or_else(|| {
        let known: Vec<&str> = VERSIONS.iter().map(|version| version.name).collect();
        format!("`{name}` is no version of the matrix; there are {}", known.join(", "))
    })
}

#[cfg(test)]
mod tests {
    use super::Arguments;

    fn parsed(line: &str) -> Result<Arguments, String> {
        Arguments::parse(&line.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn versions_are_chosen_by_name_and_what_follows_is_for_the_tests() {
        let arguments = parsed("mysql-9 --install --folder /srv/m postgres-12 -- --install basics").unwrap();
        let names: Vec<_> = arguments.versions.iter().map(|version| version.name).collect();
        assert_eq!(names, ["mysql-9", "postgres-12"]);
        assert!(arguments.install);
        assert_eq!(arguments.folder.to_str(), Some("/srv/m"));
        assert_eq!(arguments.for_tests, ["--install", "basics"]);
    }

    #[test]
    fn without_a_name_the_usual_ones_are_meant() {
        let names: Vec<_> = parsed("").unwrap().versions.iter().map(|version| version.name).collect();
        assert_eq!(names, ["postgres-12", "postgres-18", "mysql-9", "mariadb-11.8"]);
        assert!(
            parsed("oracle-7").unwrap_err().starts_with("`oracle-7` is no version of the matrix; there are ")
        );
    }
}
