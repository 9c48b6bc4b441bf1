//! Packages made for one measurement: a peer's folder with a long history in the place of its sample.

use crate::database::Database;
use crate::history::{File, Layout, Revision};
use anyhow::{Context, Result, ensure};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

/// A peer: a folder of `peers/`.
#[derive(Debug, Clone, Copy)]
pub struct Peer {
    /// Name of the folder.
    pub name: &'static str,
    /// How it wants a history on disk.
    pub layout: Layout,
    /// The packages whose versions decide its numbers on any database.
    pub libraries: &'static [&'static str],
    /// Those on one database.
    pub drivers: &'static [(Database, &'static str)],
}

impl Peer {
    /// The package that is as the peer's own folder, but for its history.
    pub fn package(&self, history: &[Revision]) -> Result<Package> {
        Package::make(self, &self.package_name(), history, Vec::new())
    }

    /// Builds the optimised worker that runs `history` on a database.
    pub fn build(&self, history: &[Revision], database: Database) -> Result<()> {
        let feature = database.feature();
        eprintln!("building the worker of {} for {feature}", self.name);
        let package = Package::make(self, &self.worker_name(database), history, Vec::new())?;
        package.cargo(&["build", "--release", "--no-default-features", "--features", feature])?;
        Ok(())
    }

    /// Where [`build`](Self::build) puts it.
    pub fn worker(&self, database: Database) -> PathBuf {
        target().join("release").join(self.worker_name(database))
    }

    /// The packages whose versions decide its numbers.
    pub fn packages(&self, database: Database) -> impl Iterator<Item = &'static str> {
        let drivers = self.drivers.iter().filter(move |(of, _)| *of == database).map(|(_, driver)| *driver);
        self.libraries.iter().copied().chain(drivers)
    }

    fn worker_name(&self, database: Database) -> String {
        match database {
            Database::Sqlite => self.package_name(),
            other => format!("{}-{}", self.package_name(), other.feature()),
        }
    }

    fn package_name(&self) -> String {
        format!("peer-{}", self.name.replace('_', "-"))
    }
}

/// This project.
pub const SERVICEKIT: Peer =
    Peer { name: "servicekit", layout: Layout::Servicekit, libraries: &["servicekit", "sqlx"], drivers: &[] };
/// sqlx.
pub const SQLX: Peer = Peer { name: "sqlx", layout: Layout::Sqlx, libraries: &["sqlx"], drivers: &[] };
/// refinery.
pub const REFINERY: Peer = Peer {
    name: "refinery",
    layout: Layout::Refinery,
    libraries: &["refinery"],
    drivers: &[(Database::Sqlite, "rusqlite"), (Database::Postgres, "postgres"), (Database::MySql, "mysql")],
};
/// diesel.
pub const DIESEL: Peer = Peer {
    name: "diesel",
    layout: Layout::Diesel,
    libraries: &["diesel", "diesel_migrations"],
    drivers: &[(Database::Postgres, "pq-sys"), (Database::MySql, "mysqlclient-sys")],
};
/// rusqlite_migration.
pub const RUSQLITE_MIGRATION: Peer = Peer {
    name: "rusqlite_migration",
    layout: Layout::RusqliteMigration,
    libraries: &["rusqlite_migration", "rusqlite"],
    drivers: &[],
};

/// The folder of this program.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Where everything that a run makes is kept.
pub fn work() -> PathBuf {
    root().join("target/peers")
}

/// A package on disk, outside every workspace as a user's package is.
pub struct Package {
    folder: PathBuf,
    /// As cargo names it.
    name: String,
}

impl Package {
    /// Copies the folder of `peer` to `name`, with `history` in the place of its sample and `more` files on
    /// top or instead. Files that are already right are left alone, so that cargo does not build again.
    pub fn make(peer: &Peer, name: &str, history: &[Revision], more: Vec<File>) -> Result<Self> {
        let source = root().join("peers").join(peer.name);
        let folder = work().join(name);
        let mut files = peer.layout.files(history);
        let sample = source.join(peer.layout.folder());
        for path in paths(&source)?.into_iter().filter(|path| !path.starts_with(&sample)) {
            files.push((path.strip_prefix(&source)?.to_owned(), read(&path)?));
        }
        files.push(("Cargo.lock".into(), read(&root().join("Cargo.lock"))?));
        for (path, text) in more {
            files.retain(|(other, _)| *other != path);
            files.push((path, text));
        }
        for (path, text) in &mut files {
            if path == Path::new("Cargo.toml") {
                *text = stand_alone(text, &source, name)?;
            }
        }
        let changed = synchronise(&folder, &files)?;
        let package = Self { folder, name: name.to_owned() };
        if changed {
            // Not every macro tells cargo of files that are new to its folder.
            package.touch()?;
        }
        Ok(package)
    }

