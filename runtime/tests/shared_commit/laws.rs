//! A run whose revisions share commits is as one in which each has its own, whatever the revisions do and wherever it ends.

use crate::support::{File, Rev, ask, history, integrity, rust, schema, sql, sql_text};
use proptest::prelude::*;
use proptest::sample::select;
use servicekit::operation::Recreate;
use servicekit::revision::*;
use servicekit::sqlx::{Connection as _, SqliteConnection};
use servicekit::{Error, Migrations, Migrator, Progress, Report, StopToken};
use std::sync::{Arc, Mutex};
use std::time::Duration;

const IDS: [&str; 10] = ["r0", "r1", "r2", "r3", "r4", "r5", "r6", "r7", "r8", "r9"];

/// What a revision does; `#` is its number.
const GOES_WELL: &[&str] = &[
    "CREATE TABLE t# (id INTEGER PRIMARY KEY, x);\nINSERT INTO t# (x) VALUES ('#');\nINSERT INTO log VALUES ('t#');",
    "INSERT INTO log VALUES ('row #');",
    "UPDATE log SET what = what || '#';",
    "",
    "CREATE TABLE d# (x);\nDROP TABLE d#;\nINSERT INTO log VALUES ('dropped #');",
    "CREATE TEMP TABLE helper# (x);\nINSERT INTO helper# VALUES ('#');\nINSERT INTO log SELECT x FROM helper#;",
    "INSERT INTO log VALUES ('last ' || last_insert_rowid());",
    "INSERT INTO log SELECT 'at ' || version_num FROM alembic_version;",
    "CREATE VIEW IF NOT EXISTS seen AS SELECT version_num FROM alembic_version;",
    "PRAGMA user_version = #;\nINSERT INTO log SELECT 'version ' || user_version FROM pragma_user_version;",
    "PRAGMA defer_foreign_keys = ON;\nINSERT INTO child VALUES (10#);\nINSERT INTO parent VALUES (10#);",
    "INSERT INTO log VALUES ('before #');\nVACUUM;\nINSERT INTO log VALUES ('after #');",
    "INSERT OR IGNORE INTO parent VALUES (3000);",
    "CREATE TABLE IF NOT EXISTS lazy (p REFERENCES parent (id) DEFERRABLE INITIALLY DEFERRED);",
];

/// What fails, always or after some of the others.
const MAY_FAIL: &[&str] = &[
    "CREATE TABLE f# (x);\nINSERT INTO nowhere VALUES (1);",
    "INSERT INTO log SELECT 'seen ' || version_num FROM seen;",
    "INSERT INTO log VALUES ('lazy #');\nINSERT INTO lazy VALUES (3000);",
    "INSERT INTO log VALUES ('child #');\nINSERT INTO child VALUES (99#);",
    "PRAGMA defer_foreign_keys = ON;\nINSERT INTO child VALUES (20#);",
    "CREATE TABLE b# (x);\nUPDATE alembic_version SET version_num = 'other';",
    "DROP TABLE parent;",
];

/// What any number of revisions can share, and one of them fails with.
const PLAIN: &[&str] = &[
    "INSERT INTO log VALUES ('row #');",
    "UPDATE log SET what = what || '#';",
    "CREATE TABLE t# (id INTEGER PRIMARY KEY, x);\nINSERT INTO t# (x) VALUES ('#');",
    "",
    "INSERT INTO log SELECT 'rows: ' || count(*) FROM log;",
    "INSERT INTO parent SELECT 10 FROM log WHERE what LIKE '%#%#%';",
];

/// What one revision owes and another pays, which a shared commit would not tell apart.
const DEFERRED: &[&str] = &[
    "INSERT INTO log VALUES ('row #');",
    "CREATE TABLE IF NOT EXISTS lazy (p REFERENCES parent (id) DEFERRABLE INITIALLY DEFERRED);",
    "INSERT INTO lazy VALUES (3000);",
    "INSERT OR IGNORE INTO parent VALUES (3000);",
];

