//! Which macro reports a problem, and its text.
//!
//! The compiler can point into `.rs` files only, and only from a macro in the file. So a problem of
//! a `.rs` revision is reported by the `revision!` there, on the literal that is wrong; every other one by
//! `migrations!`, with the lines of the file in the text.

use crate::paths::lexically_normalised;
use servicekit_chain::characters::escaped;
use servicekit_chain::diagnostic::{Diagnostic, PlaceLabel, Problem};
use servicekit_chain::directory::Kind;
use servicekit_chain::file::{Body, parse_rust};
use servicekit_chain::folder::Folder;
use servicekit_chain::{LineColumn, Place, Source};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::sync::Arc;

/// How many problems are reported on the folder: the compiler takes its time for each.
const SHOWN: usize = 200;

/// The problems of a folder, by the macro that reports them.
#[derive(Debug, Default)]
pub(crate) struct Report {
    /// The messages that `migrations!` reports on its argument.
    pub(crate) on_the_folder: Vec<String>,
    /// Every `.rs` file in which a `revision!` will be expanded, sound or not.
    pub(crate) rust_files: BTreeMap<PathBuf, FileReport>,
}

/// What the `revision!` of a file reports.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct FileReport {
    /// The problems of the file that are within its `revision!`.
    pub(crate) findings: Vec<Finding>,
    /// Where each further `revision!` of the file begins, which is a problem of the folder.
    pub(crate) repeated: Vec<LineColumn>,
    /// Whether the file has a function `upgrade`.
    pub(crate) upgrade: bool,
    /// Whether the file has a function `downgrade`.
    pub(crate) downgrade: bool,
}

impl FileReport {
    /// A file of which nothing is known but that it can be compiled: one that the compiler does not name, as in editors.
    pub(crate) fn unknown() -> Self {
        Self { upgrade: true, ..Self::default() }
    }

    /// A file that is in no folder that was read.
    pub(crate) fn alone(source: &Arc<Source>) -> Self {
        match parse_rust(source) {
            Ok(file) => Self { downgrade: file.has_downgrade(), ..Self::unknown() },
            Err(problems) => problems.iter().fold(Self::unknown(), |mut report, problem| {
                report.add(problem, problem.diagnostic());
                report
            }),
        }
    }

    fn add(&mut self, problem: &Problem, diagnostic: Diagnostic) {
        self.upgrade &= !matches!(problem, Problem::MissingUpgradeFunction { .. });
        if let Problem::InvocationTwice { second, .. } = problem {
            self.repeated.push(second.position());
        }
        if let Some(position) = diagnostic.place().map(Place::position) {
            self.findings.push(Finding { position, message: in_words(problem, diagnostic) });
        }
    }
}

/// One problem of a `.rs` file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Finding {
    /// Line and column of what is wrong.
    pub(crate) position: LineColumn,
    /// The whole text of the error.
    pub(crate) message: String,
}

impl Report {
    pub(crate) fn new(folder: &Folder) -> Self {
        let problems: Vec<_> =
            folder.problems.iter().map(|problem| (problem, problem.diagnostic())).collect();
        let mut report = Self { rust_files: rust_files(folder, &problems), ..Self::default() };
        for (problem, diagnostic) in problems {
            report.assign(problem, diagnostic);
        }
        let more = report.on_the_folder.len().saturating_sub(SHOWN);
        if more > 0 {
            report.on_the_folder.truncate(SHOWN);
            report.on_the_folder.push(format!("and {more} more problems in `{}`", folder.name));
        }
        report
    }

    /// Every problem goes to exactly one macro: the `revision!` of its file, or else `migrations!`.
    fn assign(&mut self, problem: &Problem, diagnostic: Diagnostic) {
        match (diagnostic.place().and_then(|place| self.rust_files.get_mut(&path_of(place))), problem) {
            // Which of the two is compiled is not known here: one may be switched off.
            (Some(file), Problem::InvocationTwice { second, .. }) => file.repeated.push(second.position()),
            (Some(file), _) => return file.add(problem, diagnostic),
            (None, _) => {}
        }
        // The compiler puts its own `error: ` in front.
        self.on_the_folder.push(diagnostic.to_string());
    }
}

