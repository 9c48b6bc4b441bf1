//! Every test, then a look at whether each feature builds without the others.

use crate::cargo;
use crate::install;
use crate::needs::{self, Need};
use crate::servers::Servers;
use servicekit_test_servers::{Engine, notice};
use std::path::Path;

/// The features of `servicekit` that have to build without the default ones: a database is always among them.
const FEATURES: [&str; 8] = [
    "sqlite",
    "postgres",
    "mysql",
    "sqlite,postgres,mysql",
    "sqlite,testing",
    "postgres,testing",
    "sqlite,introspection",
    "mysql,introspection",
];

pub(crate) fn run(rest: &[String]) -> Result<(), String> {
    let (may_install, rest) = split_off_install(rest);
    let missing = prepare(may_install)?;
    let servers = Servers::find_or_start()?;
    // Nothing is left out silently: with all programs there, a test that cannot have its server fails.
    let required = if missing.is_empty() { "1" } else { "shared" };
    let mut variables = vec![(notice::REQUIRE_VARIABLE, required)];
    variables.extend(servers.variables.iter().map(|(name, url)| (*name, url.as_str())));

    let workspace = Path::new(cargo::WORKSPACE);
    let mut arguments = vec!["test", "--workspace", "--all-features"];
    arguments.extend(rest);
    cargo::run(&arguments, workspace, &variables)?;
    for features in FEATURES {
        let check = ["check", "--quiet", "-p", "servicekit", "--no-default-features", "--features", features];
        cargo::run(&check, workspace, &[])?;
    }
    Ok(())
}

/// Takes our own option out of the arguments; what follows `--` is for the tests.
fn split_off_install(rest: &[String]) -> (bool, Vec<&str>) {
    let ours =
        rest.iter().take_while(|argument| *argument != "--").position(|argument| argument == "--install");
    let others = rest.iter().enumerate().filter(|(position, _)| Some(*position) != ours);
    (ours.is_some(), others.map(|(_, argument)| argument.as_str()).collect())
}

/// Sees to it that everything is there, and gives the database programs that are not and need not be.
fn prepare(may_install: bool) -> Result<Vec<Need>, String> {
    let mut missing = needs::missing();
    if may_install && !missing.is_empty() {
        install::packages(&packages(&missing))?;
        missing = needs::missing();
        if !missing.is_empty() {
            let packages = packages(&missing).join(", ");
            return Err(format!("these packages are installed, and what they hold is not found: {packages}"));
        }
    }
    if missing.iter().any(Need::is_fatal) {
        missing.retain(|need| !need.is_excused());
        return Err(what_to_do(&missing));
    }
    for need in &missing {
        eprintln!("xtask: `{}` is not installed: LEFT OUT: {}", need.package, need.what);
    }
    missing.retain(|need| need.kind != needs::Kind::Wished);
    Ok(missing)
}

fn what_to_do(missing: &[Need]) -> String {
    let list: Vec<String> =
        missing.iter().map(|need| format!("  {:16} for {}", need.package, need.what)).collect();
    format!(
        "the full run needs programs that are not installed:\n{}\n\
         On Debian or Ubuntu, as root:\n  \
         {}\n\
         or let `cargo xtask test --install` do that. With servers of your own, name them in {} and {}; tests that \
         kill a server are then left out. `cargo test --workspace` needs nothing but Rust, and tests SQLite only.",
        list.join("\n"),
        install::command_line(&packages(missing)),
        Engine::Postgres.url_variable(),
        Engine::MySql.url_variable(),
    )
}

fn packages(missing: &[Need]) -> Vec<&str> {
    missing.iter().map(|need| need.package).collect()
}

#[cfg(test)]
mod tests {
    use super::split_off_install;

    #[test]
    fn install_is_ours_unless_it_is_for_the_tests() {
        let words = |line: &str| line.split(' ').map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(split_off_install(&words("-p a --install b")), (true, vec!["-p", "a", "b"]));
        assert_eq!(split_off_install(&words("a -- --install")), (false, vec!["a", "--", "--install"]));
    }
}
