//! What a person sees of a command.

use super::filter::Reader;
use super::running::Running;
use super::{document, failure_text, filter, to_stderr, to_stdout, to_stdout_as};
use crate::answer::{Answer, Data, Event, Live, Note, Question};
use crate::arguments::{Color, Common};
use crate::failure::{ErrorDocument, Failure};
use crate::secret;
use crate::style::Style;
use crate::text;
use std::io::{self, IsTerminal};
use std::process::ExitCode;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// How the results of a command are shown.
#[derive(Debug, Clone)]
pub(crate) struct Screen {
    json: bool,
    quiet: bool,
    verbose: bool,
    color: Color,
    running: Arc<Mutex<Option<Running>>>,
}

impl Screen {
    pub(crate) fn new(common: &Common) -> Self {
        let Common { json, quiet, verbose, color, .. } = *common;
        super::COLOR.get_or_init(|| color);
        Self { json, quiet, verbose, color, running: Arc::default() }
    }

    /// Prints what happens while it happens: lines for people to stdout, notes to stderr. Where nothing can be written, the run
    /// matters more.
    pub(crate) fn live(&self) -> Live {
        let screen = self.clone();
        let live = Live::new(move |event| drop(screen.show(event)));
        let is_watched = io::stdin().is_terminal() && io::stderr().is_terminal() && !self.json;
        if !is_watched {
            return live;
        }
        let screen = self.clone();
        live.asking(move |question| screen.ask(question).unwrap_or(false))
    }

    fn show(&self, event: Event<'_>) -> io::Result<()> {
        match event {
            Event::Note(note) => self.note(&note),
            Event::Started(_) | Event::Statement { .. } | Event::Finished(_) if self.json || self.quiet => {
                Ok(())
            }
            Event::Started(started) => {
                self.clear();
                let line = of_running(&text::running(started, self.style_of_stderr()));
                *self.running() = Some(Running::begin(line));
                Ok(())
            }
            Event::Statement { sql, place } => {
                // Before it is cut: a part of a password is not recognised.
                let sql = &*secret::hidden(sql);
                // Of those that go together nobody knows which one is running.
                if let (Some(running), (1, together)) = (&*self.running(), place) {
                    running.statement(of_running(&text::statements(sql, together, self.style_of_stderr())));
                }
                if self.verbose {
                    self.line(|style| format!("  {}\n", text::statement(sql, style)))
                } else {
                    Ok(())
                }
            }
            Event::Finished(step) => {
                self.clear();
                self.line(|style| text::step(step, style))
            }
        }
    }

    fn line(&self, text: impl FnOnce(Style) -> String) -> io::Result<()> {
        self.above(|| to_stdout(self.color, text))
    }

    fn note(&self, Note { message, help }: &Note) -> io::Result<()> {
        if self.quiet {
            return Ok(());
        }
        self.above(|| to_stderr(self.color, |style| text::message("note", message, help.as_deref(), style)))
    }

    /// Prints above the lines that show what is running, where there are any.
    fn above<T>(&self, print: impl FnOnce() -> T) -> T {
        match &*self.running() {
            Some(running) => running.above(print),
            None => print(),
        }
    }

    fn clear(&self) {
        drop(self.running().take());
    }

    fn running(&self) -> MutexGuard<'_, Option<Running>> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn style_of_stderr(&self) -> Style {
        Style::of_stream(self.color, io::stderr().is_terminal())
    }

    /// Asks a person; anything but a yes is a no.
    fn ask(&self, question: &Question) -> io::Result<bool> {
        to_stderr(self.color, |style| text::question(question, style))?;
        let mut answer = String::new();
        io::stdin().read_line(&mut answer)?;
        Ok(["y", "yes"].contains(&answer.trim().to_ascii_lowercase().as_str()))
    }

    /// Prints what a command gave and says how the program ends.
    pub(crate) fn print(&self, outcome: Result<Answer, Failure>) -> ExitCode {
        self.clear();
        let printed = match outcome {
            Ok(answer) => self.print_answer(answer),
            Err(failure) => self.print_failure(&failure),
        };
        match printed {
            Ok(code) => ExitCode::from(code),
            Err(source) => {
                let failure = Failure::Output { source };
                // Where nothing can be written the exit code is all that is left.
                let print = |style| text::message("error", &failure.to_string(), None, style);
                let _ = to_stderr(self.color, print);
                ExitCode::from(failure.exit())
            }
        }
    }

    fn print_answer(&self, answer: Answer) -> io::Result<u8> {
        let Answer { data, notes, failure, exit } = answer;
        match (&failure, self.json) {
            // A program that looks at stdout only must not take half an answer for a whole one.
            (Some(failure), true) => return self.print_failure(failure),
            (None, true) => to_stdout_as(|| document(&data))?,
            (_, false) if self.quiet && !is_asked_for(&data) => {}
            (_, false) if is_script(&data) && !io::stdout().is_terminal() => self.print_script(&data)?,
            (_, false) => to_stdout(self.color, |style| text::text(&data, style))?,
        }
        for note in notes {
            self.note(&note)?;
        }
        failure.map_or(Ok(exit), |failure| self.print_failure(&failure))
    }

    /// Statements for the client of a database, which runs them as they are.
    fn print_script(&self, data: &Data) -> io::Result<()> {
        let script = text::text(data, Style::of_stream(self.color, false));
        to_stdout_as(|| Ok(filter::printed(&script, Reader::Program)))?;
        if secret::find(&script).is_empty() {
            return Ok(());
        }
        let message =
            "a password of this run stands in the statements, and is left out: each is printed as `***`";
        let help = "put it back before you run them, or, better, take it out of the revision".to_owned();
        self.note(&Note { message: message.to_owned(), help: Some(help) })
    }

    fn print_failure(&self, failure: &Failure) -> io::Result<u8> {
        if self.json {
            to_stdout_as(|| document(&ErrorDocument::from(failure)))?;
        } else {
            to_stderr(self.color, |style| failure_text(failure, style))?;
        }
        Ok(failure.exit())
    }
}

/// A line that shows what is running, which indicatif prints.
fn of_running(line: &str) -> String {
    filter::printed(line, Reader::Person)
}

/// Whether it is the statements of a plan.
fn is_script(data: &Data) -> bool {
    matches!(data, Data::Plan(plan) if plan.sql_for.is_some())
}

/// Whether it is the answer to a question; the rest says that something was done.
fn is_asked_for(data: &Data) -> bool {
    !matches!(
        data,
        Data::Ensured { .. } | Data::Created(_) | Data::Initialised(_) | Data::Ran(_) | Data::Resolved(_)
    )
}
