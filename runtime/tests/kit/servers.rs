//! Databases of tests on PostgreSQL and MariaDB. The tests start this program again, with the URL of a server.

use crate::support::{history_with, rust, sql};
use servicekit::Migrations;
use servicekit::introspection::Introspection;
use servicekit::revision::*;
use servicekit::sqlx::{self, Connection as _, MySqlPool, PgPool};
use servicekit_test_servers::{Server, mysql, own_client, own_dump, postgres};
use sha2::{Digest as _, Sha256};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::LazyLock;

/// A history of this run alone: its template is made in it.
static SHOP: LazyLock<Migrations> = LazyLock::new(|| {
    let application: &'static str = std::env::var("KIT_APPLICATION").unwrap_or_default().leak();
    let revisions = [
        sql(
            "a",
            &[],
            "CREATE TABLE users (id INTEGER PRIMARY KEY, name VARCHAR(50) NOT NULL);",
            "DROP TABLE users;",
        ),
        rust("b", &["a"], orders, None),
    ];
    history_with(&revisions, |embedded| embedded.application = application)
});

fn orders(op: &mut Operations) {
    op.create_table(
        "orders",
        [
            integer("id").primary_key().autoincrement(),
            integer("user_id").not_null().references("users", "id"),
            integer("pence").not_null().default(0).check("pence >= 0"),
            integer("next").generated("pence + 1"),
        ],
    );
    op.execute("INSERT INTO users VALUES (0, 'nobody'), (1, 'ann')");
    op.execute("INSERT INTO orders (user_id, pence) VALUES (1, 250), (1, 300)");
    op.run("mark", async |_| {
        let path = PathBuf::from(std::env::var_os("SERVICEKIT_TEST_FOLDER").unwrap()).join("marks");
        let mut marks = std::fs::File::options().create(true).append(true).open(path)?;
        std::io::Write::write_all(&mut marks, b"x")?;
        Ok(())
    });
}

/// The tests that are started on a server of one kind.
macro_rules! children {
    ($kind:ident, $pool:ident, $connection:ident) => {
        mod $kind {
            use super::*;
            use servicekit::sqlx::$connection;

            #[servicekit::test(migrations = *SHOP, fixtures("people/bob.sql"))]
            #[ignore = "needs a server: started by another test"]
            async fn writes(pool: $pool) {
                let names: Vec<String> = sqlx::query_scalar("SELECT name FROM users ORDER BY name")
                    .fetch_all(&pool)
                    .await
                    .unwrap();
                assert_eq!(names, ["ann", "bob", "cid", "nobody"]);
                sqlx::query("INSERT INTO orders (user_id, pence) VALUES (2, 500)")
                    .execute(&pool)
                    .await
                    .unwrap();
                let orders: Vec<(i32, i32)> =
                    sqlx::query_as("SELECT id, next FROM orders ORDER BY id").fetch_all(&pool).await.unwrap();
                assert_eq!(orders, [(1, 251), (2, 301), (3, 501)]);
                match std::env::var("KIT_TEST").as_deref() {
                    Ok("panic") => panic!("as asked"),
                    Ok("abort") => std::process::abort(),
                    _ => {}
                }
            }

            #[servicekit::test(migrations = *SHOP)]
            #[ignore = "needs a server: started by another test"]
            async fn lends(connection: &mut $connection) {
                sqlx::query("DELETE FROM orders").execute(&mut *connection).await.unwrap();
                sqlx::query("DELETE FROM users").execute(&mut *connection).await.unwrap();
                let count: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM users")
                    .fetch_one(&mut *connection)
                    .await
                    .unwrap();
                assert_eq!(count, 0);
            }

            /// What is copied is what the history makes.
            #[servicekit::test(migrations = false)]
            #[ignore = "needs a server: started by another test"]
            async fn applies(pool: $pool) {
                assert!(Introspection::new().read(&pool).await.unwrap().tables.is_empty());
                SHOP.upgrade(&pool).await.unwrap();
                let applied = Introspection::new().read(&pool).await.unwrap();
                let setup = servicekit::__private::test::TestSetup {
                    name: "copies",
                    migrations: Some(*SHOP),
                    fixtures: &[],
                    should_panic: false,
                };
                // Another thread, as there is a runtime on this one.
                let copied = std::thread::spawn(move || {
                    let mut copied = None;
                    let outcome = servicekit::__private::test::run(&setup, async |pool: $pool| {
                        copied = Some(Introspection::new().read(&pool).await.unwrap());
                    });
                    assert_eq!(outcome.message(), None);
                    copied.unwrap()
                });
                assert_eq!(copied.join().unwrap(), applied);
            }
        }
    };
}
children!(on_postgres, PgPool, PgConnection);
children!(on_mysql, MySqlPool, MySqlConnection);

