//! Agreement with SQLite itself, asked through its shell.

use proptest::prelude::*;
use proptest::sample::select;
use servicekit_chain::Dialect;
use servicekit_chain::sql::split;
use std::ffi::OsStr;
use std::io::Write as _;
use std::process::{Command, Output, Stdio};
use std::sync::LazyLock;

/// Runs the shell on an empty database; `None` when there is none to run.
fn sqlite3<S: AsRef<OsStr>>(arguments: impl IntoIterator<Item = S>, input: &str) -> Option<Output> {
    let mut child = Command::new("sqlite3")
        // Without `.explain off` the shell may run an EXPLAIN twice and lay out what it says.
        .args(["-batch", "-bail", "-cmd", ".explain off"])
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .ok()?;
    // The scripts fit into a pipe, so writing all before reading cannot block.
    child.stdin.take()?.write_all(input.as_bytes()).ok()?;
    child.wait_with_output().ok()
}

fn is_installed() -> bool {
    static INSTALLED: LazyLock<bool> = LazyLock::new(|| {
        let installed =
            Command::new("sqlite3").arg("--version").output().is_ok_and(|output| output.status.success());
        if !installed {
            // Written to the stream itself, because the test harness hides what a passing test prints.
            let _ = writeln!(
                std::io::stderr(),
                "\nLEFT OUT: the agreement with SQLite, because `sqlite3` is not installed\n"
            );
        }
        installed
    });
    *INSTALLED
}

/// What SQLite took for one statement each, from the shell's trace: `text; -- 123 ns` and a line end for each.
fn traced(trace: &str) -> Vec<&str> {
    let mut statements = Vec::new();
    let mut rest = trace;
    let mut from = 0;
    while let Some(found) = rest[from..].find("; -- ") {
        let mark = from + found;
        let digits = rest[mark + 5..].find(|c: char| !c.is_ascii_digit()).unwrap_or(0);
        let after = mark + 5 + digits;
        if digits > 0 && rest[after..].starts_with(" ns\n") {
            statements.push(&rest[..mark]);
            rest = &rest[after + 4..];
            from = 0;
        } else {
            from = mark + 1;
        }
    }
    assert_eq!(rest, "", "the trace is understood to its end");
    statements
}

/// A statement as SQLite saw it without the blanks, comments and semicolons before it.
fn without_beginning(mut text: &str) -> &str {
    loop {
        text = text.trim_start_matches([' ', '\t', '\n', ';']);
        if text.starts_with("--") {
            text = text.split_once('\n').map_or("", |(_, rest)| rest);
        } else if text.starts_with("/*") {
            text = text.split_once("*/").map_or("", |(_, rest)| rest);
        } else {
            return text;
        }
    }
}

/// Templates: a `~` is a gap between tokens, `%` a string, `#` a name, and the trailing number makes names unique.
const TEMPLATES: [&str; 17] = [
    "INSERT~INTO~log(v)~VALUES~(%)",
    "INSERT~INTO~log(v)~SELECT~%~||~%~WHERE~1~<>~2",
    "UPDATE~log~SET~v~=~CASE~v~WHEN~%~THEN~CASE~WHEN~1~THEN~%~END~ELSE~v~END~WHERE~n~=~1",
    "CREATE~TABLE~#(a~INTEGER~PRIMARY~KEY,~#~TEXT~DEFAULT~%)",
    "CREATE~VIEW~#~AS~SELECT~%~AS~#~FROM~log",
    "CREATE~TRIGGER~#~AFTER~INSERT~ON~log~WHEN~new.v~LIKE~'fire'~BEGIN~\
     INSERT~INTO~log(v)~VALUES~(CASE~WHEN~new.n~>~3~THEN~%~ELSE~%~END);~SELECT~CASE~1~WHEN~1~THEN~2~END;~END",
    "CREATE~TEMP~TRIGGER~#~UPDATE~ON~log~BEGIN~SELECT~1;~DELETE~FROM~log~WHERE~v~=~%;~END",
    "create~temporary~trigger~IF~NOT~EXISTS~#~delete~on~log~begin~insert~into~log(v)~values(%);~end",
    "EXPLAIN~CREATE~TRIGGER~#~AFTER~DELETE~ON~log~BEGIN~SELECT~%;~END",
    "EXPLAIN~QUERY~PLAN~SELECT~%",
    "INSERT~INTO~log(v)~VALUES~('fire')",
    "DELETE~FROM~log~WHERE~v~=~%",
    "SELECT~x'3b27',~%,~-1,~1.5e-3,~[v],~`n`,~\"v\",~'a'~||~'$'~FROM~log",
    "WITH~#(a)~AS~(SELECT~%)~SELECT~*~FROM~log",
    "SAVEPOINT~#",
    "SELECT~?1,~:a,~@b,~$c~FROM~log~AS~\"begin\"~WHERE~1~--;END;\n",
    "PRAGMA~user_version~=~7",
];

