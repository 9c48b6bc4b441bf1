//! Answers laid out for people.

mod code;
mod database;
mod diff;
mod doctor;
mod inspect;
mod models;

pub(crate) use database::{statement, statements, step};

use super::style::Style;
use crate::failure::{FailureReport, NAMED};
use crate::output::{Data, InitOutput, Layout, Note, PlanOutput, PlanStep, Question, RevisionSummary};
use servicekit_chain::characters::escaped;

/// What stands for "no revision".
const BASE: &str = "<base>";
/// The heads of the columns of a plan.
const ROWS: &str = "version rows after it";
const MESSAGE: &str = "message";
/// Columns are aligned up to this width; what is wider sticks out alone.
const MAX_COLUMN_WIDTH: usize = 48;

/// An output as text: empty, or whole lines.
pub(crate) fn text(data: &Data, style: Style) -> String {
    match data {
        Data::Revisions { list, layout: Layout::Heads } => {
            lines(list.iter().map(|revision| line(revision, style)))
        }
        Data::Revisions { list, layout: Layout::History } => history(list, style),
        Data::Revisions { list, layout: Layout::Verbose } => {
            paragraphs(list.iter().map(|revision| paragraph(revision, style)))
        }
        Data::Branches { points, verbose } => {
            paragraphs(points.iter().map(|(point, children)| branches(point, children, *verbose, style)))
        }
        Data::Details(revision) => paragraph(revision, style),
        Data::Created(revision) => created(revision, style),
        Data::NothingToCreate => String::new(),
        Data::Initialised(done) => initialised(done, style),
        Data::Plan(plan) if plan.sql_for.is_some() => script(plan, style),
        Data::Plan(plan) => steps(plan, style),
        Data::Ran(ran) => database::ran(ran, style),
        Data::Current(current) => database::current(current, style),
        Data::Ensured { tables: [version_table, journal_table], .. } => {
            format!("The tables {} and {} exist\n", style.strong(version_table), style.strong(journal_table))
        }
        Data::Doctor(doctor) => doctor::text(doctor, style),
        Data::Inspected(inspected) => inspect::text(&inspected.text, style),
        Data::Models(output) => models::text(output, style),
        Data::Differs(output) => diff::text(output, style),
        Data::Resolved(resolved) => database::resolved(resolved, style),
    }
}

/// Each with a line end.
fn lines(lines: impl IntoIterator<Item = String>) -> String {
    lines.into_iter().map(|line| line + "\n").collect()
}

/// An empty line between two.
fn paragraphs(paragraphs: impl Iterator<Item = String>) -> String {
    paragraphs.collect::<Vec<_>>().join("\n")
}

/// Alembic's line: `27c6a30d7c24 (shoppingcart) (head), add shopping cart table`.
fn line(revision: &RevisionSummary, style: Style) -> String {
    let mut words = vec![style.id(&revision.revision)];
    if !revision.more.labels.is_empty() {
        words.push(format!("({})", style.label(&revision.more.labels.join(", "))));
    }
    words.extend(marks(revision, style));
    let line = words.join(" ");
    if revision.message.is_empty() { line } else { format!("{line}, {}", revision.message) }
}

fn marks(revision: &RevisionSummary, style: Style) -> Vec<String> {
    let needed_by = &revision.more.needed_by;
    let needed = (!needed_by.is_empty()).then(|| format!("(needed by {})", needed_by.join(", ")));
    let marks = [
        revision.is_head.then(|| "(head)".to_owned()),
        needed.filter(|_| revision.is_head),
        revision.is_branch_point.then(|| "(branchpoint)".to_owned()),
        revision.is_merge_point.then(|| "(mergepoint)".to_owned()),
        revision.is_current.unwrap_or_default().then(|| "(current)".to_owned()),
    ];
    marks.into_iter().flatten().map(|mark| style.mark(&mark)).collect()
}

/// What a revision follows, and in parentheses what it depends on: `1975ea83b712 (55af2cb1c267)`.
fn below(revision: &RevisionSummary) -> String {
    let parents = if revision.down_revision.is_empty() { BASE } else { &revision.down_revision.join(", ") };
    match revision.depends_on.as_slice() {
        [] => parents.to_owned(),
        depends_on => format!("{parents} ({})", depends_on.join(", ")),
    }
}

