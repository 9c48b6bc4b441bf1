//! What can be wrong with a graph, with an identifier, and with a plan that was asked for.

use crate::target::TargetError;
use crate::{Heads, Label, RevisionId};

/// One thing that makes a set of revisions unsound.
///
/// Every number is an index into the nodes that were handed to [`Graph::new`](super::Graph::new).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum GraphError {
    /// Two revisions have the same id.
    #[error("the revision id `{id}` is used twice")]
    DuplicateId {
        /// The id.
        id: RevisionId,
        /// The revision that has it first.
        first: usize,
        /// The one that has it again.
        second: usize,
    },
    /// A revision follows one that is not there.
    #[error("`{parent}` is followed, but no revision has this id")]
    DanglingParent {
        /// The revision.
        node: usize,
        /// The parent that is not there.
        parent: RevisionId,
    },
    /// A revision depends on one that is not there.
    #[error("`{name}` is depended on, but no revision and no branch has this name")]
    DanglingDependency {
        /// The revision.
        node: usize,
        /// The id or label that is not there.
        name: String,
    },
    /// A revision follows itself.
    #[error("a revision follows itself")]
    SelfLoop {
        /// The revision.
        node: usize,
    },
    /// A revision depends on itself, by its id or by a label of its own.
    #[error("a revision depends on itself")]
    DependencySelfLoop {
        /// The revision.
        node: usize,
    },
    /// Revisions follow each other in a circle.
    ///
    /// One circle is reported for each group of revisions that are tangled with each other.
    #[error("{} revisions follow each other in a circle", nodes.len())]
    Cycle {
        /// The revisions on the circle and no others: each follows the next, and the last follows the first.
        nodes: Vec<usize>,
    },
    /// Revisions follow or depend on each other in a circle, with at least one `depends_on` on it.
    #[error("{} revisions follow and depend on each other in a circle", nodes.len())]
    DependencyCycle {
        /// The revisions on the circle and no others: each follows or depends on the next, the last on the first.
        nodes: Vec<usize>,
    },
    /// Two revisions carry the same branch label, or one carries it twice.
    #[error("the branch label `{label}` is used twice")]
    DuplicateLabel {
        /// The label.
        label: Label,
        /// The revision that has it first.
        first: usize,
        /// The one that has it again; the same when one revision names it twice.
        second: usize,
    },
    /// A branch label is also the id of a revision.
    #[error("the branch label `{label}` is also the id of a revision")]
    LabelClashesWithId {
        /// The label.
        label: Label,
        /// The revision that carries it.
        node: usize,
        /// The revision whose id it is.
        other: usize,
    },
}

/// Revision ids that are in no revision of the graph.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no revision has the id {}", quoted(ids))]
pub struct UnknownRevision {
    /// The ids, in order.
    pub ids: Vec<RevisionId>,
}

/// Why an identifier names no revision, or not the one revision that was asked for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ResolveError {
    /// The text follows no form that an identifier can have.
    #[error(transparent)]
    Invalid(#[from] TargetError),
    /// No revision has this id or begins with it, and no branch has this label.
    #[error("no revision or branch is called `{name}`{}", did_you_mean(near))]
    Unknown {
        /// The name.
        name: String,
        /// Names that were perhaps meant.
        near: Vec<String>,
    },
    /// What stands before `@` is no branch label and no revision.
    #[error("no branch is called `{name}`{}", did_you_mean(near))]
    UnknownBranch {
        /// The name.
        name: String,
        /// Names that were perhaps meant.
        near: Vec<String>,
    },
    /// Several ids or labels begin with this text.
    #[error("`{prefix}` is the beginning of {}; give more of it", quoted(matches))]
    Ambiguous {
        /// The beginning that was given.
        prefix: String,
        /// The ids and labels that begin with it, in order.
        matches: Vec<String>,
    },
    /// The revision is there, but not in the branch that was named.
    #[error("revision `{revision}` is not in the branch `{branch}`")]
    NotInBranch {
        /// The revision.
        revision: RevisionId,
        /// The branch, as it was named.
        branch: String,
    },
    /// One revision was asked for, and there are several heads.
    #[error(
        "`{given}` means one revision, and there are several: {}; name one of them, or a branch as in `label@head`, or merge them",
        quoted(heads)
    )]
    MultipleHeads {
        /// The identifier.
        given: String,
        /// The heads, in order.
        heads: Vec<RevisionId>,
    },
    /// A relative identifier leads to a place with more than one way on.
    #[error(
        "`{given}` is ambiguous: {} {}; name the one that is meant",
        at.as_ref().map_or_else(|| "at the start".to_owned(), |at| format!("`{at}`")),
        ways(at.is_some(), *up, choices)
    )]
    AmbiguousWalk {
        /// The identifier.
        given: String,
        /// Where the ways part; nothing before the first revision.
        at: Option<RevisionId>,
        /// Whether the walk went up, to newer revisions.
        up: bool,
        /// The ways on, in order.
        choices: Vec<RevisionId>,
    },
    /// A relative identifier leads past the first or the last revision.
    #[error("`{given}` leads past the {} revision", if *up { "last" } else { "first" })]
    TooFar {
        /// The identifier.
        given: String,
        /// Whether the walk went up, to newer revisions.
        up: bool,
    },
    /// `current` or an identifier relative to it, where no version rows are at hand.
    #[error("`{given}` depends on what is applied, which is not known here")]
    NeedsCurrent {
        /// The identifier.
        given: String,
    },
    /// One revision was asked for, and this identifier names several or none.
    #[error("`{given}` means {}, and exactly one is needed", count_of(revisions))]
    NotOne {
        /// The identifier.
        given: String,
        /// The revisions it means, in order.
        revisions: Vec<RevisionId>,
    },
    /// The text is no range.
    #[error("`{given}` is no range; write `a:b`, `a:` or `:b`")]
    NotARange {
        /// The text.
        given: String,
    },
}

