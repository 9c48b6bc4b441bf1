//! Revisions in Rust, which the application runs.

use super::{Crate, USERS, fill, without_cargo, without_cargo_lines};
use crate::project::shown;
use insta::assert_snapshot;
use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A crate with `a1 <- b2 (Rust)`, and what its Rust does.
pub(super) fn shop(name: &str, kind: &str, upgrade: &str) -> Crate {
    let shop = Crate::new(name, kind);
    shop.migrations(&["init"]);
    shop.patch();
    let file = if kind == "--lib" { "src/lib.rs" } else { "src/main.rs" };
    let text = shop.read(file);
    shop.write(file, &format!("servicekit::migrations!(\"alembic\");\n\n{text}"));
    shop.migrations(&["revision", "-m", "create users", "--rev-id", "a1"]);
    fill(&shop, "alembic/versions/a1_create_users.sql", USERS, "DROP TABLE users;");
    shop.migrations(&["revision", "-m", "fill users", "--rev-id", "b2", "--format", "rs"]);
    shop.rust("alembic/versions/b2_fill_users.rs", upgrade, "op.execute(\"DELETE FROM users\");");
    shop
}

impl Crate {
    /// Says what a revision in Rust does.
    pub(super) fn rust(&self, path: &str, upgrade: &str, downgrade: &str) {
        let text = self.read(path);
        let head = text.split("pub fn upgrade").next().unwrap();
        self.write(
            path,
            &format!(
                "{head}pub fn upgrade(op: &mut Operations) {{\n    {upgrade}\n}}\n\n\
                 pub fn downgrade(op: &mut Operations) {{\n    {downgrade}\n}}\n"
            ),
        );
    }
}

pub(super) const FILL: &str = "op.execute(\"INSERT INTO users (id, name) VALUES (1, 'ada')\");";

#[test]
fn the_application_runs_them_and_all_looks_as_ever() {
    let shop = shop(
        "worker_lib",
        "--lib",
        &format!("{FILL}\n    op.run(\"say\", async |_connection| {{ println!(\"hello\"); Ok(()) }});"),
    );
    assert_snapshot!(shop.session(&["upgrade -q", "current", "downgrade base -q --json", "upgrade -v"]), @r#"
    $ upgrade -q
    [stderr]
    hello
    $ current
    b2 (head)
    $ downgrade base -q --json
    {
      "from": [
        "b2"
      ],
      "to": [],
      "steps": [
        {
          "direction": "downgrade",
          "revision": "b2",
          "message": "fill users",
          "elapsed_ms": "[TIME]"
        },
        {
          "direction": "downgrade",
          "revision": "a1",
          "message": "create users",
          "elapsed_ms": "[TIME]"
        }
      ],
      "edited": [],
      "elapsed_ms": "[TIME]"
    }
    $ upgrade -v
      CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT)
    upgrade a1  create users [TIME]
      INSERT INTO users (id, name) VALUES (1, 'ada')
      -- run: say
    upgrade b2  fill users [TIME]
    The database went from <base> to b2: 2 revisions in [TIME]
    [stderr]
    note: `alembic/versions/b2_fill_users.rs` is in Rust: the application is built, and runs this
    hello
    "#);
    shop.migrations(&["downgrade", "base", "-q"]);
    // Nothing of what cargo and the application print is on stdout.
    let output = shop.output("upgrade --json");
    let document: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(document["to"], serde_json::json!(["b2"]));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(
        said.starts_with(
            "note: `alembic/versions/b2_fill_users.rs` is in Rust: the application is built, and runs this\n"
        ),
        "{said}"
    );
    assert!(said.contains("Finished") && said.ends_with("hello\n"), "{said}");
}

