//! The console: the only place that writes to stdout and stderr, and reads from a person.

mod filter;
mod print;
mod relay;
mod running;
mod style;
mod text;

pub(crate) use print::{has_colors_on_stderr, print_plain, print_usage, watch_panics};
pub(crate) use relay::{Passed, pass_all_on, pass_on};

use crate::arguments::{Color, CommonArgs};
use crate::failure::{ErrorDocument, Exit, Failure};
use crate::output::{CommandOutput, Data, DiffText, InspectText, ModelsText, Note, Question};
use crate::secret;
use filter::{Reader, document};
use print::{COLOR, failure_text, to_stderr, to_stdout, to_stdout_as};
use running::Running;
use servicekit::Progress;
use std::io::{self, IsTerminal};
use std::process::ExitCode;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use style::Style;

/// Prints what a command outputs and what happens meanwhile, and asks.
#[derive(Debug, Clone)]
pub(crate) struct Console {
    json: bool,
    quiet: bool,
    verbose: bool,
    color: Color,
    running: Arc<Mutex<Option<Running>>>,
}

impl Console {
    pub(crate) fn new(common: &CommonArgs) -> Self {
        let CommonArgs { json, quiet, verbose, color, .. } = *common;
        COLOR.get_or_init(|| color);
        Self { json, quiet, verbose, color, running: Arc::default() }
    }

    /// Reports what happens while it happens, in lines for people to stdout; the columns are the widths of the longest id and the
    /// longest message of the history. Where nothing can be written, the run matters more.
    pub(crate) fn progress(&self, progress: &Progress, columns: (usize, usize)) {
        if !self.json && !self.quiet {
            drop(self.show(progress, columns));
        }
    }

    /// The same of a note, to stderr.
    pub(crate) fn note(&self, note: &Note) {
        drop(self.print_note(note));
    }

    /// Whether a person can be asked.
    pub(crate) fn can_ask(&self) -> bool {
        io::stdin().is_terminal() && io::stderr().is_terminal() && !self.json
    }

    /// Whether the person agrees; yes where there is none.
    pub(crate) fn confirm(&self, question: &Question) -> bool {
        !self.can_ask() || self.ask(question).unwrap_or(false)
    }

    fn show(&self, progress: &Progress, columns: (usize, usize)) -> io::Result<()> {
        match progress {
            Progress::Started { direction, revision, message, step, steps } => {
                self.clear();
                let revision = self.style_of_stderr().id(revision.as_str());
                let line = format!("{direction} {revision}  {message} ({step} of {steps})");
                *self.running() = Some(Running::begin(running_line(&line)));
            }
            Progress::Statement { sql, place, together, .. } => {
                // Before it is cut: a part of a password is not recognised.
                let sql = &*secret::hidden(sql);
                // Of those that are sent together it is unknown which one is running.
                if let (Some(running), 1) = (&*self.running(), place) {
                    running.statement(running_line(&text::statements(
                        sql,
                        *together,
                        self.style_of_stderr(),
                    )));
                }
                if self.verbose {
                    return self.line(|style| format!("  {}\n", text::statement(sql, style)));
                }
            }
            Progress::Finished(done) => {
                self.clear();
                return self.line(|style| text::step(done, columns, style));
            }
            _ => {}
        }
        Ok(())
    }

    fn line(&self, text: impl FnOnce(Style) -> String) -> io::Result<()> {
        self.above(|| to_stdout(self.color, text))
    }

    fn print_note(&self, note: &Note) -> io::Result<()> {
        if self.quiet {
            return Ok(());
        }
        self.above(|| to_stderr(self.color, |style| text::note(note, style)))
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
        Style::for_stream(self.color, io::stderr().is_terminal())
    }

    /// Asks a person; anything but a yes is a no.
    fn ask(&self, question: &Question) -> io::Result<bool> {
        to_stderr(self.color, |style| text::question(question, style))?;
        let mut output = String::new();
        io::stdin().read_line(&mut output)?;
        Ok(["y", "yes"].contains(&output.trim().to_ascii_lowercase().as_str()))
    }

