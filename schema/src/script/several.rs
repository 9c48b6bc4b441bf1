//! A revision for several kinds of databases: what is the same on all of them stands once, the rest in `only_for`.

mod merge;

use super::{ScriptError, downgrade, lost, sql, summary};
use crate::diff::{Difference, SchemaChange};
use crate::operation::Operation;
use crate::render;
use crate::script::{Language, Script, Section, Sides};
use crate::source::{self, Comments};
use merge::Merged;
use servicekit_chain::Dialect;

/// What leads to one schema on one kind of database.
type Plan = (Dialect, SchemaChange);

/// The revision that makes the same of all databases of the difference.
///
/// # Errors
/// If one of them cannot make it, or it cannot be written.
pub(super) fn script(difference: &Difference, language: Language) -> Result<Script, ScriptError> {
    let (there, back) = plans(difference)?;
    let (mut upgrade, mut downgrade, mut sections) = (String::new(), String::new(), Vec::new());
    match language {
        Language::Rust => {
            let (forth, reverse) = (Merged::of(&there), Merged::of(&back));
            upgrade = function("upgrade", &forth, Vec::new())?;
            downgrade = way_back(&forth, &reverse, lost_on_any(&there), &difference.served())?;
        }
        Language::Sql => {
            for ((dialect, forth), (_, reverse)) in there.iter().zip(&back) {
                sections.push(Section {
                    dialect: *dialect,
                    upgrade: sql::section(forth, &[], *dialect)?,
                    downgrade: sql::section(reverse, &lost(forth), *dialect)?,
                });
            }
        }
    }
    let own = there.into_iter().find(|(dialect, _)| *dialect == difference.dialect);
    Ok(Script {
        summary: summary::of_facts(&difference.facts),
        hazards: own.map(|(_, change)| change.hazards).unwrap_or_default(),
        upgrade,
        downgrade,
        sections,
    })
}

/// The operations of both ways.
///
/// # Errors
/// If one of the databases cannot make it.
pub(super) fn recorded(difference: &Difference) -> Result<Sides, ScriptError> {
    let (there, back) = plans(difference)?;
    Ok(Sides { upgrade: Merged::of(&there).operations, downgrade: Merged::of(&back).operations })
}

/// Both ways on each kind of database.
fn plans(difference: &Difference) -> Result<(Vec<Plan>, Vec<Plan>), ScriptError> {
    let (mut there, mut back) = (Vec::new(), Vec::new());
    for dialect in difference.served() {
        let (forth, reverse) = on(difference, dialect)?;
        there.push((dialect, forth));
        back.push((dialect, reverse));
    }
    Ok((there, back))
}

/// Both ways on one kind of database, which supports all of it.
fn on(difference: &Difference, dialect: Dialect) -> Result<(SchemaChange, SchemaChange), ScriptError> {
    let refused = |problem| {
        if dialect == difference.dialect {
            ScriptError::Plan(problem)
        } else {
            ScriptError::PlanElsewhere { dialect, problem }
        }
    };
    let there = difference.on(dialect).map_err(ScriptError::Elsewhere)?;
    let mut forth = there.plan().map_err(refused)?;
    let reverse = there.reversed().plan().map_err(refused)?;
    if difference.dialect != Dialect::Postgres {
        forth.operations.iter_mut().for_each(drop_if_exists);
    }
    for change in [&forth, &reverse] {
        for recorded in change.recorded().recorded() {
            render::actions(recorded, dialect)
                .map_err(|error| ScriptError::Unsupported { dialect, error })?;
        }
    }
    Ok((forth, reverse))
}

/// Only PostgreSQL knows the name of an enum type without a model: another database takes that of its column for it.
fn drop_if_exists(operation: &mut Operation) {
    if let Operation::DropEnum(drop) = operation {
        drop.if_exists = true;
    }
}

fn function(name: &str, merged: &Merged, above: Vec<String>) -> Result<String, ScriptError> {
    let comments = Comments { above, of_operations: merged.comments.clone() };
    source::commented(name, &merged.operations, &comments).map_err(ScriptError::Rust)
}

/// The reverse of what `upgrade` records if it is what leads back everywhere, else what does.
fn way_back(
    forth: &Merged,
    reverse: &Merged,
    above: Vec<String>,
    databases: &[Dialect],
) -> Result<String, ScriptError> {
    if downgrade::is_reverse(&forth.operations, &reverse.operations, databases) {
        let hazards = reverse.comments.iter().map(|(_, _, comment)| comment.clone());
        return Ok(downgrade::reverse(above.into_iter().chain(hazards)));
    }
    function("downgrade", reverse, above)
}

/// What comes back empty, each once.
fn lost_on_any(plans: &[Plan]) -> Vec<String> {
    let mut all = Vec::new();
    for line in plans.iter().flat_map(|(_, change)| lost(change)) {
        if !all.contains(&line) {
            all.push(line);
        }
    }
    all
}
