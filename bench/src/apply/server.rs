//! On a server.

use super::{Competitor, OF_PEER, OF_SCRIPT, verdict};
use crate::client::{self, Beyond};
use crate::database::{Database, Fact};
use crate::history::{Revision, history};
use crate::package::{DIESEL, Peer, REFINERY, SERVICEKIT, SQLX, work};
use crate::server::{Scratch, Server};
use crate::statistics::{Ratio, Row, Times, Unit, table};
use crate::versions;
use crate::worker::{Task, check};
use anyhow::{Context, Result};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::Duration;

const POSTGRES: &[Competitor] = &[
    ("servicekit", SERVICEKIT, "revision"),
    ("sqlx", SQLX, "revision"),
    ("refinery", REFINERY, "revision"),
    ("diesel", DIESEL, "revision"),
    ("servicekit, one", SERVICEKIT, "run"),
    ("refinery, one", REFINERY, "run"),
    ("script, one", SQLX, "script"),
];

/// There is no transaction around the run: every statement that defines something ends it.
const MYSQL: &[Competitor] = &[
    ("servicekit", SERVICEKIT, "revision"),
    ("sqlx", SQLX, "revision"),
    ("refinery", REFINERY, "revision"),
    ("diesel", DIESEL, "revision"),
    ("script", SQLX, "script"),
];

/// What a script for the client has around its statements.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Around {
    /// A transaction around each revision.
    Revision,
    /// A transaction around all, begun and ended by the client.
    Run,
    /// Nothing.
    Nothing,
}

/// A script that the server's own client is given.
struct Script {
    name: &'static str,
    around: Around,
    file: PathBuf,
    nothing: PathBuf,
}

/// Prints the table.
pub fn run(server: &Server, count: usize, rounds: usize) -> Result<()> {
    let database = server.database;
    let history = history(count, database);
    let (peers, left_out) = build(&history, database)?;
    let (competitors, scripts) = match database {
        Database::Postgres => (POSTGRES, [("psql", Around::Revision), ("psql, one", Around::Run)]),
        _ => (MYSQL, [("mariadb", Around::Revision), ("mariadb, plain", Around::Nothing)]),
    };
    let competitors: Vec<&Competitor> =
        competitors.iter().filter(|(_, peer, _)| peers.iter().any(|built| built.name == peer.name)).collect();
    let scripts = scripts.map(|(name, around)| Script::write(name, around, &history));
    let mut scripts: Vec<(Script, Beyond)> =
        scripts.into_iter().map(|script| Ok((script?, Beyond::default()))).collect::<Result<_>>()?;
    let mut facts = server.facts()?;
    let durability = facts.iter().find_map(|fact| fact.wanted.clone()).unwrap_or_default();
    facts.extend(database.contents(count));

    println!("## apply: from empty to head, {}, optimised build\n", server.version()?);
    println!("{count} revisions, median of {rounds}, in turn; {}", versions::machine());
    println!("{}", versions::of(&peers, database)?);
    println!("{durability}");
    for line in &left_out {
        println!("{line}");
    }
    println!("{}", legend(database));

    let mut rows: Vec<Row> = competitors.iter().map(|(name, ..)| (*name, Times::default())).collect();
    for _ in 0..rounds {
        for ((_, peer, transaction), (_, times)) in competitors.iter().zip(&mut rows) {
            let scratch = server.create()?;
            let (worker, facts) = (peer.worker(database), facts.clone());
            let task = Task { worker, settings: String::new(), transaction, facts };
            task.run(scratch.url(), 1)?.times.into_iter().for_each(|time| times.push(time));
            scratch.drop()?;
        }
        for (script, times) in &mut scripts {
            let scratch = server.create()?;
            script.measure(&scratch, &facts, times)?;
            scratch.drop()?;
        }
    }
    for (script, times) in scripts {
        println!("{}", times.said(script.name));
        rows.push((script.name, times.script));
    }
    println!();
    judge(database, &rows);
    Ok(())
}

/// Builds what can be built; what needs a library that this machine lacks is left out aloud.
fn build(history: &[Revision], database: Database) -> Result<(Vec<Peer>, Vec<String>)> {
    let mut peers = Vec::new();
    let mut left_out = Vec::new();
    for peer in [SERVICEKIT, SQLX, REFINERY, DIESEL] {
        match peer.build(history, database) {
            Ok(()) => peers.push(peer),
            Err(error) if peer.name == DIESEL.name => {
                eprintln!("{error:#}");
                let library =
                    if database == Database::Postgres { "libpq-dev" } else { "libmariadb-dev-compat" };
                left_out.push(format!("LEFT OUT: diesel cannot be built; is {library} there?"));
            }
            Err(error) => return Err(error),
        }
    }
    Ok((peers, left_out))
}

fn legend(database: Database) -> &'static str {
    match database {
        Database::Postgres => {
            "`one`: one transaction for the run, else one per revision; `script`: the SQL without bookkeeping in one\n\
             message; `psql`: the same by the client, statement by statement\n"
        }
        _ => {
            "`script`: the SQL without bookkeeping in one message; `mariadb`: the same by the client, statement by\n\
             statement, a transaction around each revision; `plain`: without those\n"
        }
    }
}

fn judge(database: Database, rows: &[Row]) {
    let peers = ["sqlx", "refinery", "diesel"];
    if database == Database::Postgres {
        println!("{}", table(Unit::Seconds, rows, &[Ratio::To("servicekit"), Ratio::To("servicekit, one")]));
        verdict(rows, "servicekit, one", "psql, one", OF_SCRIPT);
        verdict(rows, "servicekit, one", "script, one", "no limit");
        verdict(rows, "servicekit", "psql", "no limit");
        for peer in peers {
            verdict(rows, "servicekit", peer, OF_PEER);
        }
    } else {
        println!("{}", table(Unit::Seconds, rows, &[Ratio::To("servicekit")]));
        let others = ["mariadb, plain", "mariadb"].into_iter().chain(peers);
        for other in others {
            verdict(rows, "servicekit", other, "no limit");
        }
    }
    println!();
}

impl Script {
    fn write(name: &'static str, around: Around, history: &[Revision]) -> Result<Self> {
        let file = work().join(format!("{}.sql", name.replace(", ", "-")));
        let nothing = work().join("nothing.sql");
        let mut text = String::new();
        for revision in history {
            let (begin, commit) =
                if around == Around::Revision { ("BEGIN;\n", "COMMIT;\n") } else { ("", "") };
            text.extend([begin, &revision.upgrade, commit]);
        }
        fs::write(&file, text)?;
        fs::write(&nothing, "")?;
        Ok(Self { name, around, file, nothing })
    }

    /// Runs it once, and makes sure that it did what it says.
    fn measure(&self, scratch: &Scratch<'_>, facts: &[Fact], times: &mut Beyond) -> Result<()> {
        times.measure(|| self.run(&self.nothing, scratch), || self.run(&self.file, scratch))?;
        let answers = facts.iter().map(|fact| scratch.ask(&fact.question)).collect::<Result<Vec<_>>>()?;
        check(facts, &answers).context(self.name)
    }

    fn run(&self, file: &Path, scratch: &Scratch<'_>) -> Result<Duration> {
        let mut client = scratch.client()?;
        if scratch.is_on(Database::Postgres) {
            client.arg("-f").arg(file);
            if self.around == Around::Run {
                client.arg("--single-transaction");
            }
        } else {
            client.stdin(File::open(file)?);
        }
        Ok(client::run(&mut client)?.0)
    }
}
