//! `diff`: what differs between the schemas of two databases, or between a database and its history.

use super::{CommandContext, inspect, replay};
use crate::arguments::{DiffArgs, DiffFormat};
use crate::failure::{DatabaseFailure, Exit, Failure};
use crate::output::{CommandOutput, Data, DiffHazards, DiffOutput, DiffText, Way};
use crate::run::{DatabaseUrl, MissingFile, OpenDatabase};
use servicekit::diff::{Difference, Hazard};
use servicekit::introspection::{Count, count, decide};
use servicekit::revision_script::{self as script, Language, ScriptError};

pub(super) fn run(arguments: &DiffArgs, context: CommandContext<'_>) -> Result<CommandOutput, Failure> {
    // Only the lists show counts: what is written does not depend on the rows of a database.
    let is_listed = context.common.json || arguments.format == DiffFormat::Text;
    let (difference, changed, way) = if arguments.urls.is_empty() {
        let (difference, database) = replay::difference(arguments, context)?;
        (difference, database, Way::History)
    } else {
        let (difference, from) = compared(arguments, context)?;
        (difference, from, Way::Second)
    };
    let hazards = if is_listed { Some(hazards(&difference, &changed, way)?) } else { None };
    let exit = if difference.is_empty() { Exit::Success } else { Exit::Differs };
    let text = match arguments.format {
        // A document has the facts.
        _ if context.common.json => DiffText::Facts,
        DiffFormat::Text => DiffText::Facts,
        DiffFormat::Rs => DiffText::Rust(rust(&difference)?),
        DiffFormat::Sql => DiffText::Sql(statements(&difference)?),
    };
    let data = Data::Differs(Box::new(DiffOutput { difference, hazards, text }));
    Ok(CommandOutput { exit, ..CommandOutput::from(data) })
}

/// What the change does to the rows of the database that is changed, which is asked.
fn hazards(difference: &Difference, changed: &OpenDatabase<'_>, way: Way) -> Result<DiffHazards, Failure> {
    let reversed;
    let change = match way {
        Way::Second | Way::Models => difference,
        Way::History => {
            reversed = difference.reversed();
            &reversed
        }
    };
    counted(change, way, |hazards| changed.ask(async |_, database| count(change, hazards, database).await))
}

/// The hazards of a change, with what is counted of each.
pub(super) fn counted(
    change: &Difference,
    way: Way,
    count: impl FnOnce(&[Hazard]) -> Result<Vec<Count>, Failure>,
) -> Result<DiffHazards, Failure> {
    let hazards = match change.plan() {
        Ok(plan) => plan.hazards,
        Err(unplannable) => return Ok(DiffHazards::Unplanned { way, reason: unplannable.reason }),
    };
    let counts = count(&hazards)?;
    Ok(DiffHazards::Counted { way, hazards: hazards.into_iter().zip(counts).collect() })
}

/// With one URL, the database of the project comes first.
fn urls(arguments: &DiffArgs, context: CommandContext<'_>) -> Result<(DatabaseUrl, DatabaseUrl), Failure> {
    match arguments.urls.as_slice() {
        [from, to] => {
            Ok((DatabaseUrl::argument(from, "the first URL")?, DatabaseUrl::argument(to, "the second URL")?))
        }
        // There is at least one.
        others => Ok((
            DatabaseUrl::find(context.common, context.project)?,
            DatabaseUrl::argument(&others.concat(), "the URL")?,
        )),
    }
}

/// Reads both, and asks the second about expressions that it may read as one; what it cannot tell, the first, which comes too.
fn compared<'p>(
    arguments: &DiffArgs,
    context: CommandContext<'p>,
) -> Result<(Difference, OpenDatabase<'p>), Failure> {
    let (from, to) = urls(arguments, context)?;
    if from.dialect != to.dialect {
        let (from, to) = (from.dialect, to.dialect);
        return Err(DatabaseFailure::OtherKind { from, to }.into());
    }
    let project = context.project;
    let open = |url| OpenDatabase::open_at(url, project, MissingFile::Refuse);
    let read = |database: &_| inspect::read(database, &[], &arguments.schema, project);
    let from = open(from)?;
    let old = read(&from)?;
    let to = open(to)?;
    let difference = old.difference(&read(&to)?, to.dialect());
    let difference = to.ask(async |_, database| decide(difference, database).await)?;
    if difference.untold.is_empty() {
        return Ok((difference, from));
    }
    let difference = from.ask(async |_, database| decide(difference, database).await)?;
    Ok((difference, from))
}

/// The functions of a revision that leads from the first to the second, and back.
fn rust(difference: &Difference) -> Result<String, Failure> {
    let script = difference.script(Language::Rust).map_err(|error| inspect::unwritten(&error))?;
    Ok(format!("use servicekit::revision::*;\n\n{}\n{}", script.upgrade, script.downgrade))
}

fn statements(difference: &Difference) -> Result<Vec<String>, Failure> {
    let change = difference.plan().map_err(|problem| inspect::unwritten(&ScriptError::Plan(problem)))?;
    script::statements(&change.recorded(), difference.dialect).map_err(|error| inspect::unwritten(&error))
}
