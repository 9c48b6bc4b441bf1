//! Laws that hold for every text and every folder.

use crate::project::Project;
use proptest::prelude::*;
use servicekit_chain::file::{VersionFile, parse_rust, parse_sql};
use servicekit_chain::{Problem, Source, config};
use std::sync::Arc;

const SQL: &str = "-- add é\n--\n-- revision: b2\n-- down_revision: a1, a2\n-- branch_labels: lib\n-- depends_on: x\n\
    -- created: 2026-01-02\n\n-- +transaction off\n-- +upgrade sqlite\nSELECT 'é'; /* c */\n-- +upgrade\n\
    CREATE TABLE \"t\" (a INT);\n-- +downgrade\nDROP TABLE t;\n";

const RUST: &str = "//! add é\nuse servicekit::revision::*;\n\nrevision! {\n    id: \"b2\", // é\n    down_revision: [\"a1\", \"a2\"],\n    \
    branch_labels: r#\"lib\"#,\n    depends_on: [\"x\"],\n    created: \"2026\",\n}\n\npub fn upgrade(op: &mut Operations) {\n    \
    op.execute(\"SELECT 'é'\");\n}\n\n/* c */\npub fn downgrade(op: &mut Operations) {}\n";

const TOML: &str = "# é\nrecursive = true\nversion_locations = [\"a\", 'b']\nallow = [\"multiple_heads\"]\n\
    version_table = \"v\"\nschema = \"\"\"s\"\"\"\nfile_template = \"{rev}_{slug}\"\n[table]\nkey = 1.5\n";

/// Pieces that mean something in one of the three languages.
const PIECES: [&str; 40] = [
    "--",
    "-- ",
    "\n",
    "\r\n",
    "\u{feff}",
    ":",
    ",",
    "+",
    "+upgrade",
    "+downgrade",
    "+transaction",
    " off",
    "-- +up\n",
    "revision",
    "revision!",
    "revision! {",
    "id: ",
    "down_revision",
    "depends_on: ",
    "None",
    "'",
    "\"",
    "`",
    "r#\"",
    "\"#",
    "/*",
    "*/",
    "$$",
    "{",
    "}",
    "[",
    "]",
    "fn ",
    "upgrade",
    "= ",
    "\\",
    "é",
    "\u{0}",
    "recursive = ",
    "//! ",
];

/// A valid text with a few edits: pieces put in, ranges taken out.
fn mutated(text: &'static str) -> impl Strategy<Value = String> {
    let edit = (any::<prop::sample::Index>(), 0_usize..12, prop::sample::select(PIECES.to_vec()));
    proptest::collection::vec(edit, 1..6).prop_map(move |edits| {
        let mut characters: Vec<char> = text.chars().collect();
        for (at, removed, piece) in edits {
            let at = at.index(characters.len() + 1);
            let end = (at + removed).min(characters.len());
            characters.splice(at..end, piece.chars());
        }
        characters.into_iter().collect()
    })
}

fn pieces() -> impl Strategy<Value = String> {
    proptest::collection::vec(prop::sample::select(PIECES.to_vec()), 0..40).prop_map(|pieces| pieces.concat())
}

/// Any text, a mixture of meaningful pieces, or a valid text with edits.
fn text(valid: &'static str) -> impl Strategy<Value = String> {
    prop_oneof![any::<String>(), pieces(), mutated(valid), mutated(valid)]
}

fn source(text: &str) -> Arc<Source> {
    Arc::new(Source::new("x", "x", text))
}

/// Shows every problem in every way; a broken file has at least one.
fn show(read: Result<VersionFile, Vec<Problem>>) -> Result<(), TestCaseError> {
    let problems = match read {
        Ok(file) => {
            prop_assert!(!file.id().as_str().is_empty());
            return Ok(());
        }
        Err(problems) => problems,
    };
    prop_assert!(!problems.is_empty());
    show_all(&problems)
}

fn show_all(problems: &[Problem]) -> Result<(), TestCaseError> {
    for problem in problems {
        prop_assert!(!problem.message().is_empty(), "{problem:?}");
        prop_assert!(problem.render(false).starts_with("error: "));
        prop_assert!(!problem.render(true).is_empty());
        for label in problem.labels() {
            let text = &label.place.source.text;
            prop_assert!(text.get(label.place.span.clone()).is_some() || text.is_empty(), "{label:?}");
        }
    }
    Ok(())
}

