//! The places of a problem and what is said at each.

use super::message::NAMED;
use super::{Instead, Member, Named, Problem};
use crate::Place;

/// A place and what is to be said there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The place.
    pub place: Place,
    /// What is said there; may be empty.
    pub text: String,
    /// Whether it is one of the places that are wrong, rather than one that explains.
    pub primary: bool,
}

impl Label {
    /// A place that is wrong.
    pub fn primary(place: &Place, text: impl Into<String>) -> Self {
        Self { place: place.clone(), text: text.into(), primary: true }
    }

    /// A place that explains.
    pub fn context(place: &Place, text: impl Into<String>) -> Self {
        Self { place: place.clone(), text: text.into(), primary: false }
    }
}

/// Where the message points.
pub(super) fn primary(problem: &Problem) -> Option<&Place> {
    use Problem as P;
    match problem {
        P::MissingFolder { configured, .. } | P::NotAFolder { configured, .. } => configured.as_ref(),
        P::MissingVersions { .. } => None,
        P::UnreadableFolder { place, .. }
        | P::UnreadableFile { place, .. }
        | P::NotUtf8 { place, .. }
        | P::FileNameNotUtf8 { place }
        | P::StrayFile { place }
        | P::StrayFolder { place }
        | P::MissingHeader { place, .. }
        | P::MissingRevision { place, .. }
        | P::UnknownKey { place, .. }
        | P::EmptyValue { place, .. }
        | P::InvalidId { place, .. }
        | P::KeyInSection { place, .. }
        | P::KeyNotInComment { place, .. }
        | P::DisguisedKey { place, .. }
        | P::UnknownDirective { place, .. }
        | P::UnknownDialect { place, .. }
        | P::TransactionValue { place }
        | P::TextOutsideSections { place, .. }
        | P::MissingUpgrade { place, .. }
        | P::Unterminated { place, .. }
        | P::CopyData { place, .. }
        | P::ClientCommand { place, .. }
        | P::MissingInvocation { place, .. }
        | P::InvocationSyntax { place, .. }
        | P::MissingUpgradeFunction { place, .. }
        | P::DanglingParent { place, .. }
        | P::DanglingDependency { place, .. }
        | P::SelfLoop { place, .. }
        | P::DependencySelfLoop { place, .. }
        | P::LabelClashesWithId { place, .. }
        | P::ConfigSyntax { place, .. }
        | P::ConfigUnknownKey { place, .. }
        | P::ConfigType { place, .. }
        | P::ConfigValue { place, .. } => Some(place),
        P::KeyTwice { second, .. }
        | P::ValueTwice { second, .. }
        | P::SectionTwice { second, .. }
        | P::InvocationTwice { second, .. } => Some(second),
        P::Cycle { members } | P::DependencyCycle { members } => members.first().map(|member| &member.place),
        P::DuplicateId { places, .. } | P::DuplicateLabel { places, .. } => places.last(),
        P::SeveralHeads { heads: named, .. } | P::SeveralBases { bases: named, .. } => {
            named.first().map(|named| &named.place)
        }
    }
}

pub(super) fn labels(problem: &Problem) -> Vec<Label> {
    use Problem as P;
    match problem {
        P::KeyTwice { first, second, .. } | P::ValueTwice { first, second, .. } => {
            vec![Label::primary(second, "here again"), Label::context(first, "first here")]
        }
        P::SectionTwice { first, second, .. } => {
            vec![Label::primary(second, "the second section"), Label::context(first, "the first section")]
        }
        P::InvocationTwice { first, second } => {
            vec![Label::primary(second, "the second `revision!`"), Label::context(first, "the first")]
        }
        P::Cycle { members } | P::DependencyCycle { members } => circle(members),
        P::DuplicateId { places, .. } => repeated(places, "this revision has the id"),
        P::DuplicateLabel { places, .. } => repeated(places, "this revision has the label"),
        P::LabelClashesWithId { place, id, .. } => {
            vec![Label::primary(place, "the label"), Label::context(id, "the revision with this id")]
        }
        P::SeveralHeads { heads, .. } => each(heads, "no revision follows this one"),
        P::SeveralBases { bases, .. } => each(bases, "this revision follows none"),
        P::ConfigSyntax { place, first: Some(first), .. } => {
            vec![Label::primary(place, "here again"), Label::context(first, "first here")]
        }
        other => primary(other).map(|place| vec![Label::primary(place, single(other))]).unwrap_or_default(),
    }
}

