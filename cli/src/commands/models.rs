//! `models`: the models of the application, as the command line sees them.

use super::CommandContext;
use crate::application;
use crate::arguments::{ModelsArgs, ModelsFormat};
use crate::failure::Failure;
use crate::output::{CommandOutput, Data, ModelsOutput, ModelsText};

pub(super) fn run(arguments: &ModelsArgs, context: CommandContext<'_>) -> Result<CommandOutput, Failure> {
    let CommandContext { project, common, .. } = context;
    let mut found = application::models(project, &arguments.application, common.quiet)?;
    let notes = std::mem::take(&mut found.notes);
    let text = match arguments.format {
        ModelsFormat::Text => ModelsText::Tables,
        ModelsFormat::Json => ModelsText::Document,
    };
    let document_notes = notes.iter().map(|note| note.message.clone()).collect();
    let output = ModelsOutput {
        package: found.package,
        schema: found.schema,
        models: found.models,
        registries: found.registries,
        notes: document_notes,
        text,
    };
    Ok(CommandOutput { notes, ..CommandOutput::from(Data::Models(Box::new(output))) })
}
