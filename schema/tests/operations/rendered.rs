//! The SQL of an operation is a promise: what was rendered once is rendered for ever, because a revision that ran with it
//! stays in the history. `cases/rendered` at the root of the repository keeps it, a file for each topic and database.

use crate::cases::{Case, topics};
use servicekit::{Dialect, Operations};
use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Set to `append` to keep what is rendered and not kept yet. What is kept is never changed.
const UPDATE: &str = "RENDERED";

/// What begins an entry.
const HEAD: &str = "# ";

#[test]
fn what_was_rendered_once_is_rendered_for_ever() {
    let mut faults = Vec::new();
    let mut kept_entries = 0;
    for (topic, cases) in topics() {
        for dialect in Dialect::ALL {
            let path = folder().join(topic).join(format!("{dialect}.txt"));
            let kept = fs::read_to_string(&path).unwrap_or_default();
            let rendered: Vec<(&str, String)> =
                cases.iter().filter_map(|case| Some((case.name, rendered(case, dialect)?))).collect();
            let outcome = compare(&kept, &rendered);
            kept_entries += entries(&kept).len();
            let place = format!("cases/rendered/{topic}/{dialect}.txt");
            faults.extend(outcome.faults.into_iter().map(|fault| format!("{place}: {fault}")));
            if outcome.missing.is_empty() {
                continue;
            }
            if std::env::var(UPDATE).is_ok_and(|value| value == "append") {
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(&path, kept + &outcome.missing).unwrap();
            } else {
                faults.push(format!(
                    "{place}: not kept yet; set {UPDATE}=append to keep it, and check it in:\n{}",
                    outcome.missing
                ));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    println!("{kept_entries} renderings are as they were");
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../cases/rendered")
}

/// The statements of a case, if this database supports it. What a rebuild on SQLite runs depends on the table that it finds.
fn rendered(case: &Case, dialect: Dialect) -> Option<String> {
    let mut op = Operations::default();
    (case.run)(&mut op);
    let statements = op.sql(dialect).ok()?;
    let is_whole = !statements.is_empty() && !statements.iter().any(|sql| sql.starts_with("--"));
    is_whole.then(|| statements.join(";\n") + ";\n")
}

/// What differs from what is kept.
#[derive(Debug, Default, PartialEq)]
struct Outcome {
    faults: Vec<String>,
    /// The entries that are not kept yet.
    missing: String,
}

fn compare(kept: &str, rendered: &[(&str, String)]) -> Outcome {
    let mut outcome = Outcome::default();
    let kept = entries(kept);
    let now: HashMap<&str, &str> = rendered.iter().map(|(name, sql)| (*name, sql.as_str())).collect();
    for (name, sql) in &kept {
        match now.get(name) {
            Some(now) if now == sql => {}
            Some(now) => outcome.faults.push(format!(
                "`{name}` was rendered as\n{sql}and is rendered as\n{now}An existing revision must not become other SQL: \
                 render it as before, and give what is new an operation or an option of its own"
            )),
            None => outcome.faults.push(format!(
                "`{name}` was rendered, and is refused now or has no case any more: bring the case back"
            )),
        }
    }
    let known: HashMap<&str, &str> = kept.into_iter().collect();
    for (name, sql) in rendered {
        if !known.contains_key(name) {
            outcome.missing.extend([HEAD, name, "\n", sql, "\n"]);
        }
    }
    outcome
}

/// The entries of a file: a name, and the statements below it.
fn entries(text: &str) -> Vec<(&str, &str)> {
    let whole = text.strip_prefix(HEAD).unwrap_or_default();
    let entries = whole.split_inclusive("\n\n").filter(|entry| !entry.is_empty());
    entries
        .filter_map(|entry| {
            let (name, sql) = entry.strip_prefix(HEAD).unwrap_or(entry).split_once('\n')?;
            Some((name, sql.strip_suffix('\n').unwrap_or(sql)))
        })
        .collect()
}

#[test]
fn what_is_kept_is_compared_and_only_grows() {
    let rendered = |list: &[(&'static str, &str)]| -> Vec<(&'static str, String)> {
        list.iter().map(|(name, sql)| (*name, (*sql).to_owned())).collect()
    };
    let first = compare("", &rendered(&[("a", "SELECT 1;\n"), ("b", "SELECT 2;\nSELECT 3;\n")]));
    assert_eq!(first.missing, "# a\nSELECT 1;\n\n# b\nSELECT 2;\nSELECT 3;\n\n");
    assert_eq!(entries(&first.missing), [("a", "SELECT 1;\n"), ("b", "SELECT 2;\nSELECT 3;\n")]);

    let later = compare(&first.missing, &rendered(&[("b", "SELECT 4;\n"), ("c", "SELECT 5;\n")]));
    assert_eq!(later.missing, "# c\nSELECT 5;\n\n");
    assert_eq!(later.faults.len(), 2);
    assert!(later.faults[0].starts_with("`a` was rendered, and is refused now"), "{:?}", later.faults);
    assert!(
        later.faults[1].starts_with("`b` was rendered as\nSELECT 2;\nSELECT 3;\nand is"),
        "{:?}",
        later.faults
    );
}
