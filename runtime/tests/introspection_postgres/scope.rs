//! What is read: schemas, tables, and what is not there.

use crate::round_trip::Client;
use servicekit::ErrorKind;
use servicekit::error::IntrospectionError;
use servicekit::introspection::Introspection;
use servicekit::schema::TableName;

async fn opened() -> Option<Client> {
    let mut client = Client::open().await?;
    client
        .run(
            "CREATE SCHEMA shop; CREATE TYPE mood AS ENUM ('sad'); CREATE TYPE shop.mood AS ENUM ('happy'); \
             CREATE TABLE a (id integer PRIMARY KEY, m shop.mood); CREATE TABLE b (a integer REFERENCES a); \
             CREATE TABLE shop.a (id integer PRIMARY KEY, m mood); \
             CREATE TABLE shop.c (a integer REFERENCES public.a, b integer REFERENCES shop.a); CREATE VIEW v AS SELECT 1; \
             CREATE TABLE alembic_version (version_num text); CREATE TABLE alembic_journal (id integer); \
             CREATE TEMPORARY TABLE pg_class (oid oid); CREATE TEMPORARY TABLE d (id integer)",
        )
        .await;
    Some(client)
}

async fn names(client: &mut Client, what: Introspection) -> String {
    let schema = client.read_what(&what).await;
    let enums = schema.enums.iter().map(|each| format!("enum {}", each.name));
    enums.chain(schema.tables.iter().map(|table| table.name.to_string())).collect::<Vec<_>>().join(", ")
}

async fn error(client: &mut Client, what: Introspection) -> IntrospectionError {
    let error = what.read(&mut client.connection).await.unwrap_err();
    match error.kind() {
        ErrorKind::Introspection(error) => error.clone(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_table_has_the_name_of_its_schema_only_where_that_is_not_the_current_one() {
    let Some(mut client) = opened().await else { return };
    let all = Introspection::new;
    assert_eq!(names(&mut client, all()).await, "enum mood, a, b");
    assert_eq!(names(&mut client, all().schema("shop")).await, "enum shop.mood, shop.a, shop.c");
    assert_eq!(
        names(&mut client, all().schema("public").schema("shop")).await,
        "enum mood, enum shop.mood, a, b, shop.a, shop.c"
    );
    let both = "enum mood, enum shop.mood, a, b, shop.a, shop.c";
    assert_eq!(names(&mut client, all().and_schema("shop")).await, both);
    assert_eq!(
        names(&mut client, all().and_schema("public").and_schema("shop")).await,
        both,
        "each table once"
    );
    assert_eq!(
        names(&mut client, all().and_schema("shop").table("a")).await,
        "enum mood, enum shop.mood, a, shop.a"
    );
    assert_eq!(names(&mut client, all().table("a")).await, "a");
    assert_eq!(names(&mut client, all().table(("shop", "a")).table("b")).await, "enum mood, b, shop.a");
    assert_eq!(names(&mut client, all().schema("shop").table("a")).await, "shop.a");
    assert_eq!(names(&mut client, all().table("alembic_version")).await, "alembic_version");
    assert_eq!(
        names(&mut client, all().without(["b"])).await,
        "enum mood, a, alembic_journal, alembic_version"
    );
    client.run("SET search_path = shop, public").await;
    assert_eq!(names(&mut client, all()).await, "enum mood, a, c");
    assert_eq!(client.ask("SHOW search_path").await, ["shop, public"]);
}

#[tokio::test]
async fn what_is_not_there_is_an_error_that_says_what_is() {
    let Some(mut client) = opened().await else { return };
    let no_schema = error(&mut client, Introspection::new().schema("nowhere")).await;
    assert!(matches!(&no_schema, IntrospectionError::NoSchema { schema, .. } if schema == "nowhere"));
    for table in [TableName::from("v"), TableName::from("c"), TableName::from("d")] {
        match error(&mut client, Introspection::new().table(&table).table("b")).await {
            IntrospectionError::NoTable { table: missing, tables, .. } => {
                assert_eq!(
                    (missing, tables.join(", ")),
                    (table, "a, alembic_journal, alembic_version, b".to_owned())
                );
            }
            other => panic!("{other:?}"),
        }
    }
    let shop = error(&mut client, Introspection::new().table(("shop", "b"))).await;
    assert!(
        matches!(&shop, IntrospectionError::NoTable { tables, .. } if tables.join(", ") == "a, c"),
        "{shop:?}"
    );
    client.run("SET search_path = nowhere").await;
    let no_schema = error(&mut client, Introspection::new()).await;
    assert!(matches!(&no_schema, IntrospectionError::NoSchema { schema, .. } if schema == "nowhere"));
}

#[tokio::test]
async fn what_is_part_of_no_description_is_left_out() {
    let Some(mut client) = Client::open().await else { return };
    client
        .run(
            "CREATE EXTENSION hstore; CREATE TABLE of_extension (a hstore, b hstore[]); ALTER EXTENSION hstore ADD TABLE of_extension; \
             CREATE TABLE a (h hstore DEFAULT 'a=>1', id integer); CREATE TABLE child () INHERITS (a); CREATE VIEW v AS SELECT * FROM a; \
             CREATE TABLE p (id integer) PARTITION BY LIST (id); CREATE TABLE p1 PARTITION OF p DEFAULT; \
             INSERT INTO a (id) VALUES (1), (1)",
        )
        .await;
    let build = servicekit::sqlx::raw_sql("CREATE UNIQUE INDEX CONCURRENTLY invalid ON a (id)");
    build.execute(&mut client.connection).await.unwrap_err();
    let schema = client.read().await;
    assert_eq!(schema.tables.iter().map(|table| table.name.to_string()).collect::<Vec<_>>(), ["a", "p"]);
    assert!(schema.tables.iter().all(|table| table.indexes.is_empty()));
    client.run("DROP TABLE child; DROP TABLE p1; ALTER EXTENSION hstore DROP TABLE of_extension; DROP TABLE of_extension; DROP INDEX invalid").await;
    client.round_trip("CREATE EXTENSION hstore").await;
}
