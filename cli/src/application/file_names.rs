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
    pub(super) fn translate(&self, message: Message) -> Message {
        let Message::Failed(mut facts) = message else { return self.translate_statements(message) };
        self.translate_diagnostic(&mut facts.diagnostic);
        Message::Failed(facts)
    }

    fn translate_diagnostic(&self, diagnostic: &mut Diagnostic) {
        let Diagnostic { message, labels, also, notes, help, .. } = diagnostic;
        let names = labels.iter_mut().map(|label| &mut Arc::make_mut(&mut label.place.source).name);
        let notes = notes.iter_mut().map(|note| &mut note.text);
        for text in [message].into_iter().chain(help).chain(notes).chain(names) {
            *text = self.in_text(std::mem::take(text));
        }
        for other in also {
            self.translate_diagnostic(other);
        }
    }

    fn translate_statements(&self, mut message: Message) -> Message {
        if let Message::Statements(steps) = &mut message {
            for statement in steps.iter_mut().flat_map(|step| &mut step.statements) {
                statement.file = self.in_text(std::mem::take(&mut statement.file));
            }
        }
        if let Message::Ran(ran) = &mut message {
            for edited in &mut ran.edited {
                edited.path = self.in_text(std::mem::take(&mut edited.path));
            }
        }
        message
    }

    fn in_text(&self, text: String) -> String {
        // A message is about one file. A name can be the end of another one.
        let is_there = |(there, _): &&(String, String)| text.contains(there.as_str());
        match self.0.iter().filter(is_there).max_by_key(|(there, _)| there.len()) {
            Some((there, here)) => text.replace(there.as_str(), here),
            None => text,
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
            assert_eq!(names.in_text(there.to_owned()), here);
        }
    }
}
