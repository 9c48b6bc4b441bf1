//! The tests of the workspace that use a server.

use crate::cargo;
use std::fs;
use std::path::Path;

/// What every file that uses one says.
const SIGN: &str = "servicekit_test_servers";

/// The arguments for `cargo` that choose them.
///
/// They are found rather than listed, so that a new one is not forgotten.
pub(super) fn of_servers() -> Result<Vec<String>, String> {
    let workspace = Path::new(cargo::WORKSPACE);
    let mut arguments = ["test", "--all-features", "--no-fail-fast"].map(str::to_owned).to_vec();
    let (mut packages, mut suites) = (Vec::new(), Vec::new());
    for member in folders(workspace)? {
        let Ok(tests) = fs::read_dir(member.join("tests")) else { continue };
        let using = tests.filter_map(|entry| Some(entry.ok()?.path())).filter(|test| uses_servers(test));
        let names: Vec<String> =
            using.filter_map(|test| Some(test.file_stem()?.to_str()?.to_owned())).collect();
        if let (false, Some(package)) = (names.is_empty(), package(&member)) {
            packages.push(package);
            suites.extend(names);
        }
    }
    if packages.is_empty() {
        return Err(format!("no tests in {} use a server", workspace.display()));
    }
    suites.sort();
    suites.dedup();
    packages.sort();
    arguments.extend(packages.into_iter().flat_map(|package| ["--package".to_owned(), package]));
    arguments.extend(suites.into_iter().flat_map(|suite| ["--test".to_owned(), suite]));
    Ok(arguments)
}

fn folders(folder: &Path) -> Result<Vec<std::path::PathBuf>, String> {
    let entries = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    Ok(entries.filter_map(|entry| Some(entry.ok()?.path())).filter(|path| path.is_dir()).collect())
}

/// Whether a file, or one in a folder with a `main.rs`, says the sign.
fn uses_servers(test: &Path) -> bool {
    if test.is_dir() {
        return test.join("main.rs").is_file() && says(test);
    }
    test.extension().is_some_and(|extension| extension == "rs") && says(test)
}

fn says(path: &Path) -> bool {
    if let Ok(entries) = fs::read_dir(path) {
        return entries.filter_map(|entry| Some(entry.ok()?.path())).any(|path| says(&path));
    }
    path.extension().is_some_and(|extension| extension == "rs")
        && fs::read_to_string(path).is_ok_and(|text| text.contains(SIGN))
}

fn package(member: &Path) -> Option<String> {
    let manifest = fs::read_to_string(member.join("Cargo.toml")).ok()?;
    let name = manifest.lines().find_map(|line| line.strip_prefix("name = "))?;
    Some(name.trim_matches('"').to_owned())
}

#[cfg(test)]
mod tests {
    use super::of_servers;

    #[test]
    fn the_suites_with_servers_are_found() {
        let arguments = of_servers().unwrap().join(" ");
        for suite in ["--package servicekit ", "--package servicekit-cli ", "--test servers", "--test cli"] {
            assert!(arguments.contains(suite), "{suite} in {arguments}");
        }
        assert!(!arguments.contains("--test upgrade"), "{arguments}");
    }
}
