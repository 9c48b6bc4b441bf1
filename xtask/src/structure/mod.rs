//! `cargo xtask structure`: which rooms import which, and which files import each other in a circle, compared with
//! `docs/architecture.md`.

mod circles;
mod imports;

use crate::cargo::WORKSPACE;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// The crates that users get, from the ground up.
const CRATES: [&str; 5] = ["chain", "schema", "macros", "runtime", "cli"];

/// So many files in a circle are a knot. Fewer can be a type and what it is made of.
const KNOT: usize = 5;

const BEGIN: &str = "<!-- imports: `cargo xtask structure --write` writes this -->\n";
const END: &str = "<!-- end of imports -->\n";

pub(crate) fn run(arguments: &[String]) -> Result<(), String> {
    let writes = match arguments {
        [] => false,
        [only] if only == "--write" => true,
        _ => return Err("usage: cargo xtask structure [--write]".to_owned()),
    };
    let found = describe()?;
    let page = architecture();
    let text = fs::read_to_string(&page).map_err(|error| format!("{}: {error}", page.display()))?;
    let (before, rest) = text.split_once(BEGIN).ok_or("docs/architecture.md has no mark for the imports")?;
    let (told, after) = rest.split_once(END).ok_or("docs/architecture.md has no end of the imports")?;
    if told == found {
        return Ok(());
    }
    if writes {
        let text = format!("{before}{BEGIN}{found}{END}{after}");
        return fs::write(&page, text).map_err(|error| format!("{}: {error}", page.display()));
    }
    Err(difference(told, &found))
}

fn architecture() -> PathBuf {
    Path::new(WORKSPACE).join("docs/architecture.md")
}

/// What is new and what is gone, in the words of the page.
fn difference(told: &str, found: &str) -> String {
    let lines = |text: &str| text.lines().map(str::to_owned).collect::<BTreeSet<_>>();
    let (told, found) = (lines(told), lines(found));
    let mut text = "the imports are not those of docs/architecture.md:\n".to_owned();
    for line in found.difference(&told) {
        let _ = writeln!(text, "  + {line}");
    }
    for line in told.difference(&found) {
        let _ = writeln!(text, "  - {line}");
    }
    text + "Take the import back, or say with `cargo xtask structure --write` that it is meant"
}

/// The rooms that import each other and the knots, as the page tells them.
fn describe() -> Result<String, String> {
    let mut text = "```text\n".to_owned();
    for name in CRATES {
        let imports = imports::of_crate(&Path::new(WORKSPACE).join(name).join("src"))?;
        let _ = writeln!(text, "{name}");
        for (room, others) in rooms(&imports) {
            let others: Vec<&str> = others.iter().map(String::as_str).collect();
            let _ = writeln!(text, "  {room} -> {}", others.join(", "));
        }
        for circle in circles::of(&imports).into_iter().filter(|circle| circle.len() >= KNOT) {
            let files: Vec<String> = circle.iter().map(shown).collect();
            let _ = writeln!(text, "  circle of {}: {}", files.len(), files.join(", "));
        }
    }
    Ok(text + "```\n")
}

/// A module of a crate: the names on the way to it.
type Module = Vec<String>;

/// Which files of a crate import which.
type Imports = BTreeMap<Module, BTreeSet<Module>>;

fn shown(module: &Module) -> String {
    if module.is_empty() { "lib".to_owned() } else { module.join("::") }
}

/// The same for rooms: modules that stand directly in the crate.
fn rooms(imports: &Imports) -> BTreeMap<String, BTreeSet<String>> {
    let room = |module: &Module| module.first().cloned();
    let mut rooms: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (from, others) in imports {
        for to in others {
            if let (Some(from), Some(to)) = (room(from), room(to))
                && from != to
            {
                rooms.entry(from).or_default().insert(to);
            }
        }
    }
    rooms
}
