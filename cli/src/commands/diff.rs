//! `diff`: what differs between the schemas of two databases, or between a database and its history.

use super::{CommandContext, inspect, replay};
use crate::arguments::{DiffArgs, DiffFormat};
use crate::failure::{DatabaseFailure, Exit, Failure};
use crate::output::{CommandOutput, Data, DiffOutput, DiffText};
use crate::run::{DatabaseUrl, MissingFile, OpenDatabase};
use servicekit::diff::Difference;
use servicekit::introspection::decide;
use servicekit::revision_script::{self as script, Language, ScriptError};

pub(super) fn run(arguments: &DiffArgs, context: CommandContext<'_>) -> Result<CommandOutput, Failure> {
    let difference = if arguments.urls.is_empty() {
        replay::difference(arguments, context)?
    } else {
        compared(arguments, context)?
    };
    let exit = if difference.is_empty() { Exit::Success } else { Exit::Differs };
    let text = match arguments.format {
        // A document has the facts.
        _ if context.common.json => DiffText::Facts,
        DiffFormat::Text => DiffText::Facts,
        DiffFormat::Rs => DiffText::Rust(rust(&difference)?),
        DiffFormat::Sql => DiffText::Sql(statements(&difference)?),
    };
    let data = Data::Differs(Box::new(DiffOutput { difference, text }));
    Ok(CommandOutput { exit, ..CommandOutput::from(data) })
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

/// Reads both, and asks the second about expressions that it may read as one; what it cannot tell, the first.
fn compared(arguments: &DiffArgs, context: CommandContext<'_>) -> Result<Difference, Failure> {
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
        return Ok(difference);
    }
    from.ask(async |_, database| decide(difference, database).await)
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