/// What is said at the place of a problem that has only one.
fn single(problem: &Problem) -> String {
    use Problem as P;
    match problem {
        P::MissingFolder { .. } => "no such folder".to_owned(),
        P::NotAFolder { .. } => "this is a file".to_owned(),
        P::NotUtf8 { .. } => "not UTF-8".to_owned(),
        P::MissingRevision { key, .. } => format!("no `{key}` here"),
        P::UnknownKey { .. } | P::ConfigUnknownKey { .. } => "no such key".to_owned(),
        P::EmptyValue { .. } => "a value is missing".to_owned(),
        P::InvalidId { reason, .. } => reason.to_string(),
        P::KeyInSection { .. } => "only a comment here".to_owned(),
        P::KeyNotInComment { .. } | P::DisguisedKey { .. } => "not a header line".to_owned(),
        P::UnknownDirective { instead, .. } => match instead {
            Instead::Nothing(_) => "not needed here".to_owned(),
            Instead::OwnLine(_) => "not at the start of a line".to_owned(),
            Instead::Write(_) | Instead::Unknown => "no such directive".to_owned(),
        },
        P::UnknownDialect { .. } => "no such dialect".to_owned(),
        P::TransactionValue { .. } => "only `off` is possible".to_owned(),
        P::TextOutsideSections { lines: 0 | 1, .. } => "in no section".to_owned(),
        P::TextOutsideSections { lines, .. } => {
            format!("this and {} below it are in no section", more(lines - 1))
        }
        P::MissingUpgrade { .. } => "this revision does not say how to upgrade".to_owned(),
        P::Unterminated { .. } => "opened here".to_owned(),
        P::CopyData { .. } => "no data comes with a revision".to_owned(),
        P::ClientCommand { .. } => "no statement".to_owned(),
        P::InvocationSyntax { expected, .. } | P::ConfigType { expected, .. } => {
            format!("expected {expected}")
        }
        P::MissingUpgradeFunction { .. } => "this revision has no function `upgrade`".to_owned(),
        P::DanglingParent { .. } => "no revision has this id".to_owned(),
        P::DanglingDependency { .. } => "no revision has this id or label".to_owned(),
        P::SelfLoop { .. } => "this is the revision itself".to_owned(),
        P::DependencySelfLoop { .. } => "this leads back to the revision itself".to_owned(),
        _ => String::new(),
    }
}

fn more(lines: usize) -> String {
    if lines == 1 { "one line".to_owned() } else { format!("{lines} lines") }
}

fn circle(members: &[Member]) -> Vec<Label> {
    let next = members.iter().cycle().skip(1);
    members
        .iter()
        .zip(next)
        .take(NAMED)
        .map(|(member, next)| {
            let verb = if member.depends { "depends on" } else { "follows" };
            Label::primary(&member.place, format!("`{}` {verb} `{}`", member.id, next.id))
        })
        .collect()
}

/// The last place is the wrong one; those before it explain.
fn repeated(places: &[Place], text: &str) -> Vec<Label> {
    let mut labels: Vec<Label> =
        places.iter().rev().skip(1).rev().take(NAMED).map(|place| Label::context(place, text)).collect();
    if let Some(last) = places.last() {
        labels.insert(0, Label::primary(last, format!("{text} too")));
    }
    labels
}

fn each(named: &[Named], text: &str) -> Vec<Label> {
    named.iter().take(NAMED).map(|named| Label::primary(&named.place, text)).collect()
}
