//! The blocks of the guide that are not run as documentation tests: revision files, configuration, messages.

use servicekit::testing::temp_sqlite;
use std::fs;
use std::path::{Path, PathBuf};

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The blocks of a page in this language.
fn blocks(page: &str, language: &str) -> Vec<String> {
    let text = fs::read_to_string(repository().join("docs/guide").join(page)).unwrap();
    text.split(&format!("```{language}\n"))
        .skip(1)
        .map(|rest| rest.split("\n```").next().unwrap().to_owned() + "\n")
        .collect()
}

#[test]
fn the_revision_files_in_the_guide_are_those_of_the_example_history() {
    let files: Vec<String> = fs::read_dir(repository().join("alembic/versions"))
        .unwrap()
        .map(|entry| fs::read_to_string(entry.unwrap().path()).unwrap())
        .collect();
    let shown = [blocks("revision-files.md", "sql"), blocks("revision-files.md", "rust")].concat();
    assert_eq!(shown.len(), 3);
    for block in shown {
        assert!(files.contains(&block), "no file of the example history says this:\n{block}");
    }
}

#[test]
fn the_tests_in_the_guide_are_those_of_the_example() {
    let example = fs::read_to_string(repository().join("examples/quickstart/tests/catalogue.rs")).unwrap();
    let shown = blocks("testing.md", "rust,ignore");
    assert_eq!(shown.len(), 5);
    for block in shown {
        assert!(example.contains(&block), "the example does not say this:\n{block}");
    }
}

#[test]
fn the_failure_of_a_check_in_the_guide_is_what_it_says() {
    let text = &blocks("testing.md", "text")[1];
    let snapshots = repository().join("runtime/tests/checks/snapshots");
    let said = "checks__a_downgrade_that_forgets_something_is_told_with_what_differs.snap";
    let said = fs::read_to_string(snapshots.join(said)).unwrap();
    assert!(said.ends_with(text), "{said}");
}

#[test]
fn the_configuration_in_the_guide_is_the_default() {
    let block = blocks("revision-files.md", "toml").remove(0);
    let parsed = servicekit_chain::config::parse(&servicekit_chain::Source::new("x", "x", block).into());
    assert_eq!(parsed.problems, []);
    assert_eq!(parsed.config, servicekit_chain::Config::default());
}

#[test]
fn what_the_guide_leaves_as_it_is_can_be_ignored() {
    let block = blocks("autogenerate.md", "toml").remove(0);
    let parsed = servicekit_chain::config::parse(&servicekit_chain::Source::new("x", "x", block).into());
    assert_eq!(parsed.problems, []);
    assert_eq!(parsed.config.ignore.len(), 4);
}

#[test]
fn the_compile_error_in_the_guide_is_what_the_folder_says() {
    let folder = tempfile::tempdir().unwrap();
    let versions = folder.path().join("alembic/versions");
    fs::create_dir_all(&versions).unwrap();
    fs::write(versions.join("a.sql"), "-- create users\n-- revision: 3f2a9c41d07e\n-- +upgrade\n").unwrap();
    let text = "-- add email\n--\n-- revision: 7f3c2b1a9d4e\n-- down_revision: 3f2a9c41d07\n\n-- +upgrade\n";
    fs::write(versions.join("7f3c2b1a9d4e_add_email.sql"), text).unwrap();

    let read = servicekit_chain::Folder::read(&folder.path().join("alembic"), folder.path());

    assert_eq!(read.render_problems(false) + "\n", blocks("macro.md", "text")[0]);
}

#[tokio::test]
async fn the_failure_in_the_guide_is_what_a_run_says() {
    const BROKEN: &str = "-- add email to users\n--\n-- revision: 7f3c2b1a9d4e\n-- down_revision: 1a4c8e02b7d3\n\n\
                          -- +upgrade\n\nALTER TABEL users ADD COLUMN email TEXT;\n";
    use servicekit::__private::Embedded;
    let first = quickstart::MIGRATIONS.revisions()[0];
    let facts = "7f3c2b1a9d4e\n1a4c8e02b7d3\n\n\n\n\nadd email to users\nalembic/versions/7f3c2b1a9d4e_add_email_to_users.sql";
    let broken = servicekit::history::Revision::sql(facts, BROKEN);
    let embedded = Embedded {
        folder: "alembic",
        heads: &["7f3c2b1a9d4e"],
        revisions: vec![first, broken].leak(),
        version_table: "alembic_version",
        journal_table: "alembic_journal",
        schema: None,
        directories: &[],
        application: "guide",
        current_schema: false,
        ignore: &[],
        databases: &[],
        compiled: servicekit::__private::Compiled::new(),
    };
    let migrations = servicekit::Migrations::new(Box::leak(Box::new(embedded)));

    let error = temp_sqlite(&migrations).await.unwrap_err();

    assert_eq!(first.id().as_str(), "1a4c8e02b7d3");
    assert_eq!(error.to_string() + "\n", blocks("running.md", "text")[0]);
}

