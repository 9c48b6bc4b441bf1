use super::*;
use crate::{Dialect, Direction};
use Dialect::{Mysql, Postgres, Sqlite};
use Direction::{Downgrade, Upgrade};

fn section<'t>(direction: Direction, dialects: &'t [Dialect], sql: &'t str) -> DigestSection<'t> {
    DigestSection { direction, dialects, sql }
}

/// The digest of one upgrade section for these dialects.
fn of(dialects: &[Dialect], sql: &str) -> Digest {
    digest_sql(true, [section(Upgrade, dialects, sql)])
}

#[test]
fn a_digest_is_written_as_hexadecimal_digits_and_read_back() {
    let digest = Digest(std::array::from_fn(|byte| u8::try_from(byte).unwrap() * 8));
    let text = "0008101820283038404850586068707880889098a0a8b0b8c0c8d0d8e0e8f0f8";
    assert_eq!(digest.to_string(), text);
    assert_eq!(format!("{digest:?}"), text);
    assert_eq!(text.parse(), Ok(digest));
    assert_eq!(text.to_uppercase().parse(), Ok(digest));
    for wrong in ["", "00", &text[1..], &format!("{text}0"), &text.replace('f', "g")] {
        assert_eq!(wrong.parse::<Digest>(), Err(InvalidDigest), "{wrong}");
    }
    assert_eq!(InvalidDigest.to_string(), "a digest is written as 64 hexadecimal digits");
}

/// Databases hold digests: if this fails, every applied revision will be reported as edited. The values come from
/// another implementation of what the module's documentation says.
#[test]
fn digests_stay_what_they_were() {
    let sql = digest_sql(
        true,
        [
            section(Upgrade, &[], "CREATE TABLE a (x INT);\nSELECT 'a' \"b\" -- c"),
            section(Upgrade, &[Mysql, Postgres], "SELECT 'a\\'\n'b';"),
            section(Downgrade, &[], "DROP TABLE a; # x\nSELECT $1"),
        ],
    );
    assert_eq!(sql.to_string(), "c2779bfc8397d624075af3ad977a12b875113e1f4b524a52c74ee64d4417d392");
    let empty = digest_sql(false, []);
    assert_eq!(empty.to_string(), "dd0a6a471aecd76766a26f9b16ce010d1f0f9c6b80be96ddaf765d71a286e6d2");
    let rust = digest_rust("revision! { id: \"a\" }\npub fn upgrade(op: &mut O) { op.a(&[1,], (2,)) }");
    assert_eq!(rust.to_string(), "9d930d5ae5fee263a7974b7af14a1b627107bbff01e3834cc121f1ca5a021e18");
}

/// Every choice of dialects that a section can make.
const CHOICES: [&[Dialect]; 5] = [&[], &[Sqlite], &[Postgres], &[Mysql], &[Postgres, Mysql]];

#[test]
fn comments_layout_and_line_ends_are_no_edit_of_sql() {
    let before = "CREATE TABLE a (x INT DEFAULT -1, y TEXT);\nDROP TABLE b;\n";
    for dialects in CHOICES {
        for sql in [
            "-- title\nCREATE TABLE a (x INT DEFAULT -1, y TEXT); -- it's\nDROP TABLE b",
            "CREATE TABLE a(\r\n  x INT DEFAULT-1 ,\r\n  y TEXT\r\n) ;; DROP TABLE b",
            "\u{feff};CREATE TABLE a (x INT DEFAULT -1, y TEXT);\n/* $1 @x `\\` */\nDROP TABLE b;",
            "CREATE TABLE a /* \" */ (x INT DEFAULT -1, y TEXT);DROP -- $$\n\tTABLE b --",
        ] {
            assert_eq!(of(dialects, sql), of(dialects, before), "{dialects:?}: {sql}");
        }
        assert_eq!(
            of(dialects, "SELECT 'a\r\nb'"),
            of(dialects, "SELECT 'a\nb'"),
            "line ends of the checkout"
        );
    }
}

#[test]
fn what_a_database_could_notice_is_an_edit_of_sql() {
    for dialects in CHOICES {
        for (before, after) in [
            ("SELECT 'a b'", "SELECT 'a  b'"),
            ("SELECT 'a\nb'", "SELECT 'a\rb'"),
            ("SELECT 'a' 'b'", "SELECT 'a''b'"),
            ("SELECT 'a' 'b'", "SELECT 'a'\n'b'"),
            ("SELECT \"a\"", "SELECT \"A\""),
            ("SELECT a", "select a"),
            ("SELECT a b", "SELECT ab"),
            ("SELECT a < = b", "SELECT a <= b"),
            ("SELECT 1 .5", "SELECT 1.5"),
            ("SELECT t.5", "SELECT t .5"),
            ("SELECT 1; SELECT 2", "SELECT 1 SELECT 2"),
            ("SELECT '/* a */'", "SELECT '/* b */'"),
            ("SELECT '-- a'", "SELECT '-- b'"),
            ("", "SELECT 1"),
        ] {
            assert_ne!(of(dialects, before), of(dialects, after), "{dialects:?}: {before} {after}");
        }
    }
}

