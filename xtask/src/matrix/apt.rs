//! Packages of another release of Debian, unpacked into a folder and never installed.

use super::npm::output;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The keys that all releases are signed with.
const KEYS: &str = "/usr/share/keyrings/debian-archive-keyring.gpg";

/// Fetches packages and all that they depend on, libc included, and unpacks them; gives the folder.
///
/// apt has a state of its own for this, in which nothing is installed: it checks signatures and hashes as always, goes
/// on where it was interrupted, and neither reads nor writes what the machine has installed.
pub(super) fn fetch(
    suite: &str,
    packages: &[&str],
    fetched: &Path,
    unpacked: &Path,
) -> Result<PathBuf, String> {
    let state = State::new(suite, fetched)?;
    output(state.apt_get(&["update", "-qq"]))?;
    let mut install = vec!["install", "-qq", "--yes", "--download-only"];
    install.extend(packages);
    output(state.apt_get(&install))?;
    let root = unpacked.join("root");
    for archive in state.archives()? {
        let mut unpack = Command::new("dpkg-deb");
        unpack.arg("--extract").arg(archive).arg(&root);
        output(unpack)?;
    }
    Ok(root)
}

/// apt's state for one release.
struct State {
    folder: PathBuf,
}

impl State {
    fn new(suite: &str, folder: &Path) -> Result<Self, String> {
        let state = Self { folder: folder.to_owned() };
        for name in ["lists/partial", "archives/partial", "no-parts"] {
            let path = state.path(name);
            fs::create_dir_all(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        }
        let source = format!("deb [signed-by={KEYS}] {} {suite} main\n", mirror()?);
        for (name, text) in [("sources.list", source.as_str()), ("status", "")] {
            let path = state.path(name);
            fs::write(&path, text).map_err(|error| format!("{}: {error}", path.display()))?;
        }
        Ok(state)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    fn apt_get(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new("apt-get");
        for (option, name) in [
            ("Dir::State::lists", "lists"),
            ("Dir::State::status", "status"),
            ("Dir::State::extended_states", "extended_states"),
            ("Dir::Cache", ""),
            ("Dir::Cache::archives", "archives"),
            ("Dir::Etc::sourcelist", "sources.list"),
            ("Dir::Etc::sourceparts", "no-parts"),
            ("Dir::Etc::preferences", "no-preferences"),
            ("Dir::Etc::preferencesparts", "no-parts"),
        ] {
            command.arg("-o").arg(format!("{option}={}", self.path(name).display()));
        }
        // The folder need not be open to apt's own user; without recommendations, translations and descriptions.
        for option in ["APT::Sandbox::User=root", "APT::Install-Recommends=false", "Acquire::Languages=none"]
        {
            command.args(["-o", option]);
        }
        command.args(arguments).env("DEBIAN_FRONTEND", "noninteractive");
        command
    }

    fn archives(&self) -> Result<Vec<PathBuf>, String> {
        let folder = self.path("archives");
        let entries = fs::read_dir(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        let files = entries.filter_map(|entry| Some(entry.ok()?.path()));
        Ok(files.filter(|file| file.extension().is_some_and(|extension| extension == "deb")).collect())
    }
}

/// Where this machine gets its own release from.
fn mirror() -> Result<String, String> {
    let mut ask = Command::new("apt-get");
    ask.args(["indextargets", "--format", "$(SITE)", "Origin: Debian", "Label: Debian"]);
    let told = output(ask)?;
    told.lines().next().map(str::to_owned).ok_or_else(|| {
        "apt knows no mirror of Debian; on Debian, run `apt-get update` once, elsewhere name only versions of PostgreSQL"
            .to_owned()
    })
}
