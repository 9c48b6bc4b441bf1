//! Two histories in one database that share a journal: each sees, ends and answers for its own steps only.
#![allow(clippy::print_stdout, reason = "a log shows what was proved")]

use crate::place::{Place, ask, on, on_mysql, on_postgres, open, places};
use crate::support::{history_with, sql, sql_text};
use servicekit::Migrations;
use servicekit::options::{Resolution, VersionTableSchema};
use servicekit::sqlx::{self, Connection as _};
use servicekit_test_servers::{Message, Then, WireProxy};
use std::cell::Cell;

/// A history with a version table of its own, whose third step nobody can tell whether it was done.
fn of(name: &'static str, is_postgres: bool) -> Migrations {
    let (id, table): (&'static str, &'static str) =
        if name == "a" { ("a1", "a_version") } else { ("b1", "b_version") };
    let body = if is_postgres {
        format!(
            "-- +transaction off\n\n-- +upgrade\nCREATE TABLE {name}_t (x INT);\n\
             CREATE PROCEDURE {name}_asks() LANGUAGE plpgsql AS $$ BEGIN DELETE FROM {name}_t; COMMIT; END $$;\n\
             CALL {name}_asks();\nINSERT INTO {name}_t VALUES (1);\nALTER TABLE {name}_t ADD y INT;\n\
             -- +downgrade\nDROP PROCEDURE {name}_asks;\nDROP TABLE {name}_t;\n"
        )
    } else {
        format!(
            "-- +upgrade\nCREATE TABLE {name}_t (x INT);\nCREATE TABLE {name}_u (x INT);\nTRUNCATE TABLE {name}_t;\n\
             INSERT INTO {name}_t VALUES (1);\nALTER TABLE {name}_t ADD y INT;\n-- +downgrade\nDROP TABLE {name}_u;\nDROP TABLE {name}_t;\n"
        )
    };
    history_with(&[sql_text(id, &[], &body)], |embedded| embedded.version_table = table)
}

/// Where a run is lost, seen from the third step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Point {
    BeforeIntent,
    IntentNotCommitted,
    BeforeStatement,
    AfterStatement,
    BeforeDone,
    AfterDone,
}

const POINTS: [Point; 6] = [
    Point::BeforeIntent,
    Point::IntentNotCommitted,
    Point::BeforeStatement,
    Point::AfterStatement,
    Point::BeforeDone,
    Point::AfterDone,
];

fn finds(point: Point, id: &str, statement: &str) -> impl Fn(&Message) -> bool + Send + use<> {
    let (intent, statement) = (format!("'{id}', 'upgrade', 3,"), statement.to_owned());
    let (begun, executed) = (Cell::new(false), Cell::new(false));
    move |message| {
        let is_intent = message.executes("'intent'") && message.executes(&intent);
        let was_begun = begun.replace(begun.get() || is_intent);
        let is_statement = was_begun && message.executes(&statement);
        let was_executed = executed.replace(executed.get() || is_statement);
        let is_commit = message.runs.as_ref().is_some_and(|sql| sql.ends_with("COMMIT"));
        match point {
            Point::BeforeIntent => is_intent,
            Point::IntentNotCommitted => was_begun && is_commit,
            Point::BeforeStatement | Point::AfterStatement => is_statement,
            Point::BeforeDone => was_executed,
            Point::AfterDone => was_executed && is_commit,
        }
    }
}

/// Loses a run of a history at a point.
async fn lose(place: &Place, name: &'static str, point: Point) {
    let is_postgres = place.is_postgres();
    let wire = WireProxy::start(place.url());
    let statement =
        if is_postgres { format!("CALL {name}_asks()") } else { format!("TRUNCATE TABLE {name}_t") };
    let found = finds(point, if name == "a" { "a1" } else { "b1" }, &statement);
    if matches!(point, Point::AfterStatement | Point::AfterDone) {
        wire.act_after(found, || Then::Cut);
    } else {
        wire.act_before(found, || Then::Cut);
    }
    let database = open(wire.url(), of(name, is_postgres));
    database.init().await.unwrap_err();
    assert_eq!(wire.cuts(), 1, "{point:?} was not met");
}

impl Place {
    async fn journal_of(&self, table: &str) -> Vec<String> {
        self.ask(&format!(
            "SELECT concat(revision, ' ', direction, ' ', stage, '/', stages, ' ', state) FROM alembic_journal \
             WHERE version_table = '{table}' ORDER BY seq"
        ))
        .await
    }
}

