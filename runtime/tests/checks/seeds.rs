//! Rows that are inserted on the way: lost, changed, wrong from the beginning.

use crate::support::{history, sql};
use crate::{Place, SHOP, all, on_mysql, on_postgres, said, said_everywhere, sqlite};
use servicekit::operation::{Connection, WorkResult};
use servicekit::testing::Seed;
use servicekit::{Dialect, sqlx};

#[tokio::test]
async fn rows_that_get_lost_or_changed_are_told_on_each_database() {
    let users =
        sql("a", &[], "CREATE TABLE users (id INTEGER PRIMARY KEY, name VARCHAR(50));", "DROP TABLE users;");
    let again = sql(
        "b",
        &["a"],
        "DROP TABLE users;\nCREATE TABLE users (id INTEGER PRIMARY KEY, name VARCHAR(50));",
        "SELECT 1;",
    );
    let emptied = sql("b", &["a"], "UPDATE users SET name = '';", "SELECT 1;");
    let (lost, changed) = (history(&[users.clone(), again]), history(&[users, emptied]));
    let seed = || {
        let seed = Seed::at("a".parse().unwrap()).insert("INSERT INTO users VALUES (1, 'ann')");
        [seed.finds("SELECT name FROM users", [["ann"]])]
    };
    insta::assert_snapshot!(said_everywhere!(database => all(lost).seeded_rows_survive(&seed(), &database)));
    insta::assert_snapshot!(
        said_everywhere!(database => all(changed).seeded_rows_survive(&seed(), &database))
    );
}

#[tokio::test]
async fn seeds_that_do_not_fit_are_told() {
    let Place(database, _) = sqlite().await;
    let nowhere = [Seed::at("z".parse().unwrap())];
    insta::assert_snapshot!(said(all(*SHOP).seeded_rows_survive(&nowhere, &database).await));
    let Place(database, _) = sqlite().await;
    let early = [Seed::at("a".parse().unwrap()).insert("INSERT INTO orders VALUES (1, 1)")];
    insta::assert_snapshot!(said(all(*SHOP).seeded_rows_survive(&early, &database).await));
}

/// Binds values, as SQL alone could not.
async fn ann(connection: &mut Connection<'_>) -> WorkResult {
    let insert = "INSERT INTO users VALUES (?, ?)";
    match connection.dialect() {
        Dialect::Sqlite => {
            sqlx::query(insert).bind(1).bind("ann").execute(connection.sqlite()?).await?;
        }
        Dialect::Postgres => {
            let insert = sqlx::query("INSERT INTO users VALUES ($1, $2)");
            insert.bind(1).bind("ann").execute(connection.postgres()?).await?;
        }
        Dialect::Mysql => {
            sqlx::query(insert).bind(1).bind("ann").execute(connection.mysql()?).await?;
        }
        other => return Err(format!("no words for {other}").into()),
    }
    Ok(())
}

/// Fails unless a table has so many rows.
async fn has(connection: &mut Connection<'_>, table: &str, wanted: i64) -> WorkResult {
    let count = sqlx::AssertSqlSafe(format!("SELECT COUNT(*) FROM {table}"));
    let found: i64 = match connection.dialect() {
        Dialect::Sqlite => sqlx::query_scalar(count).fetch_one(connection.sqlite()?).await?,
        Dialect::Postgres => sqlx::query_scalar(count).fetch_one(connection.postgres()?).await?,
        _ => sqlx::query_scalar(count).fetch_one(connection.mysql()?).await?,
    };
    if found == wanted { Ok(()) } else { Err(format!("{found} rows in `{table}`").into()) }
}

/// Two seeds of code: a function, and a closure with captures, after SQL.
fn coded() -> [Seed; 2] {
    let orders = vec![7, 8, 9];
    [
        Seed::at("a".parse().unwrap()).run(ann).finds("SELECT first_name FROM users", [["ann"]]),
        Seed::at("c".parse().unwrap())
            .insert("INSERT INTO orders VALUES (6, 1)")
            .run(async move |connection| {
                has(connection, "orders", 1).await?;
                for order in orders {
                    connection.execute(format!("INSERT INTO orders VALUES ({order}, 1)")).await?;
                }
                Ok(())
            })
            .check(async |connection| has(connection, "orders", 4).await),
    ]
}

#[tokio::test]
async fn code_inserts_rows_and_finds_them_on_each_database() {
    // The same seeds for each: code can run several times.
    let seeds = coded();
    let Place(database, _) = sqlite().await;
    all(*SHOP).seeded_rows_survive(&seeds, &database).await.unwrap();
    if let Some(Place(database, _own)) = on_postgres().await {
        all(*SHOP).seeded_rows_survive(&seeds, &database).await.unwrap();
    }
    if let Some(Place(database, _own)) = on_mysql().await {
        all(*SHOP).seeded_rows_survive(&seeds, &database).await.unwrap();
    }
}

/// A message without the place in this file, whose lines move.
fn without_place(said: &str) -> String {
    let lines = said.lines().map(|line| match line.strip_prefix(" --> ") {
        Some(place) => format!(" --> {}", place.split(':').next().unwrap()),
        None => line.to_owned(),
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[tokio::test]
async fn rows_of_code_that_get_lost_are_told_on_each_database() {
    let emptied = history(&[
        sql("a", &[], "CREATE TABLE users (id INTEGER PRIMARY KEY, name VARCHAR(50));", "DROP TABLE users;"),
        sql("b", &["a"], "DELETE FROM users;", "SELECT 1;"),
    ]);
    let seeds = [Seed::at("a".parse().unwrap()).run(ann)];
    insta::assert_snapshot!(
        said_everywhere!(database => all(emptied).seeded_rows_survive(&seeds, &database))
    );
}

#[tokio::test]
async fn code_that_finds_something_wrong_is_told_on_each_database() {
    let wrong =
        [Seed::at("a".parse().unwrap()).run(ann).check(async |connection| has(connection, "users", 2).await)];
    insta::assert_snapshot!(without_place(
        &said_everywhere!(database => all(*SHOP).seeded_rows_survive(&wrong, &database))
    ));
}

#[tokio::test]
async fn code_that_does_not_fit_the_tables_is_told_in_the_words_of_the_database() {
    let twice = [Seed::at("a".parse().unwrap()).run(ann).run(ann)];
    let Place(database, _) = sqlite().await;
    insta::assert_snapshot!(without_place(&said(all(*SHOP).seeded_rows_survive(&twice, &database).await)));
}

#[tokio::test]
async fn the_error_of_code_is_the_source() {
    let failing = [Seed::at("a".parse().unwrap()).run(async |_| Err(std::fmt::Error.into()))];
    let Place(database, _) = sqlite().await;
    let error = all(*SHOP).seeded_rows_survive(&failing, &database).await.unwrap_err();
    assert!(std::error::Error::source(&error).unwrap().is::<std::fmt::Error>());
}