/// One line each, the arrows below each other.
fn history(list: &[RevisionSummary], style: Style) -> String {
    let below: Vec<String> = list.iter().map(below).collect();
    let width = column(&below);
    lines(list.iter().zip(&below).map(|(revision, below)| {
        let blanks = width.saturating_sub(below.chars().count());
        format!("{:blanks$}{} -> {}", "", style.faint(below), line(revision, style))
    }))
}

/// The width of a column that holds these texts.
fn column(texts: &[String]) -> usize {
    let widths = texts.iter().map(|text| text.chars().count());
    widths.filter(|width| *width <= MAX_COLUMN_WIDTH).max().unwrap_or(0)
}

/// A branch point, and below it the revisions that follow it.
fn branches(point: &RevisionSummary, children: &[RevisionSummary], verbose: bool, style: Style) -> String {
    let (point_text, indent) = if verbose {
        (paragraph(point, style), 4)
    } else {
        (line(point, style), point.revision.chars().count() + 1)
    };
    let children = children.iter().map(|child| format!("{:indent$}-> {}", "", line(child, style)));
    lines([point_text].into_iter().chain(children))
}

/// All about one revision.
fn paragraph(revision: &RevisionSummary, style: Style) -> String {
    let more = &revision.more;
    let id = [vec![style.id(&revision.revision)], marks(revision, style)].concat().join(" ");
    let (parents, name) = match revision.down_revision.as_slice() {
        [] => (BASE.to_owned(), "Parent"),
        [parent] => (parent.clone(), "Parent"),
        parents => (parents.join(", "), "Merges"),
    };
    let children = if revision.is_branch_point { more.children.join(", ") } else { String::new() };
    let downgrade = if more.has_downgrade { "" } else { "none, so it cannot be reverted" };
    let facts = [
        ("Rev", id),
        (name, parents),
        ("Also depends on", revision.depends_on.join(", ")),
        ("Branches into", children),
        ("Branch names", style.label(&more.labels.join(", "))),
        ("Path", revision.path.clone()),
        ("Created", more.created.clone().unwrap_or_default()),
        ("Downgrade", downgrade.to_owned()),
    ];
    let facts = facts.into_iter().filter(|(_, value)| !value.is_empty());
    let facts = lines(facts.map(|(name, value)| format!("{name}: {value}")));
    if revision.message.is_empty() { facts } else { format!("{facts}\n    {}\n", revision.message) }
}

fn created(revision: &RevisionSummary, style: Style) -> String {
    let below = style.faint(&below(revision));
    format!("Created {}\n  {below} -> {}\n", style.strong(&revision.path), line(revision, style))
}

/// What was written, and what comes next.
fn initialised(done: &InitOutput, style: Style) -> String {
    let written = done.written.iter().map(|written| {
        let word = match written.what {
            "created" => "Created",
            "changed" => "Changed",
            _ => "Kept",
        };
        format!("{word:7} {}", style.strong(&written.path))
    });
    let next = done.next.iter().zip(1..).map(|(step, number)| format!("  {number}. {step}"));
    lines(written.chain(["Next:".to_owned()]).chain(next))
}

/// A table: what is done, the version rows afterwards, the message.
fn steps(plan: &PlanOutput, style: Style) -> String {
    let from = rows(&plan.from, None);
    let last = plan.steps.len();
    let count = match last {
        0 => return format!("From {from} there is nothing to do.\n"),
        1 => "1 step".to_owned(),
        steps => format!("{steps} steps"),
    };
    let number = last.to_string().len();
    let action =
        |(step, at): (&PlanStep, usize)| format!("{at:>number$}. {} {}", step.direction, step.revision);
    let actions: Vec<String> = plan.steps.iter().zip(1..).map(action).collect();
    let after: Vec<String> = plan.steps.iter().map(|step| rows(&step.heads_after, step.more_heads)).collect();
    let (first, second) = (column(&actions), column(&after).max(ROWS.len()));

    let head = style.faint(&format!("{:first$}  {ROWS:second$}  {MESSAGE}", ""));
    let table = plan.steps.iter().zip(actions.iter().zip(&after)).map(|(step, (action, after))| {
        let blanks = first.saturating_sub(action.chars().count());
        let action = action.replace(&step.revision, &style.id(&step.revision));
        format!("{action}{:blanks$}  {after:second$}  {}", "", step.message).trim_end().to_owned()
    });
    lines([format!("From {from}, {count}:"), head].into_iter().chain(table))
}