/// What MySQL and MariaDB have that a copy of tables could lose.
static ODD: LazyLock<Migrations> = LazyLock::new(|| {
    let application: &'static str = std::env::var("KIT_APPLICATION").unwrap_or_default().leak();
    let tables = "CREATE TABLE `odd ``name` (id INT NOT NULL AUTO_INCREMENT PRIMARY KEY, \
        `select` VARCHAR(20) CHARACTER SET latin1 DEFAULT 'it''s' COMMENT 'a ''quoted'' comment; really', \
        n INT NOT NULL DEFAULT 3, doubled INT AS (n * 2) VIRTUAL, tripled INT AS (n * 3) STORED, \
        happened TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3), \
        bits BIT(3), bytes VARBINARY(10), day DATE, amount DECIMAL(30, 10), kind ENUM('a', 'b,c'), \
        hidden INT DEFAULT 5 INVISIBLE, CONSTRAINT positive CHECK (n > 0), \
        UNIQUE KEY shortened (`select`(5))) COMMENT = 'odd';\n\
        CREATE TABLE a_child (a INT, b INT, parent INT, PRIMARY KEY (a, b), CONSTRAINT fk FOREIGN KEY (parent) \
        REFERENCES `odd ``name` (id) ON DELETE CASCADE);\n\
        CREATE TABLE parts (id INT PRIMARY KEY) PARTITION BY RANGE (id) \
        (PARTITION low VALUES LESS THAN (10), PARTITION high VALUES LESS THAN MAXVALUE);";
    let rows = "INSERT INTO `odd ``name` (id, `select`, n, happened, bits, bytes, day, amount, kind, hidden) VALUES \
        (7, 'gr\u{f6}\u{df}e', 4, '2026-11-29 08:00:00.125', b'101', x'00ff27', '2026-11-29', 12345678901234567890.0123456789, 'b,c', 6), \
        (8, NULL, 1, '2026-11-29 09:00:00', NULL, NULL, NULL, -0.5, 'a', NULL);\n\
        UPDATE `odd ``name` SET id = 0, happened = '2026-11-29 09:00:00' WHERE id = 8;\n\
        INSERT INTO a_child VALUES (1, 2, 7), (1, 3, 0);\nINSERT INTO parts VALUES (1), (11);\n\
        DELETE FROM parts WHERE id = 11;";
    let revisions = [sql("a", &[], tables, "SELECT 1;"), sql("b", &["a"], rows, "SELECT 1;")];
    history_with(&revisions, |embedded| embedded.application = application)
});

static WITH_A_VIEW: LazyLock<Migrations> = LazyLock::new(|| {
    let application: &'static str = std::env::var("KIT_APPLICATION").unwrap_or_default().leak();
    let up = "CREATE TABLE t (a INT);\nINSERT INTO t VALUES (3);\nCREATE VIEW v AS SELECT a FROM t;";
    history_with(&[sql("a", &[], up, "SELECT 1;")], |embedded| embedded.application = application)
});

/// What tells a database from another one: its dump, and the rows.
async fn contents(pool: &MySqlPool) -> (String, String) {
    let name: String = sqlx::query_scalar("SELECT DATABASE()").fetch_one(pool).await.unwrap();
    let server = std::env::var("SERVICEKIT_TEST_MYSQL_URL").unwrap();
    let url = format!("{}/{name}", server.trim_end_matches('/'));
    let tables = "SELECT *, hidden FROM `odd ``name` ORDER BY id; SELECT * FROM a_child ORDER BY a, b; SELECT * FROM parts";
    (own_dump(&url).unwrap_or_default(), own_client(&url, tables).unwrap_or_default())
}

#[servicekit::test(migrations = *ODD)]
#[ignore = "needs a server: started by another test"]
async fn copies_of_odd_tables(pool: MySqlPool) {
    let copied = contents(&pool).await;
    let applied = std::thread::spawn(|| {
        let setup = servicekit::__private::test::TestSetup {
            name: "applies odd tables",
            migrations: None,
            fixtures: &[],
            should_panic: false,
        };
        let mut applied = None;
        let outcome = servicekit::__private::test::run(&setup, async |pool: MySqlPool| {
            ODD.upgrade(&pool).await.unwrap();
            applied = Some(contents(&pool).await);
        });
        assert_eq!(outcome.message(), None);
        applied.unwrap()
    });
    assert_eq!(copied, applied.join().unwrap());
    assert!(copied.1.contains("12345678901234567890.0123456789"), "{}", copied.1);
}

