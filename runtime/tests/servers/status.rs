//! What a status says after a run that ended in the middle of a revision.

use crate::place::places;
use crate::support::{history, sql_text};
use servicekit::{Database, Migrations, StopToken};

fn failing(upgrade: &str) -> Migrations {
    history(&[sql_text(
        "s1",
        &[],
        &format!("-- +transaction off\n\n-- +upgrade\n{upgrade}\n-- +downgrade\nDROP TABLE t;\n"),
    )])
}

const FIRST: &str = "CREATE TABLE t (id INT PRIMARY KEY);";

#[tokio::test]
async fn a_status_names_the_step_that_the_failed_run_named() {
    for place in places() {
        let broken = failing(&format!("{FIRST}\nINSERT INTO t VALUES (1), (1);"));
        // The second time the row of the step is there already.
        for _ in 0..2 {
            let error = place.service(broken).init().await.unwrap_err();
            assert!(error.to_string().contains("stage 2 of 2 was not done"), "{error}");
            let database = Database::from_url(place.url()).unwrap().build();
            database.init().await.unwrap();
            let partial = broken.migrator().status(&database).await.unwrap().partial.unwrap();
            assert_eq!((partial.stage, partial.stages, partial.state), (2, 2, "failed"));
            database.dispose().await;
        }
        assert_eq!(place.journal().await, ["s1 upgrade 1/2 done", "s1 upgrade 2/2 failed"]);
        // The step goes out of the file.
        place.upgrade(failing(FIRST)).await;
        assert_eq!(place.rows().await, "s1");
        assert_eq!(place.ask("SELECT count(*) FROM t").await, ["0"]);
    }
}

#[tokio::test]
async fn a_step_that_was_done_is_done_when_the_run_is_told_to_stop_behind_it() {
    for place in places() {
        let second = if place.is_postgres() { "ALTER TABLE t ADD a INT;" } else { "TRUNCATE TABLE t;" };
        let migrations = failing(&format!("{FIRST}\n{second}\nINSERT INTO t (id) VALUES (1);"));
        let stop = StopToken::new();
        let asked = stop.clone();
        let migrator = migrations.migrator().stopped_by(&stop).on_progress(move |progress| {
            if let servicekit::Progress::Statement { sql, .. } = progress
                && (sql.starts_with("TRUNCATE") || sql.starts_with("ALTER"))
            {
                asked.stop();
            }
        });
        let error = place.service(migrator).init().await.unwrap_err();
        assert_eq!(error.code(), "stopped", "{error}");
        assert_eq!(place.journal().await, ["s1 upgrade 1/3 done", "s1 upgrade 2/3 done"]);
        place.upgrade(migrations).await;
        assert_eq!(place.ask("SELECT count(*) FROM t").await, ["1"]);
    }
}