/// `a` is lost at a point, `b` does something, and `a` ends what it began; then the same with the names changed.
async fn lost_beside(place: &Place, lost: &'static str, other: &'static str, point: Point) {
    let (ours, theirs) = (of(lost, place.is_postgres()), of(other, place.is_postgres()));
    let (id, table) = if lost == "a" { ("a1", "a_version") } else { ("b1", "b_version") };
    lose(place, lost, point).await;
    let before = place.journal_of(table).await;

    // The other history is not partially applied, whatever stands in the journal.
    assert_eq!(on!(place, theirs, status).unwrap().partial, None);
    let error = on!(place, theirs, resolve, Resolution::Done).unwrap_err();
    assert!(matches!(error.kind(), servicekit::ErrorKind::NothingInDoubt), "{error}");
    on!(place, theirs, upgrade).unwrap();
    assert_eq!(on!(place, theirs, edited).unwrap(), []);
    on!(place, theirs, stamp, "base").unwrap();
    on!(place, theirs, stamp, "head").unwrap();
    assert_eq!(place.journal_of(table).await, before, "{point:?}");

    // Ours is what it was.
    let status = on!(place, ours, status).unwrap();
    let partial = status.partial.map(|partial| (partial.revision, partial.stages));
    assert_eq!(partial, Some((id.to_owned(), 5)), "{point:?}");
    loop {
        match on!(place, ours, upgrade) {
            Ok(_) => break,
            Err(error) => {
                let servicekit::ErrorKind::InDoubt { stage: step, .. } = error.kind() else {
                    panic!("{point:?}: {error}")
                };
                assert_eq!((step.revision.as_str(), step.stage), (id, 3));
                let is_done = matches!(point, Point::AfterStatement | Point::BeforeDone | Point::AfterDone);
                let said = if is_done { Resolution::Done } else { Resolution::NotDone };
                on!(place, ours, resolve, said).unwrap();
            }
        }
    }
    let rows = place.journal_of(table).await;
    assert_eq!(rows.len(), 5, "{rows:?}");
    assert!(rows.iter().all(|row| row.ends_with("done") || row.ends_with("resolved")), "{rows:?}");
    assert_eq!(place.ask(&format!("SELECT x FROM {lost}_t")).await, ["1"]);
    assert_eq!(place.ask(&format!("SELECT version_num FROM {table}")).await, [id]);
    assert_eq!(on!(place, ours, edited).unwrap(), []);
}

async fn every_point(place: fn() -> Option<Place>) {
    let mut all = 0;
    for point in POINTS {
        for (lost, other) in [("a", "b"), ("b", "a")] {
            let Some(place) = place() else { return };
            lost_beside(&place, lost, other, point).await;
            all += 1;
        }
    }
    println!("{all} runs were lost beside another history: each ended its own");
}

#[tokio::test]
async fn a_history_answers_for_its_own_steps_on_postgres() {
    every_point(on_postgres).await;
}

#[tokio::test]
async fn a_history_answers_for_its_own_steps_on_mysql() {
    every_point(on_mysql).await;
}

/// Makes a journal as versions before this one made it: without the columns that name the version table.
/// The columns that later versions gave the journal, from the last one.
const LATER: [&[&str]; 2] = [&["rendered_digest"], &["rendered_digest", "version_schema", "version_table"]];

async fn narrow(place: &Place, columns: &[&str]) {
    let drops: Vec<String> = columns.iter().map(|column| format!("DROP COLUMN {column}")).collect();
    place.run(&format!("ALTER TABLE alembic_journal {}", drops.join(", "))).await;
}

#[tokio::test]
async fn an_old_journal_is_read_as_it_is_and_widened_by_the_first_run_that_writes() {
    for (later, place) in
        LATER.into_iter().flat_map(|later| places().into_iter().map(move |place| (later, place)))
    {
        let (ours, theirs) = (of("a", place.is_postgres()), of("b", place.is_postgres()));
        lose(&place, "a", Point::BeforeStatement).await;
        lose(&place, "b", Point::BeforeStatement).await;
        narrow(&place, later).await;
        let columns = "SELECT count(*) FROM information_schema.columns WHERE table_name = 'alembic_journal' AND \
                       column_name IN ('version_table', 'rendered_digest') AND table_schema NOT IN ('pg_catalog') AND table_catalog = ";
        let database =
            if place.is_postgres() { "current_database()" } else { "'def' AND table_schema = DATABASE()" };
        let columns = format!("{columns}{database}");

        // Both are told apart by whose revision it is, and nothing is written.
        for (migrations, id) in [(ours, "a1"), (theirs, "b1")] {
            let partial = on!(place, migrations, status).unwrap().partial.unwrap();
            assert_eq!((partial.revision.as_str(), partial.state), (id, "intent"));
            assert_eq!(on!(place, migrations, edited).unwrap(), []);
        }
        assert_eq!(place.ask(&columns).await, [if later.len() == 1 { "1" } else { "0" }]);

        on!(place, ours, resolve, Resolution::NotDone).unwrap();
        assert_eq!(place.ask(&columns).await, ["2"], "the first run that writes makes them");
        on!(place, ours, upgrade).unwrap();
        let error = on!(place, theirs, upgrade).unwrap_err();
        assert!(
            matches!(error.kind(), servicekit::ErrorKind::InDoubt { stage: step, .. } if step.revision.as_str() == "b1"),
            "{error}"
        );
        on!(place, theirs, resolve, Resolution::NotDone).unwrap();
        on!(place, theirs, upgrade).unwrap();
        for name in ["a", "b"] {
            assert_eq!(place.ask(&format!("SELECT x FROM {name}_t")).await, ["1"]);
        }
    }
}

