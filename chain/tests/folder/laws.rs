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
        let plain = problem.render(false);
        prop_assert!(plain.starts_with("error: "));
        prop_assert_eq!(without_colors(&problem.render(true)), plain.clone());
        for label in problem.labels() {
            let text = &label.place.source.text;
            prop_assert!(text.get(label.place.span.clone()).is_some() || text.is_empty(), "{label:?}");
        }
        if let Some(place) = problem.place().filter(|place| !place.source.text.is_empty()) {
            prop_assert!(plain.contains(&format!("--> {place}\n")), "{place}\n{plain}");
        }
    }
    Ok(())
}

/// The text without its escape sequences.
fn without_colors(text: &str) -> String {
    let mut pieces = text.split('\u{1b}');
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |text, piece| text + piece.split_once('m').map_or("", |(_, rest)| rest))
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
                    problem.place().map(|place| place.to_string())
                )
            })
            .collect(),
    }
}

/// One mistake, in files of its own, with the codes of what must be said about it.
struct Mistake {
    codes: &'static [&'static str],
    files: Vec<(&'static str, &'static str)>,
}

fn mistakes() -> Vec<Mistake> {
    let one = |codes, name, text| Mistake { codes, files: vec![(name, text)] };
    let two = |codes, first, second| Mistake { codes, files: vec![first, second] };
    vec![
        one(&["missing_header"], "m01.sql", "SELECT 1;\n"),
        one(&["missing_revision"], "m02.sql", "-- created: 1\n-- +upgrade\n"),
        one(&["unknown_key"], "m03.sql", "-- revison: m03\n-- +upgrade\n"),
        one(&["key_twice"], "m04.sql", "-- revision: m04\n-- created: 1\n-- created: 2\n-- +upgrade\n"),
        one(&["empty_value"], "m05.sql", "-- revision: m05\n-- depends_on:\n-- +upgrade\n"),
        one(&["invalid_id"], "m06.sql", "-- revision: m06\n-- branch_labels: a@b\n-- +upgrade\n"),
        one(&["unknown_directive"], "m07.sql", "-- revision: m07\n-- +up\nSELECT 1;\n-- +downgrade\n"),
        one(
            &["unknown_directive", "unknown_directive"],
            "m08.sql",
            "-- revision: m08\n-- migrate:up\nSELECT 1;\n-- migrate:down\nSELECT 2;\n",
        ),
        one(&["unknown_dialect"], "m09.sql", "-- revision: m09\n-- +upgrade sqlight\nSELECT 1;\n"),
        one(&["text_outside_sections"], "m10.sql", "-- revision: m10\nSELECT 1;\n"),
        one(&["missing_upgrade"], "m11.sql", "-- revision: m11\n-- +downgrade\nSELECT 1;\n"),
        one(&["section_twice"], "m12.sql", "-- revision: m12\n-- +upgrade\n-- +upgrade\n"),
        one(&["key_in_section"], "m13.sql", "-- revision: m13\n-- +upgrade\n-- depends_on: m12\n"),
        one(&["transaction_value"], "m14.sql", "-- revision: m14\n-- +transaction maybe\n-- +upgrade\n"),
        one(&["unterminated"], "m15.sql", "-- revision: m15\n-- +upgrade\nSELECT 'x;\n-- +downgrade\n"),
        one(
            &["invalid_id", "text_outside_sections"],
            "m16.sql",
            "-- revision: m16\n-- depends_on: a b\nSELECT 1;\n-- +upgrade\n",
        ),
        one(&["missing_invocation"], "m17.rs", "fn upgrade() {}\n"),
        one(&["missing_upgrade_function"], "m18.rs", "revision! { id: \"m18\" }\n"),
        one(&["invocation_syntax"], "m19.rs", "revision! { id: \"m19\", created: 5 }\nfn upgrade() {}\n"),
        one(
            &["invocation_twice"],
            "m20.rs",
            "revision! { id: \"m20\" }\nrevision! { id: \"m20b\" }\nfn upgrade() {}\n",
        ),
        one(&["missing_revision"], "m21.rs", "revision! { created: \"now\" }\nfn upgrade() {}\n"),
        one(&["stray_file"], "m22.py", "revision = 'm22'\n"),
        one(&["stray_folder"], "m23/x.sql", ""),
        one(&["dangling_parent"], "m24.sql", "-- revision: m24\n-- down_revision: nowhere\n-- +upgrade\n"),
        one(&["dangling_dependency"], "m25.sql", "-- revision: m25\n-- depends_on: nothing\n-- +upgrade\n"),
        one(&["self_loop"], "m26.sql", "-- revision: m26\n-- down_revision: m26\n-- +upgrade\n"),
        one(&["dependency_self_loop"], "m27.sql", "-- revision: m27\n-- depends_on: m27\n-- +upgrade\n"),
        two(
            &["cycle"],
            ("m28.sql", "-- revision: m28\n-- down_revision: m28b\n-- +upgrade\n"),
            ("m28b.rs", "revision! { id: \"m28b\", down_revision: \"m28\" }\nfn upgrade() {}\n"),
        ),
        two(
            &["dependency_cycle"],
            ("m29.sql", "-- revision: m29\n-- depends_on: m29b\n-- +upgrade\n"),
            ("m29b.sql", "-- revision: m29b\n-- depends_on: m29\n-- +upgrade\n"),
        ),
        two(
            &["duplicate_id"],
            ("m30.sql", "-- revision: m30\n-- +upgrade\n"),
            ("m30b.sql", "-- revision: m30\n-- down_revision: m30\n-- +upgrade\n"),
        ),
        two(
            &["duplicate_label"],
            ("m31.sql", "-- revision: m31\n-- branch_labels: twice\n-- +upgrade\n"),
            ("m31b.rs", "revision! { id: \"m31b\", branch_labels: [\"twice\"] }\nfn upgrade() {}\n"),
        ),
        two(
            &["label_clashes_with_id"],
            ("m32.sql", "-- revision: m32\n-- +upgrade\n"),
            ("m32b.sql", "-- revision: m32b\n-- branch_labels: m32\n-- +upgrade\n"),
        ),
        one(&["copy_data"], "m35.sql", "-- revision: m35\n-- +upgrade\nCOPY a FROM stdin;\nit's\n"),
        one(&["client_command"], "m36.sql", "-- revision: m36\n-- +upgrade\n\\connect a\n"),
        one(&["disguised_key"], "m37.sql", "-- revision: m37\n-- created = 2026\n-- +upgrade\n"),
        one(&["unknown_directive"], "m38.sql", "-- revision: m38\n-- +upgrade\n# +downgrade\n"),
        // A broken file that another one names, which is not to blame.
        two(
            &["missing_upgrade"],
            ("m33.sql", "-- revision: m33\n"),
            ("m33b.sql", "-- revision: m33b\n-- down_revision: m33\n-- +upgrade\n"),
        ),
        // A circle through a broken file.
        two(
            &["cycle", "missing_upgrade"],
            ("m34.sql", "-- revision: m34\n-- down_revision: m34b\n"),
            ("m34b.sql", "-- revision: m34b\n-- down_revision: m34\n-- +upgrade\n"),
        ),
    ]
}