#[servicekit::test(migrations = *WITH_A_VIEW)]
#[ignore = "needs a server: started by another test"]
async fn has_a_view(pool: MySqlPool) {
    let seen: i32 = sqlx::query_scalar("SELECT a FROM v").fetch_one(&pool).await.unwrap();
    assert_eq!(seen, 3);
    let of = "SELECT table_schema = DATABASE() AND view_definition LIKE CONCAT('%', DATABASE(), '%') \
              FROM information_schema.views WHERE table_schema = DATABASE()";
    let is_its_own: i32 = sqlx::query_scalar(of).fetch_one(&pool).await.unwrap();
    assert_eq!(is_its_own, 1);
}

/// A server with what this run makes on it.
struct Run {
    server: &'static Server,
    kind: &'static str,
    variable: &'static str,
    application: String,
    folder: tempfile::TempDir,
}

impl Run {
    fn all() -> Vec<Self> {
        let new = |server, kind, variable| {
            let folder = tempfile::tempdir().unwrap();
            let application = folder.path().display().to_string();
            Self { server, kind, variable, application, folder }
        };
        let postgres = postgres().map(|server| new(server, "on_postgres", "SERVICEKIT_TEST_POSTGRES_URL"));
        let mysql = mysql().map(|server| new(server, "on_mysql", "SERVICEKIT_TEST_MYSQL_URL"));
        postgres.into_iter().chain(mysql).collect()
    }

    fn child(&self, test: &str, wanted: &str) -> Command {
        self.child_named(&format!("servers::{}::{test}", self.kind), wanted)
    }

    fn child_named(&self, test: &str, wanted: &str) -> Command {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command
            .args(["--exact", test, "--include-ignored", "--test-threads=1"])
            .env(self.variable, self.server.url())
            .env("SERVICEKIT_TEST_FOLDER", self.folder.path())
            .env("KIT_APPLICATION", &self.application)
            .env("KIT_TEST", wanted)
            .env("DATABASE_URL", "postgres://nowhere.invalid/x")
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    /// What a child printed; whether it succeeded is as expected.
    fn run(&self, test: &str, wanted: &str, succeeds: bool) -> String {
        self.run_named(&format!("servers::{}::{test}", self.kind), wanted, succeeds)
    }

    fn run_named(&self, test: &str, wanted: &str, succeeds: bool) -> String {
        let output = self.child_named(test, wanted).output().unwrap();
        let printed = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap()).concat();
        assert_eq!(output.status.success(), succeeds, "{printed}");
        printed
    }

    fn marks(&self) -> usize {
        std::fs::read(self.folder.path().join("marks")).unwrap().len()
    }

    /// The databases of servicekit for this test, by the table: kind and name.
    async fn registered(&self, test: &str) -> Vec<(String, String)> {
        // The second part tells checkouts apart, and so the folders of two runs.
        let root = Sha256::digest(self.folder.path().to_str().unwrap());
        let digits = format!("{:02x}{:02x}{:02x}{:02x}", root[0], root[1], root[2], root[3]);
        let owner = format!("kit::servers::{}::{test} {digits}", self.kind);
        if self.kind == "on_postgres" {
            let url = self.server.url();
            let options: sqlx::postgres::PgConnectOptions = url.parse().unwrap();
            let mut connection =
                sqlx::PgConnection::connect_with(&options.database("_servicekit_test")).await.unwrap();
            let sql = "SELECT kind, name FROM databases WHERE owner = $1";
            sqlx::query_as(sql).bind(owner).fetch_all(&mut connection).await.unwrap()
        } else {
            let mut connection = sqlx::MySqlConnection::connect(self.server.url()).await.unwrap();
            let sql = "SELECT kind, name FROM _servicekit_test.`databases` WHERE owner = ?";
            sqlx::query_as(sql).bind(owner).fetch_all(&mut connection).await.unwrap()
        }
    }

