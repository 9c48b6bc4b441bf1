//! Identifiers that name nothing, or not what was asked for.

use super::{Exit, FailureReport, list};
use crate::arguments::Location;
use servicekit_chain::{PlanError, ResolveError};

/// Why an identifier could not be used, with what a person needs to find the right one.
#[derive(Debug)]
pub(crate) struct Unresolved {
    pub(crate) error: ResolveError,
    /// What was perhaps meant, or what it could mean, each described.
    pub(crate) candidates: Vec<String>,
    /// The folders that hold the version files.
    pub(crate) searched: Vec<String>,
    pub(crate) location: Location,
}

impl Unresolved {
    pub(super) fn report(&self) -> FailureReport {
        // The text follows no form that an identifier can have.
        let is_malformed = matches!(self.error, ResolveError::Invalid(_) | ResolveError::NotARange { .. });
        let exit = if is_malformed { Exit::Usage } else { Exit::Identifier };
        FailureReport::new(identifier_code(&self.error), exit, self.message()).maybe_help(self.help())
    }

    fn help(&self) -> Option<String> {
        let Self { error, candidates, .. } = self;
        let history = || self.location.command("history");
        Some(match error {
            ResolveError::Unknown { .. } | ResolveError::UnknownBranch { .. } if !candidates.is_empty() => {
                format!("did you mean {}?", list(candidates, "or"))
            }
            ResolveError::Unknown { .. } => format!("`{}` lists every revision", history()),
            ResolveError::UnknownBranch { .. } => {
                format!("a branch label or a revision stands before `@`; `{}` lists them", history())
            }
            ResolveError::Ambiguous { .. } => format!("give more of it: {}", list(candidates, "or")),
            ResolveError::MultipleHeads { .. } => {
                format!("name one of {}, or a branch as in `label@head`", list(candidates, "and"))
            }
            ResolveError::NeedsCurrent { .. } => {
                "this command reads the folder only and asks no database: name a revision".to_owned()
            }
            _ => return None,
        })
    }

    fn message(&self) -> String {
        let searched = || list(&self.searched, "or");
        match &self.error {
            ResolveError::Unknown { name, .. } => {
                format!("Can't locate revision identified by `{name}` in {}", searched())
            }
            ResolveError::UnknownBranch { name, .. } => {
                format!("Can't locate branch identified by `{name}` in {}", searched())
            }
            ResolveError::Ambiguous { prefix, matches } => {
                format!("`{prefix}` is the beginning of {} revisions or branch labels", matches.len())
            }
            ResolveError::MultipleHeads { given, heads } => {
                format!("`{given}` means one revision, and there are {}", heads.len())
            }
            other => other.to_string(),
        }
    }
}

fn identifier_code(error: &ResolveError) -> &'static str {
    match error {
        ResolveError::Invalid(_) => "invalid_target",
        ResolveError::Unknown { .. } => "unknown_revision",
        ResolveError::UnknownBranch { .. } => "unknown_branch",
        ResolveError::Ambiguous { .. } => "ambiguous_revision",
        ResolveError::NotInBranch { .. } => "not_in_branch",
        ResolveError::MultipleHeads { .. } => "multiple_heads",
        ResolveError::AmbiguousWalk { .. } => "ambiguous_walk",
        ResolveError::TooFar { .. } => "too_far",
        ResolveError::NeedsCurrent { .. } => "needs_current",
        ResolveError::NotOne { .. } => "not_one_revision",
        ResolveError::NotARange { .. } => "not_a_range",
        _ => "unresolved_revision",
    }
}

/// The code of what is wrong with a plan or a range.
pub(crate) fn plan_code(error: &PlanError) -> &'static str {
    match error {
        PlanError::Resolve(error) => identifier_code(error),
        PlanError::UnknownRow { .. } => "unknown_row",
        PlanError::OverlappingRows { .. } => "overlapping_rows",
        PlanError::OverlappingTargets { .. } => "overlapping_targets",
        PlanError::SeveralRows { .. } => "several_rows",
        PlanError::WrongDirection { .. } => "wrong_direction",
        PlanError::NotBelow { .. } => "not_below",
        PlanError::NothingAbove { .. } => "nothing_above",
        PlanError::NotAncestor { .. } => "not_an_ancestor",
        _ => "no_plan",
    }
}

/// What to do about what is wrong with a plan or a range.
pub(super) fn plan_help(error: &PlanError) -> Option<String> {
    match error {
        PlanError::WrongDirection { up: true, .. } => Some("leave out `--downgrade`".to_owned()),
        PlanError::WrongDirection { up: false, .. } => Some("pass `--downgrade`".to_owned()),
        PlanError::NotAncestor { .. } => {
            Some("a range goes from older to newer, as in `base:head`".to_owned())
        }
        _ => None,
    }
}