/// A folder that may have any shape, with these files.
fn folder_of(files: &[(&str, &str)]) -> Project {
    let project = Project::new().beside("alembic.toml", "allow = [\"multiple_heads\", \"multiple_bases\"]");
    files.iter().fold(project, |project, (name, text)| project.file(name, text))
}

/// Fewer cases than usual for laws that write files; `PROPTEST_CASES` overrides it.
fn few() -> ProptestConfig {
    let usual = ProptestConfig::default();
    let cases = if std::env::var_os("PROPTEST_CASES").is_some() { usual.cases } else { 64 };
    ProptestConfig { cases, ..usual }
}

proptest! {
    #![proptest_config(few())]

    #[test]
    fn planted_mistakes_are_found_all_of_them_and_nothing_else(
        chosen in proptest::collection::vec(any::<bool>(), mistakes().len()),
        order in any::<prop::sample::Index>(),
    ) {
        let planted = || mistakes().into_iter().zip(&chosen).filter(|(_, chosen)| **chosen).map(|(mistake, _)| mistake);
        let mut codes: Vec<&str> = planted().flat_map(|mistake| mistake.codes).copied().collect();
        let mut files: Vec<(&str, &str)> = planted().flat_map(|mistake| mistake.files).collect();
        let project = folder_of(&files);
        let mut found: Vec<&str> = project.read().problems.iter().map(Problem::code).collect();
        found.sort_unstable();
        codes.sort_unstable();
        prop_assert_eq!(found, codes);
        // The same files made in another order are listed in another order.
        let start = order.index(files.len().max(1));
        files.rotate_left(start);
        files.reverse();
        prop_assert_eq!(folder_of(&files).problems(), project.problems());
    }

    #[test]
    fn no_bytes_in_any_file_make_the_folder_panic(
        sql in proptest::collection::vec(any::<u8>(), 0..60),
        rust in proptest::collection::vec(any::<u8>(), 0..60),
        toml in proptest::collection::vec(any::<u8>(), 0..30),
        good in text(SQL),
    ) {
        let project =
            Project::new().file("a.sql", sql).file("b.rs", rust).file("c.sql", good).beside("alembic.toml", toml);
        show_all(&project.read().problems)?;
    }
}
