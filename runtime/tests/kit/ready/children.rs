//! The tests that are started on a server.

use crate::support::{Rev, history_with, sql};
use servicekit::__private::test::{TestSetup, run};
use servicekit::Migrations;
use servicekit::introspection::Introspection;
use servicekit::sqlx::{self, MySqlPool, PgPool};
use sha2::{Digest as _, Sha256};
use std::sync::LazyLock;

fn setting(name: &str) -> String {
    std::env::var(name).unwrap_or_default()
}

fn tables() -> usize {
    setting("KIT_TABLES").parse().unwrap_or(3)
}

/// Tables with rows.
static WIDE: LazyLock<Migrations> = LazyLock::new(|| {
    let application: &'static str = setting("KIT_APPLICATION").leak();
    let table = |number| {
        format!(
            "CREATE TABLE t{number} (id INTEGER PRIMARY KEY, name VARCHAR(50) NOT NULL UNIQUE);\n\
             INSERT INTO t{number} VALUES (1, 'ann'), ({}, 'bob');\n",
            number + 2
        )
    };
    let up: String = (0..tables()).map(table).collect();
    let revisions: [Rev; 1] = [sql("a", &[], &up, "SELECT 1;")];
    history_with(&revisions, |embedded| embedded.application = application)
});

const TELLS: TestSetup = TestSetup { name: "tells", migrations: None, fixtures: &[], should_panic: false };

macro_rules! children {
    ($kind:ident, $pool:ident, $current:literal) => {
        mod $kind {
            use super::*;

            /// Says which database it is, and what is in it.
            #[allow(clippy::print_stdout, reason = "the parent reads it")]
            async fn tell(pool: &$pool) {
                let name: String = sqlx::query_scalar($current).fetch_one(pool).await.unwrap();
                let mut contents = Sha256::new();
                contents.update(format!("{:?}", Introspection::new().read(pool).await.unwrap()));
                for number in 0..tables() {
                    let sql = sqlx::AssertSqlSafe(format!("SELECT id, name FROM t{number} ORDER BY id"));
                    let rows: Vec<(i32, String)> = sqlx::query_as(sql).fetch_all(pool).await.unwrap();
                    contents.update(format!("{rows:?}"));
                }
                println!("\ndatabase: {name} {:x}", contents.finalize());
            }

            #[servicekit::test(migrations = *WIDE)]
            #[ignore = "needs a server: started by another test"]
            async fn tells(pool: $pool) {
                tell(&pool).await;
                match setting("KIT_TEST").as_str() {
                    "panic" => panic!("as asked"),
                    "sleep" => std::thread::sleep(std::time::Duration::from_mins(2)),
                    _ => {}
                }
            }

            #[servicekit::test(migrations = false)]
            #[ignore = "needs a server: started by another test"]
            async fn applies(pool: $pool) {
                WIDE.upgrade(&pool).await.unwrap();
                tell(&pool).await;
            }

            #[test]
            #[ignore = "needs a server: started by another test"]
            fn many_in_one_process() {
                let setup = TestSetup { migrations: Some(*WIDE), ..TELLS };
                let one_after_the_other = move || {
                    for _ in 0..4 {
                        let outcome = run(&setup, async |pool: $pool| tell(&pool).await);
                        assert_eq!(outcome.message(), None);
                    }
                };
                std::thread::scope(|scope| {
                    for _ in 0..3 {
                        scope.spawn(one_after_the_other);
                    }
                });
            }
        }
    };
}
children!(on_postgres, PgPool, "SELECT current_database()::text");
children!(on_mysql, MySqlPool, "SELECT DATABASE()");
