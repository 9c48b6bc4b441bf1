//! What has to be asked before a revision is written: is it the same under another name, may it go, what do rows get.

use super::comparison::Comparison;
use super::{CommandContext, named};
use crate::arguments::AnswerArgs;
use crate::failure::{AutogenerateFailure, Failure};
use crate::output::{Note, Question};
use servicekit::diff::{Alteration, Backfill, Fact, Rename};
use servicekit::schema::{Column, TableName, Value};

/// Answers from options, and from a person where one can be asked.
pub(super) struct Answers<'a> {
    given: &'a AnswerArgs,
    context: CommandContext<'a>,
}

impl<'a> Answers<'a> {
    pub(super) fn new(given: &'a AnswerArgs, context: CommandContext<'a>) -> Self {
        Self { given, context }
    }

    /// Asks everything, renames first: what only gets another name is not dropped.
    ///
    /// # Errors
    /// When a question has no answer, or an option answers none.
    pub(super) fn complete(&self, comparison: &mut Comparison<'_>) -> Result<(), Failure> {
        self.renames(comparison)?;
        self.drops(comparison)?;
        self.values(comparison)
    }

    fn renames(&self, comparison: &mut Comparison<'_>) -> Result<(), Failure> {
        let mut denied: Vec<Rename> = Vec::new();
        loop {
            let is_open = |rename: &Rename| !denied.contains(rename) && !self.may_drop(&old_name(rename));
            let open: Vec<Rename> = comparison
                .difference
                .rename_candidates()
                .into_iter()
                .map(|candidate| candidate.rename)
                .filter(is_open)
                .collect();
            let Some(first) = open.first() else { return Ok(()) };
            if !self.context.console.can_ask() {
                return Err(
                    AutogenerateFailure::OpenRenames { renames: open.iter().map(option).collect() }.into()
                );
            }
            let kind = if first.is_of_table() { "table" } else { "column" };
            let [old, new] = [old_name(first), new_name(first)];
            let question = Question {
                what: vec![format!("{old} goes, and {new} comes")],
                question: format!("Is the {kind} {new} the {kind} {old} under another name?"),
            };
            if self.context.console.confirm(&question) {
                comparison.rename(first.clone())?;
            } else {
                denied.push(first.clone());
            }
        }
    }

    fn may_drop(&self, name: &str) -> bool {
        self.given.allow_drop.iter().any(|allowed| allowed == name)
    }

    fn drops(&self, comparison: &Comparison<'_>) -> Result<(), Failure> {
        let dropped: Vec<String> = comparison.difference.facts.iter().filter_map(dropped).collect();
        if let Some(unknown) = self.given.allow_drop.iter().find(|name| !dropped.contains(name)) {
            return Err(AutogenerateFailure::NothingDropped { given: unknown.clone(), dropped }.into());
        }
        let open: Vec<String> = dropped.into_iter().filter(|name| !self.may_drop(name)).collect();
        if open.is_empty() {
            return Ok(());
        }
        if self.context.console.can_ask() && self.context.console.confirm(&Self::question(&open, comparison)?)
        {
            return Ok(());
        }
        Err(AutogenerateFailure::Drops { names: open }.into())
    }

    /// What is lost, with how much of it there is.
    fn question(names: &[String], comparison: &Comparison<'_>) -> Result<Question, Failure> {
        let difference = &comparison.difference;
        let hazards = difference.plan().map(|plan| plan.hazards).unwrap_or_default();
        let hazards: Vec<_> = hazards
            .into_iter()
            .filter(|hazard| hazard.kind == servicekit::diff::HazardKind::LosesData)
            .collect();
        let counts = comparison.counts(&hazards)?;
        let mut what: Vec<String> =
            hazards.iter().zip(counts).map(|(hazard, count)| format!("{hazard} ({count})")).collect();
        if what.is_empty() {
            what = names.to_vec();
        }
        Ok(Question { what, question: "Write a revision that drops this?".to_owned() })
    }

    fn values(&self, comparison: &mut Comparison<'_>) -> Result<(), Failure> {
        let backfills = named::backfills(&self.given.backfill, &comparison.difference, comparison.wanted())?;
        let difference = comparison.difference.clone().with_backfills(backfills);
        comparison.difference = difference.map_err(|problem| AutogenerateFailure::Backfill { problem })?;
        let missing: Vec<(TableName, Column)> = comparison
            .difference
            .missing_values()
            .map(|(table, column)| (table.clone(), column.clone()))
            .collect();
        let mut columns = Vec::new();
        for (table, column) in &missing {
            if !self.ask_for_value(table, column, comparison) {
                columns.push(format!("{table}.{}", column.name));
            }
        }
        if columns.is_empty() { Ok(()) } else { Err(AutogenerateFailure::NoValues { columns }.into()) }
    }

    /// Asks until there is a value that the column takes, or the person gives none.
    fn ask_for_value(&self, table: &TableName, column: &Column, comparison: &mut Comparison<'_>) -> bool {
        let question = format!(
            "What do the rows of {table} get for {}, which may not be null? (a value, `sql(…)`, or nothing to stop)",
            column.name
        );
        while let Some(answer) = self.context.console.answer(&question) {
            let given = format!("{table}.{}={answer}", column.name);
            let dialect = comparison.difference.dialect;
            let value = Value::written(&answer, &column.data_type, dialect);
            let failure = match value.map(|value| Backfill::new(table.clone(), &column.name, value)) {
                Ok(backfill) => match comparison.difference.clone().with_backfills([backfill]) {
                    Ok(difference) => {
                        comparison.difference = difference;
                        return true;
                    }
                    Err(problem) => AutogenerateFailure::Backfill { problem },
                },
                Err(reason) => AutogenerateFailure::NoValue { given, reason },
            };
            self.context.console.note(&note(&failure.into()));
        }
        false
    }
}

/// A failure that a person can put right at once.
fn note(failure: &Failure) -> Note {
    let diagnostic = failure.report().diagnostic;
    Note { message: diagnostic.message, help: diagnostic.help }
}

fn old_name(rename: &Rename) -> String {
    match rename {
        Rename::Table { from, .. } => from.to_string(),
        Rename::Column { table, from, .. } => format!("{table}.{from}"),
        _ => rename.to_string(),
    }
}

fn new_name(rename: &Rename) -> String {
    match rename {
        Rename::Table { to, .. } => to.to_string(),
        Rename::Column { table, to, .. } => format!("{table}.{to}"),
        _ => rename.to_string(),
    }
}

/// The option that says that it is a rename, and the one that says that it is none.
fn option(rename: &Rename) -> [String; 2] {
    let new = match rename {
        Rename::Column { to, .. } => to.clone(),
        other => new_name(other),
    };
    let old = old_name(rename);
    [format!("--rename {old}={new}"), format!("--allow-drop {old}")]
}

/// What goes with its values, and what it is called; a computed column has none of its own.
fn dropped(fact: &Fact) -> Option<String> {
    match fact {
        Fact::Table(Alteration::Dropped(table)) => Some(table.name.to_string()),
        Fact::Column { table, column: Alteration::Dropped(column) } if column.generated.is_none() => {
            Some(format!("{table}.{}", column.name))
        }
        _ => None,
    }
}
