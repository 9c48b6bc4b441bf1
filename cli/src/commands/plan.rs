//! `plan`: the steps that lead to a target, from version rows that are given.

use crate::answer::{Answer, Data, Note, Plan, Step};
use crate::arguments;
use crate::chain::Chain;
use crate::failure::Failure;
use servicekit_chain::{Direction, Graph, Heads, Target};

pub(super) fn run(arguments: &arguments::Plan, chain: &Chain) -> Result<Answer, Failure> {
    let graph = chain.graph()?;
    let from = rows(&arguments.from, graph, chain)?;
    let target = arguments.target.parse::<Target>().map_err(|error| chain.no_plan(error.into()))?;
    let plan =
        if arguments.downgrade { graph.downgrade(&from, &target) } else { graph.upgrade(&from, &target) };
    let plan = plan.map_err(|error| chain.no_plan(error))?;
    can_be_reverted(&plan, graph, chain)?;
    let steps = plan.with_rows().map(|(step, rows)| {
        let file = graph.get(step.revision.as_str()).and_then(|revision| chain.file(revision));
        Step {
            direction: step.direction.name(),
            revision: step.revision.to_string(),
            heads_after: strings(&rows),
            message: file.map(|file| file.header.message.clone()).unwrap_or_default(),
        }
    });
    let notes = plan.notes.iter().map(|note| Note { message: note.to_string(), help: None }).collect();
    let data = Data::Plan(Plan { steps: steps.collect(), from: strings(&plan.from) });
    Ok(Answer { notes, ..Answer::from(data) })
}

/// The version rows of `--from`: identifiers separated by commas.
fn rows(from: &str, graph: &Graph, chain: &Chain) -> Result<Heads, Failure> {
    let mut rows = Heads::base();
    for name in from.split(',') {
        let resolved = graph.resolve(name.trim()).map_err(|error| chain.unresolved(error))?;
        for id in &resolved {
            rows.insert(id.clone());
        }
    }
    Ok(rows)
}

/// A downgrade through a revision that says nothing about its downgrade cannot be run.
fn can_be_reverted(plan: &servicekit_chain::Plan, graph: &Graph, chain: &Chain) -> Result<(), Failure> {
    let reverted = plan.steps.iter().filter(|step| step.direction == Direction::Downgrade);
    let files = reverted.filter_map(|step| chain.file(graph.get(step.revision.as_str())?));
    let stuck: Vec<_> = files.filter(|file| !file.has_downgrade()).collect();
    if stuck.is_empty() {
        return Ok(());
    }
    let revisions = stuck.iter().map(|file| chain.describe(file.id().as_str())).collect();
    let paths = stuck.iter().map(|file| format!("`{}`", file.source.name)).collect();
    Err(Failure::MissingDowngrade { revisions, paths })
}

fn strings(rows: &Heads) -> Vec<String> {
    rows.iter().map(ToString::to_string).collect()
}
