//! The table that says where complaints about other tools are tested.

use crate::case;
use std::fs;
use std::path::{Path, PathBuf};

/// How many complaints there are.
const COMPLAINTS: usize = 92;

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

fn readme() -> String {
    fs::read_to_string(workspace().join("cases/changes/README.md")).unwrap()
}

/// The place of each complaint.
fn rows(readme: &str) -> Vec<(usize, &str)> {
    readme
        .lines()
        .filter_map(|line| {
            let (number, place) = line.strip_prefix("| C")?.strip_suffix(" |")?.split_once(" | ")?;
            Some((number.parse().ok()?, place))
        })
        .collect()
}

/// The names in backquotes, each with the file that follows it: `name` in `file`.
fn named(place: &str) -> Vec<(&str, Option<&str>)> {
    let mut named: Vec<(&str, Option<&str>)> = Vec::new();
    let pieces: Vec<&str> = place.split('`').collect();
    for pair in pieces.chunks_exact(2) {
        match named.last_mut() {
            Some((_, file)) if pair[0].trim() == "in" => *file = Some(pair[1]),
            _ => named.push((pair[1], None)),
        }
    }
    named
}

#[test]
fn every_complaint_is_tested_where_the_table_says() {
    let (readme, cases) = (readme(), case::all());
    let rows = rows(&readme);
    let numbers: Vec<usize> = rows.iter().map(|(number, _)| *number).collect();
    assert_eq!(numbers, (1..=COMPLAINTS).collect::<Vec<_>>());
    let mut tested = 0;
    for (number, place) in &rows {
        let named = named(place);
        assert!(!named.is_empty() || place.starts_with("does not apply: "), "C{number}: {place}");
        tested += usize::from(!named.is_empty());
        for (name, file) in named {
            let is_there = match file {
                Some(file) => fs::read_to_string(workspace().join(file))
                    .is_ok_and(|text| text.contains(&format!("fn {name}("))),
                None => {
                    workspace().join("cases/changes").join(name).is_dir() || workspace().join(name).is_dir()
                }
            };
            assert!(is_there, "C{number} names `{name}`, which is not there");
        }
    }
    println!("{tested} complaints are tested");
    assert!(readme.contains(&format!("There are {}.", cases.len())), "{} cases", cases.len());
}

#[test]
fn a_case_is_in_the_row_of_each_complaint_that_it_names() {
    let readme = readme();
    let rows = rows(&readme);
    for case in case::all() {
        let Some(title) = case.title() else { continue };
        let Some((complaints, _)) = title.split_once(':') else { continue };
        for complaint in complaints.split(", ").filter_map(|word| word.strip_prefix('C')) {
            let Ok(number) = complaint.parse::<usize>() else { continue };
            let (_, place) = rows.iter().find(|(of, _)| *of == number).unwrap();
            assert!(
                named(place).contains(&(case.name.as_str(), None)),
                "{} is not in the row of C{number}",
                case.name
            );
        }
    }
}
