//! A Python with Alembic in it.

use std::env;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const PACKAGES: [&str; 3] = ["alembic>=1.16,<2", "psycopg2-binary>=2.9", "pymysql>=1.1"];

/// An interpreter, and where it finds Alembic.
#[derive(Clone, Debug)]
pub(super) struct Python {
    interpreter: PathBuf,
    /// Beyond the interpreter's own packages.
    packages: Option<PathBuf>,
}

impl Python {
    /// Finds what an earlier process has made, or makes it.
    pub(super) fn with_alembic() -> Result<Self, String> {
        let target = target_folder();
        let folder = target.join("test-python");
        fs::create_dir_all(&target).map_err(|error| format!("{}: {error}", target.display()))?;
        // Other processes wait here until it is made.
        let lock = File::create(target.join("test-python.lock"))
            .and_then(|file| file.lock().map(|()| file))
            .map_err(|error| format!("the lock file in {}: {error}", target.display()))?;
        let made = Self::make(&folder);
        drop(lock);
        made
    }

    /// A command that runs this Python.
    pub(super) fn command(&self) -> Command {
        let mut command = Command::new(&self.interpreter);
        command.env_remove("PYTHONPATH").env_remove("PYTHONHOME").env("PYTHONDONTWRITEBYTECODE", "1");
        if let Some(packages) = &self.packages {
            command.env("PYTHONPATH", packages);
        }
        command
    }

    fn make(folder: &Path) -> Result<Self, String> {
        let environment = Self { interpreter: folder.join("environment/bin/python"), packages: None };
        let beside = Self { interpreter: "python3".into(), packages: Some(folder.join("packages")) };
        // Written last, so that a half-made folder is made again, and so is one with other packages.
        let mark = folder.join("made");
        let wanted = PACKAGES.join("\n");
        if fs::read_to_string(&mark).is_ok_and(|made| made == wanted) {
            for python in [&environment, &beside] {
                if python.has_alembic() {
                    return Ok(python.clone());
                }
            }
        }
        let _ = fs::remove_dir_all(folder);
        fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        let python = environment.install_environment(folder).or_else(|first| {
            // Debian's Python may have `pip` without having `venv`.
            beside.install_beside().map_err(|second| {
                format!(
                    "{first}; {second}; install Python 3 (Debian's packages `python3` and `python3-venv`)"
                )
            })
        })?;
        fs::write(&mark, wanted).map_err(|error| format!("{}: {error}", mark.display()))?;
        Ok(python)
    }

    fn install_environment(self, folder: &Path) -> Result<Self, String> {
        let made = folder.join("environment");
        succeed(Command::new("python3").args(["-m", "venv"]).arg(made))?;
        succeed(
            self.command()
                .args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"])
                .args(PACKAGES),
        )?;
        Ok(self)
    }

    fn install_beside(self) -> Result<Self, String> {
        let mut command = Command::new("python3");
        command.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--target"]);
        succeed(command.args(&self.packages).args(PACKAGES))?;
        Ok(self)
    }

    fn has_alembic(&self) -> bool {
        let mut command = self.command();
        command.args(["-c", "import alembic, psycopg2, pymysql"]).stdin(Stdio::null());
        command.output().is_ok_and(|output| output.status.success())
    }
}

fn succeed(command: &mut Command) -> Result<(), String> {
    let shown = format!("{command:?}");
    match command.stdin(Stdio::null()).output() {
        Ok(output) if output.status.success() => Ok(()),
        Ok(output) => Err(format!(
            "{shown} failed: {}{}",
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        )),
        Err(error) => Err(format!("{shown} cannot be started: {error}")),
    }
}

/// Cargo's target folder.
fn target_folder() -> PathBuf {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    // A relative path counts from where cargo was started, most often the workspace.
    workspace.join(env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| "target".into()))
}