    /// What the person answers; nothing where there is none, or none wants to.
    pub(crate) fn answer(&self, question: &str) -> Option<String> {
        if !self.can_ask() {
            return None;
        }
        to_stderr(self.color, |style| text::open_question(question, style)).ok()?;
        let mut output = String::new();
        io::stdin().read_line(&mut output).ok()?;
        let answer = output.trim_end_matches(['\r', '\n']);
        (!answer.trim().is_empty()).then(|| answer.to_owned())
    }

    /// Prints what a command gave and says how the program ends.
    pub(crate) fn print(&self, outcome: Result<CommandOutput, Failure>) -> ExitCode {
        self.clear();
        let printed = match outcome {
            Ok(output) => self.print_output(output),
            Err(failure) => self.print_failure(&failure),
        };
        match printed {
            Ok(exit) => exit.into(),
            Err(source) => {
                // Where nothing can be written the exit code is all that is left.
                let report = Failure::Output { source }.report();
                let print = |style| text::error(&report, style);
                let _ = to_stderr(self.color, print);
                report.exit.into()
            }
        }
    }

    fn print_output(&self, output: CommandOutput) -> io::Result<Exit> {
        let CommandOutput { data, notes, failure, exit } = output;
        match (&failure, self.json) {
            // A program that looks at stdout only must not take half an output for a whole one.
            (Some(failure), true) => return self.print_failure(failure),
            (None, true) => to_stdout_as(|| document(&data))?,
            (_, false) if self.quiet && !is_asked_for(&data) => {}
            (None, false) if is_document(&data) => to_stdout_as(|| document(&data))?,
            (_, false) if is_script(&data) && !io::stdout().is_terminal() => self.print_script(&data)?,
            (_, false) => to_stdout(self.color, |style| text::text(&data, style))?,
        }
        for note in notes {
            self.print_note(&note)?;
        }
        failure.map_or(Ok(exit), |failure| self.print_failure(&failure))
    }

    /// Statements for the client of a database, which runs them as they are.
    fn print_script(&self, data: &Data) -> io::Result<()> {
        let script = text::text(data, Style::for_stream(self.color, false));
        to_stdout_as(|| Ok(filter::printed(&script, Reader::Program)))?;
        if secret::find(&script).is_empty() {
            return Ok(());
        }
        let message =
            "a password of this run is in the statements, and is left out: each is printed as `***`";
        let help = "put it back before you run them, or, better, take it out of the revision".to_owned();
        self.print_note(&Note { message: message.to_owned(), help: Some(help) })
    }

    fn print_failure(&self, failure: &Failure) -> io::Result<Exit> {
        if self.json {
            to_stdout_as(|| document(&ErrorDocument::from(failure)))?;
        } else {
            to_stderr(self.color, |style| failure_text(failure, style))?;
        }
        Ok(failure.report().exit)
    }
}

/// A line that shows what is running, which indicatif prints.
fn running_line(line: &str) -> String {
    filter::printed(line, Reader::Person)
}

/// Whether it is the statements of a plan, or what creates the tables of a database.
fn is_script(data: &Data) -> bool {
    match data {
        Data::Plan(plan) => plan.sql_for.is_some(),
        Data::Inspected(_) => true,
        Data::Differs(diff) => !matches!(diff.text, DiffText::Facts),
        _ => false,
    }
}

/// Whether it is asked for as a document although people read the errors.
fn is_document(data: &Data) -> bool {
    match data {
        Data::Inspected(inspected) => matches!(inspected.text, InspectText::Document),
        Data::Models(models) => models.text == ModelsText::Document,
        _ => false,
    }
}

/// Whether it is the answer to a question; the rest says that something was done.
fn is_asked_for(data: &Data) -> bool {
    !matches!(
        data,
        Data::Ensured { .. } | Data::Created(_) | Data::Initialised(_) | Data::Ran(_) | Data::Resolved(_)
    )
}
