//! The reverse of what is recorded.

use crate::cases::topics;
use crate::catalogue::catalogue;
use crate::client::Client;
use crate::sqlite_runner;
use servicekit::revision::*;

#[tokio::test]
async fn a_case_and_its_reverse_leave_sqlite_as_it_was() {
    as_it_was(Dialect::Sqlite).await;
}

#[tokio::test]
async fn a_case_and_its_reverse_leave_postgresql_as_it_was() {
    as_it_was(Dialect::Postgres).await;
}

#[tokio::test]
async fn a_case_and_its_reverse_leave_mysql_as_it_was() {
    as_it_was(Dialect::Mysql).await;
}

async fn as_it_was(dialect: Dialect) {
    let Some(mut client) = Client::open(dialect).await else { return };
    let server = client.server().await;
    let (mut reversed, mut irreversible, mut refused) = (0, 0, 0);
    let known = topics().into_iter().flat_map(|(_, cases)| cases);
    for case in known.filter(|case| case.is_known_to(server.as_ref(), dialect)) {
        let [mut before, mut forward, mut back] = [(); 3].map(|()| Operations::default());
        (case.before)(&mut before);
        (case.run)(&mut forward);
        back.reverse_of(case.run);
        let Ok(run) = forward.sql(dialect) else {
            refused += 1;
            continue;
        };
        // PostgreSQL makes no number of a text unless it is told how.
        let needs_using =
            dialect == Dialect::Postgres && case.name == "alter_column: set_type and set_default";
        let Ok(undo) =
            back.sql(dialect).map_err(drop).and_then(|undo| if needs_using { Err(()) } else { Ok(undo) })
        else {
            irreversible += 1;
            continue;
        };
        client.empty().await;
        let start;
        if let Client::Sqlite(connection) = &mut client {
            sqlite_runner::run(connection, case.before).await;
            start = catalogue(&mut client).await;
            let Client::Sqlite(connection) = &mut client else { return };
            sqlite_runner::run(connection, case.run).await;
            sqlite_runner::run_reverse(connection, case.run).await;
        } else {
            run_all(&mut client, &before.sql(dialect).unwrap()).await;
            start = catalogue(&mut client).await;
            run_all(&mut client, &run).await;
            run_all(&mut client, &undo).await;
        }
        let end = catalogue(&mut client).await;
        // The index that MySQL makes for a foreign key stays when that is dropped.
        let end: Vec<String> = end.iter().map(|table| without_foreign_key_indexes(table)).collect();
        assert_eq!(end, start, "{dialect}: {}: {undo:#?}", case.name);
        reversed += 1;
    }
    println!("{dialect}: {reversed} cases reversed, {irreversible} irreversible, {refused} refused");
}

fn without_foreign_key_indexes(table: &str) -> String {
    let lines: Vec<&str> = table.lines().filter(|line| !line.starts_with("  KEY `fk")).collect();
    let text = lines.join("\n");
    if lines.len() == table.lines().count() { text } else { text.replace(",\n)", "\n)") }
}

async fn run_all(client: &mut Client, statements: &[String]) {
    for sql in statements {
        let sql = sql.replace("SCHEMA`", &format!("{}`", client.schema()));
        client.run(&sql).await.unwrap_or_else(|error| panic!("{error}\n{sql}"));
    }
}