/// Every `.rs` file that can be a module, and which functions it has.
fn rust_files(folder: &Folder, problems: &[(&Problem, Diagnostic)]) -> BTreeMap<PathBuf, FileReport> {
    let mut files = BTreeMap::new();
    for file in &folder.files {
        if let Body::Rust(body) = &file.body {
            let sound = FileReport { downgrade: body.downgrade, ..FileReport::unknown() };
            files.insert(lexically_normalised(&file.source.path), sound);
        }
    }
    let is_rust = |place: &Place| Kind::from_name(&place.source.name) == Some(Kind::Rust);
    let places = || problems.iter().filter_map(|(problem, diagnostic)| Some((problem, diagnostic.place()?)));
    for (_, place) in places().filter(|(_, place)| is_rust(place)) {
        files.entry(path_of(place)).or_insert_with(FileReport::unknown);
    }
    for (_, place) in places().filter(|(problem, _)| is_no_module(problem)) {
        files.remove(&path_of(place));
    }
    files
}

/// The key of a file: a further folder of the configuration may have `..` in its path.
fn path_of(place: &Place) -> PathBuf {
    lexically_normalised(&place.source.path)
}

/// Whether what has this problem cannot be a module with a `revision!` in it.
fn is_no_module(problem: &Problem) -> bool {
    matches!(
        problem,
        Problem::MissingInvocation { .. }
            | Problem::UnreadableFile { .. }
            | Problem::NotUtf8 { .. }
            | Problem::FileNameNotUtf8 { .. }
            | Problem::StrayFile { .. }
            | Problem::StrayFolder { .. }
            | Problem::UnreadableFolder { .. }
    )
}

