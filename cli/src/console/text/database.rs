//! Answers about a database laid out for people.

use super::{BASE, MAX_COLUMN_WIDTH, lines, marks, paragraph};
use crate::console::style::Style;
use crate::output::{CurrentOutput, ResolvedStage, RunKind, RunOutput};
use servicekit::plan::Heads;
use servicekit::report::RevisionReport;
use std::time::Duration;

/// A revision that was applied or reverted just now: `upgrade 7f3c2b1a9d4e  add email   12.3 ms`.
pub(crate) fn step(done: &RevisionReport, (id, text): (usize, usize), style: Style) -> String {
    let RevisionReport { direction, revision, message, elapsed, .. } = done;
    let millis = elapsed.as_secs_f64() * 1000.0;
    let (id, text) = (id.min(MAX_COLUMN_WIDTH), text.min(MAX_COLUMN_WIDTH));
    let blanks = id.saturating_sub(revision.as_str().chars().count());
    let revision = style.id(revision.as_str());
    format!("{direction} {revision}{:blanks$}  {message:text$} {millis:>8.1} ms\n", "")
}

/// The most of a statement that is shown in a line.
const STATEMENT: usize = 100;

/// A statement in one line: its beginning.
pub(crate) fn statement(sql: &str, style: Style) -> String {
    let text = sql.split_whitespace().collect::<Vec<_>>().join(" ");
    let beginning: String = text.chars().take(STATEMENT).collect();
    let more = if beginning.len() < text.len() { "…" } else { "" };
    style.faint(&format!("{beginning}{more}"))
}

/// The first of so many statements that are sent together.
pub(crate) fn statements(first: &str, together: usize, style: Style) -> String {
    let statement = statement(first, style);
    if together == 1 { statement } else { format!("{statement} and {} more", together - 1) }
}

/// Where a run has led.
pub(super) fn ran(RunOutput { verb, report: ran }: &RunOutput, style: Style) -> String {
    let (from, to) = (rows(&ran.from, style), rows(&ran.to, style));
    let time = time(ran.elapsed);
    match (*verb, ran.steps.len()) {
        // It may have cleared a partially applied revision.
        (RunKind::Stamp, _) if ran.from == ran.to => format!("The database is at {to}\n"),
        (RunKind::Stamp, _) => format!("The database was stamped at {to}; it was at {from}\n"),
        (RunKind::Run, 0) if ran.from == ran.to => format!("The database is at {to}: nothing to do\n"),
        (RunKind::Run, 0) => format!("The database went from {from} to {to}, by another run\n"),
        (RunKind::Run, 1) => format!("The database went from {from} to {to}: 1 revision in {time}\n"),
        (RunKind::Run, steps) => {
            format!("The database went from {from} to {to}: {steps} revisions in {time}\n")
        }
    }
}

fn time(elapsed: Duration) -> String {
    let seconds = elapsed.as_secs_f64();
    if seconds < 1.0 { format!("{:.1} ms", seconds * 1000.0) } else { format!("{seconds:.1} s") }
}

fn rows(heads: &Heads, style: Style) -> String {
    if heads.is_base() {
        return BASE.to_owned();
    }
    heads.iter().map(|id| style.id(id.as_str())).collect::<Vec<_>>().join(", ")
}

/// The version rows, a line or a paragraph each, and what is partially applied.
pub(super) fn current(current: &CurrentOutput, style: Style) -> String {
    let unknown = current.unknown.iter().map(|id| format!("{} (unknown here)\n", style.id(id)));
    let mut text = if current.verbose {
        let known = current.revisions.iter().map(|revision| paragraph(revision, style));
        let heading = format!("Current revisions of {}:\n", current.database);
        [heading].into_iter().chain(known).chain(unknown).collect::<Vec<_>>().join("\n")
    } else {
        let known = current.revisions.iter().map(|revision| {
            let id = style.id(&revision.revision);
            let words: Vec<String> = [id].into_iter().chain(marks(revision, style)).collect();
            words.join(" ") + "\n"
        });
        known.chain(unknown).collect()
    };
    if let Some(partial) = &current.partially_applied {
        let help = format!("{}: {}", style.level("help"), partial.help);
        if !text.is_empty() {
            text.push('\n');
        }
        text += &lines([format!("{partial}"), help]);
    }
    text
}

/// What was recorded.
pub(super) fn resolved(resolved: &ResolvedStage, style: Style) -> String {
    let ResolvedStage { stage, was_done, after } = resolved;
    let outcome = if *was_done { "was done" } else { "was not done" };
    let help = |help: &str| format!("{}: {help}", style.level("help"));
    let next = after.partially_applied.as_ref().map(|partial| help(&partial.help));
    lines([format!("Recorded: {stage} {outcome}")].into_iter().chain(next))
}
