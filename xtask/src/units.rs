//! `cargo xtask units`: whether an application compiles each of our crates once.
//!
//! The macros run on the host and use `servicekit-chain` too. Cargo compiles it a second time for them when a package below it has
//! other features there than in the application, which no list of duplicate versions shows.

use crate::cargo::WORKSPACE;
use std::collections::BTreeMap;
use std::env;
use std::process::{Command, Stdio};

/// A service as small as they come.
const APPLICATION: &str = "hello";

pub(crate) fn run() -> Result<(), String> {
    eprintln!("xtask: cargo build -p {APPLICATION}, counting what is compiled");
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args(["build", "--quiet", "-p", APPLICATION, "--message-format=json"]).current_dir(WORKSPACE);
    let output = cargo.stderr(Stdio::inherit()).output();
    let output = output.map_err(|error| format!("cargo cannot be started: {error}"))?;
    if !output.status.success() {
        return Err(format!("cargo build -p {APPLICATION} failed"));
    }
    let units = count(&String::from_utf8_lossy(&output.stdout));
    if units.is_empty() {
        return Err("cargo has named none of our crates".to_owned());
    }
    let twice: Vec<String> = units
        .into_iter()
        .filter(|(_, times)| *times > 1)
        .map(|(name, times)| format!("{name} is compiled {times} times"))
        .collect();
    if twice.is_empty() {
        return Ok(());
    }
    Err(format!(
        "{}: a package below has other features for the macros than for the application; `cargo tree -p {APPLICATION} -e features -i \
         PACKAGE` tells which, and the comment at `smallvec` in Cargo.toml what helps",
        twice.join(", ")
    ))
}

/// How often each of our libraries is among the artifacts that cargo names, a line each.
fn count(messages: &str) -> BTreeMap<String, usize> {
    let mut units = BTreeMap::new();
    for line in messages.lines().filter(|line| line.contains("\"reason\":\"compiler-artifact\"")) {
        let Some((_, target)) = line.split_once("\"target\":{") else { continue };
        let is_library =
            ["\"kind\":[\"lib\"]", "\"kind\":[\"proc-macro\"]"].iter().any(|kind| target.contains(kind));
        let name = target.split_once("\"name\":\"").and_then(|(_, rest)| rest.split('"').next());
        if let Some(name) = name.filter(|name| is_library && name.starts_with("servicekit")) {
            *units.entry(name.to_owned()).or_default() += 1;
        }
    }
    units
}

#[cfg(test)]
mod tests {
    use super::count;

    #[test]
    fn our_libraries_are_counted_and_nothing_else() {
        let artifact = |name: &str, kind: &str| {
            format!(
                r#"{{"reason":"compiler-artifact","package_id":"x","target":{{"kind":["{kind}"],"name":"{name}","src_path":"x"}},"fresh":true}}"#
            )
        };
        let messages = [
            artifact("servicekit_chain", "lib"),
            artifact("servicekit_chain", "lib"),
            artifact("servicekit_macros", "proc-macro"),
            artifact("servicekit", "custom-build"),
            artifact("sqlx", "lib"),
            r#"{"reason":"build-finished","success":true}"#.to_owned(),
        ];
        let units: Vec<(String, usize)> = count(&messages.join("\n")).into_iter().collect();
        assert_eq!(units, [("servicekit_chain".to_owned(), 2), ("servicekit_macros".to_owned(), 1)]);
    }
}
