//! Each case of the operations: what it makes goes round, and comes out as it was recorded.

use crate::cases::topics;
use crate::described::DESCRIBED;
use crate::round_trip::{Client, statements};
use servicekit::introspection::Introspection;
use servicekit::requirement::{Product, ServerVersion};
use servicekit::{Dialect, Operations};

#[tokio::test]
async fn what_a_case_makes_is_read_as_it_was_recorded() {
    let Some(mut client) = Client::open().await else { return };
    let version = client.version;
    let server = ServerVersion::parse(Product::Postgres, &version.to_string());
    let (mut same, mut respelled, mut done) = (0, Vec::new(), 0);
    for (_, cases) in topics() {
        for case in cases.iter().filter(|case| case.is_known_to(server.as_ref(), Dialect::Postgres)) {
            let mut op = Operations::default();
            (case.before)(&mut op);
            (case.run)(&mut op);
            let Ok(recorded) = op.sql(Dialect::Postgres) else { continue };
            client.empty().await;
            for sql in &recorded {
                client.run(sql).await;
            }
            done += 1;
            let what = match case.name {
                "create_table: in a schema" => Introspection::new().schema("shop"),
                _ => Introspection::new(),
            };
            let described = client.ask(DESCRIBED).await;
            let first = client.read_what(&what).await;
            client.empty().await;
            client.run("CREATE SCHEMA shop").await;
            client.apply(&first).await;
            let second = client.read_what(&what).await;
            assert_eq!(first, second, "{}", case.name);
            assert_eq!(described, client.ask(DESCRIBED).await, "{}", case.name);
            if is_description(&recorded) {
                let (mut recorded, mut read) = (recorded, statements(&first));
                recorded.sort();
                read.sort();
                if recorded == read {
                    same += 1;
                } else {
                    respelled.push(format!("# {}\n{}", case.name, read.join(";\n")));
                }
            }
        }
    }
    println!("{done} cases went round, {same} are read as they were recorded, {} respelled", respelled.len());
    assert!(same > 30);
    // Each version writes expressions in its own way.
    if version == 15 {
        insta::assert_snapshot!("respelled", respelled.join("\n\n"));
    }
}

/// Whether it only creates, so that what is there afterwards is what was recorded.
fn is_description(recorded: &[String]) -> bool {
    recorded.iter().all(|sql| {
        ["CREATE T", "CREATE INDEX", "CREATE UNIQUE", "COMMENT"].iter().any(|word| sql.starts_with(word))
    })
}
