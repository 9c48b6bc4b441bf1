//! Numbers that the database generates for a table that has rows.

use crate::client::Client;
use crate::sqlite_runner;
use servicekit::revision::*;

fn books(op: &mut Operations) {
    op.create_table("books", [integer("id").primary_key(), string("title", 40)]);
    op.bulk_insert("books", ["id", "title"], [(-3, "Emma"), (7, "Persuasion")]);
}

fn count(op: &mut Operations) {
    op.alter_column("books", "id").set_autoincrement().existing(integer("id").not_null());
}

fn count_no_more(op: &mut Operations) {
    op.reverse_of(count);
}

async fn make(client: &mut Client, dialect: Dialect, record: fn(&mut Operations)) {
    if let Client::Sqlite(connection) = client {
        sqlite_runner::run(connection, record).await;
        return;
    }
    let mut op = Operations::default();
    record(&mut op);
    for sql in op.sql(dialect).unwrap() {
        client.run(&sql).await.unwrap_or_else(|error| panic!("{error}\n{sql}"));
    }
}

async fn numbers(client: &mut Client) -> String {
    client.ask("SELECT id FROM books ORDER BY id").await.join(" ")
}

#[tokio::test]
async fn numbers_go_on_behind_the_greatest_that_is_there() {
    for dialect in Dialect::ALL {
        let Some(mut client) = Client::open(dialect).await else { continue };
        client.empty().await;
        make(&mut client, dialect, books).await;
        make(&mut client, dialect, count).await;
        for _ in 0..2 {
            client.run("INSERT INTO books (title) VALUES ('Sanditon')").await.unwrap();
        }
        assert_eq!(numbers(&mut client).await, "-3 7 8 9", "{dialect}");
        // And again, when they were not generated meanwhile.
        make(&mut client, dialect, count_no_more).await;
        client.run("INSERT INTO books (id, title) VALUES (20, 'Lady Susan')").await.unwrap();
        make(&mut client, dialect, count).await;
        client.run("INSERT INTO books (title) VALUES ('Sanditon')").await.unwrap();
        assert_eq!(numbers(&mut client).await, "-3 7 8 9 20 21", "{dialect}");
    }
}

#[tokio::test]
async fn numbers_begin_where_they_are_told_to() {
    let Some(mut client) = Client::open(Dialect::Postgres).await else { return };
    for (options, expected) in [
        (sequence().start(1000).increment(10), "-3 7 1000"),
        (sequence().minimum(5).increment(10), "-3 7 17"),
        (sequence().increment(-1), "-4 -3 7"),
        (sequence().increment(-1).maximum(100).minimum(-9), "-4 -3 7"),
        (sequence().increment(-1).start(-10), "-10 -3 7"),
    ] {
        client.empty().await;
        make(&mut client, Dialect::Postgres, books).await;
        let mut op = Operations::default();
        op.alter_column("books", "id")
            .set_identity_always()
            .sequence(options)
            .existing(integer("id").not_null());
        for sql in op.sql(Dialect::Postgres).unwrap() {
            client.run(&sql).await.unwrap_or_else(|error| panic!("{error}\n{sql}"));
        }
        client.run("INSERT INTO books (title) VALUES ('Sanditon')").await.unwrap();
        assert_eq!(numbers(&mut client).await, expected, "{options:?}");
    }
}

/// What two rows get that are added after the changes, each made and then undone.
async fn after(client: &mut Client, changes: &[fn(&mut Operations)]) -> String {
    client.empty().await;
    let serial = || custom("id", "serial").primary_key();
    let mut op = Operations::default();
    op.create_table("books", [serial(), string("title", 40)]);
    op.bulk_insert("books", ["title"], [["Emma"], ["Persuasion"], ["Sanditon"]]);
    // Its number is used up.
    op.execute("DELETE FROM books WHERE id = 3");
    for change in changes {
        change(&mut op);
    }
    op.bulk_insert("books", ["title"], [["Lady Susan"]]);
    for change in changes.iter().rev() {
        op.reverse_of(change);
    }
    op.bulk_insert("books", ["title"], [["The Watsons"]]);
    for sql in op.sql(Dialect::Postgres).unwrap() {
        client.run(&sql).await.unwrap_or_else(|error| panic!("{error}\n{sql}"));
    }
    numbers(client).await
}

#[tokio::test]
async fn numbers_go_on_where_a_serial_becomes_an_identity() {
    fn serial() -> Column {
        custom("id", "serial").not_null()
    }
    fn larger(op: &mut Operations) {
        op.alter_column("books", "id").set_type(Type::custom("bigserial")).existing(serial());
    }
    fn identity(op: &mut Operations) {
        op.alter_column("books", "id").set_identity_always().existing(serial());
    }
    fn by_default(op: &mut Operations) {
        let existing = integer("id").not_null().identity_always();
        op.alter_column("books", "id").set_autoincrement().existing(existing);
    }
    fn none_and_again(op: &mut Operations) {
        op.alter_column("books", "id").drop_identity().existing(serial());
        op.alter_column("books", "id").set_type(Type::custom("serial")).existing(integer("id").not_null());
    }
    let Some(mut client) = Client::open(Dialect::Postgres).await else { return };
    assert_eq!(after(&mut client, &[]).await, "1 2 4 5");
    assert_eq!(after(&mut client, &[larger]).await, "1 2 4 5");
    assert_eq!(after(&mut client, &[identity]).await, "1 2 4 5");
    assert_eq!(after(&mut client, &[identity, by_default]).await, "1 2 4 5");
    // What a dropped sequence had used up is not known any more.
    assert_eq!(after(&mut client, &[none_and_again]).await, "1 2 3 4");
}

#[tokio::test]
async fn a_number_that_is_0_becomes_another_one_on_mysql() {
    let Some(mut client) = Client::open(Dialect::Mysql).await else { return };
    client.empty().await;
    make(&mut client, Dialect::Mysql, books).await;
    client.run("INSERT INTO books (id, title) VALUES (0, 'Sanditon')").await.unwrap();
    make(&mut client, Dialect::Mysql, count).await;
    // What the plan says of it as a hazard.
    assert!(!numbers(&mut client).await.split(' ').any(|number| number == "0"));
}
