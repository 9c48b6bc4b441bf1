//! A revision means what the same text means in the database's own client, whatever the driver sets when it connects.

use crate::client::{Client, Pool};
use crate::place::{Place, on_mysql, on_postgres};
use crate::support::{history, rust, sql, sql_text};
use servicekit::operation::{Connection, RunWork as _, WorkResult};
use servicekit::{Migrations, Operations};
use servicekit_test_servers::{PgBouncer, PoolMode, PrivateServer, Server, own_client};

/// What depends on settings of the session, in rows, defaults, bounds, checks and views.
const POSTGRES: &str = "\
CREATE TABLE visit (at timestamptz NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE visit_2025 PARTITION OF visit FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
INSERT INTO visit VALUES ('2025-06-01 00:00');
CREATE TABLE told (day date DEFAULT '01/02/2025', at timestamptz DEFAULT '2025-03-04 05:06', said text, CHECK (at > '2001-01-01 12:00'));
INSERT INTO told (said) VALUES ('2025-06-01 00:00+00'::timestamptz::text), ('2025-06-01'::date::text),
  ('1 day -02:03:04'::interval::text), ((0.1::float8 / 3)::text), (current_setting('TimeZone'));
CREATE VIEW recent AS SELECT at, at::text AS said FROM visit WHERE at > '2025-05-05 05:05';
";

const POSTGRES_QUESTIONS: &str = "\
SELECT extract(epoch FROM at) FROM visit;
SELECT day - '2000-01-01'::date, extract(epoch FROM at), said FROM told;
SELECT extract(epoch FROM at), said FROM recent;
SELECT pg_get_expr(relpartbound, oid) FROM pg_class WHERE relname = 'visit_2025';
SELECT pg_get_expr(adbin, adrelid) FROM pg_attrdef WHERE adrelid = 'told'::regclass ORDER BY adnum;
SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = 'told'::regclass;
SELECT pg_get_viewdef('recent'::regclass);
";

const MYSQL: &str = "\
CREATE TABLE flag (a INT, b INT, either INT, at TIMESTAMP NULL DEFAULT '2025-02-03 04:05:06');
INSERT INTO flag (a, b, either) VALUES (NULL, 1, NULL || 1), (0, 5, 0 || 5);
INSERT INTO flag (a, at) VALUES (7, '2025-06-01 00:00:00');
CREATE TRIGGER set_either BEFORE UPDATE ON flag FOR EACH ROW SET NEW.either = NEW.a || NEW.b;
CREATE VIEW any_flag AS SELECT a, (a || b) AS e, UNIX_TIMESTAMP('2025-06-01 00:00:00') AS t FROM flag;
CREATE PROCEDURE fill() INSERT INTO flag (a, either) VALUES (8, 0 || 8);
CALL fill();
CREATE TABLE told (name VARCHAR(40), said TEXT);
INSERT INTO told SELECT 'mode', @@sql_mode UNION SELECT 'zone', @@time_zone UNION SELECT 'collation', @@collation_connection;
";

/// Times are compared as what is stored, and programs with the settings that they keep.
const MYSQL_QUESTIONS: &str = "\
SET time_zone = '+00:00';
UPDATE flag SET b = 1 + COALESCE(b, 0);
SELECT * FROM flag;
SELECT * FROM any_flag;
SELECT * FROM told;
SHOW CREATE TABLE flag;
SELECT sql_mode, collation_connection, action_statement FROM information_schema.triggers WHERE trigger_schema = DATABASE();
SELECT sql_mode, collation_connection, routine_definition FROM information_schema.routines WHERE routine_schema = DATABASE();
SELECT REPLACE(view_definition, DATABASE(), 'here'), collation_connection FROM information_schema.views WHERE table_schema = DATABASE();
";

/// The script as one revision.
fn as_revision(script: &str) -> Migrations {
    history(&[sql("a", &[], script, "")])
}

/// The script in steps, some of them outside a transaction.
fn in_steps(script: &str) -> Migrations {
    history(&[
        sql("first", &[], "CREATE TABLE first (x INT);", ""),
        sql_text("a", &["first"], &format!("-- +transaction off\n\n-- +upgrade\n{script}")),
    ])
}