#[test]
fn no_edit_hides_in_what_another_dialect_takes_for_a_comment_or_a_string() {
    for (dialects, before, after) in [
        (&[Mysql][..], "SELECT '\\' -- a\n'", "SELECT '\\' -- b\n'"),
        (&[Mysql], "SELECT 5--1", "SELECT 5--2"),
        (&[Mysql], "SELECT /*! 1 */", "SELECT /*! 2 */"),
        (&[Mysql], "SELECT /*+ a */ 1", "SELECT /*+ b */ 1"),
        (&[Postgres], "SELECT 5 # 1", "SELECT 5 # 2"),
        (&[Postgres], "SELECT $$-- a$$", "SELECT $$-- b$$"),
        (&[Postgres], "SELECT E'\\'--a'", "SELECT E'\\'--b'"),
        (&[Postgres], "SELECT 1 -- a\r, 2", "SELECT 1 -- a\r, 3"),
        (&[Postgres, Mysql], "--\r, 2", "--\r, 3"),
        (&[Sqlite], "SELECT [-- a]", "SELECT [-- b]"),
        (&[Sqlite], "SELECT 1 /* /* */ + 1 -- */", "SELECT 1 /* /* */ + 2 -- */"),
    ] {
        assert_ne!(of(dialects, before), of(dialects, after), "{dialects:?}: {before}");
        assert_ne!(of(&[], before), of(&[], after), "any of them may be given it: {before}");
    }
}

#[test]
fn an_identifier_and_a_string_in_double_quotes_are_digested_alike() {
    let sql = "SELECT \"a\"\n'b'";
    assert_eq!(of(&[Sqlite, Mysql], sql), of(&[Sqlite, Mysql], "SELECT \"a\" 'b'"));
}

#[test]
fn a_comment_of_one_dialect_alone_is_an_edit_for_the_others_only() {
    let (before, after) = ("SELECT 1 # a\n", "SELECT 1 # b\n");
    assert_eq!(of(&[Mysql], before), of(&[Mysql], after));
    assert_ne!(of(&[Mysql, Sqlite], before), of(&[Mysql, Sqlite], after));
    assert_ne!(of(&[], before), of(&[], after));
}

#[test]
fn the_delimiter_of_a_script_is_no_edit() {
    let plain = "CREATE PROCEDURE p() BEGIN SELECT 1; END;\nSELECT 2;";
    for sql in [
        "DELIMITER //\nCREATE PROCEDURE p() BEGIN SELECT 1; END//\nDELIMITER ;\nSELECT 2;",
        "DELIMITER $$\nCREATE PROCEDURE p() BEGIN SELECT 1; END$$\nSELECT 2$$",
    ] {
        assert_eq!(of(&[Mysql], sql), of(&[Mysql], plain), "{sql}");
    }
}

#[test]
fn direction_dialects_and_transaction_count_but_the_order_of_sections_does_not() {
    let up = section(Upgrade, &[], "SELECT 1");
    let down = section(Downgrade, &[], "SELECT 1");
    let sqlite = section(Upgrade, &[Sqlite], "SELECT 1");
    let both = section(Upgrade, &[Mysql, Sqlite], "SELECT 1");
    let empty = section(Downgrade, &[], "-- nothing");
    let digests = [
        digest_sql(true, []),
        digest_sql(false, []),
        digest_sql(true, [up]),
        digest_sql(false, [up]),
        digest_sql(true, [down]),
        digest_sql(true, [sqlite]),
        digest_sql(true, [both]),
        digest_sql(true, [up, down]),
        digest_sql(true, [up, empty]),
        digest_sql(true, [up, sqlite]),
    ];
    for (index, digest) in digests.iter().enumerate() {
        assert_eq!(digests.iter().position(|other| other == digest), Some(index));
    }
    assert_eq!(digest_sql(true, [sqlite, down, up]), digest_sql(true, [up, sqlite, down]));
    let turned = section(Upgrade, &[Sqlite, Mysql, Sqlite], "SELECT 1");
    assert_eq!(digest_sql(true, [turned]), digest_sql(true, [both]));
}