proptest! {
    #[test]
    fn no_sql_file_makes_the_reader_panic(text in text(SQL)) {
        show(parse_sql(&source(&text)))?;
    }

    #[test]
    fn no_rust_file_makes_the_reader_panic(text in text(RUST)) {
        show(parse_rust(&source(&text)))?;
    }

    #[test]
    fn no_configuration_makes_the_reader_panic(text in text(TOML)) {
        show_all(&config::parse(&source(&text)).problems)?;
    }

    #[test]
    fn no_bytes_in_any_file_make_the_folder_panic(
        sql in proptest::collection::vec(any::<u8>(), 0..60),
        rust in proptest::collection::vec(any::<u8>(), 0..60),
        toml in proptest::collection::vec(any::<u8>(), 0..30),
        good in text(SQL),
    ) {
        let project = Project::new().file("a.sql", sql).file("b.rs", rust).file("c.sql", good).beside("alembic.toml", toml);
        show_all(&project.read().problems)?;
    }

    #[test]
    fn line_ends_and_the_byte_order_mark_change_no_value_and_no_position(text in text(SQL), mark in any::<bool>()) {
        // Line ends inside quoted pieces are part of the text; only what stands in problems and headers is compared.
        let text = text.replace(['\r', '\u{feff}', '\u{85}', '\u{2028}', '\u{2029}'], "");
        let other = format!("{}{}", if mark { "\u{feff}" } else { "" }, text.replace('\n', "\r\n"));
        prop_assert_eq!(said(&text), said(&other));
    }
}

/// What a `.sql` file says, with lines and columns rather than offsets.
fn said(text: &str) -> Vec<String> {
    match parse_sql(&source(text)) {
        Ok(file) => {
            let header = &file.header;
            let at = |span: &std::ops::Range<usize>| file.place(span.clone()).to_string();
            let mut said = vec![format!("{} {} {:?}", header.message, header.id.value, at(&header.id.span))];
            said.extend(
                header.down_revision.iter().map(|parent| format!("{} {}", parent.value, at(&parent.span))),
            );
            said.extend(header.depends_on.iter().map(|name| format!("{} {}", name.value, at(&name.span))));
            said
        }
        Err(problems) => problems
            .iter()
            .map(|problem| {
                format!(
                    "{} {} {:?}",
                    problem.code(),
                    problem.message(),
                    problem.place().map(ToString::to_string)
                )
            })
            .collect(),
    }
}