#[test]
fn what_they_would_run_is_said_by_the_application_too() {
    let shop = shop("worker_plan", "--lib", FILL);
    assert_snapshot!(shop.session(&["plan head --from base --sql sqlite -q", "plan head --from base --sql sqlite -q --json"]), @r#"
    $ plan head --from base --sql sqlite -q
    -- from <base>, for sqlite

    -- 1. upgrade a1, create users; version rows after it: a1
    CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);

    -- 2. upgrade b2, fill users; version rows after it: b2
    INSERT INTO users (id, name) VALUES (1, 'ada');
    $ plan head --from base --sql sqlite -q --json
    {
      "steps": [
        {
          "direction": "upgrade",
          "revision": "a1",
          "heads_after": [
            "a1"
          ],
          "statements": [
            {
              "sql": "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT)",
              "path": "alembic/versions/a1_create_users.sql",
              "line": 7,
              "column": 1,
              "in_transaction": true
            }
          ]
        },
        {
          "direction": "upgrade",
          "revision": "b2",
          "heads_after": [
            "b2"
          ],
          "statements": [
            {
              "sql": "INSERT INTO users (id, name) VALUES (1, 'ada')",
              "path": "alembic/versions/b2_fill_users.rs",
              "line": 11,
              "column": 8,
              "in_transaction": true
            }
          ]
        }
      ]
    }
    "#);
}

