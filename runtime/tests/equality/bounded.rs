//! How often a server is asked.

use servicekit::Dialect;
use servicekit::introspection::Introspection;
use servicekit::revision::*;
use servicekit::schema::Schema;
use servicekit::sqlx::{AssertSqlSafe, Connection as _, MySqlConnection, PgConnection, raw_sql};

use servicekit_test_servers::{WireProxy, mysql, postgres};

/// Tables with a check each.
fn schema(tables: usize, condition: &str) -> Schema {
    let mut schema = Schema::default();
    let table =
        |at| Table::new(format!("t{at}"), [integer("a")]).with(check(condition).name(format!("ck{at}")));
    schema.tables = (0..tables).map(table).collect();
    schema
}

macro_rules! round_trips {
    ($server:expr, $connection:ty, $dialect:expr, $tables:expr) => {{
        let database = $server.create_database();
        let mut direct = <$connection>::connect(database.url()).await.unwrap();
        for statement in schema($tables, "a > 0").operations($dialect).sql($dialect).unwrap() {
            raw_sql(AssertSqlSafe(statement)).execute(&mut direct).await.unwrap();
        }
        let proxy = WireProxy::start(database.url());
        let mut connection = <$connection>::connect(proxy.url()).await.unwrap();
        proxy.clear();
        let wanted = schema($tables, "NOT a <= 0");
        let left = Introspection::new().compare(&wanted, &mut connection).await.unwrap();
        assert!(left.is_empty() && left.untold.is_empty(), "{left}");
        proxy.round_trips()
    }};
}

#[tokio::test]
async fn a_hundred_tables_are_asked_about_at_once() {
    if let Some(server) = postgres() {
        let one = round_trips!(server, PgConnection, Dialect::Postgres, 1);
        assert_eq!(round_trips!(server, PgConnection, Dialect::Postgres, 100), one);
        println!("postgres: {one} round trips");
    }
    if let Some(server) = mysql() {
        let one = round_trips!(server, MySqlConnection, Dialect::Mysql, 1);
        assert_eq!(round_trips!(server, MySqlConnection, Dialect::Mysql, 100), one);
        println!("mysql: {one} round trips");
    }
}

/// A service compares on any of its tasks.
#[test]
fn what_compares_can_be_sent_to_another_thread() {
    fn is_send<T: Send>(_: T) {}
    fn compare(pool: &servicekit::sqlx::PgPool, schema: &Schema) {
        is_send(Introspection::new().read(pool));
        is_send(Introspection::new().compare(schema, pool));
    }
    let _ = compare;
}
