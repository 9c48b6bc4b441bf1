//! Printing: the only place that writes to stdout and stderr, and reads from a person.

mod running;
mod screen;

pub(crate) use screen::Screen;

use crate::arguments::Color;
use crate::database::secret::hidden;
use crate::failure::{ErrorBody, ErrorDocument, Failure, exit};
use crate::style::Style;
use crate::text;
use serde::Serialize;
use servicekit_chain::Problem;
use std::io::{self, ErrorKind, IsTerminal, Write};
use std::process::ExitCode;

/// Prints what clap has to say: help, the version, or what is wrong with the arguments.
pub(crate) fn print_usage(error: &clap::Error, json: bool) -> ExitCode {
    let printed = if json && error.use_stderr() {
        to_stdout(Color::Auto, |_| document(&ErrorDocument { error: usage(error) }).map(|text| hidden(&text)))
    } else if error.use_stderr() && hidden(&error.to_string()) != error.to_string() {
        to_stderr(Color::Auto, |_| error.to_string())
    } else {
        error.print().or_else(unless_closed)
    };
    match printed {
        Ok(()) if !error.use_stderr() => ExitCode::SUCCESS,
        Ok(()) => ExitCode::from(exit::USAGE),
        Err(_) => ExitCode::from(exit::FAILURE),
    }
}

/// Prints a text that is for a program, as it is.
pub(crate) fn print_plain(text: String) -> ExitCode {
    match to_stdout(Color::Never, |_| Ok(text)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::from(exit::FAILURE),
    }
}

fn usage(error: &clap::Error) -> ErrorBody {
    let text = error.render().to_string();
    let text = text.strip_prefix("error: ").unwrap_or(&text);
    let (message, help) = text.split_once("\n\n").unwrap_or((text, ""));
    let line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let help = Some(line(help)).filter(|help| !help.is_empty());
    let message = line(message);
    ErrorBody { code: "usage".to_owned(), message, help, state: None, heads: None, problems: Vec::new() }
}

/// A failure laid out for people.
fn failure_text(failure: &Failure, style: Style) -> String {
    let state = failure.state();
    let help = failure.help();
    let message = || text::error(&failure.to_string(), state.as_deref(), help.as_deref(), style);
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
    let shown = problems.iter().take(SHOWN).map(|problem| problem.render(style.is_colored()) + "\n");
    let more = problems.len().saturating_sub(SHOWN);
    let more = (more > 0).then(|| format!("and {more} more problems; `--json` has them all\n"));
    shown.chain(more).collect::<Vec<_>>().join("\n")
}

/// How many problems of a chain are laid out.
const SHOWN: usize = 100;

fn document(value: &impl Serialize) -> io::Result<String> {
    Ok(serde_json::to_string_pretty(value)? + "\n")
}

fn to_stdout(color: Color, text: impl FnOnce(Style) -> io::Result<String>) -> io::Result<()> {
    let stdout = io::stdout();
    let text = text(Style::of_stream(color, stdout.is_terminal()))?;
    let mut stdout = stdout.lock();
    stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()).or_else(unless_closed)
}

/// Whatever it is about, no password of a URL gets out.
fn to_stderr(color: Color, text: impl FnOnce(Style) -> String) -> io::Result<()> {
    let stderr = io::stderr();
    let text = hidden(&text(Style::of_stream(color, stderr.is_terminal())));
    stderr.lock().write_all(text.as_bytes()).or_else(unless_closed)
}

/// A reader that has seen enough, as in `… | head`, is no error.
fn unless_closed(error: io::Error) -> io::Result<()> {
    if error.kind() == ErrorKind::BrokenPipe { Ok(()) } else { Err(error) }
}
