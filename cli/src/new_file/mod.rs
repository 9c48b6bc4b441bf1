//! New revision files: what stands in them, how they are named, and how they get onto the disk.

mod id;
mod name;
mod template;
mod write;

pub(crate) use id::random_id;
pub(crate) use template::{built_in, file_name as template_name};
pub(crate) use write::{create, write};

use crate::arguments::Format;
use jiff::Timestamp;
use servicekit::revision_script::Section;
use servicekit_chain::{Label, ModelChange, RevisionId};
use std::path::PathBuf;
use std::time::SystemTime;

/// A revision that is to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NewRevision {
    pub(crate) id: RevisionId,
    pub(crate) down_revision: Vec<RevisionId>,
    pub(crate) branch_labels: Vec<Label>,
    pub(crate) depends_on: Vec<String>,
    /// What it says of tables that belong to models.
    pub(crate) models: Vec<ModelChange>,
    /// One line, as [`one_line`] makes it.
    pub(crate) message: String,
    /// To the second.
    pub(crate) created: Timestamp,
    pub(crate) format: Format,
    /// The folder of versions that its file goes into.
    pub(crate) folder: PathBuf,
    /// What it does, where that is known: then no template is used.
    pub(crate) content: Option<Content>,
}

/// What a revision does, as texts of its kind of file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Content {
    /// A line about what it was made from, for a comment.
    pub(crate) origin: String,
    /// The statements, or the function.
    pub(crate) upgrade: String,
    pub(crate) downgrade: String,
    /// The statements for each database instead, where there are several.
    pub(crate) sections: Vec<Section>,
}

/// The time of this machine, to the second; a clock before 1970 counts as 1970.
pub(crate) fn now() -> Timestamp {
    let now = Timestamp::try_from(SystemTime::now()).unwrap_or_default();
    Timestamp::from_second(now.as_second().max(0)).unwrap_or_default()
}

/// A message as one line that is safe in every kind of comment: without control characters, without the characters
/// that turn the direction of text (which the compiler refuses in source), every run of blanks as one blank.
pub(crate) fn one_line(message: &str) -> String {
    let turns = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
    let blank = |c: char| if c.is_control() { ' ' } else { c };
    let kept: String = message.chars().filter(|&c| !turns(c)).map(blank).collect();
    kept.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_moments_have_their_date() {
        let moments =
            [0, 68_169_599, 951_782_400, 1_709_251_199, 1_795_366_552, 4_107_542_400, 253_402_207_200];
        assert_eq!(
            moments.map(|epoch| Timestamp::from_second(epoch).unwrap().to_string()),
            [
                "1970-01-01T00:00:00Z",
                "1972-02-28T23:59:59Z",
                "2000-02-29T00:00:00Z",
                "2024-02-29T23:59:59Z",
                "2026-11-22T16:55:52Z",
                "2100-03-01T00:00:00Z",
                "9999-12-30T22:00:00Z",
            ]
        );
    }

    #[test]
    fn a_message_of_several_lines_becomes_one_without_control_characters() {
        assert_eq!(
            one_line("\u{feff}add\r\n\n  it's \"odd\" */ -- \u{1b}[31m\u{202e}x\0"),
            "add it's \"odd\" */ -- [31mx"
        );
    }
}