/// Version rows in a table or comment: of many the first, and how many more there are.
fn rows(ids: &[String], more: Option<usize>) -> String {
    let total = ids.len() + more.unwrap_or_default();
    match ids {
        [] => BASE.to_owned(),
        ids if total > NAMED + 1 => {
            format!("{} and {} more", ids.get(..NAMED).unwrap_or(ids).join(", "), total - NAMED)
        }
        ids => ids.join(", "),
    }
}

/// The statements of a plan, as a text that the client of the database understands.
fn script(plan: &PlanOutput, style: Style) -> String {
    // Also where the statements are printed as they are.
    let comment = |text: String| style.faint(&format!("-- {}", escaped(&text)));
    let dialect = plan.sql_for.map(|dialect| dialect.to_string()).unwrap_or_default();
    let mut all = vec![comment(format!("from {}, for {dialect}", rows(&plan.from, None)))];
    for (step, number) in plan.steps.iter().zip(1..) {
        let PlanStep { direction, revision, heads_after, more_heads, message, .. } = step;
        all.push(String::new());
        all.push(comment(format!(
            "{number}. {direction} {revision}, {message}; version rows after it: {}",
            rows(heads_after, *more_heads)
        )));
        for statement in step.statements.iter().flatten() {
            if statement.is_alone {
                all.push(comment("separately, outside a transaction".to_owned()));
            }
            all.extend(statement.needs.iter().map(|needs| comment(needs.clone())));
            let end = if statement.sql.starts_with("--") { "" } else { ";" };
            let painted = |dialect| code::sql(&statement.sql, dialect, style);
            all.push(plan.sql_for.map_or_else(|| statement.sql.clone(), painted) + end);
        }
    }
    lines(all)
}

/// A note, its help below it.
pub(crate) fn note(Note { message, help }: &Note, style: Style) -> String {
    let message = format!("{}: {}", style.level("note"), first_strong(message, style));
    let help = help.as_ref().map(|help| format!("{}: {help}", style.level("help")));
    lines([message].into_iter().chain(help))
}

/// A question, with what it is about; the cursor stays behind it.
pub(crate) fn question(question: &Question, style: Style) -> String {
    let what = lines(question.what.iter().map(|line| format!("  {}", style.faint(line))));
    format!("{what}{} [y/N] ", style.strong(&question.question))
}

/// An error, with the state that things are in now.
pub(crate) fn error(report: &FailureReport, style: Style) -> String {
    Style::painted(&report.diagnostic.render(style.is_colored())) + "\n"
}

/// Where a message has several lines, the first says what it is about.
fn first_strong(message: &str, style: Style) -> String {
    match message.split_once('\n') {
        Some((first, rest)) => format!("{}\n{rest}", style.strong(first)),
        None => style.strong(message),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::console::style::{Piece, pieces};

    #[test]
    fn colours_change_no_column() {
        let revision = |id: &str, parents: &[&str]| RevisionSummary {
            revision: id.to_owned(),
            down_revision: parents.iter().map(ToString::to_string).collect(),
            message: "m".to_owned(),
            is_head: id == "b2",
            is_base: parents.is_empty(),
            ..RevisionSummary::default()
        };
        let list = vec![revision("b2", &["a1"]), revision("a1", &[])];
        let text = text(&Data::Revisions { list, layout: Layout::History }, Style::COLORED);
        let codes = pieces(&text).into_iter().map(|piece| match piece {
            Piece::Text(piece) | Piece::Codes(piece) => piece,
        });
        insta::assert_snapshot!(codes.collect::<String>().replace('\u{1b}', "^"), @r"
            ^[2ma1^[0m -> ^[33mb2^[0m ^[32m(head)^[0m, m
        ^[2m<base>^[0m -> ^[33ma1^[0m, m
        ");
    }
}