const REVISION: &str = "\
//! add email column to users
use servicekit::revision::*;

revision! {
    id: \"7f3c2b1a9d4e\",
    down_revision: \"3f2a9c41d07e\",
}

pub fn upgrade(op: &mut Operations) {
    op.add_column(\"users\", text(\"email\"));
    op.add_column(\"users\", text(\"phone\"));
    op.run(\"backfill\", async |conn| { conn.execute(\"UPDATE users SET email = ''\").await?; Ok(()) });
}
";

#[test]
fn rust_edits_count_when_they_change_what_the_revision_does() {
    let edit = |from: &str, to: &str| {
        let edited = REVISION.replace(from, to);
        assert_ne!(edited, REVISION);
        if digest_rust(&edited) == digest_rust(REVISION) { "same" } else { "changed" }
    };
    let table = [
        ("comment added", edit("    op.run", "    // it's safe\n    /* \" */ op.run")),
        ("title changed", edit("add email column", "add e-mail column")),
        ("documentation added", edit("pub fn upgrade", "/// Adds.\n#[doc = \"Adds.\"]\npub fn upgrade")),
        (
            "rustfmt broke a line, added a comma",
            edit("(\"users\", text(\"email\"))", "(\n        \"users\",\n        text(\"email\"),\n    )"),
        ),
        ("CRLF", edit("\n", "\r\n")),
        ("byte order mark", edit("//! add", "\u{feff}//! add")),
        ("rebased", edit("3f2a9c41d07e", "000000000000")),
        ("revision! laid out differently", edit("d07e\",\n}", "d07e\" };")),
        ("`op` renamed `o`", edit("op: &mut Operations", "o: &mut Operations")),
        (
            "two calls became a loop",
            edit(
                "op.add_column(\"users\", text(\"email\"));\n    op.add_column(\"users\", text(\"phone\"));",
                "for c in [\"email\", \"phone\"] { op.add_column(\"users\", text(c)); }",
            ),
        ),
        ("body of an `op.run` closure", edit("email = ''", "email = '-'")),
        ("another column name", edit("phone", "fax")),
        ("a blank in a string", edit("SET email", "SET  email")),
    ];
    let same = [
        "comment added",
        "title changed",
        "documentation added",
        "rustfmt broke a line, added a comma",
        "CRLF",
        "byte order mark",
        "rebased",
        "revision! laid out differently",
    ];
    for (name, outcome) in table {
        assert_eq!(outcome, if same.contains(&name) { "same" } else { "changed" }, "{name}");
    }
}

#[test]
fn rustfmt_makes_no_edits() {
    for (before, after) in [
        ("f(a, b)", "f(\n    a,\n    b,\n)"),
        ("f(a)", "f(\n    a,\n)"),
        ("f::<T>(a)", "f::<\n    T,\n>(\n    a,\n)"),
        ("vec![1]", "vec![\n    1,\n]"),
        ("A { b: 1 }", "A {\n    b: 1,\n}"),
        ("let x=-1;", "let x = -1;"),
        ("let x: Vec<Vec<u8> >=y;", "let x: Vec<Vec<u8>> = y;"),
        ("x.f()(a)", "x.f()(\n    a,\n)"),
        ("fn f(a: u8) -> u8 {}", "fn f(\n    a: u8,\n) -> u8 {\n}"),
    ] {
        assert_eq!(digest_rust(before), digest_rust(after), "{before}");
    }
}

#[test]
fn rust_that_means_something_else_is_an_edit() {
    for (before, after) in [
        ("x = (1);", "x = (1,);"),
        ("return (1)", "return (1,)"),
        ("fn f() -> (u8) {}", "fn f() -> (u8,) {}"),
        ("a && b", "a & &b"),
        ("a - > b", "a -> b"),
        ("a == b", "a = = b"),
        ("'a", "' a"),
        ("\"a\"", "r\"a\""),
        ("1 .0", "1.0"),
        ("{ revision! { id: \"a\" } }", "{ revision! { id: \"b\" } }"),
        ("revision!(a); revision!(b);", "revision!(a); revision!(c);"),
        ("revision! = { a }", "revision! = { b }"),
        ("revision!{ a", "revision!{ b"),
        ("#[derive(A)] x", "#[derive(B)] x"),
    ] {
        assert_ne!(digest_rust(before), digest_rust(after), "{before}");
    }
    assert_eq!(digest_rust("x = (1, 2,);"), digest_rust("x = (1, 2);"));
}