    /// Touches the file that holds the macro.
    pub fn touch(&self) -> Result<()> {
        let path = self.folder.join("src/lib.rs");
        let file =
            fs::File::options().append(true).open(&path).with_context(|| path.display().to_string())?;
        Ok(file.set_modified(SystemTime::now())?)
    }

    /// `cargo check` of the library; an error when it had nothing to do.
    pub fn check(&self) -> Result<()> {
        let output = self.cargo(&["check", "--lib"])?;
        ensure!(output.contains(&format!("Checking {} ", self.name)), "cargo checked nothing:\n{output}");
        Ok(())
    }

    /// Builds the tests of the library, optimised; the program.
    pub fn tests(&self, feature: &str) -> Result<PathBuf> {
        eprintln!("building the tests of {}", self.name);
        let arguments =
            ["test", "--release", "--lib", "--no-run", "--no-default-features", "--features", feature];
        let said = self.cargo(&arguments)?;
        let line = said.lines().rfind(|line| line.trim_start().starts_with("Executable"));
        let path = line.and_then(|line| line.split_once('(')).and_then(|(_, rest)| rest.strip_suffix(')'));
        Ok(path.with_context(|| format!("cargo names no program:\n{said}"))?.into())
    }

    /// Runs cargo in the package and returns what it said.
    fn cargo(&self, arguments: &[&str]) -> Result<String> {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let output = Command::new(cargo)
            .args(arguments)
            .current_dir(&self.folder)
            .env("CARGO_TARGET_DIR", target())
            .env("CARGO_TERM_COLOR", "never")
            .output()?;
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        ensure!(
            output.status.success(),
            "cargo {} failed in {}:\n{said}",
            arguments.join(" "),
            self.folder.display()
        );
        Ok(said)
    }
}

/// One target folder for all packages, so that what they share is built once.
fn target() -> PathBuf {
    work().join("target")
}

/// The manifest of the package in `folder` as it must be elsewhere, outside the workspace, under another name; its
/// library keeps the name that the program calls it by.
fn stand_alone(manifest: &str, folder: &Path, name: &str) -> Result<String> {
    let mut text = String::new();
    let mut library = String::new();
    for line in manifest.lines() {
        let line = match line.split_once("path = \"") {
            Some((before, rest)) => {
                let (path, after) = rest.split_once('"').context("a path has two quotes")?;
                format!("{before}path = \"{}\"{after}", folder.join(path).canonicalize()?.display())
            }
            None if line.starts_with("name = ") => {
                library = line.replace('-', "_");
                format!("name = \"{name}\"")
            }
            None => line.to_owned(),
        };
        text += &line;
        text.push('\n');
    }
    Ok(format!("{text}\n[lib]\n{library}\n\n[workspace]\n"))
}

/// Makes `folder` hold exactly `files`.
fn synchronise(folder: &Path, files: &[File]) -> Result<bool> {
    let mut changed = false;
    let wanted: BTreeSet<PathBuf> = files.iter().map(|(path, _)| folder.join(path)).collect();
    if folder.exists() {
        for path in paths(folder)?.into_iter().filter(|path| !wanted.contains(path)) {
            fs::remove_file(&path)?;
            changed = true;
            // A folder that is not empty yet stays.
            let _ = path.parent().map(fs::remove_dir);
        }
    }
    for (path, text) in files {
        let path = folder.join(path);
        if fs::read_to_string(&path).ok().as_ref() == Some(text) {
            continue;
        }
        fs::create_dir_all(path.parent().unwrap_or(folder))?;
        fs::write(&path, text).with_context(|| path.display().to_string())?;
        changed = true;
    }
    Ok(changed)
}

/// Every file under `folder`.
fn paths(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            found.extend(paths(&entry.path())?);
        } else {
            found.push(entry.path());
        }
    }
    Ok(found)
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| path.display().to_string())
}
