//! What a sound file says, in whatever form it is written.

use crate::project::Project;
use insta::assert_debug_snapshot;
use servicekit_chain::file::{Body, SqlBody, VersionFile, parse_rust, parse_sql};
use servicekit_chain::{Dialect, Direction, Source};
use std::sync::Arc;

fn sql(text: &str) -> VersionFile {
    parse_sql(&Arc::new(Source::new("a1.sql", "a1.sql", text))).unwrap()
}

fn rust(text: &str) -> VersionFile {
    parse_rust(&Arc::new(Source::new("a1.rs", "a1.rs", text))).unwrap()
}

fn body(file: &VersionFile) -> &SqlBody {
    match &file.body {
        Body::Sql(body) => body,
        Body::Rust(_) => panic!("a .sql file has SQL"),
    }
}

/// Each key with its values and the texts that their spans cover.
fn header(file: &VersionFile) -> String {
    let text = |span: &std::ops::Range<usize>| file.source.text.get(span.clone()).unwrap().to_owned();
    let header = &file.header;
    let mut lines =
        vec![format!("{:?}", header.message), format!("{} = {}", header.id.value, text(&header.id.span))];
    lines.extend(header.down_revision.iter().map(|v| format!("down {} = {}", v.value, text(&v.span))));
    lines.extend(header.branch_labels.iter().map(|v| format!("label {} = {}", v.value, text(&v.span))));
    lines.extend(header.depends_on.iter().map(|v| format!("needs {} = {}", v.value, text(&v.span))));
    lines.extend(header.created.iter().map(|v| format!("created {} = {}", v.value, text(&v.span))));
    lines.join("\n")
}

#[test]
fn blanks_line_ends_and_the_byte_order_mark_do_not_matter() {
    let plain = "-- add é\n--\n-- revision: b2\n-- down_revision: a1, a2\n-- branch_labels: lib\n-- depends_on: x, y\n\
                 -- created: 2026-01-02 10:00\n\n-- +upgrade sqlite, mysql\nSELECT 1;\n";
    let loose = "\u{feff}\r\n\r\n  --add é  \r\n\r\n--revision:b2\t\r\n\t--  down_revision :a1 ,a2\r\n\r\n\
                 --branch_labels:\tlib\r\n---- depends_on: x,y\r\n-- created: 2026-01-02 10:00 \r\n\r\n\
                 \t--+upgrade  SQLite mariadb,\r\nSELECT 1;\r\n";
    let (plain, loose) = (sql(plain), sql(loose));
    assert_eq!(header(&plain), header(&loose));
    let dialects =
        |file: &VersionFile| body(file).upgrade.iter().map(|s| s.dialects.clone()).collect::<Vec<_>>();
    assert_eq!(dialects(&plain), [[Dialect::Sqlite, Dialect::Mysql]]);
    assert_eq!(dialects(&plain), dialects(&loose));
    let place = loose.place(loose.header.down_revision[1].span.clone());
    assert_eq!(place.to_string(), "a1.sql:6:25");
}

#[test]
fn the_title_is_the_first_paragraph_above_the_keys() {
    let message = |text: &str| sql(&format!("{text}\n-- +upgrade\n")).header.message;
    assert_eq!(
        message("-- add users\n-- and their mails\n--\n-- not this\n-- revision: a1"),
        "add users and their mails"
    );
    assert_eq!(message("--\n-------\n-- add users\n\n-- not this\n-- revision: a1"), "add users");
    assert_eq!(message("-- revision: a1\n-- not this"), "");
    assert_eq!(message("-- Decision: drop the table\n-- revision: a1"), "Decision: drop the table");
    assert_eq!(message("-- note: at 10:30\n-- revision: a1"), "note: at 10:30");
    let message =
        |text: &str| rust(&format!("{text}\nrevision! {{ id: \"a1\" }}\nfn upgrade() {{}}")).header.message;
    assert_eq!(message("//! add users\n//! and their mails\n//!\n//! not this"), "add users and their mails");
    assert_eq!(
        message("// a licence\n/*! add users\n * and their mails\n */\n//! not this"),
        "add users and their mails"
    );
    assert_eq!(message("#![allow(unused)]\n//! add users"), "add users");
    assert_eq!(message("use x::y;\n/// not this\nmod z { //! not this\n}"), "");
}

