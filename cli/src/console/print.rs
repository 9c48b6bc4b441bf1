//! Printing to stdout and stderr.

use super::filter::{Reader, document, printed};
use super::style::Style;
use super::text;
use crate::arguments::Color;
use crate::failure::{ErrorBody, ErrorDocument, Exit, Failure};
use servicekit_chain::Problem;
use std::io::{self, ErrorKind, IsTerminal, Write};
use std::process::ExitCode;
use std::sync::OnceLock;

/// What was asked for, once that is known.
pub(super) static COLOR: OnceLock<Color> = OnceLock::new();

/// Prints what clap has to say: help, the version, or what is wrong with the arguments.
pub(crate) fn print_usage(error: &clap::Error, json: bool) -> ExitCode {
    let usage_text = |style: Style| {
        if style.is_colored() {
            Style::painted(&error.render().ansi().to_string())
        } else {
            error.to_string()
        }
    };
    let result = if json && error.use_stderr() {
        to_stdout_as(|| document(&ErrorDocument { error: usage(error) }))
    } else if error.use_stderr() {
        to_stderr(Color::Auto, usage_text)
    } else {
        to_stdout(Color::Auto, usage_text)
    };
    match result {
        Ok(()) if !error.use_stderr() => ExitCode::SUCCESS,
        Ok(()) => ExitCode::from(Exit::Usage),
        Err(_) => ExitCode::from(Exit::Failure),
    }
}

/// Whether what goes to stderr is painted: another program is asked for the same when its output is passed on there.
pub(crate) fn has_colors_on_stderr() -> bool {
    Style::for_stream(*COLOR.get_or_init(Color::default), io::stderr().is_terminal()).is_colored()
}

/// A panic is a mistake in this program; what it says comes from anywhere.
pub(crate) fn watch_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let text = format!("error: this is a bug of servicekit: {panic}\n");
        // Where nothing can be written the exit code is all that is left.
        let _ = to_stderr(Color::Never, |_| text);
    }));
}

/// Prints a text that is for a program, as it is.
pub(crate) fn print_plain(text: String) -> ExitCode {
    match to_stdout_as(|| Ok(text)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::from(Exit::Failure),
    }
}

fn usage(error: &clap::Error) -> ErrorBody {
    let text = error.render().to_string();
    let text = text.strip_prefix("error: ").unwrap_or(&text);
    let (message, help) = text.split_once("\n\n").unwrap_or((text, ""));
    let line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let help = Some(line(help)).filter(|help| !help.is_empty());
    let message = line(message);
    ErrorBody { code: "usage".into(), message, help, state: None, heads: None, problems: Vec::new() }
}

/// A failure laid out for people.
pub(super) fn failure_text(failure: &Failure, style: Style) -> String {
    let message = || text::error(&failure.report(), style);
    match (failure, failure.problems()) {
        (_, []) => message(),
        // One problem without a place has nothing to show but the message.
        (Failure::BrokenChain { .. }, [problem]) if problem.place().is_none() => message(),
        (Failure::BrokenChain { .. }, problems) => render(problems, style),
        (_, problems) => message() + "\n" + &render(problems, style),
    }
}

/// Problems of the chain, as the compiler shows them.
fn render(problems: &[Problem], style: Style) -> String {
    let shown = problems
        .iter()
        .take(MAX_SHOWN_PROBLEMS)
        .map(|problem| Style::painted(&problem.render(style.is_colored())) + "\n");
    let more = problems.len().saturating_sub(MAX_SHOWN_PROBLEMS);
    let more = (more > 0).then(|| format!("and {more} more problems; `--json` has them all\n"));
    shown.chain(more).collect::<Vec<_>>().join("\n")
}

/// How many problems of a chain are laid out.
const MAX_SHOWN_PROBLEMS: usize = 100;

pub(super) fn to_stdout(color: Color, text: impl FnOnce(Style) -> String) -> io::Result<()> {
    let style = Style::for_stream(color, io::stdout().is_terminal());
    to_stdout_as(|| Ok(printed(&text(style), Reader::Person)))
}

/// Prints a text that is ready to be printed.
pub(super) fn to_stdout_as(text: impl FnOnce() -> io::Result<String>) -> io::Result<()> {
    let text = text()?;
    let mut stdout = io::stdout().lock();
    stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()).or_else(unless_closed)
}

pub(super) fn to_stderr(color: Color, text: impl FnOnce(Style) -> String) -> io::Result<()> {
    let text = text(Style::for_stream(color, io::stderr().is_terminal()));
    io::stderr().lock().write_all(printed(&text, Reader::Person).as_bytes()).or_else(unless_closed)
}

/// A reader that has seen enough, as in `… | head`, is no error.
fn unless_closed(error: io::Error) -> io::Result<()> {
    if error.kind() == ErrorKind::BrokenPipe { Ok(()) } else { Err(error) }
}