#[test]
fn the_surroundings_are_set_up_first() {
    let shop = shop(
        "worker_env",
        "--lib",
        &format!(
            "{FILL}\n    op.run(\"say\", async |_connection| {{\n        println!(\"hello {{}}\", crate::greeted());\n        \
             // Needs more than one thread.\n        tokio::task::block_in_place(|| ());\n        Ok(())\n    }});"
        ),
    );
    let text = shop.read("src/lib.rs");
    shop.write(
        "src/lib.rs",
        &format!(
            "{text}\npub static GREETED: std::sync::OnceLock<&str> = std::sync::OnceLock::new();\n\n\
             pub fn greeted() -> &'static str {{\n    GREETED.get().copied().unwrap_or(\"nobody\")\n}}\n"
        ),
    );
    assert_snapshot!(shop.read("alembic/env.rs"), @"
    //! Setup for revisions in Rust, and where the command line finds the models of the application. This file is compiled only into
    //! the tests of the crate. `env` runs before the application does anything for the command line.

    // Models of this crate, a library or a program, need no import. By name:
    // use crate::models::{Order, User};
    //
    // A library crate with models has to be named, so that it is linked:
    // use shop_models as _;

    /// Sets up logging, the variables of a `.env` file, and so on. What it returns is the list of models: nothing stands for all that
    /// are found; `models![…]` or a registry for others.
    pub fn env() {}
    ");
    shop.write(
        "alembic/env.rs",
        "pub fn env() {\n    crate::GREETED.set(\"Ada\").unwrap();\n    println!(\"surrounded\");\n}\n",
    );
    assert_snapshot!(shop.session(&["upgrade -q", "downgrade base -q"]), @"
    $ upgrade -q
    [stderr]
    surrounded
    hello Ada
    $ downgrade base -q
    [stderr]
    surrounded
    ");
    // Outside of the tests it does not exist at all.
    shop.write("alembic/env.rs", "pub fn enw() {}\n");
    shop.run("cargo", &["build", "--quiet"]);
    let said = shown(&shop.output("upgrade -q"));
    assert!(
        said.contains("cannot find value `env` in module `__servicekit_env`")
            && said.contains("alembic/env.rs"),
        "{said}"
    );
}

#[test]
fn what_goes_wrong_in_the_application_is_told_as_ever() {
    let shop = shop("worker_trouble", "--bin", "op.execute(\"INSERT INTO nobody VALUES (1)\");");
    assert_snapshot!(shop.session(&["upgrade -q", "upgrade -q --json", "upgrade -q nosuch", "upgrade -q b2@+7"]), @r#"
    $ upgrade -q
    [stderr]
    error: the upgrade of revision `b2` (fill users) failed: no such table: nobody
     --> alembic/versions/b2_fill_users.rs:11:8
      |
    1 | INSERT INTO nobody VALUES (1)
      |             ^^^^^^ no such table: nobody
    now: the transaction was rolled back; the database is at a1
    help: fix the revision and start again
    [exit 7]
    $ upgrade -q --json
    {
      "error": {
        "code": "statement_failed",
        "message": "the upgrade of revision `b2` (fill users) failed: no such table: nobody\n --> alembic/versions/b2_fill_users.rs:11:8\n  |\n1 | INSERT INTO nobody VALUES (1)\n  |             ^^^^^^ no such table: nobody",
        "help": "fix the revision and start again",
        "state": "the transaction was rolled back; the database is at a1",
        "heads": [
          "a1"
        ],
        "problems": [
          {
            "code": "statement_failed",
            "message": "no such table: nobody",
            "help": null,
            "path": "alembic/versions/b2_fill_users.rs",
            "line": 11,
            "column": 8
          }
        ]
      }
    }
    [exit 7]
    $ upgrade -q nosuch
    [stderr]
    error: Can't locate revision identified by `nosuch` in `alembic/versions`
    help: `servicekit migrations history` lists every revision
    [exit 4]
    $ upgrade -q b2@+7
    [stderr]
    error: `b2@+7` leads past the last revision
    [exit 4]
    "#);

    shop.rust("alembic/versions/b2_fill_users.rs", "let _ = op; panic!(\"out of cheese\")", "let _ = op;");
    let said = shown(&shop.output("upgrade -q"));
    assert!(said.contains("out of cheese"), "{said}");
    assert_snapshot!(said[said.find("error: ").unwrap()..], @"
    error: the application ended before it was done (exit status: 101)
    now: the database is at a1
    help: its output is above; the same command continues from where the database is
    [exit 12]
    ");
}

#[test]
fn an_application_that_does_not_compile_is_said_so_and_the_graph_is_still_shown() {
    let shop = shop("worker_broken", "--bin", "op.exercise(\"SELECT 1\");");
    let said = shown(&shop.output("upgrade -q"));
    assert!(said.contains("no method named `exercise`") && said.contains("b2_fill_users.rs:11:8"), "{said}");
    assert_snapshot!(said[said.find("error: the application").unwrap()..], @"
    error: the application `worker_broken` does not compile, and it has the revisions in Rust
    now: nothing was run; the database is at base
    help: fix what the compiler shows above; `history`, `heads`, `branches`, `show`, `revision`, `merge`, `current`, `stamp` and `plan` need no compiler
    [exit 12]
    ");
    assert_snapshot!(shop.session(&["history", "upgrade a1", "upgrade -q --package shops"]), @"
    $ history
        a1 -> b2 (head), fill users
    <base> -> a1, create users
    $ upgrade a1
    upgrade a1  create users [TIME]
    The database went from <base> to a1: 1 revision in [TIME]
    $ upgrade -q --package shops
    [stderr]
    error: there is no package `shops` in this workspace
    now: nothing was run; the database is at a1
    help: there is `worker_broken`
    [exit 2]
    ");
}

#[test]
fn an_application_of_other_revisions_is_found_out() {
    let shop = shop("worker_stale", "--bin", FILL);
    shop.migrations(&["upgrade", "-q"]);
    // Without the line in its build script cargo does not see that a file is new.
    std::fs::remove_file(shop.folder.join("build.rs")).unwrap();
    shop.migrations(&["upgrade", "-q"]);
    shop.migrations(&["downgrade", "-q", "base"]);
    shop.migrations(&["revision", "-m", "more", "--rev-id", "c3", "--format", "rs"]);
    assert_snapshot!(shop.session(&["upgrade -q"]), @r#"
    $ upgrade -q
    [stderr]
    error: the application `worker_stale` was compiled from other revisions: it lacks `c3` (more)
    now: nothing was run; the database is at base
    help: put `println!("cargo::rerun-if-changed=alembic/versions");` into its build.rs, so that cargo notices new files
    [exit 12]
    "#);

    // Another folder is not what it embeds.
    std::fs::rename(shop.folder.join("alembic"), shop.folder.join("elsewhere")).unwrap();
    std::fs::create_dir_all(shop.folder.join("alembic/versions")).unwrap();
    assert_snapshot!(shop.session(&["upgrade -q --directory elsewhere --database-url sqlite://app.db"]), @r#"
    $ upgrade -q --directory elsewhere --database-url sqlite://app.db
    [stderr]
    error: `worker_stale` does not embed `elsewhere`
    now: nothing was run; the database is at base
    help: put `servicekit::migrations!("elsewhere");` into its library or its program, or name the package that has it with `--package`
    [exit 12]
    "#);
}

#[test]
fn a_member_of_a_workspace_is_found_also_where_the_folder_is_not_its_own() {
    let shop = shop("worker_member", "--bin", FILL);
    let member = shop.folder.join("services/shop");
    std::fs::create_dir_all(&member).unwrap();
    for name in ["src", "build.rs", "Cargo.toml"] {
        std::fs::rename(shop.folder.join(name), member.join(name)).unwrap();
    }
    let manifest = shop.read("services/shop/Cargo.toml");
    let (package, patch) = manifest.split_once("[patch.crates-io]").unwrap();
    let patch = patch.replace("[workspace]", "[workspace]\nresolver = \"3\"\nmembers = [\"services/shop\"]");
    shop.write("services/shop/Cargo.toml", package);
    shop.write("Cargo.toml", &format!("[patch.crates-io]{patch}"));
    let main = shop.read("services/shop/src/main.rs").replace("\"alembic\"", "\"../../alembic\"");
    shop.write("services/shop/src/main.rs", &main);
    assert_snapshot!(shop.session(&["upgrade -q", "downgrade -q base", "upgrade -q --package worker_member"]), @"
    $ upgrade -q
    $ downgrade -q base
    $ upgrade -q --package worker_member
    ");
    // Files are named as they are seen from here.
    shop.migrations(&["downgrade", "-q", "base"]);
    let users = shop.read("alembic/versions/a1_create_users.sql");
    shop.write("alembic/versions/a1_create_users.sql", &users.replace("CREATE TABLE", "CREATE TABEL"));
    let elsewhere = "upgrade -q --directory ../alembic --database-url sqlite://../app.db";
    let output = shop.command(elsewhere).current_dir(shop.folder.join("services")).output().unwrap();
    let said = shown(&output);
    assert!(said.contains("\n --> ../alembic/versions/a1_create_users.sql:7:8\n"), "{said}");
    shop.write("alembic/versions/a1_create_users.sql", &users);

    // Another member does not compile, and could be the one.
    let broken = shop.folder.join("services/broken");
    std::fs::create_dir_all(broken.join("src")).unwrap();
    shop.write("services/broken/src/lib.rs", "fn broken(");
    shop.write("services/broken/Cargo.toml", &package.replace("worker_member", "broken"));
    let workspace = shop.read("Cargo.toml");
    shop.write(
        "Cargo.toml",
        &workspace.replace("\"services/shop\"", "\"services/broken\", \"services/shop\""),
    );
    let said = shown(&shop.output("upgrade -q"));
    assert_snapshot!(said[said.find("error: the application").unwrap()..], @"
    error: the application `broken` does not compile, and it may have the revisions in Rust
    now: nothing was run; the database is at base
    help: fix what the compiler shows above, or name another package that embeds the folder with `--package`; `history`, `heads`, `branches`, `show`, `revision`, `merge`, `current`, `stamp` and `plan` need no compiler
    [exit 12]
    ");
    assert_snapshot!(shop.session(&["upgrade -q --package worker_member"]), @"$ upgrade -q --package worker_member");
    shop.write("Cargo.toml", &workspace);
    shop.migrations(&["downgrade", "-q", "base"]);

    // Where no `Cargo.toml` stands beside the folder, it stands above.
    let database = shop.folder.join("database");
    std::fs::create_dir(&database).unwrap();
    std::fs::rename(shop.folder.join("alembic"), database.join("alembic")).unwrap();
    shop.write("services/shop/src/main.rs", &main.replace("../../alembic", "../../database/alembic"));
    let output = shop.command("upgrade -q --database-url sqlite://app.db").current_dir(&database).output();
    assert_eq!(shown(&output.unwrap()), "");
}

/// Waits until a run has come to the statement that takes its time.
fn wait_for(file: &std::path::Path) {
    let began = Instant::now();
    while !file.exists() {
        assert!(began.elapsed() < Duration::from_mins(2), "{} never came", file.display());
        std::thread::sleep(Duration::from_millis(20));
    }
}

fn signal(child: &Child) {
    let status = Command::new("kill").args(["-s", "INT", &child.id().to_string()]).status();
    assert!(status.unwrap().success());
}

/// Sends the first signal, and waits until the program says that it has heard it; what it said until then.
fn interrupt(child: &mut Child) -> String {
    signal(child);
    let mut said = String::new();
    let mut stderr = BufReader::new(child.stderr.as_mut().unwrap());
    while !said.contains("help: a second Ctrl-C") {
        assert!(stderr.read_line(&mut said).unwrap() > 0, "{said}");
    }
    without_cargo_lines(&said)
}

#[test]
fn a_signal_stops_the_application_after_the_stage_and_a_second_one_ends_it() {
    let slow = format!(
        "{FILL}\n    op.run(\"take a while\", async |_connection| {{\n        std::fs::write(\"begun\", \"\")?;\n        \
         for _ in 0..400 {{\n            if std::fs::exists(\"go\")? {{ return Ok(()); }}\n            \
         std::thread::sleep(std::time::Duration::from_millis(50));\n        }}\n        Ok(())\n    }});"
    );
    let shop = shop("worker_signal", "--bin", &slow);
    shop.migrations(&["revision", "-m", "never", "--rev-id", "c3"]);
    let start = || {
        let mut command = shop.command("upgrade");
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let child = command.spawn().unwrap();
        wait_for(&shop.folder.join("begun"));
        child
    };

    let mut child = start();
    let said = interrupt(&mut child);
    signal(&child);
    assert_snapshot!(said + &without_cargo(&child.wait_with_output().unwrap()), @"
    note: `alembic/versions/b2_fill_users.rs` is in Rust: the application is built, and runs this
    note: stopping after the stage that is running
    help: a second Ctrl-C ends the program immediately
    upgrade a1  create users [TIME]
    [stderr]
    error: the program was terminated during a run
    now: what was running may still be running in the database
    help: `servicekit migrations current` shows where the database is; the next run checks whether the stage was done, and continues from there
    [exit 11]
    ");
    std::fs::remove_file(shop.folder.join("begun")).unwrap();
    assert_eq!(shop.migrations(&["current"]), "a1\n", "the revision was rolled back");

    let mut child = start();
    let said = interrupt(&mut child);
    // The application has heard of it before the step is allowed to end.
    std::thread::sleep(Duration::from_secs(1));
    shop.write("go", "");
    assert_snapshot!(said + &without_cargo(&child.wait_with_output().unwrap()), @"
    note: `alembic/versions/b2_fill_users.rs` is in Rust: the application is built, and runs this
    note: stopping after the stage that is running
    help: a second Ctrl-C ends the program immediately
    upgrade b2  fill users [TIME]
    [stderr]
    error: the run was stopped before its end
    now: the database is at b2
    help: the same command continues from there
    [exit 10]
    ");
    assert_snapshot!(shop.session(&["current", "upgrade -q", "current"]), @"
    $ current
    b2
    $ upgrade -q
    $ current
    c3 (head)
    ");

    // A command line that is killed has no application go on without it.
    shop.migrations(&["downgrade", "base", "-q"]);
    for file in ["begun", "go"] {
        std::fs::remove_file(shop.folder.join(file)).unwrap();
    }
    let mut child = start();
    child.kill().unwrap();
    child.wait().unwrap();
    shop.write("go", "");
    let began = Instant::now();
    while shop.migrations(&["current"]) != "b2\n" {
        assert!(began.elapsed() < Duration::from_secs(20), "the step was never done");
        std::thread::sleep(Duration::from_millis(20));
    }
    std::thread::sleep(Duration::from_millis(500));
    assert_eq!(shop.migrations(&["current"]), "b2\n", "it went on without being asked");
}

#[test]
fn the_guide_to_revisions_in_rust_tells_the_truth() {
    let shop = Crate::new("shop", "--bin");
    shop.migrations(&["init"]);
    shop.patch();
    let text = shop.read("src/main.rs");
    shop.write("src/main.rs", &format!("servicekit::migrations!(\"alembic\");\n\n{text}"));
    shop.migrations(&["revision", "-m", "create users", "--rev-id", "1a4c8e02b7d3"]);
    fill(&shop, "alembic/versions/1a4c8e02b7d3_create_users.sql", USERS, "DROP TABLE users;");
    crate::guide::compare("rust-on-the-command-line.md", |command| {
        let output = shop.shell(command);
        (without_cargo_lines(&String::from_utf8(output.stdout).unwrap()), output.status.success())
    });
}

#[cfg(all(feature = "postgres", feature = "mysql"))]
#[test]
fn the_same_on_servers() {
    use servicekit_test_servers::{mysql, postgres};
    let servers = [postgres(), mysql()];
    let databases: Vec<_> =
        servers.into_iter().flatten().map(servicekit_test_servers::Server::create_database).collect();
    if databases.is_empty() {
        return;
    }
    let shop = shop("worker_servers", "--lib", FILL);
    shop.add_features("\"postgres\", \"mysql\"");
    for database in &databases {
        let run = |arguments: &str| {
            let output = shop.command(arguments).env("DATABASE_URL", database.url()).output().unwrap();
            without_cargo(&output)
        };
        let said = [run("upgrade -v"), run("current"), run("downgrade base -q"), run("current")].concat();
        insta::allow_duplicates! { assert_snapshot!(said, @"
          CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT)
        upgrade a1  create users [TIME]
          INSERT INTO users (id, name) VALUES (1, 'ada')
        upgrade b2  fill users [TIME]
        The database went from <base> to b2: 2 revisions in [TIME]
        [stderr]
        note: `alembic/versions/b2_fill_users.rs` is in Rust: the application is built, and runs this
        b2 (head)
        [stderr]
        note: no revision is applied
        ") }
        // Two at once: one of them applies, and both find it done.
        let start = || {
            let mut command = shop.command("upgrade -q");
            command
                .env("DATABASE_URL", database.url())
                .stdout(Stdio::piped())
                .stderr(Stdio::piped())
                .spawn()
                .unwrap()
        };
        for child in [start(), start()] {
            assert_eq!(shown(&child.wait_with_output().unwrap()), "");
        }
        assert_eq!(run("current"), "b2 (head)\n");
    }
}

#[test]
fn a_database_that_the_application_was_built_without_is_said_so() {
    let shop = shop("worker_lean", "--lib", FILL);
    let Some(server) = servicekit_test_servers::postgres() else { return };
    let database = server.create_database();
    let output = shop.command("upgrade -q").env("DATABASE_URL", database.url()).output().unwrap();
    assert_snapshot!(shown(&output), @r#"
    [stderr]
    error: the application was built without the feature `postgres` of `servicekit`, which is for this database
    now: nothing was run; the database is at base
    help: turn it on in the application's Cargo.toml: `features = ["postgres"]`
    [exit 12]
    "#);
}
