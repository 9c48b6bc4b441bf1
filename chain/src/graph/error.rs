//! What can be wrong with a graph, with an identifier, and with a plan that was asked for.

use crate::diagnostic::joined;
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
    /// A revision follows one that does not exist.
    #[error("`{parent}` is followed, but no revision has this id")]
    DanglingParent {
        /// The revision.
        node: usize,
        /// The parent that does not exist.
        parent: RevisionId,
    },
    /// A revision depends on one that does not exist.
    #[error("`{name}` is depended on, but no revision and no branch has this name")]
    DanglingDependency {
        /// The revision.
        node: usize,
        /// The id or label that does not exist.
        name: String,
    },
    /// A revision follows itself.
    #[error("the revision at index {node} follows itself")]
    SelfLoop {
        /// The revision.
        node: usize,
    },
    /// A revision depends on itself, by its id or by a label of its own.
    #[error("the revision at index {node} depends on itself")]
    DependencySelfLoop {
        /// The revision.
        node: usize,
    },
    /// Revisions follow each other in a circle.
    ///
    /// One circle is reported for each group of revisions that are tangled with each other.
    #[error("the revisions at the indexes {} follow each other in a circle", numbers(nodes))]
    Cycle {
        /// The revisions on the circle and no others: each follows the next, and the last follows the first.
        nodes: Vec<usize>,
    },
    /// Revisions follow or depend on each other in a circle, with at least one `depends_on` on it.
    #[error("the revisions at the indexes {} follow and depend on each other in a circle", numbers(nodes))]
    DependencyCycle {
        /// The revisions on the circle and no others: each follows or depends on the next, the last on the
        /// first.
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
    #[error("can't locate revision identified by `{name}`{}", did_you_mean(near))]
    Unknown {
        /// The name.
        name: String,
        /// Names that were perhaps meant.
        near: Vec<String>,
    },
    /// What stands before `@` is no branch label and no revision.
    #[error("can't locate branch identified by `{name}`{}", did_you_mean(near))]
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
    /// `head` was asked for, and there are several.
    #[error(
        "`{given}` needs one head, and there are several: {}; name one of them, or a branch as in `label@head`, or merge them",
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
    /// One revision is needed, and the identifier names several.
    #[error("one revision is needed, and `{given}` means {}", quoted(revisions))]
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
    /// A downgrade to a revision that is applied only because others need it: nothing that follows it is
    /// applied.
    #[error(
        "nothing to revert down to `{target}`: no revision that follows it is applied; it is itself applied because {} {} it",
        quoted(needed_by), if needed_by.len() == 1 { "needs" } else { "need" }
    )]
    NothingAbove {
        /// The target.
        target: RevisionId,
        /// The version rows that need it, in order.
        needed_by: Vec<RevisionId>,
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
    #[error("`{given}` is relative to what is applied; a stamp needs the revision itself")]
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
    joined(names.iter().map(|name| format!("`{}`", name.as_ref())).collect(), "and")
}

