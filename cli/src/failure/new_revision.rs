//! Why a new revision is refused: what it follows, and what it is called.

use super::{Exit, Failure, FailureReport, failed, list};
use crate::arguments::Location;
use servicekit_chain::InvalidId;
use servicekit_chain::id::MAX_ID_LENGTH;

#[derive(Debug)]
pub(crate) enum NewRevisionFailure {
    DependencyOnBase {
        given: String,
    },
    SeveralHeads {
        heads: Vec<String>,
        first: String,
        location: Location,
    },
    NotAHead {
        revision: String,
        children: Vec<String>,
    },
    NothingToMerge {
        reason: String,
    },
    MergeOfAncestor {
        upper: String,
        lower: String,
    },
    InvalidName {
        what: &'static str,
        value: String,
        reason: InvalidId,
    },
    IdTaken {
        id: String,
        path: String,
    },
    LabelTaken {
        label: String,
        holder: String,
    },
    NameTwice {
        name: String,
    },
    EmptyMessage,
    /// A revision made from a database is a first one, and the folder has revisions.
    NotFirst {
        folder: String,
    },
    /// A database with version rows is none that was there before its history.
    AlreadyVersioned {
        database: String,
        at: String,
        location: Location,
    },
}

impl NewRevisionFailure {
    pub(super) fn report(&self) -> FailureReport {
        match self {
            Self::DependencyOnBase { given } => FailureReport::new(
                "dependency_on_base",
                Exit::Identifier,
                format!("`{given}` is before the first revision, so nothing can depend on it"),
            )
            .help("name a revision or a branch label"),
            Self::SeveralHeads { heads, first, location } => FailureReport::new(
                "multiple_heads",
                Exit::Identifier,
                format!(
                    "there are {} heads, and a new revision follows one: {}",
                    heads.len(),
                    list(heads, "and")
                ),
            )
            .help(format!(
                "choose one, as in `--head {first}`, or join them first with `{}`",
                location.command("merge heads")
            )),
            Self::NotAHead { revision, children } => {
                let follow = if children.len() == 1 { "follows" } else { "follow" };
                failed(
                    "not_a_head",
                    format!("{revision} is not a head: {} {follow} it", list(children, "and")),
                )
                .help("pass `--splice` to begin a branch here, or follow a head")
            }
            Self::NothingToMerge { reason } => {
                failed("nothing_to_merge", format!("there is nothing to merge: {reason}"))
                    .help("a merge joins at least two revisions")
            }
            Self::MergeOfAncestor { upper, lower } => failed(
                "merge_of_ancestor",
                format!("{upper} comes after {lower}, so there is nothing to merge"),
            )
            .help("leave the older one out"),
            Self::InvalidName { what, value, reason } => {
                FailureReport::new("invalid_id", Exit::Usage, format!("`{value}` cannot be {what}: {reason}"))
                    .help(match reason {
                        InvalidId::TooLong { .. } => format!("use at most {MAX_ID_LENGTH} characters"),
                        InvalidId::Reserved { .. } => "choose another name".to_owned(),
                        _ => "use letters, digits, `_` and `.`".to_owned(),
                    })
            }
            Self::IdTaken { id, path } => {
                failed("duplicate_id", format!("the id `{id}` is taken: `{path}` has it"))
                    .help("leave `--rev-id` out for a new one")
            }
            Self::LabelTaken { label, holder } => {
                failed("duplicate_label", format!("the branch label `{label}` is taken: {holder} has it"))
                    .help("choose another label")
            }
            Self::NameTwice { name } => {
                failed("name_twice", format!("`{name}` is given both as the id and as a branch label"))
                    .help("choose another label")
            }
            Self::NotFirst { folder } => failed(
                "not_first",
                format!("`{folder}` has revisions, and a revision made from a database is the first one"),
            )
            .help("use a folder without revisions, or start a separate history with `--head base`"),
            Self::AlreadyVersioned { database, at, location } => {
                failed("already_versioned", format!("`{database}` has a history already: it is at {at}"))
                    .state("no revision was written")
                    .help(format!(
                        "use the files of that history; if there are none any more, delete its version rows with `{}`",
                        location.command("stamp base --purge")
                    ))
            }
            Self::EmptyMessage => FailureReport::new("empty_message", Exit::Usage, "the message is empty")
                .help("say what the revision does, as in `-m \"create users\"`"),
        }
    }
}

impl From<NewRevisionFailure> for Failure {
    fn from(failure: NewRevisionFailure) -> Self {
        Self::NewRevision(Box::new(failure))
    }
}