/// The message without the lines of a file, for an error that the compiler shows on the very place: other
/// places are named in words.
fn in_words(problem: &Problem, diagnostic: Diagnostic) -> String {
    let Diagnostic { message: mut text, labels, help, .. } = diagnostic;
    let mut labels = labels.into_iter();
    let here = labels.next();
    if let (Problem::InvalidId { .. }, Some(PlaceLabel { text: reason, .. })) = (problem, here) {
        text = format!("{text}: {reason}");
    }
    for PlaceLabel { place, text: label, .. } in labels {
        // Writing to a `String` does not fail.
        let _ = write!(text, "\nnote: {label}: {place}");
    }
    if let Some(help) = help {
        let _ = write!(text, "\nhelp: {help}");
    }
    escaped(&text).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    const UPGRADE: &str = "fn upgrade(op: &mut Operations) {}\n";

    fn rust(header: &str) -> String {
        format!("//! title\nrevision! {{\n    {header}\n}}\n{UPGRADE}")
    }

    fn sql(header: &str) -> String {
        format!("-- title\n{header}\n-- +upgrade\n")
    }

    /// Which macro reports what in a folder with these files.
    fn reported(files: &[(&str, String)]) -> String {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir_all(root.path().join("alembic/versions")).unwrap();
        for (name, text) in files {
            fs::write(root.path().join("alembic/versions").join(name), text).unwrap();
        }
        let report = Report::new(&Folder::read(&root.path().join("alembic"), root.path()));
        let mut out = String::new();
        for message in &report.on_the_folder {
            let _ = writeln!(out, "migrations!: {message}\n");
        }
        for (path, file) in &report.rust_files {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            for Finding { position, message } in &file.findings {
                let _ = writeln!(out, "{name}:{position}: {message}\n");
            }
        }
        out
    }

    #[test]
    fn a_problem_between_two_kinds_of_file_is_reported_once() {
        let files = [
            ("a1.sql", sql("-- revision: a1")),
            ("b2.rs", rust("id: \"b2\", down_revision: \"c3\"")),
            ("c3.sql", sql("-- revision: c3\n-- down_revision: b2")),
            ("d4.rs", rust("id: \"d4\", down_revision: \"a1\"")),
            ("d4_again.sql", sql("-- revision: d4\n-- down_revision: a1")),
        ];
        insta::assert_snapshot!(reported(&files), @r#"
        migrations!: two files have the id `d4`
         --> alembic/versions/d4_again.sql:2:14
          |
        2 | -- revision: d4
          |              ^^ this revision has the id too
          |
         ::: alembic/versions/d4.rs:3:9
          |
        3 |     id: "d4", down_revision: "a1"
          |         ---- this revision has the id
          |
        help: give all but one a new id, and a matching file name

        b2.rs:3:30: these revisions follow each other in a circle: `b2` → `c3` → `b2`
        note: `c3` follows `b2`: alembic/versions/c3.sql:3:19
        help: one of them must follow a revision outside the circle, or none
        "#);
    }

    #[test]
    fn a_problem_of_a_rust_file_names_other_places_in_words() {
        let files = [
            ("a1.rs", rust("id: \"a 1\"")),
            ("b2.rs", rust("id: \"b2\", depends_on: \"zz\", depends_on: \"zz\"")),
            ("c3.rs", "revision! { id: \"c3\" }\n".to_owned()),
        ];
        insta::assert_snapshot!(reported(&files), @r#"
        a1.rs:3:9: `a 1` cannot be a revision id: the character ' ' is not allowed in it
        help: use letters, digits, `_` and `.`

        b2.rs:3:9: `alembic/versions` has two first revisions: `b2` and `c3`
        note: this revision follows none: alembic/versions/c3.rs:1:17
        help: give all but one a `down_revision`, or set `allow = ["multiple_bases"]` in `alembic.toml`

        b2.rs:3:27: revision `b2` depends on `zz`, which is not in `alembic/versions`
        help: restore the missing file, or name an existing revision

        b2.rs:3:33: `depends_on` appears twice
        note: first here: alembic/versions/b2.rs:3:15
        help: leave one of the two out

        c3.rs:1:17: revision `c3` has no function `upgrade`
        help: add `pub fn upgrade(op: &mut Operations) { … }`
        "#);
    }

    #[test]
    fn what_no_invocation_could_report_is_reported_by_the_folder() {
        let files = [
            ("a1.rs", UPGRADE.to_owned()),
            ("b2.rs", rust("id: \"b2\"") + &rust("id: \"b3\"").replace("//!", "//")),
            ("notes.txt", String::new()),
        ];
        insta::assert_snapshot!(reported(&files), @r#"
        migrations!: this file has no `revision! { … }`
         --> alembic/versions/a1.rs:1:1
          |
        1 | fn upgrade(op: &mut Operations) {}
          | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          |
        help: add `revision! { id: "a1", }`; a helper module belongs outside the folder of revisions

        migrations!: this file has two `revision! { … }`
         --> alembic/versions/b2.rs:7:1
          |
        2 | / revision! {
        3 | |     id: "b2"
        4 | | }
          | |_- the first
        ...
        7 | / revision! {
        8 | |     id: "b3"
        9 | | }
          | |_^ the second `revision!`
          |
        help: give each revision its own file

        migrations!: `alembic/versions/notes.txt` is not a revision file
        --> alembic/versions/notes.txt
        help: revisions are `.sql` or `.rs` files: move this one away (hidden files, `README*`, `mod.rs` and what editors leave behind may stay)
        "#);
    }

    #[test]
    fn a_file_in_no_folder_is_checked_by_itself() {
        let alone = |text: &str| FileReport::alone(&Source::new("a1.rs", "a1.rs", text).into());
        assert_eq!(alone(&rust("id: \"a1\"")), FileReport::unknown());
        let broken = alone("revision! { id: \"a1\", down: \"a0\" }\n");
        assert!(!broken.upgrade);
        let messages: Vec<&str> = broken.findings.iter().map(|finding| finding.message.as_str()).collect();
        insta::assert_snapshot!(messages.join("\n\n"), @"
        revision `a1` has no function `upgrade`
        help: add `pub fn upgrade(op: &mut Operations) { … }`

        unknown key `down`
        help: did you mean `down_revision`?
        ");
    }
}