#[tokio::test]
async fn who_may_only_read_an_old_journal_or_not_change_it_goes_on_as_before() {
    let Some(place) = on_postgres() else { return };
    let ours = of("a", true);
    lose(&place, "a", Point::BeforeStatement).await;
    narrow(&place, LATER[1]).await;
    let role = format!("{}_role", place.ask("SELECT current_database()").await[0]);
    place.run(&format!("CREATE ROLE {role} LOGIN; GRANT SELECT ON ALL TABLES IN SCHEMA public TO {role}; GRANT CREATE ON SCHEMA public TO {role}")).await;
    let url = place.url().replacen("postgres@", &format!("{role}@"), 1);
    let mut reader = sqlx::PgConnection::connect(&url).await.unwrap();
    let status = ours.migrator().status(&mut reader).await.unwrap();
    assert_eq!(status.partial.unwrap().revision, "a1");
    assert_eq!(ours.migrator().edited(&mut reader).await.unwrap(), []);

    // A role that may write rows, and may not change the table.
    on!(place, ours, resolve, Resolution::NotDone).unwrap();
    on!(place, ours, upgrade).unwrap();
    narrow(&place, LATER[1]).await;
    place.run(&format!("GRANT INSERT, UPDATE, DELETE ON a_version, alembic_journal TO {role}")).await;
    let longer = history_with(
        &[
            sql("a1", &[], "SELECT 1;", "SELECT 1;"),
            sql("a2", &["a1"], "CREATE TABLE by_role (x INT);", "SELECT 1;"),
        ],
        |embedded| embedded.version_table = "a_version",
    );
    longer.migrator().upgrade(&mut reader).await.unwrap();
    assert_eq!(place.ask("SELECT revision FROM alembic_journal ORDER BY seq DESC LIMIT 1").await, ["a2"]);
    reader.close().await.unwrap();
    place.run(&format!("DROP OWNED BY {role}; DROP ROLE {role}")).await;
}

#[tokio::test]
async fn tenants_with_a_schema_each_keep_their_journals() {
    let Some(place) = on_postgres() else { return };
    place.run("CREATE SCHEMA t1; CREATE SCHEMA t2").await;
    let migrations = of("a", true);
    let migrator = migrations.migrator().version_table_schema(VersionTableSchema::Current);
    for tenant in ["t1", "t2"] {
        let url = format!("{}?options=-csearch_path%3D{tenant}", place.url());
        let database = open(&url, migrator.clone());
        database.init().await.unwrap();
        database.dispose().await;
        let owners =
            ask(&url, "SELECT DISTINCT version_schema || '.' || version_table FROM alembic_journal").await;
        assert_eq!(owners, [format!("{tenant}.a_version")]);
    }
    // The journal moves with its schema.
    place.run("ALTER SCHEMA t2 RENAME TO t3; UPDATE t3.alembic_journal SET source_digest = 'other'").await;
    let url = format!("{}?options=-csearch_path%3Dt3", place.url());
    let mut connection = sqlx::PgConnection::connect(&url).await.unwrap();
    let edited = migrations.migrator().edited(&mut connection).await.unwrap();
    assert_eq!(edited.len(), 1);
}

#[tokio::test]
async fn two_histories_that_start_together_share_a_fresh_journal() {
    for place in places() {
        for round in 0..4 {
            place.run("DROP TABLE IF EXISTS alembic_journal").await;
            let names: [&'static str; 6] = std::array::from_fn(|index| {
                let name: &'static str = format!("h{round}_{index}").leak();
                name
            });
            let starts = names.map(|name| {
                let migrations = history_with(
                    &[sql(name, &[], &format!("CREATE TABLE {name} (x INT);"), "SELECT 1;")],
                    |embedded| {
                        embedded.version_table = format!("{name}_version").leak();
                    },
                );
                let database = open(place.url(), migrations);
                tokio::spawn(async move { database.init().await.map(drop) })
            });
            for start in starts {
                start.await.unwrap().unwrap();
            }
            let rows = place.ask("SELECT count(DISTINCT version_table) FROM alembic_journal").await;
            assert_eq!(rows, ["6"]);
        }
    }
}
