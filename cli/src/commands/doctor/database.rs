//! The database, as far as it can be looked at.

use super::rights;
use crate::answer::Fact;
use crate::arguments::Common;
use crate::chain::Chain;
use crate::commands::current::current;
use crate::database::{Missing, Work, named};
use crate::failure::{Failure, list};
use servicekit::{Status, Target};

pub(super) fn facts(chain: &Chain, common: &Common, next: &mut Vec<String>) -> Vec<Fact> {
    let (url, source) = match named(chain, common) {
        Ok(named) => named,
        Err(failure) => {
            next.extend(failure.help());
            return vec![Fact::problem("database_url", failure.to_string())];
        }
    };
    let mut facts = vec![Fact::good("database_url", url).of(source)];
    if chain.sound_graph().is_err() {
        facts.push(Fact::note("connection", "not tried, because the chain is broken"));
        return facts;
    }
    match Work::begin(chain, common, Missing::Refuse) {
        Ok(work) => {
            facts.push(Fact::good("connection", "it answers"));
            facts.extend(server(&work, next));
            facts.extend(inside(&work, chain, next).unwrap_or_else(|failure| {
                next.extend(failure.help());
                vec![Fact::problem("version table", failure.to_string())]
            }));
        }
        Err(failure) if failure.is_missing_file() => {
            facts.push(Fact::note("connection", "the file is not there yet; the first run makes it"));
            next.push(format!("make it, and apply what is pending: `{}`", chain.location.command("upgrade")));
        }
        Err(failure) => {
            next.extend(failure.help());
            facts.push(Fact::problem("connection", failure.to_string()));
        }
    }
    facts
}

/// What is wrong with the server, or to be known of it.
fn server(work: &Work<'_>, next: &mut Vec<String>) -> Option<Fact> {
    match work.check_server() {
        Ok(note) => note.map(|note| Fact::note("server", note.to_string())),
        Err(failure) => {
            next.extend(failure.help());
            Some(Fact::problem("server", failure.to_string()))
        }
    }
}

/// The two tables, and where they say that the database is.
fn inside(work: &Work<'_>, chain: &Chain, next: &mut Vec<String>) -> Result<Vec<Fact>, Failure> {
    if let Some(recorded) = work.recorded_elsewhere()? {
        // Where nothing is recorded, there is nothing else to tell.
        next.push(recorded.help());
        return Ok(vec![Fact::problem("version table", recorded.to_string())]);
    }
    let (found, status) = (work.bookkeeping_tables()?, work.status()?);
    let config = &chain.folder.config;
    let rights = work.rights()?;
    let makes_tables = rights.read_only.is_none() && !rights.missing.iter().any(|right| right.is_needed);
    let table = |name: &str, table: &str, is_there: bool| {
        if is_there {
            Fact::good(name, format!("`{table}` is there"))
        } else if !makes_tables {
            Fact::note(name, format!("`{table}` is not there yet"))
        } else {
            Fact::note(name, format!("`{table}` is not there yet; the first run makes it"))
        }
    };
    let mut facts = vec![
        table("version table", &config.version_table, found.version_table),
        table("journal", &config.journal_table, found.journal),
    ];
    let now = current(&status, chain, work.shown_url())?;
    match &now.half_done {
        Some(half_done) => {
            facts.push(Fact::problem("mark row", format!("it stands: {half_done}")));
            next.push(half_done.help.clone());
        }
        None => facts.push(Fact::good("mark row", "no revision is half done")),
    }
    let has_work = status.half_done.is_some() || status.rows != chain.graph()?.effective_heads();
    facts.extend(rights::facts(&rights, has_work, next));
    facts.push(position(&status, &now.unknown, chain, next)?);
    for edited in work.edited()? {
        facts.push(Fact::problem("edited", edited.to_string()));
    }
    Ok(facts)
}

/// Where it is, compared with the folder.
fn position(
    status: &Status,
    unknown: &[String],
    chain: &Chain,
    next: &mut Vec<String>,
) -> Result<Fact, Failure> {
    let graph = chain.graph()?;
    if !unknown.is_empty() {
        let bring = format!("bring the files of {} into `{}`", list(unknown, "and"), chain.versions());
        next.push(match chain.empty_note() {
            Some(_) => format!("name the folder that has the revisions with `--directory`, or {bring}"),
            None => bring,
        });
        let text =
            format!("the database is ahead: it is at {}, which is not in the folder", list(unknown, "and"));
        return Ok(Fact::problem("position", text));
    }
    let plan = graph.upgrade(&status.rows, &Target::heads()).map_err(|error| chain.no_plan(error))?;
    Ok(match plan.steps.len() {
        0 => Fact::good("position", format!("at {}, which is head", status.rows)),
        pending => {
            next.push(format!("apply what is pending: `{}`", chain.location.command("upgrade")));
            let are = if pending == 1 { "1 revision is" } else { &format!("{pending} revisions are") };
            Fact::note("position", format!("at {}; {are} pending", status.rows))
        }
    })
}
