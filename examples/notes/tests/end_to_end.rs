//! The process itself: started from nothing, killed during a migration, started again, with a second one beside it.
#![cfg(unix)]

use notes::{MIGRATIONS, rev};
use servicekit::SqliteDatabaseBuilder;
use servicekit_test_servers::http::{ServedProcess, get, post};
use std::net::SocketAddr;
use std::path::Path;
use std::process::Command;
use std::thread::sleep;
use std::time::Duration;

/// So many that counting their words takes a while.
const NOTES: i64 = 20_000;

/// A process of the service.
struct Served(ServedProcess);

impl Served {
    fn start(file: &Path) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_notes"));
        Self(ServedProcess::start(command.env("NOTES_FILE", file).env("NOTES_ADDRESS", "127.0.0.1:0")))
    }

    fn address(&self) -> SocketAddr {
        self.0.address
    }

    /// The health answers at any time.
    fn is_ready(&self) -> bool {
        let (live, _) = get(self.address(), "/health/live").unwrap();
        let (health, body) = get(self.address(), "/health").unwrap();
        let (ready, _) = get(self.address(), "/health/ready").unwrap();
        assert_eq!(live, 200);
        assert!(health == 200 || body.contains("the service is starting"), "{body}");
        ready == 200
    }

    fn wait_until_ready(&self) {
        for _ in 0..6000 {
            if self.is_ready() {
                return;
            }
            sleep(Duration::from_millis(10));
        }
        panic!("it is not ready: {:?}", get(self.address(), "/health"));
    }

    fn kill(mut self) {
        self.0.child.kill().unwrap();
        self.0.child.wait().unwrap();
    }

    /// As an orchestrator ends it.
    fn end(mut self) {
        let told = Command::new("kill").args(["-TERM", &self.0.child.id().to_string()]).status().unwrap();
        assert!(told.success());
        assert!(self.0.child.wait().unwrap().success());
    }
}

/// Notes as the version before wrote them, in a file that only it has brought up to date.
async fn fill(file: &Path) {
    let database = SqliteDatabaseBuilder::from_file(file).build();
    database.init().await.unwrap();
    let pool = database.pool().unwrap();
    MIGRATIONS.downgrade_to(&pool, rev::CREATE_NOTES).await.unwrap();
    let sql = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?) \
               INSERT INTO notes (text) SELECT 'one two ' || i FROM n";
    sqlx::query(sql).bind(NOTES).execute(&pool).await.unwrap();
    database.dispose().await;
}

/// The revision that the file is at, how many notes there are, and how many have their words.
async fn state(file: &Path) -> (String, i64, Option<i64>) {
    let database = SqliteDatabaseBuilder::from_file(file).build();
    database.init().await.unwrap();
    let pool = database.pool().unwrap();
    let at = MIGRATIONS.current(&pool).await.unwrap().to_string();
    let notes = sqlx::query_scalar("SELECT count(*) FROM notes").fetch_one(&pool).await.unwrap();
    let counted =
        sqlx::query_scalar("SELECT count(*) FROM notes WHERE words = 3").fetch_one(&pool).await.ok();
    database.dispose().await;
    (at, notes, counted)
}

#[test]
fn it_starts_from_nothing_is_killed_during_a_migration_starts_again_and_has_company() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("notes.db");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();

    let first = Served::start(&file);
    first.wait_until_ready();
    assert_eq!(post(first.address(), "/notes", r#"{"text": "one two three"}"#).unwrap().0, 200);
    first.end();
    runtime.block_on(fill(&file));
    let before = (rev::CREATE_NOTES.to_string(), NOTES + 1, None);
    assert_eq!(runtime.block_on(state(&file)), before);

    let mut killed_during_it = 0;
    for round in 0..5 {
        let served = Served::start(&file);
        // Later from round to round, so that different moments are met.
        sleep(Duration::from_millis(30 + 60 * round));
        let was_ready = served.is_ready();
        served.kill();
        if was_ready {
            break;
        }
        killed_during_it += 1;
        assert_eq!(
            runtime.block_on(state(&file)),
            before,
            "a revision that was not finished was never there"
        );
    }
    assert!(killed_during_it > 0, "otherwise this shows nothing");

    let (one, two) = (Served::start(&file), Served::start(&file));
    one.wait_until_ready();
    two.wait_until_ready();
    let (status, body) = get(two.address(), "/notes/20001").unwrap();
    assert_eq!((status, body.as_str()), (200, r#"{"id":20001,"text":"one two 20000","words":3}"#));
    // What one writes the other one reads.
    let (_, made) = post(one.address(), "/notes", r#"{"text": "and one more"}"#).unwrap();
    assert_eq!(get(two.address(), "/notes/20002").unwrap(), (200, made));
    one.end();
    assert!(two.is_ready());
    two.end();
    let at_head = (rev::COUNT_WORDS.to_string(), NOTES + 2, Some(NOTES + 2));
    assert_eq!(runtime.block_on(state(&file)), at_head);
    assert!(!file.with_file_name("notes.db-wal").exists(), "the file has everything");
}
