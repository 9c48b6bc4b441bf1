//! The files in `cases/beside`.

use servicekit::Dialect;
use std::fs;
use std::path::{Path, PathBuf};

/// Set to `always`, it writes what servicekit says again.
const UPDATE: &str = "UPDATE_BESIDE";

pub(crate) fn path(name: &str, dialect: Dialect, extension: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../cases/beside");
    folder.join(format!("{name}.{}.{extension}", dialect.select("sqlite", "postgres", "mysql")))
}

pub(crate) fn read(name: &str, dialect: Dialect, extension: &str) -> String {
    let path = path(name, dialect, extension);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Compares what servicekit says with what is recorded.
pub(crate) fn compare(dialect: Dialect, said: &str) {
    if std::env::var(UPDATE).is_ok_and(|value| value == "always") {
        fs::write(path("servicekit", dialect, "txt"), said).unwrap();
    }
    assert_eq!(read("servicekit", dialect, "txt"), said, "set {UPDATE}=always to write it again");
}

/// The lines below the heading of a change.
pub(crate) fn below<'t>(text: &'t str, change: &str) -> Vec<&'t str> {
    let lines = text.lines().skip_while(|line| *line != change).skip(1);
    lines.take_while(|line| line.starts_with("    ")).map(str::trim).collect()
}
