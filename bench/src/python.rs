//! A Python with Alembic, SQLAlchemy and drivers in it.

use crate::client;
use crate::package::work;
use anyhow::Result;
use std::path::PathBuf;
use std::process::Command;

const PACKAGES: [&str; 3] = ["alembic>=1.16,<2", "psycopg2-binary>=2.9", "pymysql>=1.1"];

/// The interpreter of a virtual environment, which is made once; nothing where Python or PyPI is missing.
pub fn with_alembic() -> Option<PathBuf> {
    let folder = work().join("python");
    let python = folder.join("bin/python");
    let has_all =
        || client::run(Command::new(&python).args(["-c", "import alembic, psycopg2, pymysql"])).is_ok();
    if has_all() {
        return Some(python);
    }
    eprintln!("installing alembic");
    client::run(Command::new("python3").args(["-m", "venv"]).arg(&folder)).ok()?;
    client::run(Command::new(&python).args(["-m", "pip", "install", "--quiet"]).args(PACKAGES)).ok()?;
    has_all().then_some(python)
}

/// The version of a module.
pub fn version(python: &PathBuf, module: &str) -> Result<String> {
    let question = format!("import {module}; print({module}.__version__)");
    Ok(client::run(Command::new(python).args(["-c", &question]))?.1)
}
