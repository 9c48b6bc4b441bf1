//! What looks like a directive or a key and is none.

use crate::project::Project;
use insta::assert_snapshot;
use proptest::prelude::*;
use servicekit_chain::file::{Body, parse_sql};
use servicekit_chain::{Problem, Source};

/// A `.sql` revision whose text below the header is given.
fn sections(text: &str) -> Project {
    Project::new().file("a1_x.sql", format!("-- x\n-- revision: a1\n\n{text}"))
}

/// The codes of what is wrong with a section between two statements.
fn codes(line: &str) -> Vec<String> {
    let text = format!("-- +upgrade\nCREATE TABLE box (id int);\n{line}\nDROP TABLE box;\n");
    let problems = sections(&text).read().problems;
    problems
        .iter()
        .map(|problem| format!("{}: {}", problem.code(), problem.help().unwrap_or_default()))
        .collect()
}

#[test]
fn a_disguised_directive_is_an_error_with_the_right_spelling() {
    let disguises = [
        "\u{feff}-- +downgrade",
        "\u{200b}-- +downgrade",
        "-\u{ad}- +downgrade",
        "--\u{feff} +downgrade",
        "-- \u{202e}+downgrade",
        "-- +\u{200b}downgrade",
        "-- +down\u{ad}grade",
        "-- ＋downgrade",
        "-- ++downgrade",
        "-- + + downgrade",
        "-- [+downgrade]",
        "-- +(downgrade)",
        "-- +DOWNGRADE:",
        "-- +dоwngrade",
        "-- @downgrade",
        "-- downgrade:",
        "— +downgrade",
        "– +downgrade",
        "－－ ＋ｄｏｗｎｇｒａｄｅ",
        "− +downgrade",
        "- +downgrade",
        "+downgrade",
        "# +downgrade",
        "## +downgrade",
        "#\t+downgrade",
        "//+downgrade",
        "/* +downgrade */",
        "/*+downgrade*/",
        "/*\n * +downgrade\n */",
        "/*\n +downgrade\n*/",
        "SELECT 1; -- +downgrade",
        "SELECT 1; /* +downgrade */",
        "SELECT 1;\r-- +downgrade\r",
        "SELECT 1;\u{2028}-- +downgrade",
        "-- -- +downgrade",
        "# +down",
        "# --- !Downs",
        "-- !Downs",
        "-- === DOWN ===",
        "-- rambler down",
        "-- +goose Down",
        "-- + goose Down",
        "-- migrate:down transaction:false",
        "-- Migration down",
        "-- upgrade --\n-- downgrade --",
        "---- create above / drop below ----",
        "-- @UNDO",
        "/* down */",
    ];
    for line in disguises {
        let found = codes(line);
        assert!(
            found.last().is_some_and(|last| last.starts_with("unknown_directive: write `-- +downgrade`")),
            "{line:?} gives {found:?}"
        );
    }
    assert_eq!(codes("# +downgrade postgres"), ["unknown_directive: write `-- +downgrade postgres`"]);
    assert_eq!(codes("/* +transaction off */"), ["unknown_directive: write `-- +transaction off`"]);
    assert_eq!(codes("-- atlas:txmode none"), ["unknown_directive: write `-- +transaction off`"]);
}

#[test]
fn prose_and_operators_are_no_directives() {
    let prose = [
        "-- + up the price",
        "-- + down the road",
        "-- + no new rows",
        "-- up the price",
        "-- down.",
        "-- the direction, up or down",
        "-- upgrade sqlite to 3.45 first",
        "-- Up 2 percent",
        "-- rollback of the order",
        "-- create above all",
        "-- +---+---+",
        "-- +50%",
        "-- \"+downgrade\"",
        "# up the price",
        "# + up the price",
        "/* up the price */",
        "CREATE TABLE votes (\n  -- up\n  ups int, -- down\n  /* undo */ downs int\n);",
        "SELECT a, -- up\n  b -- down\nFROM votes;",
        "SELECT 1\n  +downgrade\nFROM votes;",
        "SELECT '{}'::jsonb\n  #- '{up}';",
        "SELECT 1\n- up\nFROM votes;",
        "-- -- +downgrade\n-- DROP TABLE box;\n-- and that is all",
        "SELECT 1 /* a + downgrade */;",
    ];
    for line in prose {
        assert_eq!(codes(line), [""; 0], "{line:?}");
    }
}

#[test]
fn comments_inside_a_body_are_nobodys_directive() {
    let bodies = [
        "CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$\nBEGIN\n  -- up\n  -- +goose Down\n  # +downgrade\n  RETURN 1;\nEND $$;",
        "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC\n  -- down\n  SELECT 1;\nEND;",
        "CREATE TRIGGER t AFTER INSERT ON box BEGIN\n  -- migrate:down\n  DELETE FROM box;\nEND;",
        "INSERT INTO note VALUES ('\n-- down\n# +downgrade\n');",
        "DELIMITER //\nCREATE PROCEDURE p()\nBEGIN\n  # up\n  SELECT 1;\nEND //\nDELIMITER ;",
    ];
    for line in bodies {
        assert_eq!(codes(line), [""; 0], "{line:?}");
    }
}

#[test]
fn a_disguised_directive_is_shown_with_its_place_and_what_is_not_seen() {
    assert_snapshot!(sections("-- +upgrade\nSELECT 1;\n\u{feff}-- +downgrade\nSELECT 2;\n").problems());
    assert_snapshot!(sections("-- +upgrade\nSELECT 1; # +downgrade mysql\nSELECT 2;\n").problems());
}