/// What shows the version rows by the way.
const SHOWN: &[&str] = &[
    "INSERT INTO log VALUES ('row #');",
    "CREATE VIEW IF NOT EXISTS seen AS SELECT version_num FROM alembic_version;",
    "INSERT INTO log SELECT 'seen ' || version_num FROM seen;",
    "CREATE TRIGGER IF NOT EXISTS noted AFTER UPDATE ON alembic_version BEGIN INSERT INTO log VALUES (new.version_num); END;",
];

/// What makes SQLite itself roll back all of the transaction.
const ROLLS_BACK: &[&str] = &[
    "CREATE TABLE o# (x UNIQUE);\nINSERT INTO o# VALUES (1);\nINSERT OR ROLLBACK INTO o# VALUES (1);",
    "CREATE TABLE g# (x);\nCREATE TRIGGER no# BEFORE INSERT ON g# BEGIN SELECT RAISE(ROLLBACK, 'never'); END;\n\
     INSERT INTO g# VALUES (1);",
];

fn rebuilds(op: &mut Operations) {
    op.batch_alter_table("log", |batch| {
        batch.recreate(Recreate::Always);
    });
}

fn works(op: &mut Operations) {
    op.run("note", async |connection| {
        connection.execute("INSERT INTO log VALUES ('worked')").await?;
        Ok(())
    });
}