    /// Whether the server has this database.
    async fn has(&self, name: &str) -> bool {
        if self.kind == "on_postgres" {
            let mut connection = sqlx::PgConnection::connect(self.server.url()).await.unwrap();
            let sql = "SELECT count(*) FROM pg_database WHERE datname = $1";
            let count: i64 = sqlx::query_scalar(sql).bind(name).fetch_one(&mut connection).await.unwrap();
            count == 1
        } else {
            let mut connection = sqlx::MySqlConnection::connect(self.server.url()).await.unwrap();
            let sql = "SELECT COUNT(*) FROM information_schema.schemata WHERE schema_name = ?";
            let count: i64 = sqlx::query_scalar(sql).bind(name).fetch_one(&mut connection).await.unwrap();
            count == 1
        }
    }
}

#[tokio::test]
async fn a_test_gets_a_copy_and_nothing_is_left_when_it_succeeds() {
    for run in Run::all() {
        for _ in 0..2 {
            run.run("writes", "", true);
            run.run("lends", "", true);
        }
        assert_eq!(run.marks(), 1, "the history was applied once");
        assert_eq!(run.registered("writes").await, []);
        run.run("applies", "", true);
        assert_eq!(run.marks(), 2, "and once by hand");
    }
}

#[tokio::test]
async fn the_database_of_a_failed_test_is_kept_and_that_of_a_dead_process_is_dropped() {
    for run in Run::all() {
        // It is in no table of servicekit's.
        let foreign = run.server.create_database();
        let text = run.run("writes", "panic", false);
        let registered = run.registered("writes").await;
        let [(kind, name)] = registered.as_slice() else { panic!("{registered:?}\n{text}") };
        assert_eq!(kind, "kept");
        assert!(text.contains(&format!("is kept until the test runs again: {name}\n")), "{text}");
        assert!(run.has(name).await);
        run.run("lends", "", true);
        assert!(run.has(name).await, "another test drops it");

        run.run("writes", "abort", false);
        assert!(!run.has(name).await, "kept though the test has run again");
        // Whichever process comes next drops it, also one of another test that runs now.
        let left = run.registered("writes").await;
        assert!(left.iter().all(|(kind, _)| kind == "in use"), "{left:?}");
        run.run("lends", "", true);
        for (_, name) in left {
            assert!(!run.has(&name).await, "of a process that died");
        }
        assert_eq!(run.registered("writes").await, []);
        assert!(run.has(foreign.name()).await);
    }
}

#[test]
fn processes_at_the_same_time_make_one_template_of_a_server() {
    for run in Run::all() {
        let children: Vec<_> = (0..6).map(|_| run.child("writes", "").spawn().unwrap()).collect();
        let started = children.len();
        for child in children {
            let output = child.wait_with_output().unwrap();
            let text = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap()).concat();
            assert!(output.status.success(), "{text}");
        }
        println!("{}: {started} processes, {} applied the history", run.kind, run.marks());
        assert_eq!(run.marks(), 1);
    }
}

#[test]
fn a_copy_of_odd_tables_is_what_the_history_makes_and_a_view_reads_its_own_table() {
    for run in Run::all().into_iter().filter(|run| run.kind == "on_mysql") {
        for _ in 0..2 {
            run.run_named("servers::copies_of_odd_tables", "", true);
            run.run_named("servers::has_a_view", "", true);
        }
    }
}

/// What a child said of its error.
fn message(text: &str) -> &str {
    let start = text.find("error: ").unwrap_or_else(|| panic!("{text}"));
    let end = text[start..].find("\n\n\nfailures:").unwrap_or_else(|| panic!("{text}"));
    &text[start..start + end]
}

#[test]
fn without_a_server_a_test_fails_and_says_which_variable_to_set() {
    let said = [("on_postgres", "SERVICEKIT_TEST_POSTGRES_URL"), ("on_mysql", "SERVICEKIT_TEST_MYSQL_URL")]
        .map(|(kind, variable)| {
            let texts = [None, Some("nonsense")].map(|url| {
                let mut command = Command::new(std::env::current_exe().unwrap());
                command.args(["--exact", &format!("servers::{kind}::lends"), "--include-ignored"]);
                command.env_remove(variable).env("DATABASE_URL", "postgres://localhost/postgres");
                command.envs(url.map(|url| (variable, url)));
                command.env("SERVICEKIT_TEST_FOLDER", Path::new("unused"));
                let output = command.output().unwrap();
                assert!(!output.status.success());
                message(&String::from_utf8(output.stdout).unwrap()).to_owned()
            });
            texts.join("\n\n")
        });
    insta::assert_snapshot!(said.join("\n\n"));
}
