//! `Metadata::create_all` in real databases.

use servicekit::model::CreateAllError;
use servicekit::schema::{NamingConvention, interval};
use servicekit::sqlx::{self, Connection as _};
use servicekit::{DbEnum, Metadata, Model, Table, models};
use servicekit_test_servers::{mysql, postgres};

#[derive(Debug, Clone, Copy, PartialEq, DbEnum)]
#[db_enum(native)]
enum Mood {
    Glad,
    Tired,
}

/// The two refer to each other.
#[derive(Table)]
#[table(unregistered)]
#[allow(dead_code, reason = "the derive reads the fields")]
struct Team {
    #[column(primary_key)]
    id: i64,
    #[column(references = Person::id)]
    leader_id: Option<i64>,
    mood: Mood,
}

#[derive(Table)]
#[table(unregistered, name = "people")]
#[allow(dead_code, reason = "the derive reads the fields")]
struct Person {
    #[column(primary_key)]
    id: i64,
    #[column(references = Team::id)]
    team_id: i64,
    #[column(length = 50, unique)]
    name: String,
}

fn circle() -> Metadata {
    models![Team, Person].naming(NamingConvention::default().unique("{table}_{columns}_key"))
}

#[derive(Table)]
#[table(unregistered)]
#[allow(dead_code, reason = "the derive reads the fields")]
struct Apple {
    #[column(primary_key)]
    id: i64,
}

/// SQLite has no type for it.
struct Span;

impl Model for Span {
    const NAME: &'static str = "spans";
    const SCHEMA: Option<&'static str> = None;
    const FIELDS: &'static [(&'static str, &'static str)] = &[];

    fn table() -> servicekit::schema::Table {
        servicekit::schema::Table::new("spans", [interval("length")])
    }
}

/// Its check is refused by every database.
#[derive(Table)]
#[table(unregistered, check("no_such_function(id) > 0", name = "ck"))]
#[allow(dead_code, reason = "the derive reads the fields")]
struct Pear {
    #[column(primary_key)]
    id: i64,
}

/// Creates the tables, fills them, and tries again; then what is refused.
macro_rules! create_in {
    ($pool:ident) => {{
        circle().create_all(&$pool).await.unwrap();
        for sql in [
            "INSERT INTO teams (id, leader_id, mood) VALUES (1, NULL, 'Glad')",
            "INSERT INTO people (id, team_id, name) VALUES (7, 1, 'ada')",
            "UPDATE teams SET leader_id = 7",
        ] {
            sqlx::query(sql).execute(&$pool).await.unwrap();
        }
        let mood: Mood = sqlx::query_scalar("SELECT mood FROM teams").fetch_one(&$pool).await.unwrap();
        assert_eq!(mood, Mood::Glad);
        for refused in [
            "INSERT INTO people (id, team_id, name) VALUES (8, 2, 'grace')",
            "INSERT INTO people (id, team_id, name) VALUES (8, 1, 'ada')",
            "UPDATE teams SET leader_id = 9",
            "UPDATE teams SET mood = 'Angry'",
        ] {
            sqlx::query(refused).execute(&$pool).await.unwrap_err();
        }
        let both = circle().create_all(&$pool).await.unwrap_err().to_string();
        sqlx::query("UPDATE teams SET leader_id = NULL").execute(&$pool).await.unwrap();
        let apples = models![Apple];
        let mut connection = $pool.acquire().await.unwrap();
        // A connection that has a transaction open, and one that has none.
        let mut transaction = connection.begin().await.unwrap();
        let open = apples.create_all(&mut *transaction).await.unwrap_err().to_string();
        transaction.rollback().await.unwrap();
        let refused = models![Apple, Pear].create_all(&mut *connection).await.unwrap_err().to_string();
        // MySQL and MariaDB have words of their own.
        let refused = match refused.split_once(" failed: ") {
            Some((before, after)) if refused.contains("`pears`") => {
                let state = after.split_once('\n').unwrap().1;
                format!("{before} failed: [the words of this server]\n{state}")
            }
            _ => refused,
        };
        let again = apples.create_all(&mut *connection).await.map_err(|error| error.to_string());
        [both, open, refused, format!("{again:?}")].join("\n\n")
    }};
}