#[test]
fn sections_hold_everything_up_to_the_next_directive() {
    let text = "-- revision: a1\n-- +transaction off\n-- +upgrade\na;\n\n-- comment\nb;\n-- +upgrade postgres\nc;\n-- +downgrade\n";
    let file = sql(text);
    let body = body(&file);
    let section = |direction, dialect| {
        body.section(direction, dialect).map(|section| text.get(section.span.clone()).unwrap())
    };
    assert!(!body.transaction && file.has_downgrade());
    assert_eq!(section(Direction::Upgrade, Dialect::Sqlite), Some("a;\n\n-- comment\nb;\n"));
    assert_eq!(section(Direction::Upgrade, Dialect::Postgres), Some("c;\n"));
    assert_eq!(section(Direction::Downgrade, Dialect::Mysql), Some(""));
}

#[test]
fn a_dialect_without_a_section_has_none() {
    let file = sql("-- revision: a1\n-- +upgrade postgres\nc;");
    assert_eq!(body(&file).section(Direction::Upgrade, Dialect::Sqlite), None);
    assert_eq!(body(&file).section(Direction::Downgrade, Dialect::Postgres), None);
    assert!(!file.has_downgrade());
}

#[test]
fn comments_that_only_look_like_directives_are_comments() {
    let text = "-- x\n-- revision: a1\n-- +---+---+\n-- + a list\n-- +1 for this\n-- +upgrade -- as of 2026\n\
                -- going up: it\n-- + more\n-- downgrade is not possible\n-- created: by me\nSELECT 1;\n";
    let file = sql(text);
    assert_eq!(body(&file).upgrade.len(), 1);
    assert!(body(&file).upgrade[0].dialects.is_empty());
}

#[test]
fn a_rust_file_is_read_in_any_form() {
    let text = "#!/usr/bin/env x\n//! add users\nuse servicekit::revision::*;\n\n#[rustfmt::skip]\n\
        ::servicekit::revision!(\n    id: r#\"b2\"#, // the id\n    down_revision: [\"a1\", \"a2\",],\n    branch_labels: \"lib\",\n    \
        depends_on: [],\n    created: \"2026-01-02 10:00\"\n);\n\n#[cfg(any())]\npub(crate) async fn upgrade() {}\nfn downgrade() {}\n";
    let file = rust(text);
    assert_debug_snapshot!(header(&file), @r##""\"add users\"\nb2 = r#\"b2\"#\ndown a1 = \"a1\"\ndown a2 = \"a2\"\nlabel lib = \"lib\"\ncreated 2026-01-02 10:00 = \"2026-01-02 10:00\"""##);
    assert!(file.has_downgrade());
    let Body::Rust(body) = &file.body else { panic!("a .rs file has Rust") };
    let invocation = text.get(body.invocation.clone()).unwrap();
    assert!(invocation.starts_with("::servicekit::revision!(") && invocation.ends_with(')'), "{invocation}");
}

#[test]
fn functions_in_other_functions_and_impls_do_not_count() {
    let file =
        rust("revision! { id: \"a1\" }\nfn upgrade() { fn downgrade() {} }\nimpl X { fn downgrade() {} }\n");
    assert!(!file.has_downgrade());
}

#[test]
fn the_digest_is_of_what_a_revision_does() {
    let digest = |text: &str| sql(text).digest();
    let before = digest("-- x\n-- revision: a1\n-- +upgrade\nSELECT 1;\n-- +downgrade\nSELECT 2;\n");
    let reworded = "\u{feff}-- y\r\n-- revision: a1\r\n-- down_revision: z\r\n-- +upgrade\r\n-- a comment\r\nSELECT  1;\r\n\
                    -- +downgrade\r\nSELECT 2\r\n";
    assert_eq!(before, digest(reworded));
    assert_ne!(before, digest("-- revision: a1\n-- +upgrade\nSELECT 2;\n-- +downgrade\nSELECT 1;\n"));
    assert_ne!(
        before,
        digest("-- revision: a1\n-- +transaction off\n-- +upgrade\nSELECT 1;\n-- +downgrade\nSELECT 2;\n")
    );
    let file = rust("revision! { id: \"a1\" }\nfn upgrade() {}");
    assert_eq!(file.digest(), servicekit_chain::digest::digest_rust("fn upgrade() {}"));
}

#[test]
fn the_id_and_title_of_a_broken_file_are_known_as_far_as_they_can_be_read() {
    let project = Project::new()
        .file("a1_x.sql", "-- create users\n-- revision: a1\n-- +upgarde\n")
        .file("b2_x.rs", "//! add email\nrevision! { id: \"b2\", down: \"a1\" }\n")
        .file("c3_x.sql", "SELECT 1;\n");
    let folder = project.read();
    let known: Vec<String> = folder
        .broken
        .iter()
        .map(|broken| format!("{} {} ({})", broken.id, broken.message, broken.source.name))
        .collect();
    assert_eq!(
        known,
        ["a1 create users (alembic/versions/a1_x.sql)", "b2 add email (alembic/versions/b2_x.rs)"]
    );
}
