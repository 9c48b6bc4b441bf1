//! The application whose models are checked, and the same tables as a project of Alembic.

use crate::models::library::{Models, library};
use crate::package::{root, work};
use anyhow::{Context, Result};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

/// The id of the only revision, for both.
const REVISION: &str = "a1";

/// A package with models and their history.
pub struct Application {
    folder: PathBuf,
    program: PathBuf,
    /// How many models it has.
    pub count: usize,
}

impl Application {
    /// Writes it, and the revision that makes all tables.
    pub fn make(program: PathBuf, count: usize) -> Result<Self> {
        let made = Self { folder: work().join("check"), program, count };
        let versions = made.folder.join("alembic/versions");
        if versions.exists() {
            fs::remove_dir_all(&versions)?;
        }
        write(&versions.join(".gitkeep"), "")?;
        let runtime = root().join("../runtime").canonicalize()?;
        write(&made.folder.join("Cargo.toml"), &manifest(&runtime))?;
        write(&made.folder.join("Cargo.lock"), &fs::read_to_string(root().join("Cargo.lock"))?)?;
        let models = library(Models::Derived, count);
        write(
            &made.folder.join("src/lib.rs"),
            &format!("{models}\nservicekit::migrations!(\"alembic\");\n"),
        )?;
        Ok(made)
    }

    /// `servicekit migrations` with these arguments.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.program);
        command.arg("migrations").args(arguments).current_dir(&self.folder);
        command.env("CARGO_TARGET_DIR", work().join("target")).env_remove("DATABASE_URL");
        command
    }

    /// The same on the database of a URL.
    pub fn on(&self, url: &str, arguments: &[&str]) -> Command {
        let mut command = self.command(arguments);
        command.args(["-x", &format!("db={url}")]);
        command
    }

    /// Writes the revision from the models.
    pub fn autogenerate(&self, url: &str) -> Command {
        self.on(url, &["revision", "--autogenerate", "-m", "create all", "--rev-id", REVISION])
    }

    /// Touches the file with the models, so that they are compiled again.
    pub fn touch(&self) -> Result<()> {
        let file = fs::File::options().append(true).open(self.folder.join("src/lib.rs"))?;
        Ok(file.set_modified(SystemTime::now())?)
    }
}

fn manifest(runtime: &Path) -> String {
    format!(
        "[package]\nname = \"bench-check\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n\
         servicekit = {{ path = \"{}\", features = [\"sqlite\", \"postgres\", \"mysql\", \"models\"] }}\n\
         sqlx = {{ version = \"0.9.0\", default-features = false, features = [\"derive\"] }}\n\n[workspace]\n",
        runtime.display()
    )
}

/// The project of Alembic, at the same revision.
pub struct Alembic {
    folder: PathBuf,
    python: PathBuf,
    url: String,
    count: usize,
}

impl Alembic {
    /// Writes it for a database, by SQLAlchemy's URL.
    pub fn make(python: &Path, application: &Application, url: String) -> Result<Self> {
        let folder = work().join("check-alembic");
        write(&folder.join("alembic.ini"), "[alembic]\nscript_location = %(here)s/migrations\n")?;
        write(&folder.join("migrations/env.py"), include_str!("env.py"))?;
        write(&folder.join("migrations/models.py"), include_str!("models.py"))?;
        let revision = format!("revision = \"{REVISION}\"\ndown_revision = None\n");
        write(&folder.join("migrations/versions/a1.py"), &revision)?;
        Ok(Self { folder, python: python.to_owned(), url, count: application.count })
    }

    fn python(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.python);
        command.args(arguments).current_dir(&self.folder).env("CHECK_URL", &self.url);
        command.env("CHECK_MODELS", self.count.to_string());
        command
    }

    /// `alembic check`; it fails where something differs.
    pub fn check(&self, with_defaults: bool) -> Command {
        let mut command = self.python(&["-m", "alembic", "check"]);
        command.env("CHECK_DEFAULTS", if with_defaults { "yes" } else { "no" });
        command
    }

    /// What it takes to start, and to have the tables.
    pub fn start(&self) -> Command {
        self.python(&["-c", "import sys; sys.path.insert(0, 'migrations'); import alembic.config, models"])
    }
}

/// Writes a file unless it is right already, so that cargo does not build again.
fn write(path: &Path, text: &str) -> Result<()> {
    if fs::read_to_string(path).ok().as_deref() == Some(text) {
        return Ok(());
    }
    let folder = path.parent().context("a file is in a folder")?;
    fs::create_dir_all(folder)?;
    fs::write(path, text).with_context(|| path.display().to_string())
}