const GAPS: [&str; 9] =
    [" ", " ", "  ", "\n", "\t\n  ", " -- it's; END;\n", "/* ;'\"`[ */", " /**/ ", "\n\n-- \"\n/* -- */\n"];

const CONTENTS: [&str; 21] = [
    "",
    ";",
    "''",
    "\"\"",
    "-- ",
    "/*",
    "*/",
    "\n",
    "\\",
    "$$",
    "#",
    "[",
    "``",
    "END",
    "BEGIN",
    "CASE ",
    " ",
    "a",
    "é",
    "🦀",
    "CREATE TRIGGER",
];

fn content() -> impl Strategy<Value = String> {
    proptest::collection::vec(select(&CONTENTS[..]), 0..6).prop_map(|parts| parts.concat())
}

/// A name in one of SQLite's three quotes; `number` makes it unique.
fn name(quotes: usize, content: &str, number: usize) -> String {
    let content: String = content.chars().filter(|c| !matches!(c, '"' | '`' | ']' | '\'')).collect();
    match quotes % 4 {
        0 => format!("\"{content}\"\"{number}\""),
        1 => format!("`{content}``{number}`"),
        2 => format!("[{content}{number}]"),
        _ => format!("name{number}"),
    }
}

fn statement() -> impl Strategy<Value = (usize, Vec<String>, Vec<&'static str>, &'static str, usize)> {
    (
        0..TEMPLATES.len(),
        proptest::collection::vec(content(), 4),
        proptest::collection::vec(select(&GAPS[..]), 8),
        select(&[";", ";", " ;", ";;", ";\n", ";\n\n", "; -- x;\n", " -- c;\n;", ";/* ; */;\n"][..]),
        0..4_usize,
    )
}

/// A script that SQLite accepts as a whole, with what is hard to split in every place.
fn script() -> impl Strategy<Value = String> {
    proptest::collection::vec(statement(), 1..25).prop_map(|statements| {
        let mut script = String::from("CREATE TABLE log (n INTEGER PRIMARY KEY, v TEXT);\n");
        let mut number = 0;
        for (template, contents, gaps, end, quotes) in statements {
            let mut contents = contents.iter().cycle();
            let mut gaps = gaps.iter().cycle();
            for character in TEMPLATES[template].chars() {
                match character {
                    '~' => script.push_str(gaps.next().unwrap_or(&" ")),
                    '%' => {
                        let content = contents.next().map_or("", String::as_str);
                        script.extend(["'", content, "'"]);
                    }
                    '#' => {
                        number += 1;
                        script.push_str(&name(
                            quotes + number,
                            contents.next().map_or("", String::as_str),
                            number,
                        ));
                    }
                    _ => script.push(character),
                }
            }
            script.push_str(end);
        }
        script.push_str("\nSELECT * FROM log; SELECT type, name, sql FROM sqlite_schema");
        script
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: ProptestConfig::default().cases / 4, ..ProptestConfig::default() })]

    #[test]
    fn statements_are_the_ones_that_sqlite_runs(script in script()) {
        if !is_installed() {
            return Ok(());
        }
        let output = sqlite3(["-cmd", ".trace stderr --plain --profile", ":memory:"], &script).expect("sqlite3 runs");
        let trace = String::from_utf8(output.stderr).expect("UTF-8");
        prop_assert!(output.status.success(), "{}\n{}", trace, script);
        let expected: Vec<_> = traced(&trace).into_iter().map(|text| without_beginning(text).trim_end()).collect();
        let found: Vec<_> = split(Dialect::Sqlite, &script)
            .into_iter()
            // SQLite counts a comment before the semicolon to the statement.
            .map(|statement| script[statement.span.start..statement.piece.end].trim_end().trim_end_matches(';').trim_end())
            .collect();
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn running_the_statements_one_by_one_does_what_running_the_script_does(script in script()) {
        if !is_installed() {
            return Ok(());
        }
        let whole = sqlite3([":memory:"], &script).expect("sqlite3 runs");
        let statements = split(Dialect::Sqlite, &script).into_iter().map(|statement| statement.text);
        let one_by_one = sqlite3([":memory:"].into_iter().chain(statements), "").expect("sqlite3 runs");
        prop_assert_eq!(String::from_utf8_lossy(&one_by_one.stderr), "");
        prop_assert_eq!(String::from_utf8_lossy(&one_by_one.stdout), String::from_utf8_lossy(&whole.stdout));
    }
}