/// How a history comes to the server.
#[derive(Debug, Clone, Copy)]
enum Way {
    Pool,
    Lent,
}

async fn upgrade(url: &str, migrations: Migrations, way: Way) {
    let migrator = migrations.migrator();
    match way {
        Way::Pool => {
            let pool = Pool::of(url, 2);
            pool.upgrade(&migrator).await.unwrap();
            pool.close().await;
        }
        Way::Lent => {
            let mut client = Client::open(url).await;
            let before = settings(&mut client).await;
            client.upgrade(&migrator).await.unwrap();
            assert_eq!(settings(&mut client).await, before, "a connection that was lent is as it was");
            client.close().await;
        }
    }
}

/// The settings of a session that are of interest here.
async fn settings(client: &mut Client) -> Vec<String> {
    let question = match client {
        Client::Postgres(_) => "SELECT name, setting FROM pg_settings ORDER BY name",
        Client::MySql(_) => {
            "SELECT @@sql_mode, @@time_zone, @@collation_connection, @@autocommit, @@lock_wait_timeout, @@wait_timeout"
        }
    };
    client.ask(question).await
}

/// Runs a script as a revision and by the server's client, each on a database that `prepare` has changed; what the two
/// find then must be the same. `false` where there is no such client.
async fn agrees(server: &Server, prepare: impl Fn(&str) -> String, scripts: (&str, &str)) -> bool {
    let (script, questions) = scripts;
    let url_of = async || {
        let place = Place { database: server.create_database() };
        let sql = prepare(place.database.name());
        if !sql.is_empty() {
            place.run(&sql).await;
        }
        place
    };
    let by_client = url_of().await;
    if own_client(by_client.url(), script).is_none() {
        return false;
    }
    let expected = own_client(by_client.url(), questions).unwrap_or_default();
    assert!(expected.lines().count() > 5, "{expected}");
    for migrations in [as_revision(script), in_steps(script)] {
        for way in [Way::Pool, Way::Lent] {
            let place = url_of().await;

            upgrade(place.url(), migrations, way).await;

            let found = own_client(place.url(), questions).unwrap_or_default();
            assert_eq!(found, expected, "{way:?}, {}", prepare("…"));
            assert_eq!(place.ask(&journal_is_of_now(&place)).await, ["0"], "the journal's times are in UTC");
        }
    }
    true
}

/// How many rows of the journal say another time than now.
fn journal_is_of_now(place: &Place) -> String {
    let is_now = |column| {
        if place.is_postgres() {
            format!("abs(extract(epoch FROM clock_timestamp() - {column})) < 300")
        } else {
            format!("ABS(TIMESTAMPDIFF(SECOND, {column}, UTC_TIMESTAMP())) < 300")
        }
    };
    let (started, finished) = (is_now("started_at"), is_now("finished_at"));
    format!("SELECT count(*) FROM alembic_journal WHERE NOT ({started} AND {finished})")
}

#[tokio::test]
async fn on_postgres_a_revision_stores_what_the_database_s_own_client_would_store() {
    let Some(server) = servicekit_test_servers::postgres() else { return };
    for settings in [
        [].as_slice(),
        &["timezone = 'Europe/Berlin'"],
        &["timezone = 'America/New_York'", "datestyle = 'SQL, DMY'", "intervalstyle = 'sql_standard'"],
        &["timezone = '<+0530>-05:30'", "datestyle = 'German'", "extra_float_digits = -3"],
        &["datestyle = 'postgres, mdy'", "intervalstyle = 'iso_8601'", "extra_float_digits = 3"],
    ] {
        let prepare = |name: &str| {
            let set = |setting: &&str| format!("ALTER DATABASE \"{name}\" SET {setting};");
            settings.iter().map(set).collect::<String>()
        };
        if !agrees(server, prepare, (POSTGRES, POSTGRES_QUESTIONS)).await {
            return;
        }
    }
}

