//! The names of files: an application names them as they are seen from its package, a person reads them from elsewhere.

use crate::project::Project;
use servicekit::worker::wire::{Compiled, Message};
use servicekit_chain::diagnostic::Diagnostic;
use std::sync::Arc;

/// Names that differ: that of the application, and that of here.
#[derive(Debug, Default)]
pub(super) struct FileNames(Vec<(String, String)>);

impl FileNames {
    pub(super) fn new(compiled: &[Compiled], project: &Project) -> Self {
        let here = |id: &str| project.folder.file(id).map(|file| file.source.name.clone());
        let pairs = compiled.iter().filter_map(|revision| Some((revision.path.clone(), here(&revision.id)?)));
        Self(pairs.filter(|(there, here)| there != here).collect())
    }

    /// The message with the names of here.
    pub(super) fn translate(&self, mut message: Message) -> Message {
        match &mut message {
            Message::Failed(facts) => self.translate_diagnostic(&mut facts.diagnostic),
            Message::Statements(steps) => {
                let statements = steps.iter_mut().flat_map(|step| &mut step.statements);
                statements.for_each(|statement| self.translate_text(&mut statement.file));
            }
            Message::Ran(ran) => {
                ran.edited.iter_mut().for_each(|edited| self.translate_text(&mut edited.path));
            }
            Message::Happened(_)
            | Message::Replayed(_)
            | Message::Models(_)
            | Message::EnvironmentFailed(_) => {}
        }
        message
    }

    fn translate_diagnostic(&self, diagnostic: &mut Diagnostic) {
        let Diagnostic { message, labels, also, notes, help, .. } = diagnostic;
        let names = labels.iter_mut().map(|label| &mut Arc::make_mut(&mut label.place.source).name);
        let notes = notes.iter_mut().map(|note| &mut note.text);
        for text in [message].into_iter().chain(help).chain(notes).chain(names) {
            self.translate_text(text);
        }
        for other in also {
            self.translate_diagnostic(other);
        }
    }

    fn translate_text(&self, text: &mut String) {
        // A message is about one file. A name can be the end of another one.
        let is_there = |(there, _): &&(String, String)| text.contains(there.as_str());
        if let Some((there, here)) = self.0.iter().filter(is_there).max_by_key(|(there, _)| there.len()) {
            *text = text.replace(there.as_str(), here);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_named_as_it_is_seen_from_here() {
        let pair = |there: &str, here: &str| (there.to_owned(), here.to_owned());
        let names = FileNames(vec![
            pair("versions/a.sql", "shop/versions/a.sql"),
            pair("more/versions/a.sql", "shop/more/versions/a.sql"),
        ]);
        let cases = [
            (
                " --> versions/a.sql:4:2, again versions/a.sql",
                " --> shop/versions/a.sql:4:2, again shop/versions/a.sql",
            ),
            ("`more/versions/a.sql` is", "`shop/more/versions/a.sql` is"),
            ("versions/b.sql", "versions/b.sql"),
        ];
        for (there, here) in cases {
            let mut text = there.to_owned();
            names.translate_text(&mut text);
            assert_eq!(text, here);
        }
    }
}