fn numbers(nodes: &[usize]) -> String {
    nodes.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

fn did_you_mean(near: &[String]) -> String {
    let near: Vec<String> = near.iter().map(|name| format!("`{name}`")).collect();
    if near.is_empty() { String::new() } else { format!("; did you mean {}?", joined(near, "or")) }
}

fn ways(from_revision: bool, up: bool, choices: &[RevisionId]) -> String {
    match (from_revision, up) {
        (true, true) => format!("is followed by {}", quoted(choices)),
        (true, false) => format!("follows {}", quoted(choices)),
        (false, _) => format!("there are {}", quoted(choices)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Node, Target};
    use std::collections::BTreeSet;

    /// A node written as `id<parent,parent[label](dependency)`, each part but the id left out when empty.
    fn node(id: &str, down: &[&str], labels: &[&str], depends_on: &[&str]) -> Node {
        Node {
            id: RevisionId::new(id).unwrap(),
            down_revision: down.iter().map(|id| RevisionId::new(*id).unwrap()).collect(),
            branch_labels: labels.iter().map(|label| Label::new(*label).unwrap()).collect(),
            depends_on: depends_on.iter().map(|name| (*name).to_owned()).collect(),
        }
    }

    fn graph() -> super::super::Graph {
        super::super::Graph::new(vec![
            node("aaaa1", &[], &[], &[]),
            node("bbbb1", &["aaaa1"], &[], &[]),
            node("c1c1c1", &["bbbb1"], &["billing"], &[]),
            node("c2c2c2", &["bbbb1"], &[], &[]),
            node("dddd1", &[], &["lib"], &[]),
            node("eeee1", &["dddd1"], &[], &[]),
            node("ffff1", &[], &[], &["eeee1"]),
        ])
        .unwrap()
    }

    #[test]
    fn each_graph_error_has_its_own_text() {
        let name = |error: &GraphError| match error {
            GraphError::DuplicateId { .. } => "DuplicateId",
            GraphError::DanglingParent { .. } => "DanglingParent",
            GraphError::DanglingDependency { .. } => "DanglingDependency",
            GraphError::SelfLoop { .. } => "SelfLoop",
            GraphError::DependencySelfLoop { .. } => "DependencySelfLoop",
            GraphError::Cycle { .. } => "Cycle",
            GraphError::DependencyCycle { .. } => "DependencyCycle",
            GraphError::DuplicateLabel { .. } => "DuplicateLabel",
            GraphError::LabelClashesWithId { .. } => "LabelClashesWithId",
        };
        let errors = super::super::Graph::new(vec![
            node("a", &["nosuch"], &["x", "x"], &["missing"]),
            node("a", &["a"], &["a"], &[]),
            node("b", &["b"], &[], &["b", "own"]),
            node("c", &["d"], &["own"], &["own"]),
            node("d", &["e"], &[], &[]),
            node("e", &["c"], &[], &[]),
            node("f", &["e"], &[], &[]),
            node("g", &[], &[], &["h"]),
            node("h", &["g"], &[], &[]),
        ])
        .unwrap_err();
        let seen: BTreeSet<&str> = errors.iter().map(name).collect();
        assert_eq!(seen.len(), 9, "{seen:?}");
        let texts: Vec<String> = errors.iter().map(|error| format!("{}: {error}", name(error))).collect();
        insta::assert_snapshot!(texts.join("\n"), @r"
        DuplicateLabel: the branch label `x` is used twice
        DuplicateId: the revision id `a` is used twice
        LabelClashesWithId: the branch label `a` is also the id of a revision
        DanglingParent: `nosuch` is followed, but no revision has this id
        DanglingDependency: `missing` is depended on, but no revision and no branch has this name
        SelfLoop: the revision at index 1 follows itself
        SelfLoop: the revision at index 2 follows itself
        DependencySelfLoop: the revision at index 2 depends on itself
        DependencySelfLoop: the revision at index 3 depends on itself
        Cycle: the revisions at the indexes 3, 4, 5 follow each other in a circle
        DependencyCycle: the revisions at the indexes 7, 8 follow and depend on each other in a circle
        ");
    }

    /// The text of each error, and that all of `count` variants are there.
    fn table<E: std::fmt::Display>(errors: &[E], name: impl Fn(&E) -> &'static str, count: usize) -> String {
        let seen: BTreeSet<&str> = errors.iter().map(&name).collect();
        assert_eq!(seen.len(), count, "{seen:?}");
        errors.iter().map(|error| format!("{}: {error}", name(error))).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn each_resolve_error_has_its_own_text() {
        let name = |error: &ResolveError| match error {
            ResolveError::Invalid(_) => "Invalid",
            ResolveError::Unknown { .. } => "Unknown",
            ResolveError::UnknownBranch { .. } => "UnknownBranch",
            ResolveError::Ambiguous { .. } => "Ambiguous",
            ResolveError::NotInBranch { .. } => "NotInBranch",
            ResolveError::MultipleHeads { .. } => "MultipleHeads",
            ResolveError::AmbiguousWalk { .. } => "AmbiguousWalk",
            ResolveError::TooFar { .. } => "TooFar",
            ResolveError::NeedsCurrent { .. } => "NeedsCurrent",
            ResolveError::NotOne { .. } => "NotOne",
            ResolveError::NotARange { .. } => "NotARange",
        };
        let graph = graph();
        let mut errors: Vec<ResolveError> = [
            "",
            "aaab1",
            "qqqq",
            "biling@head",
            "c",
            "billing@c2c2c2",
            "head",
            "bbbb1+1",
            "base+1",
            "c1c1c1+1",
            "aaaa1-2",
            "current",
        ]
        .iter()
        .map(|text| graph.resolve(text).unwrap_err())
        .collect();
        errors.push(graph.resolve_one("heads").unwrap_err());
        match graph.range("aaaa1", None).unwrap_err() {
            PlanError::Resolve(error) => errors.push(error),
            other => panic!("{other}"),
        }
        insta::assert_snapshot!(table(&errors, name, 11), @r"
        Invalid: the target is empty; write a revision, `head` or `base`
        Unknown: can't locate revision identified by `aaab1`; did you mean `aaaa1`?
        Unknown: can't locate revision identified by `qqqq`
        UnknownBranch: can't locate branch identified by `biling`; did you mean `billing`?
        Ambiguous: `c` is the beginning of `c1c1c1` and `c2c2c2`; give more of it
        NotInBranch: revision `c2c2c2` is not in the branch `billing`
        MultipleHeads: `head` needs one head, and there are several: `c1c1c1`, `c2c2c2`, `eeee1` and `ffff1`; name one of them, or a branch as in `label@head`, or merge them
        AmbiguousWalk: `bbbb1+1` is ambiguous: `bbbb1` is followed by `c1c1c1` and `c2c2c2`; name the one that is meant
        AmbiguousWalk: `base+1` is ambiguous: at the start there are `aaaa1`, `dddd1` and `ffff1`; name the one that is meant
        TooFar: `c1c1c1+1` leads past the last revision
        TooFar: `aaaa1-2` leads past the first revision
        NeedsCurrent: `current` depends on what is applied, which is not known here
        NotOne: one revision is needed, and `heads` means `c1c1c1`, `c2c2c2` and `ffff1`
        NotARange: `aaaa1` is no range; write `a:b`, `a:` or `:b`
        ");
    }

    #[test]
    fn each_plan_error_has_its_own_text() {
        let name = |error: &PlanError| match error {
            PlanError::Resolve(_) => "Resolve",
            PlanError::UnknownRow { .. } => "UnknownRow",
            PlanError::OverlappingRows { .. } => "OverlappingRows",
            PlanError::OverlappingTargets { .. } => "OverlappingTargets",
            PlanError::SeveralRows { .. } => "SeveralRows",
            PlanError::WrongDirection { .. } => "WrongDirection",
            PlanError::NotBelow { .. } => "NotBelow",
            PlanError::NothingAbove { .. } => "NothingAbove",
            PlanError::NotAncestor { .. } => "NotAncestor",
            PlanError::SeveralTargets { .. } => "SeveralTargets",
            PlanError::RelativeStamp { .. } => "RelativeStamp",
        };
        let graph = graph();
        let rows =
            |text: &str| text.split_whitespace().map(|id| RevisionId::new(id).unwrap()).collect::<Heads>();
        let to = |text: &str| Target::parse_several(text.split_whitespace()).unwrap();
        let errors = [
            graph.upgrade(&rows(""), &to("nosuch")).unwrap_err(),
            graph.upgrade(&rows("zzzz"), &to("heads")).unwrap_err(),
            graph.upgrade(&rows("yyyy zzzz"), &to("heads")).unwrap_err(),
            graph.upgrade(&rows("aaaa1 bbbb1 c1c1c1"), &to("heads")).unwrap_err(),
            graph.upgrade(&rows(""), &to("c1c1c1 bbbb1")).unwrap_err(),
            graph.downgrade(&rows("c1c1c1 c2c2c2"), &to("-1")).unwrap_err(),
            graph.upgrade(&rows(""), &to("-1")).unwrap_err(),
            graph.downgrade(&rows(""), &to("+1")).unwrap_err(),
            graph.downgrade(&rows("bbbb1"), &to("c1c1c1")).unwrap_err(),
            graph.downgrade(&rows("ffff1"), &to("eeee1")).unwrap_err(),
            graph.range("c1c1c1:bbbb1", None).unwrap_err(),
            graph.downgrade(&rows("c1c1c1"), &to("aaaa1 bbbb1")).unwrap_err(),
            graph.stamp(&rows(""), &to("+1")).unwrap_err(),
        ];
        insta::assert_snapshot!(table(&errors, name, 11), @r"
        Resolve: can't locate revision identified by `nosuch`
        UnknownRow: the version table names `zzzz`, which is not among these revisions: the database is ahead of them
        UnknownRow: the version table names `yyyy` and `zzzz`, which are not among these revisions: the database is ahead of them
        OverlappingRows: the version table names `bbbb1` and also `aaaa1`, which `bbbb1` already implies; a stamp can put that right
        OverlappingTargets: `c1c1c1` already needs `bbbb1`; name only one of them
        SeveralRows: `-1` counts from the head that is applied, and there are 2: `c1c1c1` and `c2c2c2`; say which is meant, as in `c1c1c1@-1`
        WrongDirection: `-1` leads down, and this is an upgrade
        WrongDirection: `+1` leads up, and this is a downgrade
        NotBelow: cannot downgrade to `c1c1c1`: it is not below what is applied (bbbb1)
        NothingAbove: nothing to revert down to `eeee1`: no revision that follows it is applied; it is itself applied because `ffff1` needs it
        NotAncestor: `c1c1c1` is not below `bbbb1`
        SeveralTargets: a downgrade leads to one revision, and 2 were given
        RelativeStamp: `+1` is relative to what is applied; a stamp needs the revision itself
        ");
    }
}