#[tokio::test]
async fn on_postgres_whoever_is_the_strongest_says_what_a_setting_is() {
    let command_line = PrivateServer::postgres().setting("timezone", "Asia/Tokyo");
    let Some(server) = command_line.start() else { return };
    let place = Place { database: server.create_database() };
    let name = place.database.name();
    let mut levels = vec![
        "ALTER SYSTEM SET datestyle = 'SQL, YMD'; SELECT pg_reload_conf()".to_owned(),
        "ALTER ROLE ALL SET timezone = 'Asia/Seoul'".to_owned(),
        format!("ALTER DATABASE \"{name}\" SET timezone = 'Europe/Rome'"),
        "ALTER ROLE postgres SET timezone = 'Europe/Paris'".to_owned(),
        format!("ALTER ROLE postgres IN DATABASE \"{name}\" SET timezone = 'Europe/Oslo'"),
    ]
    .into_iter();
    let question = "SELECT current_setting('TimeZone') || ' ' || current_setting('DateStyle')";
    loop {
        let Some(expected) = own_client(place.url(), &format!("{question};")) else { return };
        place.run("DROP SCHEMA public CASCADE; CREATE SCHEMA public").await;

        upgrade(place.url(), as_revision(&format!("CREATE TABLE told AS {question} AS said;")), Way::Pool)
            .await;

        assert_eq!(place.ask("SELECT said FROM told").await, [expected.trim()]);
        let Some(level) = levels.next() else { return };
        for statement in level.split("; ") {
            place.run(statement).await;
        }
        if level.contains("reload") {
            // The server reads its files in a moment, not at once.
            let is_read =
                async || own_client(place.url(), "SHOW DateStyle;").is_none_or(|said| said == "SQL, YMD\n");
            crate::client::until(is_read).await;
        }
    }
}

#[tokio::test]
async fn on_postgres_the_options_of_the_url_win() {
    let Some(place) = on_postgres() else { return };
    place.run(&format!("ALTER DATABASE \"{}\" SET timezone = 'Europe/Berlin'", place.database.name())).await;
    let url = format!("{}?options=-c%20TimeZone%3DAsia%2FTokyo%20--datestyle%3DSQL%2C%5C%20DMY", place.url());
    let script = "CREATE TABLE told AS SELECT current_setting('TimeZone') AS zone, current_setting('DateStyle') AS style;";

    upgrade(&url, as_revision(script), Way::Pool).await;

    assert_eq!(place.ask("SELECT zone, style FROM told").await, ["Asia/Tokyo|SQL, DMY"]);
}

#[tokio::test]
async fn on_postgres_what_somebody_has_set_on_the_connection_stays() {
    let Some(place) = on_postgres() else { return };
    place.run(&format!("ALTER DATABASE \"{}\" SET timezone = 'Europe/Berlin'", place.database.name())).await;
    let mut client = Client::open(place.url()).await;
    client.ask("SET TimeZone = 'UTC'").await;
    let script = "CREATE TABLE told AS SELECT current_setting('TimeZone') AS zone;";

    client.upgrade(&as_revision(script).migrator()).await.unwrap();

    assert_eq!(place.ask("SELECT zone FROM told").await, ["UTC"]);
    client.close().await;
}

#[tokio::test]
async fn on_postgres_a_revision_changes_its_settings_until_its_end_also_in_steps() {
    let Some(place) = on_postgres() else { return };
    place.run(&format!("ALTER DATABASE \"{}\" SET timezone = 'Europe/Berlin'", place.database.name())).await;
    let script = "CREATE TABLE told (zone text);\nSET TimeZone = 'Asia/Tokyo';\n\
                  CREATE INDEX CONCURRENTLY told_zone ON told (zone);\n\
                  INSERT INTO told VALUES (current_setting('TimeZone'));";

    upgrade(place.url(), as_revision(script), Way::Pool).await;

    assert_eq!(place.ask("SELECT zone FROM told").await, ["Asia/Tokyo"]);
}

#[tokio::test]
async fn behind_a_pooler_the_settings_are_the_server_s_too_and_nobody_else_gets_them() {
    let Some(place) = on_postgres() else { return };
    place.run(&format!("ALTER DATABASE \"{}\" SET timezone = 'Europe/Berlin'", place.database.name())).await;
    let Some(bouncer) = PgBouncer::start(place.url(), PoolMode::Transaction, 1) else { return };
    let script = "CREATE TABLE told AS SELECT current_setting('TimeZone') AS zone;";
    let pool = Pool::behind_a_pooler(bouncer.url(), 2);

    pool.upgrade(&as_revision(script).migrator()).await.unwrap();

    pool.close().await;
    assert_eq!(place.ask("SELECT zone FROM told").await, ["Europe/Berlin"]);
    let mut other = Client::open(bouncer.url()).await;
    assert_eq!(other.value("SHOW TimeZone").await, "UTC");
    other.close().await;
}