/// Whether a line has these parts in this order.
fn says(line: &str, message: &str) -> bool {
    let mut rest = Some(line);
    for part in message.split('…') {
        rest = rest.and_then(|rest| rest.split_once(part)).map(|(_, rest)| rest);
    }
    rest.is_some()
}

/// Every text that a test holds against what is printed.
fn expected_texts(folder: &Path, texts: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let has_texts =
            path.extension().is_some_and(|ending| ending == "snap" || ending == "stderr" || ending == "rs");
        if path.is_dir() {
            expected_texts(&path, texts);
        } else if has_texts && !path.ends_with("tests/guide.rs") {
            texts.push(fs::read_to_string(&path).unwrap());
        }
    }
}

#[test]
fn the_messages_of_troubleshooting_are_those_that_are_printed() {
    let page = fs::read_to_string(repository().join("docs/guide/troubleshooting.md")).unwrap();
    let mut texts = Vec::new();
    for folder in
        ["chain/src", "chain/tests", "cli/src", "cli/tests", "macros/src", "runtime/src", "runtime/tests"]
    {
        expected_texts(&repository().join(folder), &mut texts);
    }
    let messages: Vec<&str> = page
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split_once("` |").map(|(message, _)| message))
        .collect();
    assert!(messages.len() > 30, "{messages:?}");
    for message in messages {
        let is_printed = texts.iter().any(|text| text.lines().any(|line| says(line, message)));
        assert!(is_printed, "no test shows `{message}`");
    }
}

/// A text without its blocks and what stands between backticks.
fn prose(text: &str) -> String {
    let outside: String = text.split("```").step_by(2).collect();
    outside.split('`').step_by(2).collect()
}

/// The names by which headings of a page are linked to, as GitHub and mdBook make them.
fn anchors(text: &str) -> Vec<String> {
    let outside: String = text.split("\n```").step_by(2).collect();
    let mut anchors: Vec<String> = Vec::new();
    for heading in outside.lines().filter(|line| line.starts_with('#')) {
        let words = heading.trim_start_matches('#').trim().to_lowercase();
        let kept = words.chars().filter(|c| c.is_alphanumeric() || [' ', '-', '_'].contains(c));
        let name: String = kept.map(|c| if c == ' ' { '-' } else { c }).collect();
        let earlier = anchors.iter().filter(|earlier| **earlier == name).count();
        anchors.push(if earlier == 0 { name } else { format!("{name}-{earlier}") });
    }
    anchors
}

/// What is wrong with the links of a page to files and headings.
fn broken_links(page: &Path) -> (Vec<String>, usize) {
    let text = fs::read_to_string(page).unwrap();
    let prose = prose(&text);
    let links = prose.split("](").skip(1).map(|rest| rest.split(')').next().unwrap());
    let links: Vec<&str> = links.filter(|link| !link.contains("://")).collect();
    let is_broken = |link: &&str| {
        let (file, anchor) =
            link.split_once('#').map_or((*link, None), |(file, anchor)| (file, Some(anchor)));
        let target = if file.is_empty() { page.to_owned() } else { page.parent().unwrap().join(file) };
        let has = |anchor: &str| {
            fs::read_to_string(&target).is_ok_and(|text| anchors(&text).iter().any(|a| a == anchor))
        };
        !target.exists() || anchor.is_some_and(|anchor| !has(anchor))
    };
    (
        links.iter().copied().filter(is_broken).map(|link| format!("{}: {link}", page.display())).collect(),
        links.len(),
    )
}

#[test]
fn links_lead_to_files_and_headings_that_exist() {
    let (mut broken, mut count) = (Vec::new(), 0);
    for folder in ["", "docs", "docs/guide"] {
        for entry in fs::read_dir(repository().join(folder)).unwrap() {
            let page = entry.unwrap().path();
            if page.extension().is_some_and(|ending| ending == "md") {
                let (wrong, links) = broken_links(&page);
                broken.extend(wrong);
                count += links;
            }
        }
    }
    assert!(count > 100, "{count}");
    assert_eq!(broken, Vec::<String>::new());
}

#[test]
fn a_broken_link_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let page = folder.path().join("a.md");
    let text = "# A `b` & c\n\n# A `b` & c\n\n[x](#a-b--c-1) `[y](no.md)` [z](#a-b--c-2)\n\n```\n[y](no.md)\n```\n[`v`](v.md)\n";
    fs::write(&page, text).unwrap();
    let (broken, count) = broken_links(&page);
    assert_eq!(count, 3);
    assert_eq!(broken, [format!("{}: #a-b--c-2", page.display()), format!("{}: v.md", page.display())]);
}
