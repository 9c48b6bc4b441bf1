//! What is wrong between the revisions.

use super::wording::{NAMED, count, list, names, path, quoted};
use super::{Member, Named, Problem};
use crate::Place;
use crate::diagnostic::{Diagnostic, PlaceLabel};

pub(super) fn describe(problem: &Problem) -> Option<Diagnostic> {
    use Problem as P;
    Some(match problem {
        P::DanglingParent { revision, parent, place, near, folders } => {
            let folders = quoted(folders, "or");
            let message = format!("revision `{revision}` follows `{parent}`, which is not in {folders}");
            Diagnostic::new("dangling_parent", message)
                .primary(place, "no revision has this id")
                .help(meant(near))
        }
        P::DanglingDependency { revision, name, place, near, folders } => {
            let folders = quoted(folders, "or");
            let message = format!("revision `{revision}` depends on `{name}`, which is not in {folders}");
            Diagnostic::new("dangling_dependency", message)
                .primary(place, "no revision has this id or label")
                .help(meant(near))
        }
        P::SelfLoop { revision, place } => {
            Diagnostic::new("self_loop", format!("revision `{revision}` follows itself"))
                .primary(place, "this is the revision itself")
                .help("name the revision before it, or leave the key out in a first revision")
        }
        P::DependencySelfLoop { revision, place } => {
            Diagnostic::new("dependency_self_loop", format!("revision `{revision}` depends on itself"))
                .primary(place, "this leads back to the revision itself")
                .help("leave it out")
        }
        P::Cycle { members } => {
            let message = format!("these revisions follow each other in a circle: {}", path(members));
            Diagnostic::new("cycle", message)
                .labels(circle(members))
                .help("one of them must follow a revision outside the circle, or none")
        }
        P::DependencyCycle { members } => {
            let message = format!("these revisions depend on each other in a circle: {}", path(members));
            Diagnostic::new("dependency_cycle", message)
                .labels(circle(members))
                .help("leave one of these dependencies out")
        }
        other => return describe_names(other),
    })
}

/// What is wrong with the names of revisions and with the shape that the configuration allows.
fn describe_names(problem: &Problem) -> Option<Diagnostic> {
    use Problem as P;
    Some(match problem {
        P::DuplicateId { id, places } => {
            Diagnostic::new("duplicate_id", format!("{} files have the id `{id}`", count(places.len())))
                .labels(repeated(places, "this revision has the id"))
                .help("give all but one a new id, and a matching file name")
        }
        P::DuplicateLabel { label, places } => {
            let message = format!("{} revisions have the branch label `{label}`", count(places.len()));
            Diagnostic::new("duplicate_label", message)
                .labels(repeated(places, "this revision has the label"))
                .help("a label names one branch: remove it from all but the first revision of the branch")
        }
        P::LabelClashesWithId { label, place, id } => {
            let message = format!("the branch label `{label}` is also the id of a revision");
            Diagnostic::new("label_clashes_with_id", message)
                .primary(place, "the label")
                .context(id, "the revision with this id")
                .help("choose another label")
        }
        P::SeveralHeads { folder, heads, config } => {
            let message = format!("`{folder}` has {} heads: {}", count(heads.len()), names(heads));
            Diagnostic::new("several_heads", message).labels(each(heads, "no revision follows this one")).help(format!(
                "join them with `servicekit migrations merge heads`, or set `allow = [\"multiple_heads\"]` in `{config}`"
            ))
        }
        P::SeveralBases { folder, bases, config } => {
            let message = format!("`{folder}` has {} first revisions: {}", count(bases.len()), names(bases));
            Diagnostic::new("several_bases", message).labels(each(bases, "this revision follows none")).help(
                format!(
                    "give all but one a `down_revision`, or set `allow = [\"multiple_bases\"]` in `{config}`"
                ),
            )
        }
        _ => return None,
    })
}

fn meant(near: &[Named]) -> String {
    match near {
        [] => "restore the missing file, or name an existing revision".to_owned(),
        near => format!("did you mean {}?", list(near.iter().map(Named::to_string), "or")),
    }
}

fn circle(members: &[Member]) -> Vec<PlaceLabel> {
    let next = members.iter().cycle().skip(1);
    members
        .iter()
        .zip(next)
        .take(NAMED)
        .map(|(member, next)| {
            let verb = if member.depends { "depends on" } else { "follows" };
            PlaceLabel::primary(&member.place, format!("`{}` {verb} `{}`", member.id, next.id))
        })
        .collect()
}

/// The last place is the wrong one; those before it explain.
fn repeated(places: &[Place], text: &str) -> Vec<PlaceLabel> {
    let mut labels: Vec<PlaceLabel> =
        places.iter().rev().skip(1).rev().take(NAMED).map(|place| PlaceLabel::context(place, text)).collect();
    if let Some(last) = places.last() {
        labels.insert(0, PlaceLabel::primary(last, format!("{text} too")));
    }
    labels
}

fn each(named: &[Named], text: &str) -> Vec<PlaceLabel> {
    named.iter().take(NAMED).map(|named| PlaceLabel::primary(&named.place, text)).collect()
}