#[tokio::test]
async fn on_mysql_a_revision_stores_what_the_database_s_own_client_would_store() {
    let Some(server) = servicekit_test_servers::mysql() else { return };
    agrees(server, |_| String::new(), (MYSQL, MYSQL_QUESTIONS)).await;
}

#[tokio::test]
async fn on_mysql_the_server_s_modes_and_time_zone_are_those_of_a_revision() {
    let Some(private) = PrivateServer::mysql().start() else { return };
    for (mode, zone) in [
        ("", "SYSTEM"),
        ("PIPES_AS_CONCAT,STRICT_ALL_TABLES", "+05:30"),
        ("IGNORE_SPACE,NO_ENGINE_SUBSTITUTION", "+00:00"),
        ("STRICT_TRANS_TABLES,NO_ZERO_DATE,HIGH_NOT_PRECEDENCE", "-03:00"),
    ] {
        let prepare = |_: &str| {
            // One that is new to these databases: settings of the server count from the next connection on.
            format!("SET GLOBAL sql_mode = '{mode}', GLOBAL time_zone = '{zone}'")
        };
        if !agrees(private.server(), prepare, (MYSQL, MYSQL_QUESTIONS)).await {
            return;
        }
    }
}

#[tokio::test]
async fn on_mysql_names_of_functions_and_time_zones_of_the_url_are_as_they_are_written() {
    let Some(place) = on_mysql() else { return };
    let url = format!("{}?timezone=%2B09:00", place.url());
    let script =
        "CREATE TABLE count (n INT);\nCREATE TABLE told (zone TEXT);\nINSERT INTO told VALUES (@@time_zone);";

    upgrade(&url, as_revision(script), Way::Pool).await;

    assert_eq!(place.ask("SELECT zone FROM told").await, ["+09:00"]);
}

async fn note_settings(connection: &mut Connection<'_>) -> WorkResult {
    let question = match connection.dialect() {
        servicekit::Dialect::Postgres => "current_setting('TimeZone')",
        _ => "concat(@@time_zone, ' ', @@sql_mode LIKE '%IGNORE_SPACE%')",
    };
    connection.execute(format!("INSERT INTO told SELECT 'work', {question}")).await?;
    Ok(())
}

fn with_work(op: &mut Operations) {
    op.execute_for(
        servicekit::Dialect::Postgres,
        "INSERT INTO told VALUES ('before', current_setting('TimeZone'))",
    );
    op.run("settings", note_settings);
    op.execute_for(
        servicekit::Dialect::Postgres,
        "INSERT INTO told VALUES ('after', current_setting('TimeZone'))",
    );
    op.execute_for(
        servicekit::Dialect::Mysql,
        "INSERT INTO told VALUES ('after', concat(@@time_zone, ' ', @@sql_mode LIKE '%IGNORE_SPACE%'))",
    );
}

#[tokio::test]
async fn work_of_a_revision_has_the_connection_as_the_driver_opens_it() {
    let migrations = || {
        history(&[
            sql("a", &[], "CREATE TABLE told (name VARCHAR(9), said VARCHAR(40));", ""),
            rust("b", &["a"], with_work, None),
        ])
    };
    if let Some(place) = on_postgres() {
        place
            .run(&format!("ALTER DATABASE \"{}\" SET timezone = 'Europe/Berlin'", place.database.name()))
            .await;
        upgrade(place.url(), migrations(), Way::Pool).await;
        assert_eq!(
            place.ask("SELECT name, said FROM told").await,
            ["before|Europe/Berlin", "work|UTC", "after|Europe/Berlin"]
        );
    }
    if let Some(place) = on_mysql() {
        upgrade(place.url(), migrations(), Way::Lent).await;
        let zone = place.ask("SELECT @@GLOBAL.time_zone").await.swap_remove(0);
        assert_eq!(
            place.ask("SELECT name, said FROM told").await,
            ["work|+00:00 1".to_owned(), format!("after|{zone} 0")]
        );
    }
}
