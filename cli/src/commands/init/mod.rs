//! `init`: sets a crate up, with all that it needs to have a history of revisions.
//!
//! Everything is found out before anything is written, nothing that is there is overwritten, and what is there already as it
//! should be is left alone: to run it twice does no harm.

mod build_script;
mod manifest;

use crate::arguments::{Format, InitArgs};
use crate::failure::{Failure, InitFailure};
use crate::new_file::{self, built_in, template_name};
use crate::output::{CommandOutput, Data, InitOutput, WrittenFile};
use crate::project::{Project, shown};
use manifest::Manifest;
use servicekit_chain::Dialect;
use std::path::{Path, PathBuf};
use std::{fs, io};

/// The file that a person fills in when the application needs something first, or has its models in other crates.
const ENV: &str = "\
//! Setup for revisions in Rust, and where the command line finds the models of the application. This file is compiled only into
//! the tests of the crate. `env` runs before the application does anything for the command line.

// Models of this crate, a library or a program, need no import. By name:
// use crate::models::{Order, User};
//
// A library crate with models has to be named, so that it is linked:
// use shop_models as _;

/// Sets up logging, the variables of a `.env` file, and so on. What it returns is the list of models: nothing stands for all that
/// are found; `models![…]` or a registry for others.
pub fn env() {}
";

/// A file as it is to be.
struct PlannedFile {
    path: PathBuf,
    /// `None` leaves it as it is.
    text: Option<String>,
    /// Whether it is there.
    exists: bool,
}

pub(super) fn run(arguments: &InitArgs, project: &Project) -> Result<CommandOutput, Failure> {
    let directory = arguments.output.clone().unwrap_or_else(|| project.location.directory.clone());
    Ok(Data::Initialised(set_up(&directory, arguments.template)?).into())
}

/// Sets a crate up, in the current folder.
///
/// # Errors
/// When there is no crate, its manifest cannot be read, or a file cannot be written.
fn set_up(directory: &Path, template: Dialect) -> Result<InitOutput, Failure> {
    let name = directory.to_string_lossy().replace('\\', "/");
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "_-./".contains(c);
    let inside = directory.components().all(|part| matches!(part, std::path::Component::Normal(_)));
    if name.is_empty() || !inside || !name.chars().all(is_plain) {
        return Err(InitFailure::Directory { name }.into());
    }
    let manifest = Manifest::read(Path::new("Cargo.toml"))?;
    let config = servicekit_chain::folder::configuration_of(directory);
    let mut files = vec![
        unless_exists(config, || configuration(directory, template))?,
        unless_exists(directory.join("env.rs"), || ENV.to_owned())?,
    ];
    for format in [Format::Sql, Format::Rs] {
        files.push(unless_exists(directory.join(template_name(format)), || built_in(format))?);
    }
    let (planned, dependency) = manifest.with_dependency(template);
    files.push(planned);
    let mut next = Vec::new();
    match build_script::plan(&manifest.build_script(), &name)? {
        build_script::BuildScriptPlan::File(planned) => files.push(planned),
        build_script::BuildScriptPlan::ByHand(words) => next.push(words),
    }
    let versions = directory.join("versions");
    let mut written = Vec::new();
    if !versions.is_dir() {
        fs::create_dir_all(&versions).map_err(|source| cannot_write(&versions, source))?;
        written.push(WrittenFile { path: shown(&versions) + "/", what: "created" });
    }
    // An empty folder is in no repository.
    if fs::read_dir(&versions).is_ok_and(|mut entries| entries.next().is_none()) {
        let path = versions.join(".gitkeep");
        files.insert(0, PlannedFile { path, text: Some(String::new()), exists: false });
    }
    for PlannedFile { path, text, exists } in files {
        if let Some(text) = &text {
            write(&path, text, exists).map_err(|source| cannot_write(&path, source))?;
        }
        let what = match text {
            None => "kept",
            Some(_) if exists => "changed",
            Some(_) => "created",
        };
        written.push(WrittenFile { path: shown(&path), what });
    }
    next.extend(dependency);
    next.extend(steps(&name, &manifest, template));
    Ok(InitOutput { written, next })
}

/// A new file must not be there yet; a changed one is written beside the old one first, so that it is whole or as it was.
fn write(path: &Path, text: &str, exists: bool) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if !exists {
        return new_file::create(folder, path, text);
    }
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    io::Write::write_all(&mut file, text.as_bytes())?;
    file.as_file().set_permissions(fs::metadata(path)?.permissions())?;
    file.persist(path).map(drop).map_err(|error| error.error)
}

fn cannot_write(path: &Path, source: io::Error) -> Failure {
    Failure::Write { path: shown(path), source }
}

/// A file that is made where it does not exist yet.
fn unless_exists(path: PathBuf, text: impl FnOnce() -> String) -> Result<PlannedFile, Failure> {
    let exists = path.try_exists().map_err(|source| cannot_write(&path, source))?;
    Ok(PlannedFile { path, text: (!exists).then(text), exists })
}

/// The configuration beside the folder.
fn configuration(directory: &Path, template: Dialect) -> String {
    // A URL with a password has no place in a repository.
    let url = template.select(
        "database_url = \"sqlite://app.db\"",
        "# database_url = \"postgres://user@localhost/name\"",
        "# database_url = \"mysql://user@localhost/name\"",
    );
    format!(
        "# Configuration of the revisions in `{}/versions`, for the macro, the runtime and the command line.\n\n\
         # The database of the command line; `--database-url` and `DATABASE_URL` override it.\n{url}\n\n\
         # The kinds of databases that go through these revisions, where there are several.\n\
         # databases = [\"sqlite\", \"postgres\"]\n",
        shown(directory)
    )
}

/// What a person does next.
fn steps(name: &str, manifest: &Manifest, template: Dialect) -> Vec<String> {
    let option = if name == "alembic" { String::new() } else { format!(" --directory {name}") };
    let (file, module) = (manifest.root_file(), if name == "alembic" { "" } else { ", in its own module" });
    let naming = if template == Dialect::Sqlite { "" } else { "name the database in `DATABASE_URL`, and " };
    vec![
        format!("put `servicekit::migrations!(\"{name}\");` into `{file}`{module}"),
        format!("create a revision: `servicekit migrations revision -m \"create users\"{option}`"),
        format!("{naming}apply it: `servicekit migrations upgrade{option}`"),
    ]
}
