//! Laws of `.sql` revision files.

use servicekit_chain::file::{Body, Section, SqlBody, VersionFile, parse_sql};
use servicekit_chain::{Problem, Source};
use std::ops::Range;

/// Every place that a file or what is wrong with it names is inside the text, and what is wrong can be shown.
pub fn sql_file(text: &str) {
    match parse_sql(&Source::new("a.sql", "a.sql", text).into()) {
        Ok(file) => sound(&file),
        Err(problems) => {
            assert!(!problems.is_empty(), "neither a file nor a problem");
            for problem in &problems {
                shown(text, problem);
            }
        }
    }
}

fn sound(file: &VersionFile) {
    let text = file.source.text.as_str();
    let header = &file.header;
    let at =
        |span: &Range<usize>| text.get(span.clone()).unwrap_or_else(|| panic!("{span:?} is not in the text"));
    assert_eq!(at(&header.id.span), header.id.value.as_str());
    for parent in &header.down_revision {
        assert_eq!(at(&parent.span), parent.value.as_str());
    }
    for label in &header.branch_labels {
        assert_eq!(at(&label.span), label.value.as_str());
    }
    for needed in &header.depends_on {
        assert_eq!(at(&needed.span), needed.value);
    }
    if let Some(created) = &header.created {
        assert_eq!(at(&created.span), created.value);
    }

    let Body::Sql(SqlBody { upgrade, downgrade, .. }) = &file.body else {
        panic!("a `.sql` file is one of SQL")
    };
    assert!(!upgrade.is_empty(), "a file without an upgrade is sound");
    let mut sections: Vec<&Section> = upgrade.iter().chain(downgrade).collect();
    sections.sort_by_key(|section| section.span.start);
    let mut end = header.id.span.end;
    for section in sections {
        at(&section.span);
        assert!(end <= section.span.start, "{section:?} begins before {end}");
        end = section.span.end;
    }
    // It may be anything, and can be made.
    let _ = file.digest();
}

fn shown(text: &str, problem: &Problem) {
    let shown = problem.render(false);
    assert!(shown.starts_with("error: "), "{shown}");
    assert!(problem.place().is_some(), "{problem:?} has no place");
    for label in problem.labels() {
        let span = label.place.span;
        assert!(text.get(span.clone()).is_some(), "{span:?} is not in the text: {problem:?}");
    }
}
