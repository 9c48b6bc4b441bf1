//! Every case on the real database, and what its catalogue says afterwards.

use crate::cases::{Case, topics};
use crate::catalogue::catalogue;
use crate::client::Client;
use crate::sqlite_runner;
use servicekit::{Dialect, Operations};

#[tokio::test]
async fn what_sqlite_is_given_does_what_it_says() {
    executed(Dialect::Sqlite).await;
}

#[tokio::test]
async fn what_postgresql_is_given_does_what_it_says() {
    executed(Dialect::Postgres).await;
}

#[tokio::test]
async fn what_mysql_is_given_does_what_it_says() {
    executed(Dialect::Mysql).await;
}

/// The version of PostgreSQL that the snapshots are of: others know fewer or more of the cases.
const RECORDED_ON: u32 = 15;

async fn executed(dialect: Dialect) {
    let Some(mut client) = Client::open(dialect).await else { return };
    // The words of a catalogue are those of one product.
    let is_other =
        dialect == Dialect::Mysql && !client.ask("SELECT version()").await.concat().contains("MariaDB");
    let version = client.version_of_postgres().await;
    let (mut done, mut refused) = (0, 0);
    for (topic, cases) in topics() {
        let mut texts = Vec::new();
        for case in cases.iter().filter(|case| case.postgres.is_none_or(|needed| version >= needed)) {
            client.empty().await;
            match effect(case, dialect, &mut client).await {
                Some(text) => {
                    done += 1;
                    texts.push(format!("# {}\n{text}", case.name));
                }
                None => refused += 1,
            }
        }
        let has_the_same = |needed| (version >= needed) == (RECORDED_ON >= needed);
        let is_recorded =
            dialect != Dialect::Postgres || cases.iter().all(|case| case.postgres.is_none_or(has_the_same));
        if !is_other && is_recorded {
            insta::assert_snapshot!(format!("catalogue_{topic}_{dialect}"), texts.join("\n\n"));
        }
    }
    println!("{dialect}: {done} cases executed, {refused} refused before");
}

/// What is there after a case; `None` when it is refused.
async fn effect(case: &Case, dialect: Dialect, client: &mut Client) -> Option<String> {
    let (mut before, mut op) = (Operations::default(), Operations::default());
    (case.before)(&mut before);
    (case.run)(&mut op);
    let run = op.sql(dialect).ok()?;
    if let Client::Sqlite(connection) = client {
        sqlite_runner::run(connection, case.before).await;
        sqlite_runner::run(connection, case.run).await;
        return Some(found(case, client).await);
    }
    for sql in before.sql(dialect).unwrap_or_else(|error| panic!("{}: {error}", case.name)).iter().chain(&run)
    {
        let sql = sql.replace("SCHEMA`", &format!("{}`", client.schema()));
        client.run(&sql).await.unwrap_or_else(|error| panic!("{}: {error}\n{sql}", case.name));
    }
    Some(found(case, client).await)
}

async fn found(case: &Case, client: &mut Client) -> String {
    let mut lines = catalogue(client).await;
    if let Some(question) = case.ask {
        lines = client.ask(question).await;
    }
    let schema = client.schema().to_owned();
    let text = lines.join("\n");
    if schema.is_empty() { text } else { text.replace(&schema, "SCHEMA") }
}
