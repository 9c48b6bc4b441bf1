//! A history with revisions in Rust, which the application replays.

use super::worker::{FILL, shop};
use super::{Crate, without_cargo};
use crate::database::answer;
use insta::assert_snapshot;
use servicekit_test_servers::{TestDatabase, mysql, postgres};

/// Fills a table, adds a column, and does work in Rust.
fn upgrade() -> String {
    format!(
        "{FILL}\n    op.add_column(\"users\", string(\"email\", 80));\n    \
         op.run(\"write a file\", async |_connection| {{ std::fs::write(\"written\", \"\")?; Ok(()) }});"
    )
}

fn run(shop: &Crate, url: &str, arguments: &str) -> String {
    without_cargo(&shop.command(arguments).env("DATABASE_URL", url).output().unwrap())
}

#[test]
fn revisions_in_rust_are_replayed_and_their_work_only_where_that_is_allowed() {
    let shop = shop("replay_lib", "--lib", &upgrade());
    let url = format!("sqlite://{}", shop.folder.join("app.db").display());
    run(&shop, &url, "upgrade -q");
    let written = shop.folder.join("written");
    std::fs::remove_file(&written).unwrap();
    assert_snapshot!(run(&shop, &url, "diff"), @"
    [stderr]
    note: `alembic/versions/b2_fill_users.rs` is in Rust: the application is built, and replays this
    error: the upgrade of revision `b2` is refused: a replay changes nothing but the scratch database, and `op.run` is Rust, which cannot be checked
     --> alembic/versions/b2_fill_users.rs:13:8
      |
    1 | -- run: write a file
      | ^^^^^^^^^^^^^^^^^^^^ refused
    now: nothing was run
    help: read it, and allow it with `--run-work` if it only uses its connection
    [exit 1]
    ");
    assert!(!written.exists());
    assert_snapshot!(run(&shop, &url, "diff --run-work -q"), @"The schemas are the same");
    assert!(written.exists());
    answer(&url, "CREATE INDEX by_email ON users (email)");
    assert_snapshot!(run(&shop, &url, "diff --run-work -q"), @r#"
    + index by_email of users: CREATE INDEX "by_email" ON "users" (`email`)
    [exit 14]
    "#);

    shop.rust(
        "alembic/versions/b2_fill_users.rs",
        "op.execute(\"ATTACH 'other.db' AS other\");",
        "op.execute(\"SELECT 1\");",
    );
    assert_snapshot!(run(&shop, &url, "diff --run-work -q"), @"
    [stderr]
    error: the upgrade of revision `b2` is refused: a replay changes nothing but the scratch database, and it is unknown whether `ATTACH 'other.db'` stays inside
     --> alembic/versions/b2_fill_users.rs:11:8
      |
    1 | ATTACH 'other.db' AS other
      | ^^^^^^^^^^^^^^^^^ refused
    now: nothing was run
    help: upgrade an empty database where this does no harm, and compare with it: `diff URL`
    [exit 1]
    ");
    assert!(!shop.folder.join("other.db").exists());
}

#[test]
fn the_same_on_servers() {
    let shop = shop("replay_servers", "--lib", &upgrade());
    shop.add_features("\"postgres\", \"mysql\"");
    for server in [postgres(), mysql()].into_iter().flatten() {
        let [database, scratch]: [TestDatabase; 2] = [server.create_database(), server.create_database()];
        let diff = |options: &str| {
            let scratch = scratch.url();
            run(
                &shop,
                database.url(),
                &format!("diff -q --scratch-url {scratch} --scratch-on-same-server {options}"),
            )
        };
        run(&shop, database.url(), "upgrade -q");
        let refused = diff("");
        assert!(refused.contains("`op.run` is Rust, which cannot be checked"), "{refused}");
        assert_eq!(diff("--run-work"), "The schemas are the same\n");
        answer(database.url(), "ALTER TABLE users DROP COLUMN email");
        let changed = diff("--run-work");
        assert!(changed.starts_with("- column users.email") && changed.ends_with("[exit 14]\n"), "{changed}");
        let tables =
            "SELECT count(*) FROM information_schema.tables WHERE table_schema IN ('public', DATABASE())";
        let tables = if server.is_mariadb() { tables.to_owned() } else { tables.replace(", DATABASE()", "") };
        assert_eq!(answer(scratch.url(), &tables.replace("count(*)", "CAST(count(*) AS CHAR(1))")), ["0"]);
    }
}
