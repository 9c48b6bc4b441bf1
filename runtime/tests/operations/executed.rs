//! Every case on the real database, and what its catalogue says afterwards.

use crate::cases::{Case, topics};
use crate::catalogue::catalogue;
use crate::client::Client;
use crate::sqlite_runner;
use servicekit::requirement::{Product, ServerVersion};
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

/// The servers that the snapshots are of: others know fewer or more of the cases.
fn recorded_on(server: Product) -> Option<ServerVersion> {
    ServerVersion::parse(server, if server == Product::Postgres { "15" } else { "10.11" })
}

async fn executed(dialect: Dialect) {
    let Some(mut client) = Client::open(dialect).await else { return };
    let server = client.server().await;
    let is_known = |case: &Case| case.is_known_to(server.as_ref(), dialect);
    // The words of a catalogue are those of one product.
    let is_other = server.as_ref().is_some_and(|server| server.product == Product::Mysql);
    let recorded = server.as_ref().and_then(|server| recorded_on(server.product));
    let (mut done, mut refused, mut lacking) = (0, 0, 0);
    for (topic, cases) in topics() {
        let mut texts = Vec::new();
        for case in &cases {
            client.empty().await;
            if !is_known(case) {
                refused_by_server(case, dialect, &mut client).await;
                lacking += 1;
                continue;
            }
            match effect(case, dialect, &mut client).await {
                Some(text) => {
                    done += 1;
                    texts.push(format!("# {}\n{text}", case.name));
                }
                None => refused += 1,
            }
        }
        let has_the_same = |case: &Case| is_known(case) == case.is_known_to(recorded.as_ref(), dialect);
        let is_recorded = cases.iter().all(has_the_same);
        if !is_other && is_recorded {
            insta::assert_snapshot!(format!("catalogue_{topic}_{dialect}"), texts.join("\n\n"));
        }
    }
    println!(
        "{dialect}: {done} cases executed, {refused} refused before, {lacking} that this server refuses"
    );
}

/// What is said to need another server is refused by this one.
async fn refused_by_server(case: &Case, dialect: Dialect, client: &mut Client) {
    let (mut before, mut op) = (Operations::default(), Operations::default());
    (case.before)(&mut before);
    (case.run)(&mut op);
    for sql in before.sql(dialect).unwrap() {
        client.run(&sql).await.unwrap_or_else(|error| panic!("{}: {error}\n{sql}", case.name));
    }
    let mut is_refused = false;
    for sql in op.sql(dialect).unwrap() {
        is_refused |= client.run(&sql).await.is_err();
    }
    assert!(is_refused, "{} is said to need another server: {:?}", case.name, op.requirements(dialect));
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
