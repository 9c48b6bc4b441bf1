//! New revision files: what stands in them, how they are named, and how they get onto the disk.

mod clock;
mod id;
mod name;
mod template;
mod write;

pub(crate) use clock::Utc;
pub(crate) use id::{random_bytes, random_id};
pub(crate) use template::{built_in, file_name as template_name};
pub(crate) use write::{create, missing_folder, write};

use crate::arguments::Format;
use servicekit_chain::{Label, RevisionId};
use std::path::PathBuf;

/// A revision that is to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NewRevision {
    pub(crate) id: RevisionId,
    pub(crate) down_revision: Vec<RevisionId>,
    pub(crate) branch_labels: Vec<Label>,
    pub(crate) depends_on: Vec<String>,
    /// One line, as [`one_line`] makes it.
    pub(crate) message: String,
    pub(crate) created: Utc,
    pub(crate) format: Format,
    /// The folder of versions that its file goes into.
    pub(crate) folder: PathBuf,
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
    fn a_message_of_several_lines_becomes_one_without_control_characters() {
        assert_eq!(
            one_line("\u{feff}add\r\n\n  it's \"odd\" */ -- \u{1b}[31m\u{202e}x\0"),
            "add it's \"odd\" */ -- [31mx"
        );
    }
}