#[tokio::test]
async fn tables_that_refer_to_each_other_are_created_in_sqlite() {
    let options = sqlx::sqlite::SqlitePoolOptions::new().max_connections(1);
    let pool = options.connect("sqlite::memory:").await.unwrap();
    insta::assert_snapshot!(create_in!(pool), @r#"
    the database has the tables `people` and `teams` already, and nothing was created
    help: `create_all` is for an empty database; a revision changes one that has tables

    the connection is inside a transaction, but a run needs its own transactions
    now: nothing was run
    help: commit or roll back first, or pass a pool

    `CREATE TABLE "pears" (` failed: no such function: no_such_function
    now: nothing was created

    Ok(())
    "#);
    // One of the names is enough, whatever it is the name of.
    let pool = sqlx::SqlitePool::connect("sqlite::memory:").await.unwrap();
    let mut connection = pool.acquire().await.unwrap();
    sqlx::query("CREATE VIEW Teams AS SELECT 1").execute(&mut *connection).await.unwrap();
    let error = circle().create_all(&mut *connection).await.unwrap_err();
    assert!(matches!(&error, CreateAllError::Exist { tables } if tables.len() == 1), "{error:?}");
    insta::assert_snapshot!(error, @"
    the database has the table `teams` already, and nothing was created
    help: `create_all` is for an empty database; a revision changes one that has tables
    ");
}

#[tokio::test]
async fn tables_that_refer_to_each_other_are_created_in_postgresql() {
    let Some(server) = postgres() else { return };
    let database = server.create_database();
    let pool = sqlx::PgPool::connect(database.url()).await.unwrap();
    insta::assert_snapshot!(create_in!(pool), @r#"
    the database has the tables `people` and `teams` already, and nothing was created
    help: `create_all` is for an empty database; a revision changes one that has tables

    the connection is inside a transaction, but a run needs its own transactions
    now: nothing was run
    help: commit or roll back first, or pass a pool

    `CREATE TABLE "pears" (` failed: function no_such_function(bigint) does not exist
    now: nothing was created

    Ok(())
    "#);
    pool.close().await;
}

#[tokio::test]
async fn tables_that_refer_to_each_other_are_created_in_mysql() {
    let Some(server) = mysql() else { return };
    let database = server.create_database();
    let pool = sqlx::MySqlPool::connect(database.url()).await.unwrap();
    insta::assert_snapshot!(create_in!(pool), @r#"
    the database has the tables `people` and `teams` already, and nothing was created
    help: `create_all` is for an empty database; a revision changes one that has tables

    the connection is inside a transaction, but a run needs its own transactions
    now: nothing was run
    help: commit or roll back first, or pass a pool

    `CREATE TABLE `pears` (` failed: [the words of this server]
    now: the statement before it stays done

    Err("the database has the table `apples` already, and nothing was created\nhelp: `create_all` is for an empty database; a revision changes one that has tables")
    "#);
    pool.close().await;
}

#[tokio::test]
async fn models_that_make_no_tables_are_refused_before_anything_is_created() {
    let pool = sqlx::SqlitePool::connect("sqlite::memory:").await.unwrap();
    let line = line!() + 1;
    let alone = models![Person].create_all(&pool).await.unwrap_err();
    let unsupported = models![Span].create_all(&pool).await.unwrap_err();
    let place = format!("create_all.rs:{line}");
    let alone = alone.to_string().replace(&place, "create_all.rs:[line]");
    insta::assert_snapshot!(format!("{alone}\n\n{unsupported}"), @"
    `people.team_id` refers to the table `teams`, which has no model here
      `derived::create_all::Person` at runtime/tests/derived/create_all.rs:[line]
    help: add its model, or name the crate that has it in `env.rs`, so that it is linked

    `create_table` of `spans`: SQLite has no type for interval
    help: say another one with `.type_on(Dialect::Sqlite, …)`
    ");
    models![].create_all(&pool).await.unwrap();
    pool.close().await;
    insta::assert_snapshot!(models![Apple].create_all(&pool).await.unwrap_err(), @"
    the database could not be opened: attempted to acquire a connection on a closed pool
    help: use a pool that is open
    ");
}
