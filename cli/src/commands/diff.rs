//! `diff`: what differs between the schemas of two databases.

use super::{CommandContext, inspect};
use crate::arguments::{DiffArgs, DiffFormat};
use crate::failure::{DatabaseFailure, Exit, Failure};
use crate::output::{CommandOutput, Data, DiffOutput, DiffText};
use crate::run::{DatabaseUrl, MissingFile, OpenDatabase};
use servicekit::diff::{Difference, SchemaChange};
use servicekit::schema::Schema;
use servicekit::source;

pub(super) fn run(arguments: &DiffArgs, context: CommandContext<'_>) -> Result<CommandOutput, Failure> {
    let (from, to) = urls(arguments, context)?;
    if from.dialect != to.dialect {
        let (from, to) = (from.dialect, to.dialect);
        return Err(DatabaseFailure::OtherKind { from, to }.into());
    }
    let dialect = from.dialect;
    let [from, to] = [read(from, arguments, context)?, read(to, arguments, context)?];
    let difference = from.difference(&to, dialect);
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
    let argument = |text: &str, which| DatabaseUrl::argument(text, which);
    match arguments.urls.as_slice() {
        [from, to, ..] => Ok((argument(from, "the first URL")?, argument(to, "the second URL")?)),
        [to] => Ok((DatabaseUrl::find(context.common, context.project)?, argument(to, "the URL")?)),
        [] => Err(DatabaseFailure::NothingToCompare.into()),
    }
}

fn read(url: DatabaseUrl, arguments: &DiffArgs, context: CommandContext<'_>) -> Result<Schema, Failure> {
    let database = OpenDatabase::open_at(url, context.project, MissingFile::Refuse)?;
    inspect::read(&database, &[], &arguments.schema, context.project)
}

/// The functions of a revision that leads from the first to the second, and back.
fn rust(difference: &Difference) -> Result<String, Failure> {
    let (up, down) = (plan(difference)?, plan(&difference.reversed())?);
    let mut text = "use servicekit::revision::*;\n".to_owned();
    for (name, change) in [("upgrade", up), ("downgrade", down)] {
        let function = source::function(name, &change.recorded());
        let function = function.map_err(|error| unwritable(error.to_string(), None))?;
        text.push('\n');
        text.extend(change.hazards.iter().map(|hazard| format!("/// {hazard}\n")));
        text.push_str(&function);
    }
    Ok(text)
}

fn statements(difference: &Difference) -> Result<Vec<String>, Failure> {
    let statements = plan(difference)?.recorded().sql(difference.dialect);
    statements.map_err(|error| unwritable(format!("{}: {}", error.operation, error.reason), error.help))
}

fn plan(difference: &Difference) -> Result<SchemaChange, Failure> {
    difference.plan().map_err(|problem| {
        unwritable(
            format!("{}\n{}", problem.reason, problem.fact),
            Some("write the revision by hand".to_owned()),
        )
    })
}

fn unwritable(reason: String, help: Option<String>) -> Failure {
    DatabaseFailure::Unwritable { reason, help }.into()
}
