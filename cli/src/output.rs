//! Printing: the only place that writes to stdout and stderr.

use crate::answer::{Answer, Event, Live};
use crate::database::secret::hidden;
use crate::failure::{ErrorBody, ErrorDocument, Failure, exit};
use crate::style::Style;
use crate::text;
use serde::Serialize;
use servicekit_chain::Problem;
use std::io::{self, ErrorKind, IsTerminal, Write};
use std::process::ExitCode;

/// Prints what a command gave and says how the program ends.
pub(crate) fn print(outcome: Result<Answer, Failure>, json: bool) -> ExitCode {
    let printed = match outcome {
        Ok(answer) => print_answer(answer, json),
        Err(failure) => print_failure(&failure, json),
    };
    match printed {
        Ok(code) => ExitCode::from(code),
        Err(source) => {
            let failure = Failure::Output { source };
            // Where nothing can be written the exit code is all that is left.
            let _ = to_stderr(|style| text::message("error", &failure.to_string(), None, style));
            ExitCode::from(failure.exit())
        }
    }
}

/// Prints what happens while it happens: lines for people to stdout, notes to stderr. Where nothing can be written, the run
/// matters more.
pub(crate) fn live(json: bool) -> Live {
    Live::new(move |event| {
        let _ = match event {
            Event::Finished(_) if json => Ok(()),
            Event::Finished(step) => to_stdout(|style| Ok(text::step(step, style))),
            Event::Note(note) => {
                to_stderr(|style| text::message("note", &note.message, note.help.as_deref(), style))
            }
        };
    })
}

fn print_answer(answer: Answer, json: bool) -> io::Result<u8> {
    let Answer { data, notes, failure } = answer;
    match (&failure, json) {
        // A program that looks at stdout only must not take half an answer for a whole one.
        (Some(failure), true) => return print_failure(failure, json),
        (None, true) => to_stdout(|_| document(&data))?,
        (_, false) => to_stdout(|style| Ok(text::text(&data, style)))?,
    }
    for note in notes {
        to_stderr(|style| text::message("note", &note.message, note.help.as_deref(), style))?;
    }
    failure.map_or(Ok(0), |failure| print_failure(&failure, json))
}

fn print_failure(failure: &Failure, json: bool) -> io::Result<u8> {
    if json {
        to_stdout(|_| document(&ErrorDocument::from(failure)).map(|text| hidden(&text)))?;
        return Ok(failure.exit());
    }
    to_stderr(|style| {
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
    })?;
    Ok(failure.exit())
}

/// Problems of the chain, as the compiler shows them.
fn render(problems: &[Problem], style: Style) -> String {
    problems.iter().map(|problem| problem.render(style.is_colored()) + "\n").collect::<Vec<_>>().join("\n")
}

/// Prints what clap has to say: help, the version, or what is wrong with the arguments.
pub(crate) fn print_usage(error: &clap::Error, json: bool) -> ExitCode {
    let printed = if json && error.use_stderr() {
        to_stdout(|_| document(&ErrorDocument { error: usage(error) }).map(|text| hidden(&text)))
    } else if error.use_stderr() && hidden(&error.to_string()) != error.to_string() {
        to_stderr(|_| error.to_string())
    } else {
        error.print().or_else(unless_closed)
    };
    match printed {
        Ok(()) if !error.use_stderr() => ExitCode::SUCCESS,
        Ok(()) => ExitCode::from(exit::USAGE),
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
    ErrorBody { code: "usage", message, help, state: None, heads: None, problems: Vec::new() }
}

fn document(value: &impl Serialize) -> io::Result<String> {
    Ok(serde_json::to_string_pretty(value)? + "\n")
}

fn to_stdout(text: impl FnOnce(Style) -> io::Result<String>) -> io::Result<()> {
    let stdout = io::stdout();
    let text = text(Style::of_stream(stdout.is_terminal()))?;
    let mut stdout = stdout.lock();
    stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()).or_else(unless_closed)
}

/// Whatever it is about, no password of a URL gets out.
fn to_stderr(text: impl FnOnce(Style) -> String) -> io::Result<()> {
    let stderr = io::stderr();
    let text = hidden(&text(Style::of_stream(stderr.is_terminal())));
    stderr.lock().write_all(text.as_bytes()).or_else(unless_closed)
}

/// A reader that has seen enough, as in `… | head`, is no error.
fn unless_closed(error: io::Error) -> io::Result<()> {
    if error.kind() == ErrorKind::BrokenPipe { Ok(()) } else { Err(error) }
}
