//! What is checked now and then rather than before every change: it needs programs of its own, the network, or time.

use crate::needs::succeeds;
use crate::{book, cargo};
use std::fs;
use std::path::Path;
use std::process::Command;

/// How long each fuzz target runs when nothing is said.
const SECONDS: u32 = 60;

/// A program that a check is made with.
#[derive(Debug)]
struct Tool {
    name: &'static str,
    what: &'static str,
    /// What shows that it is there.
    version: (&'static str, &'static [&'static str]),
    install: &'static str,
}

const DENY: Tool = Tool {
    name: "cargo-deny",
    what: "licences, sources, duplicates and advisories of dependencies",
    version: ("cargo", &["deny", "--version"]),
    install: "cargo install cargo-deny --locked",
};

const TYPOS: Tool = Tool {
    name: "typos",
    what: "spelling",
    version: ("typos", &["--version"]),
    install: "cargo install typos-cli --locked",
};

const BOOK: Tool = Tool {
    name: "mdbook",
    what: "the guide as a book",
    version: ("mdbook", &["--version"]),
    install: "cargo install mdbook --locked",
};

const FUZZ: Tool = Tool {
    name: "cargo-fuzz",
    what: "the fuzz targets",
    version: ("cargo", &["fuzz", "--version"]),
    install: "cargo install cargo-fuzz --locked",
};

const COMPILER: Tool = Tool {
    name: "c++",
    what: "libFuzzer, which the fuzz targets are linked with",
    version: ("c++", &["--version"]),
    install: "apt-get install -y g++",
};

pub(crate) fn run(rest: &[String]) -> Result<(), String> {
    let seconds = seconds(rest)?;
    let mut report = Report::default();
    if report.has(&[DENY]) {
        // Apart, because only the list of known weaknesses is asked for over the network.
        for checks in [&["licenses", "bans", "sources"][..], &["advisories"]] {
            let arguments = [&["deny", "check", "--hide-inclusion-graph"], checks].concat();
            report.add(cargo::run(&arguments, Path::new(cargo::WORKSPACE), &[]));
        }
    }
    if report.has(&[TYPOS]) {
        report.add(typos());
    }
    if report.has(&[BOOK]) {
        report.add(book::build());
    }
    if report.has(&[FUZZ, COMPILER]) {
        match targets(Path::new(cargo::WORKSPACE)) {
            Ok(targets) => targets.iter().for_each(|target| report.add(fuzz(target, seconds))),
            Err(problem) => report.problems.push(problem),
        }
    }
    report.finish()
}

/// What did not go well; every check is made all the same.
#[derive(Debug, Default)]
struct Report {
    problems: Vec<String>,
}

impl Report {
    /// Whether all of these are installed.
    fn has(&mut self, tools: &[Tool]) -> bool {
        let missing: Vec<&Tool> =
            tools.iter().filter(|tool| !succeeds(tool.version.0, tool.version.1)).collect();
        self.problems.extend(missing.iter().map(|tool| {
            format!(
                "{} is not installed, LEFT OUT: {}; install it with `{}`",
                tool.name, tool.what, tool.install
            )
        }));
        missing.is_empty()
    }

    fn add(&mut self, result: Result<(), String>) {
        self.problems.extend(result.err());
    }

    fn finish(self) -> Result<(), String> {
        if self.problems.is_empty() {
            Ok(())
        } else {
            Err(format!("not all is well:\n  {}", self.problems.join("\n  ")))
        }
    }
}

fn seconds(rest: &[String]) -> Result<u32, String> {
    match rest {
        [] => Ok(SECONDS),
        [option, number] if option == "--seconds" => number
            .parse()
            .ok()
            .filter(|seconds| *seconds > 0)
            .ok_or_else(|| format!("`--seconds` takes a whole number above 0, not `{number}`")),
        _ => Err(format!("`extra` takes `--seconds N` and nothing else, not `{}`", rest.join(" "))),
    }
}

fn typos() -> Result<(), String> {
    eprintln!("xtask: typos");
    let status = Command::new("typos").current_dir(cargo::WORKSPACE).status();
    let status = status.map_err(|error| format!("typos cannot be started: {error}"))?;
    let found = || "typos has found some; a word that is meant goes into `typos.toml`".to_owned();
    status.success().then_some(()).ok_or_else(found)
}

/// The names of the fuzz targets.
fn targets(workspace: &Path) -> Result<Vec<String>, String> {
    let folder = workspace.join("fuzz/fuzz_targets");
    let unreadable = |error| format!("{} cannot be read: {error}", folder.display());
    let mut names = Vec::new();
    for entry in fs::read_dir(&folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        names.extend(path.file_stem().and_then(|name| name.to_str()).map(str::to_owned));
    }
    names.sort();
    if names.is_empty() { Err(format!("{} holds no target", folder.display())) } else { Ok(names) }
}

/// Runs one target; what it finds interesting stays in `fuzz/corpus` for the next time.
fn fuzz(target: &str, seconds: u32) -> Result<(), String> {
    let folder = Path::new(cargo::WORKSPACE).join("fuzz");
    let (corpus, seeds) = (format!("corpus/{target}"), format!("seeds/{target}"));
    fs::create_dir_all(folder.join(&corpus)).map_err(|error| format!("{corpus} cannot be made: {error}"))?;
    let time = format!("-max_total_time={seconds}");
    // There is no unsafe code to look after, and without a sanitizer a stable toolchain does.
    let mut arguments = vec!["fuzz", "run", "--sanitizer", "none", target, &corpus];
    if folder.join(&seeds).is_dir() {
        arguments.push(&seeds);
    }
    let dictionary = format!("dictionaries/{target}.dict");
    let words = format!("-dict={dictionary}");
    arguments.extend(["--", &time, "-timeout=10", "-verbosity=0", "-print_final_stats=1"]);
    if folder.join(&dictionary).is_file() {
        arguments.push(&words);
    }
    cargo::run(&arguments, &folder, &[])
}

#[cfg(test)]
mod tests {
    use super::{Report, SECONDS, Tool, seconds, targets};
    use crate::cargo::WORKSPACE;
    use std::fs;
    use std::path::Path;

    #[test]
    fn seconds_are_a_whole_number_above_0() {
        let read = |line: &str| seconds(&line.split_whitespace().map(str::to_owned).collect::<Vec<_>>());
        assert_eq!(read(""), Ok(SECONDS));
        assert_eq!(read("--seconds 5"), Ok(5));
        for wrong in ["--seconds", "--seconds 0", "--seconds -1", "--seconds 5 more", "--minutes 5"] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn what_is_not_installed_fails_with_the_command_that_installs_it() {
        let tool = Tool {
            name: "nothing",
            what: "everything",
            version: ("there-is-no-such-program", &[]),
            install: "make nothing",
        };
        let mut report = Report::default();
        assert!(!report.has(&[tool]));
        assert_eq!(
            report.finish(),
            Err("not all is well:\n  nothing is not installed, LEFT OUT: everything; install it with `make nothing`"
                .to_owned())
        );
    }

    #[test]
    fn every_fuzz_target_is_built() {
        let manifest = fs::read_to_string(Path::new(WORKSPACE).join("fuzz/Cargo.toml")).unwrap();
        let built: Vec<&str> =
            manifest.lines().filter(|line| line.starts_with("path = \"fuzz_targets/")).collect();
        let targets = targets(Path::new(WORKSPACE)).unwrap();
        assert_eq!(built.len(), targets.len());
        for target in targets {
            assert!(built.contains(&&*format!("path = \"fuzz_targets/{target}.rs\"")), "{target}");
        }
    }
}