#[test]
fn a_disguised_key_is_an_error_with_the_right_spelling() {
    for line in [
        "-- down_revision： a0",
        "-- down\u{200b}_revision: a0",
        "-- \u{feff}down_revision: a0",
        "\u{feff}-- down_revision: a0",
        "-- dоwn_revision: a0",
        "-- down_revision = a0",
        "-- down_revision = 'a0'",
        "-- down_revision a0",
        "-- \"down_revision\": \"a0\"",
        "-- * down_revision: a0",
        "# down_revision: a0",
        "/* down_revision: a0 */",
        "— down_revision: a0",
        "// down_revision: a0",
    ] {
        let text = format!("-- x\n-- revision: a1\n{line}\n\n-- +upgrade\nSELECT 1;\n");
        let project = Project::new().file("a1_x.sql", text).sql("a0", "", "");
        let found: Vec<_> =
            project.read().problems.iter().map(|problem| (problem.code(), problem.help().unwrap())).collect();
        assert_eq!(found, [("disguised_key", "write `-- down_revision: a0`".to_owned())], "{line:?}");
    }
    let titles =
        ["-- the revision of all: prices", "-- see down_revision below", "-- a = b", "-- created by hand"];
    for title in titles {
        let text = format!("{title}\n-- revision: a1\n\n-- +upgrade\nSELECT 1;\n");
        assert_eq!(Project::new().file("a1_x.sql", text).problems(), "", "{title:?}");
    }
    let text = "-- x\n-- revision: a1\n-- dоwn_revision: a0\n\n-- +upgrade\n";
    assert_snapshot!(Project::new().file("a1_x.sql", text).sql("a0", "", "").problems());
}

/// What a directive can be disguised with, in front of it or within it.
const NOISE: [&str; 12] = [
    "", "", " ", "\t", "\u{feff}", "\u{200b}", "\u{ad}", "\u{a0}", "\u{202e}", "\u{2060}", "\u{3000}",
    "\u{180e}",
];

fn noise() -> impl Strategy<Value = &'static str> {
    prop::sample::select(NOISE.to_vec())
}

fn disguise() -> impl Strategy<Value = String> {
    let lead = prop::sample::select(vec!["--", "—", "#", "//", "/*", "－－", "−−", "-", "--- --", "##"]);
    let plus = prop::sample::select(vec!["+", "＋", "﹢", "++", "⁺"]);
    let name = prop::sample::select(vec![
        "downgrade",
        "Downgrade",
        "down",
        "ｄｏｗｎ",
        "downgrad",
        "goose Down",
        "migrate Down",
    ]);
    let end = prop::sample::select(vec!["", ":", ".", " sqlite", "  ", "\r"]);
    (noise(), lead, noise(), plus, noise(), name, end).prop_map(|(a, lead, b, plus, c, name, end)| {
        // A blank between the plus and the name leaves it to what follows.
        let close = if lead == "/*" { " */" } else { "" };
        format!("{a}{lead}{b}{plus}{}{name}{end}{close}", c.trim())
    })
}

/// Statements of an upgrade, whole ones.
fn upgrade() -> impl Strategy<Value = String> {
    let statement = prop::sample::select(vec![
        "CREATE TABLE a (b int);\n",
        "CREATE TABLE a (b int -- up\n);\n",
        "INSERT INTO a VALUES ('it''s; -- +x');\n",
        "CREATE FUNCTION f() RETURNS int AS $$ SELECT 1; -- down\n$$ LANGUAGE sql;\n",
        "CREATE TRIGGER t AFTER INSERT ON a BEGIN DELETE FROM a; END;\n",
        "-- a note + more\n",
        "/* a note */\n",
        "SELECT 1 + 1;\n",
        "\n",
    ]);
    proptest::collection::vec(statement, 0..5).prop_map(|statements| statements.concat())
}

proptest! {
    #[test]
    fn no_section_silently_holds_what_a_disguised_directive_meant_for_another(
        before in upgrade(), disguise in disguise(), after in upgrade(), dialects in prop::sample::select(vec!["", " sqlite", " postgres", " mysql"]),
    ) {
        let text = format!("-- revision: a1\n\n-- +upgrade{dialects}\n{before}{disguise}\nDROP TABLE marked;\n{after}");
        if let Ok(file) = parse_sql(&Source::new("x", "x", &*text).into()) {
            let Body::Sql(body) = &file.body else { unreachable!() };
            for section in &body.upgrade {
                prop_assert!(!text[section.span.clone()].contains("marked"), "{text:?}");
            }
        }
    }

    #[test]
    fn a_wrong_directive_is_reported_once(disguise in disguise()) {
        let text = format!("-- revision: a1\n\n-- +upgrade\nSELECT 1;\n{disguise}\nSELECT 2;\n");
        let problems = parse_sql(&Source::new("x", "x", &*text).into()).err().unwrap_or_default();
        prop_assert!(problems.len() <= 1, "{:?}", problems.iter().map(Problem::message).collect::<Vec<_>>());
    }
}

#[test]
fn what_is_not_seen_is_escaped_in_what_is_shown_and_columns_stay() {
    let text =
        "-- +upgrade\r\nSELECT '\u{202e}\u{200b}'; -- +downgrade\r\nSELECT 'می\u{200c}خواهم ❤\u{fe0f}';\r\n";
    let project = sections(text).beside("alembic/versions/a\u{202e}b.txt", "");
    assert_snapshot!(project.problems());
    let wrong_ids = "-- revision: a\u{202e}1\n-- branch_labels: b\u{ad}x, c\u{fe0f}\n-- depends_on: d\u{9b}\n-- +upgrade\n";
    assert_snapshot!(Project::new().file("a1.sql", wrong_ids).problems());
    let rust = "revision! { id: \"a\u{202e}1\" }\npub fn upgrade(op: &mut Operations) {}\n";
    assert_snapshot!(Project::new().file("a1.rs", rust).problems());
}
