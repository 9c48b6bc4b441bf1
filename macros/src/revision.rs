//! `revision!`: the constant of a `.rs` revision, and what is wrong with the file.

use crate::cache;
use crate::locate::{self, Surroundings};
use crate::report::FileReport;
use servicekit_chain::{LineColumn, Source};
use std::path::Path;

/// What is to be said of the file that holds an invocation.
///
/// Usually `migrations!` has just read the folder. A file that somebody names as a module by hand is checked by
/// itself.
pub(crate) fn report(file: &Path, working_dir: &Path) -> FileReport {
    let file = locate::lexically_normalised(file);
    let mut reports = cache::reports_of(&file).into_iter();
    let Some(mut report) = reports.next() else {
        let shown =
            Surroundings { working_dir: working_dir.to_owned(), ..Surroundings::default() }.shown(&file);
        // A file that cannot be read would not have been compiled up to here.
        let text = std::fs::read_to_string(&file).unwrap_or_default();
        return FileReport::alone(&Source::new(shown, file, text).into());
    };
    // A file may lie in several folders; most of what is wrong with it is then the same.
    for other in reports {
        let new = other.findings.into_iter().filter(|finding| !report.findings.contains(finding));
        let new: Vec<_> = new.collect();
        report.findings.extend(new);
    }
    report
}

/// The constants of a file: the one that `migrations!` lists, and the sign that problems were reported.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Constants {
    /// What stands before the functions.
    pub(crate) before: String,
    /// The fields of a struct expression, each named as the function of the file that it holds: an identifier of
    /// the file, so that a wrong signature is one short error of the compiler.
    pub(crate) functions: &'static [&'static str],
    /// What stands behind the functions.
    pub(crate) after: &'static str,
}

impl Constants {
    /// They are there next to errors too, so that none follows from the first ones. A further invocation in the
    /// file has none, because the names would be taken.
    pub(crate) fn of(file: &FileReport, invocation: Extent) -> Self {
        if file.repeated.iter().any(|further| invocation.contains(*further)) {
            return Self::default();
        }
        let (value, functions): (&str, &'static [&'static str]) = match (file.upgrade, file.downgrade) {
            (false, _) => ("OneWay { upgrade: |_| () }", &[]),
            (true, false) => ("OneWay", &["upgrade"]),
            (true, true) => ("BothWays", &["upgrade", "downgrade"]),
        };
        let reported = if file.findings.is_empty() {
            ""
        } else {
            "#[doc(hidden)] pub const PROBLEMS_REPORTED: () = ();\n"
        };
        let before = format!(
            "{reported}#[doc(hidden)] pub const REVISION: ::servicekit::__private::RustFunctions = \
             ::servicekit::__private::RustFunctions::{value}"
        );
        Self { before, functions, after: ";" }
    }
}

/// From where to where something stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Extent {
    pub(crate) start: LineColumn,
    /// The place behind its last character.
    pub(crate) end: LineColumn,
}

impl Extent {
    pub(crate) fn contains(&self, position: LineColumn) -> bool {
        self.start <= position && position < self.end
    }
}

/// The token that holds a place; `None` when the place is between tokens or outside the invocation.
pub(crate) fn token_at(tokens: &[Extent], position: LineColumn) -> Option<usize> {
    tokens.iter().position(|token| token.contains(position))
}

/// The value of `id`, given each token of the invocation as text.
pub(crate) fn id_value(tokens: &[String]) -> Option<usize> {
    let key =
        tokens.windows(2).position(|pair| matches!(pair, [key, colon] if key == "id" && colon == ":"))?;
    (key + 2 < tokens.len()).then_some(key + 2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Finding;

    fn at(line: u32, column: u32) -> LineColumn {
        LineColumn::new(line, column)
    }

    #[test]
    fn the_constant_names_the_functions_that_are_there() {
        let finding = Finding { position: at(4, 5), message: "wrong".into() };
        let sound = FileReport { upgrade: true, ..FileReport::default() };
        let cases = [
            FileReport { downgrade: true, ..sound.clone() },
            sound.clone(),
            FileReport { findings: vec![finding], ..FileReport::default() },
            FileReport { repeated: vec![at(9, 1)], ..sound },
        ];
        let invocation = Extent { start: at(4, 1), end: at(6, 2) };
        let constants = cases.each_ref().map(|case| {
            let Constants { before, functions, after } = Constants::of(case, invocation);
            format!("{before} {functions:?} {after}")
        });
        insta::assert_snapshot!(constants.join("\n\n"), @r#"
        #[doc(hidden)] pub const REVISION: ::servicekit::__private::RustFunctions = ::servicekit::__private::RustFunctions::BothWays ["upgrade", "downgrade"] ;

        #[doc(hidden)] pub const REVISION: ::servicekit::__private::RustFunctions = ::servicekit::__private::RustFunctions::OneWay ["upgrade"] ;

        #[doc(hidden)] pub const PROBLEMS_REPORTED: () = ();
        #[doc(hidden)] pub const REVISION: ::servicekit::__private::RustFunctions = ::servicekit::__private::RustFunctions::OneWay { upgrade: |_| () } [] ;

        #[doc(hidden)] pub const REVISION: ::servicekit::__private::RustFunctions = ::servicekit::__private::RustFunctions::OneWay ["upgrade"] ;
        "#);
    }

    #[test]
    fn the_second_invocation_of_a_file_has_no_constant() {
        let file = FileReport { repeated: vec![at(9, 1)], ..FileReport::default() };
        assert_eq!(Constants::of(&file, Extent { start: at(9, 1), end: at(11, 2) }), Constants::default());
    }

    #[test]
    fn a_place_is_found_in_the_token_that_holds_it() {
        let tokens = [
            Extent { start: at(4, 5), end: at(4, 7) },
            Extent { start: at(4, 7), end: at(4, 8) },
            Extent { start: at(4, 9), end: at(6, 3) },
        ];
        let found = [at(4, 5), at(4, 6), at(4, 7), at(4, 8), at(5, 99), at(6, 3), at(1, 1)];
        assert_eq!(
            found.map(|position| token_at(&tokens, position)),
            [Some(0), Some(0), Some(1), None, Some(2), None, None]
        );
    }

    #[test]
    fn the_id_is_what_stands_behind_its_key() {
        let tokens = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(id_value(&tokens("down_revision : \"id\" , id : \"b2\" ,")), Some(6));
        assert_eq!(id_value(&tokens("down_revision : \"a1\"")), None);
        assert_eq!(id_value(&tokens("id :")), None);
    }
}