/// Why there is no plan.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PlanError {
    /// The target names no revision.
    #[error(transparent)]
    Resolve(#[from] ResolveError),
    /// The version table names revisions that are not there.
    #[error(
        "the version table names {}, which {} not among these revisions: the database is ahead of them",
        quoted(rows), if rows.len() == 1 { "is" } else { "are" }
    )]
    UnknownRow {
        /// The rows, in order.
        rows: Vec<RevisionId>,
    },
    /// A version row stands beside another that already implies it.
    #[error(
        "the version table names `{row}` and also {}, which `{row}` already implies; a stamp can put that right",
        quoted(implied)
    )]
    OverlappingRows {
        /// The row that implies others.
        row: RevisionId,
        /// The rows that it implies, in order.
        implied: Vec<RevisionId>,
    },
    /// Several targets were given, and one already needs another.
    #[error("`{target}` already needs {}; name only one of them", quoted(implied))]
    OverlappingTargets {
        /// The target that needs others.
        target: RevisionId,
        /// The targets that it needs, in order.
        implied: Vec<RevisionId>,
    },
    /// A target relative to what is applied, and several branches are applied.
    #[error(
        "`{given}` counts from the head that is applied, and there are {}: {}; say which is meant, as in `{}@{given}`",
        rows.len(), quoted(rows), rows.first().map_or("label", RevisionId::as_str)
    )]
    SeveralRows {
        /// The target without its branch.
        given: String,
        /// The revisions that it could be relative to, in order.
        rows: Vec<RevisionId>,
    },
    /// `-N` for an upgrade or `+N` for a downgrade.
    #[error("`{given}` leads {}, and this is {}", if *up { "up" } else { "down" }, if *up { "a downgrade" } else { "an upgrade" })]
    WrongDirection {
        /// The target.
        given: String,
        /// Whether the target leads up.
        up: bool,
    },
    /// A downgrade to a revision that is not below what is applied.
    #[error("cannot downgrade to `{target}`: it is not below what is applied ({from})")]
    NotBelow {
        /// The target.
        target: RevisionId,
        /// The version rows.
        from: Heads,
    },
    /// None of the revisions after the target belongs to the branch that was named.
    #[error("cannot downgrade to `{target}` along `{branch}`: none of {} is in it", quoted(children))]
    NothingInBranch {
        /// The target, `base` when it is before the first revision.
        target: String,
        /// The branch, as it was named.
        branch: String,
        /// The revisions after the target, in order.
        children: Vec<RevisionId>,
    },
    /// The beginning of a range is not below its end.
    #[error("`{lower}` is not below {}", if upper.is_empty() { "the end of the range".to_owned() } else { quoted(upper) })]
    NotAncestor {
        /// The revision at the beginning.
        lower: RevisionId,
        /// The revisions at the end, in order.
        upper: Vec<RevisionId>,
    },
    /// A downgrade can lead to one place only, and several targets were given.
    #[error("a downgrade leads to one revision, and {count} were given")]
    SeveralTargets {
        /// How many.
        count: usize,
    },
    /// A stamp relative to what is applied.
    #[error("`{given}` is relative to what is applied; a stamp needs to be told the revision itself")]
    RelativeStamp {
        /// The target.
        given: String,
    },
}

impl From<TargetError> for PlanError {
    fn from(error: TargetError) -> Self {
        Self::Resolve(error.into())
    }
}

impl From<UnknownRevision> for PlanError {
    fn from(error: UnknownRevision) -> Self {
        Self::UnknownRow { rows: error.ids }
    }
}

/// `a`, `b` and `c`, each in backquotes.
fn quoted<T: AsRef<str>>(names: &[T]) -> String {
    let mut text = String::new();
    for (index, name) in names.iter().enumerate() {
        if index > 0 {
            text.push_str(if index + 1 == names.len() { " and " } else { ", " });
        }
        text.push('`');
        text.push_str(name.as_ref());
        text.push('`');
    }
    text
}

fn did_you_mean(near: &[String]) -> String {
    if near.is_empty() {
        String::new()
    } else {
        format!("; did you mean {}?", quoted(near).replace(" and ", " or "))
    }
}

fn ways(from_revision: bool, up: bool, choices: &[RevisionId]) -> String {
    match (from_revision, up) {
        (true, true) => format!("is followed by {}", quoted(choices)),
        (true, false) => format!("follows {}", quoted(choices)),
        (false, _) => format!("there are {}", quoted(choices)),
    }
}

fn count_of(revisions: &[RevisionId]) -> String {
    if revisions.is_empty() { "no revision".to_owned() } else { quoted(revisions) }
}
