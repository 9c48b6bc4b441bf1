//! The same tables by Python's Alembic and by servicekit, and changes of them that Alembic does not see.

use crate::database::Database;
use crate::home::Home;
use crate::package::{root, work};
use crate::python;
use crate::server::Server;
use crate::{client, versions};
use anyhow::{Context, Result, ensure};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The table of the guide begins below this line.
const HEAD: &str = "|---|---|---|---|";

/// Records what Alembic makes and says, then what servicekit does, and prints the table.
pub fn run(databases: &[Database]) -> Result<()> {
    let Some(python) = python::with_alembic() else {
        println!("## beside: left out, there is no Python 3 with venv, or PyPI cannot be reached\n");
        return Ok(());
    };
    let project = root().parent().context("the folder of the benchmarks has none above it")?;
    println!(
        "## beside: the same tables and changes of them, alembic {}\n",
        python::version(&python, "alembic")?
    );
    for &database in databases {
        if database == Database::Sqlite {
            record(&python, database, &Home::file()?, project)?;
            println!("recorded on SQLite");
        } else if let Some(server) = Server::find(database)? {
            let home = Home::on(&server)?;
            record(&python, database, &home, project)?;
            home.drop()?;
            println!("recorded on {}", server.version()?);
        }
    }
    compare(project)?;
    let guide = fs::read_to_string(project.join("docs/guide/beside-alembic.md"))?;
    let rows = guide.lines().skip_while(|line| *line != HEAD).skip(1).take_while(|line| !line.is_empty());
    println!("\n{}\n{}\n", versions::machine(), rows.collect::<Vec<_>>().join("\n"));
    Ok(())
}

/// Writes `alembic.*` of a database in `cases/beside`.
fn record(python: &PathBuf, database: Database, home: &Home<'_>, project: &Path) -> Result<()> {
    let folder = work().join("beside");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    let script = work().join("record.py");
    fs::write(&script, include_str!("record.py"))?;
    let mut command = Command::new(python);
    command.arg(&script).arg(&folder).arg(home.sqlalchemy_url());
    command.arg(project.join("cases/beside")).arg(database.feature());
    client::run(&mut command).map(drop)
}

/// Runs the tests that make the databases and compare them, and that write what servicekit says.
fn compare(project: &Path) -> Result<()> {
    // One after the other: the guide is written of what the others record.
    for tests in ["same", "seen", "guide"] {
        let mut cargo = Command::new("cargo");
        cargo.current_dir(project).env("UPDATE_BESIDE", "always").env("UPDATE_GUIDE", "1");
        cargo.args(["test", "--quiet", "-p", "servicekit", "--all-features", "--test", "beside"]);
        let output = cargo.args(["--", "--nocapture", tests]).output().context("cargo")?;
        let said = String::from_utf8_lossy(&output.stdout);
        ensure!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
        said.lines()
            .filter(|line| line.contains(" differ"))
            .for_each(|line| println!("{}", line.trim_start_matches('.')));
    }
    Ok(())
}
