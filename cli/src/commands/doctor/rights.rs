//! What the user of the database may not do, as far as the database shows.

use crate::failure::list;
use crate::output::Fact;
use servicekit::database::{MissingRight, Rights};

/// Nothing where nothing is known to be missing. It keeps a run from its work, where there is some; else it is only reported.
pub(super) fn facts(rights: &Rights, has_work: bool, next: &mut Vec<String>) -> Vec<Fact> {
    let mut facts = Vec::new();
    let mut report = |text: String, help: String| {
        if has_work {
            next.push(help);
            facts.push(Fact::problem("rights", text));
        } else {
            facts.push(Fact::note("rights", text));
        }
    };
    if let Some(cause) = rights.read_only {
        report(cause.message(), cause.help());
    }
    let (needed, others): (Vec<_>, Vec<_>) = rights.missing.iter().partition(|right| right.is_needed);
    if !needed.is_empty() {
        let help =
            "grant the missing rights to the user of the database, or run revisions as a user that has them"
                .to_owned();
        report(lacks(&needed), help);
    }
    if has_work && !others.is_empty() {
        let text = format!("{}: revisions that need it fail", lacks(&others));
        facts.push(Fact::note("rights", text));
    }
    facts
}

/// `this user lacks INSERT and UPDATE on one thing, and CREATE on another`.
fn lacks(missing: &[&MissingRight]) -> String {
    let mut groups: Vec<(&str, Vec<&str>)> = Vec::new();
    for MissingRight { right, on, .. } in missing {
        match groups.iter_mut().find(|(group, _)| group == on) {
            Some((_, rights)) => rights.push(right),
            None => groups.push((on, vec![right])),
        }
    }
    let groups = groups.into_iter().map(|(on, rights)| format!("{} on {on}", list(rights, "and")));
    format!("this user lacks {}", list(groups.collect::<Vec<_>>(), "and"))
}