/// One mistake each, in files of its own, with the codes of what must be said about it.
fn mistakes() -> Vec<(&'static [&'static str], Vec<(&'static str, &'static str)>)> {
    vec![
        (&["missing_header"], vec![("m01.sql", "SELECT 1;\n")]),
        (&["missing_revision"], vec![("m02.sql", "-- created: 1\n-- +upgrade\n")]),
        (&["unknown_key"], vec![("m03.sql", "-- revison: m03\n-- +upgrade\n")]),
        (&["key_twice"], vec![("m04.sql", "-- revision: m04\n-- created: 1\n-- created: 2\n-- +upgrade\n")]),
        (&["empty_value"], vec![("m05.sql", "-- revision: m05\n-- depends_on:\n-- +upgrade\n")]),
        (&["invalid_id"], vec![("m06.sql", "-- revision: m06\n-- branch_labels: a-b\n-- +upgrade\n")]),
        (&["unknown_directive"], vec![("m07.sql", "-- revision: m07\n-- +up\nSELECT 1;\n-- +downgrade\n")]),
        (
            &["unknown_directive", "unknown_directive"],
            vec![("m08.sql", "-- revision: m08\n-- migrate:up\na\n-- migrate:down\nb\n")],
        ),
        (&["unknown_dialect"], vec![("m09.sql", "-- revision: m09\n-- +upgrade sqlight\nSELECT 1;\n")]),
        (&["text_outside_sections"], vec![("m10.sql", "-- revision: m10\nSELECT 1;\n")]),
        (&["missing_upgrade"], vec![("m11.sql", "-- revision: m11\n-- +downgrade\nSELECT 1;\n")]),
        (&["section_twice"], vec![("m12.sql", "-- revision: m12\n-- +upgrade\n-- +upgrade\n")]),
        (&["key_in_section"], vec![("m13.sql", "-- revision: m13\n-- +upgrade\n-- depends_on: m12\n")]),
        (&["transaction_value"], vec![("m14.sql", "-- revision: m14\n-- +transaction maybe\n-- +upgrade\n")]),
        (&["missing_invocation"], vec![("m15.rs", "fn upgrade() {}\n")]),
        (&["missing_upgrade_function"], vec![("m16.rs", "revision! { id: \"m16\" }\n")]),
        (
            &["invocation_syntax"],
            vec![("m17.rs", "revision! { id: \"m17\", created: 5 }\nfn upgrade() {}\n")],
        ),
        (
            &["invocation_twice"],
            vec![("m18.rs", "revision! { id: \"m18\" }\nrevision! { id: \"m18b\" }\nfn upgrade() {}\n")],
        ),
        (&["stray_file"], vec![("m19.py", "revision = 'm19'\n")]),
        (&["stray_folder"], vec![("m20/x.sql", "")]),
        (
            &["dangling_parent"],
            vec![("m21.sql", "-- revision: m21\n-- down_revision: nowhere\n-- +upgrade\n")],
        ),
        (
            &["dangling_dependency"],
            vec![("m22.sql", "-- revision: m22\n-- depends_on: nothing\n-- +upgrade\n")],
        ),
        (&["self_loop"], vec![("m23.sql", "-- revision: m23\n-- down_revision: m23\n-- +upgrade\n")]),
        (&["dependency_self_loop"], vec![("m24.sql", "-- revision: m24\n-- depends_on: m24\n-- +upgrade\n")]),
        (
            &["cycle"],
            vec![
                ("m25.sql", "-- revision: m25\n-- down_revision: m25b\n-- +upgrade\n"),
                ("m25b.rs", "revision! { id: \"m25b\", down_revision: \"m25\" }\nfn upgrade() {}\n"),
            ],
        ),
        (
            &["dependency_cycle"],
            vec![
                ("m26.sql", "-- revision: m26\n-- depends_on: m26b\n-- +upgrade\n"),
                ("m26b.sql", "-- revision: m26b\n-- depends_on: m26\n-- +upgrade\n"),
            ],
        ),
        (
            &["duplicate_id"],
            vec![
                ("m27.sql", "-- revision: m27\n-- +upgrade\n"),
                ("m27b.sql", "-- revision: m27\n-- down_revision: m27\n-- +upgrade\n"),
            ],
        ),
        (
            &["duplicate_label"],
            vec![
                ("m28.sql", "-- revision: m28\n-- branch_labels: twice\n-- +upgrade\n"),
                ("m28b.rs", "revision! { id: \"m28b\", branch_labels: [\"twice\"] }\nfn upgrade() {}\n"),
            ],
        ),
        (
            &["label_clashes_with_id"],
            vec![
                ("m29.sql", "-- revision: m29\n-- +upgrade\n"),
                ("m29b.sql", "-- revision: m29b\n-- branch_labels: m29\n-- +upgrade\n"),
            ],
        ),
        // A broken file that others name: they are not blamed.
        (
            &["missing_upgrade"],
            vec![
                ("m30.sql", "-- revision: m30\n"),
                ("m30b.sql", "-- revision: m30b\n-- down_revision: m30\n-- +upgrade\n"),
            ],
        ),
    ]
}

proptest! {
    #[test]
    fn planted_mistakes_are_found_all_of_them_and_nothing_else(
        chosen in proptest::collection::vec(any::<bool>(), 30),
        order in any::<prop::sample::Index>(),
    ) {
        let mut codes: Vec<&str> = Vec::new();
        let mut files: Vec<(&str, &str)> = Vec::new();
        for ((expected, planted), chosen) in mistakes().into_iter().zip(chosen) {
            if chosen {
                codes.extend(expected);
                files.extend(planted);
            }
        }
        let project = Project::new().beside("alembic.toml", "allow = [\"multiple_heads\", \"multiple_bases\"]");
        let first = files.iter().fold(project, |project, (name, text)| project.file(name, text)).problems();
        // The same files made in another order, which file systems list in another order.
        let start = order.index(files.len().max(1));
        files.rotate_left(start);
        files.reverse();
        let project = Project::new().beside("alembic.toml", "allow = [\"multiple_heads\", \"multiple_bases\"]");
        let project = files.iter().fold(project, |project, (name, text)| project.file(name, text));
        let mut found: Vec<&str> = project.read().problems.iter().map(Problem::code).collect();
        found.sort_unstable();
        codes.sort_unstable();
        prop_assert_eq!(found, codes);
        prop_assert_eq!(project.problems(), first);
    }
}