#[derive(Debug, Clone)]
enum Kind {
    Sql(&'static str),
    Rebuilds,
    Works,
}

/// What a revision is.
fn kind(rolls_back: bool) -> impl Strategy<Value = Kind> {
    let well = select(GOES_WELL.to_vec()).prop_map(Kind::Sql);
    let may_fail = select(MAY_FAIL.to_vec()).prop_map(Kind::Sql);
    let gone = select(if rolls_back { ROLLS_BACK.to_vec() } else { vec![""] }).prop_map(Kind::Sql);
    prop_oneof![18 => well, 2 => may_fail, 1 => gone, 1 => Just(Kind::Rebuilds), 1 => Just(Kind::Works)]
}

fn revision(number: usize, kind: &Kind) -> Rev {
    let id = IDS[number];
    let down: &[&str] = if number == 0 { &[] } else { &IDS[number - 1..number] };
    match kind {
        Kind::Rebuilds => rust(id, down, rebuilds, Some(|_| {})),
        Kind::Works => rust(id, down, works, Some(|_| {})),
        Kind::Sql(text) => {
            let text = text.replace('#', &number.to_string());
            let back = if text.starts_with("CREATE TABLE t") {
                format!("DROP TABLE t{number};")
            } else {
                String::new()
            };
            sql(id, down, &text, &back)
        }
    }
}

fn first(has_lazy: bool) -> Rev {
    let lazy = if has_lazy {
        "CREATE TABLE lazy (p REFERENCES parent (id) DEFERRABLE INITIALLY DEFERRED);\n"
    } else {
        ""
    };
    let text = format!(
        "-- +upgrade\nCREATE TABLE log (what TEXT);\nCREATE TABLE parent (id INTEGER PRIMARY KEY);\n\
         CREATE TABLE child (p INTEGER REFERENCES parent (id));\n{lazy}-- +downgrade\nDELETE FROM log;\n"
    );
    sql_text(IDS[0], &[], &text)
}

#[derive(Debug, Clone)]
struct Case {
    has_lazy: bool,
    kinds: Vec<Kind>,
    /// Before which of the steps the run is asked to stop.
    stop_at: Option<usize>,
    is_pool: bool,
}

impl Case {
    fn migrations(&self) -> Migrations {
        let rest = self.kinds.iter().zip(1..).map(|(kind, number)| revision(number, kind));
        history(&std::iter::once(first(self.has_lazy)).chain(rest).collect::<Vec<_>>())
    }
}

fn cases() -> impl Strategy<Value = Case> {
    // What SQLite has rolled back is not done again by a run that is to stop.
    any::<bool>().prop_flat_map(|stops| {
        let of = |list: &[&'static str]| select(list.to_vec()).prop_map(Kind::Sql).boxed();
        let one = prop_oneof![
            3 => Just(kind(!stops).boxed()),
            2 => Just(of(PLAIN)),
            1 => Just(of(DEFERRED)),
            1 => Just(of(SHOWN)),
        ];
        let kinds = one.prop_flat_map(|one| proptest::collection::vec(one, 1..IDS.len()));
        let stop_at = if stops { (1..IDS.len()).prop_map(Some).boxed() } else { Just(None).boxed() };
        (any::<bool>(), kinds, stop_at, any::<bool>()).prop_map(|(has_lazy, kinds, stop_at, is_pool)| Case {
            has_lazy,
            kinds,
            stop_at,
            is_pool,
        })
    })
}

/// What a run reports.
fn said(result: Result<Report, Error>) -> String {
    match result {
        Ok(report) => {
            let steps = report.steps.iter().map(|step| format!("{} {}", step.direction, step.revision));
            format!("{} -> {}: {}", report.from, report.to, steps.collect::<Vec<_>>().join(", "))
        }
        Err(error) => format!("{} {:?}\n{error}", error.code(), error.heads().map(ToString::to_string)),
    }
}

/// What is in the database.
async fn left(connection: &mut SqliteConnection) -> String {
    let schema = schema(connection).await.join("\n");
    let rows = if schema.contains("alembic_version") {
        let journal = "SELECT seq || ' ' || revision || ' ' || direction || ' ' || stage || '/' || stages || ' ' || state \
                       || ' ' || coalesce(source_digest, '-') || ' ' || (finished_at >= started_at) FROM alembic_journal ORDER BY seq";
        crate::support::version_rows(connection).await + "\n" + &ask(connection, journal).await
    } else {
        String::new()
    };
    let log = if schema.contains("table log") {
        ask(connection, "SELECT what FROM log").await
    } else {
        String::new()
    };
    format!("{schema}\n{rows}\n{log}\n{}", integrity(connection).await)
}

/// Runs up, and down as far as that led; everything that can be seen of it.
async fn outcome(case: &Case, commit_after: Duration) -> String {
    let (stop, finished) = (StopToken::new(), Arc::new(Mutex::new(Vec::new())));
    let (asked, told, stop_at) = (stop.clone(), Arc::clone(&finished), case.stop_at);
    let migrator: Migrator =
        case.migrations().migrator().commit_after(commit_after).stopped_by(&stop).on_progress(
            move |progress| match progress {
                Progress::Started { step, .. } if Some(*step) == stop_at => asked.stop(),
                Progress::Finished(done) => told.lock().unwrap().push(done.revision.to_string()),
                _ => {}
            },
        );
    let free = case.migrations().migrator().commit_after(commit_after);
    let file = File::new();
    let options = file.options().synchronous(servicekit::sqlx::sqlite::SqliteSynchronous::Off);
    let mut seen = String::new();
    let mut connection = SqliteConnection::connect_with(&options).await.unwrap();
    if case.is_pool {
        let pool = servicekit::sqlx::SqlitePool::connect_with(options.clone()).await.unwrap();
        seen += &said(migrator.upgrade(&pool).await);
        seen += &left(&mut connection).await;
        seen += &said(free.downgrade_to(&pool, "base").await);
        pool.close().await;
    } else {
        let mut lent = SqliteConnection::connect_with(&options).await.unwrap();
        seen += &said(migrator.upgrade(&mut lent).await);
        seen += &left(&mut connection).await;
        seen += &said(free.downgrade_to(&mut lent, "base").await);
        lent.close().await.unwrap();
    }
    seen += &left(&mut connection).await;
    format!("{seen}\nfinished {:?}", finished.lock().unwrap())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 120, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_run_that_shares_commits_is_as_one_in_which_each_revision_has_its_own(case in cases()) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let expected = outcome(&case, Duration::ZERO).await;
            // All of it, a usual commit, one revision in each of these transactions.
            for commit_after in [Duration::from_hours(1), Duration::from_millis(2), Duration::from_nanos(1)] {
                assert_eq!(outcome(&case, commit_after).await, expected, "{commit_after:?}");
            }
        });
    }
}
