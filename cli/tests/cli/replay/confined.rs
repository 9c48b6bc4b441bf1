//! A replay touches nothing but the scratch database.

use super::{Replayed, on_one_server};
use crate::database::{Place, answer, everywhere, on_sqlite};
use crate::project::Project;
use insta::assert_snapshot;
use servicekit_test_servers::{TestDatabase, mysql, postgres};
use std::collections::BTreeMap;
use std::fs;

/// One revision that does this.
fn history(upgrade: &str) -> Project {
    Project::new().sql("aaaa1", "", "create users", upgrade, "SELECT 1;")
}

/// Statements that would change the other database, if they were run.
const HOSTILE: [(&str, &[&str]); 3] = [
    (
        "sqlite",
        &[
            "ATTACH '{file}' AS other; DELETE FROM other.users;",
            "VACUUM INTO '{file}.copy';",
            "CREATE TABLE a (x INT); ATTACH DATABASE '{file}' AS o;",
            "SELECT load_extension('{file}');",
            "PRAGMA temp_store_directory = '/';",
            "DELETE FROM \"other\".\"users\";",
        ],
    ),
    (
        "postgres",
        &[
            "CREATE EXTENSION dblink; SELECT dblink_exec('dbname={other}', 'DELETE FROM users');",
            "DROP DATABASE \"{other}\";",
            "-- +transaction off\nDROP DATABASE \"{other}\";",
            "ALTER DATABASE \"{other}\" RENAME TO gone;",
            "COPY (SELECT 1) TO PROGRAM 'psql -c \"DELETE FROM users\" {other}';",
            "DO $$ BEGIN EXECUTE 'COPY (SELECT 1) TO PROGRAM ''true'''; END $$;",
            "CREATE ROLE servicekit_replay_intruder;",
            "ALTER SYSTEM SET work_mem = '9MB';",
            "CREATE EXTENSION postgres_fdw;",
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity;",
            "UPDATE pg_database SET datallowconn = false WHERE datname = '{other}';",
        ],
    ),
    (
        "mysql",
        &[
            "DELETE FROM `{other}`.users;",
            "DELETE FROM `{other}` . `users`;",
            "DELETE FROM/*!999999 x AS `{other}` WHERE */ `{other}`.users;",
            "USE `{other}`; DELETE FROM users;",
            "DROP DATABASE `{other}`;",
            "CREATE TABLE a (x INT); RENAME TABLE `{other}`.users TO b;",
            "CREATE VIEW v AS SELECT * FROM `{other}`.users; DELETE FROM v;",
            "SET @sql = 'DELETE FROM `{other}`.users'; PREPARE s FROM @sql; EXECUTE s;",
            "EXECUTE IMMEDIATE 'DELETE FROM `{other}`.users';",
            "CREATE PROCEDURE p() DELETE FROM `{other}`.users;",
            "CREATE TABLE `{other}` (id INT, name INT) ENGINE=MERGE UNION=(`{other}`.users) INSERT_METHOD=LAST;",
            "TRUNCATE `{other}`.users;",
            "SELECT * FROM information_schema.tables INTO OUTFILE '/tmp/servicekit-replay-intruder';",
            "CREATE USER servicekit_replay_intruder;",
            "GRANT ALL ON *.* TO CURRENT_USER;",
            "SET GLOBAL max_connections = 77;",
        ],
    ),
];

fn hostile(kind: &str) -> &'static [&'static str] {
    HOSTILE.iter().find(|(of, _)| *of == kind).map_or(&[], |(_, all)| all)
}

/// Everything in a folder.
fn files(project: &Project) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(project.path("")).unwrap().map(Result::unwrap);
    let files = entries.filter(|entry| entry.path().is_file());
    files.map(|file| (file.file_name().into_string().unwrap(), fs::read(file.path()).unwrap())).collect()
}

#[test]
fn a_replay_on_sqlite_changes_no_file() {
    let mut refused = 0;
    for statements in hostile("sqlite") {
        let place = on_sqlite(history("SELECT 1;"));
        let other = place.project.path("other.db");
        answer(
            &format!("sqlite://{}?mode=rwc", other.display()),
            "CREATE TABLE users (id INT); INSERT INTO users VALUES (1)",
        );
        place.run("upgrade");
        rewrite(&place, &statements.replace("{file}", &other.display().to_string()));
        let before = files(&place.project);
        assert_eq!(before.len(), 2, "the database of the project and the other one");
        let said = place.run("diff");
        assert!(said.contains("is refused: a replay changes nothing but the scratch database"), "{said}");
        assert_eq!(files(&place.project), before, "{statements}");
        refused += 1;
    }
    println!("{refused} hostile histories were refused, and no file changed");
}

/// Changes what the revision does, after it was applied.
fn rewrite(place: &Place, upgrade: &str) {
    let text =
        format!("-- create users\n-- revision: aaaa1\n-- +upgrade\n{upgrade}\n-- +downgrade\nSELECT 1;\n");
    let text = match upgrade.strip_prefix("-- +transaction off\n") {
        Some(rest) => {
            text.replace(upgrade, rest).replace("-- +upgrade\n", "-- +transaction off\n-- +upgrade\n")
        }
        None => text,
    };
    fs::write(place.project.path("alembic/versions/aaaa1.sql"), text).unwrap();
}

/// All that could be told apart of a database and its server.
fn state(other: &TestDatabase) -> Vec<String> {
    let url = other.url();
    let mut all = answer(url, "SELECT * FROM users ORDER BY id");
    let server = if url.starts_with("postgres") {
        "SELECT (SELECT count(*) FROM pg_roles WHERE rolname LIKE 'servicekit_replay%')::text, \
         (SELECT count(*) FROM pg_file_settings WHERE name = 'work_mem')::text, \
         (SELECT string_agg(relname::text, ',' ORDER BY relname) FROM pg_class WHERE oid >= 16384)"
    } else {
        "SELECT CAST((SELECT count(*) FROM mysql.user WHERE user LIKE 'servicekit_replay%') AS CHAR), \
         CAST(@@global.max_connections AS CHAR), \
         (SELECT GROUP_CONCAT(table_name) FROM information_schema.tables WHERE table_schema = DATABASE())"
    };
    all.extend(answer(url, server));
    all
}

#[test]
fn a_replay_on_a_server_changes_no_other_database_of_it() {
    let mut refused = 0;
    for replayed in everywhere(|| history("SELECT 1;")).into_iter().filter_map(on_one_server) {
        let place = &replayed.place;
        let (kind, server) = match () {
            () if place.is_sqlite() => continue,
            () if place.is_mysql() => ("mysql", mysql()),
            () => ("postgres", postgres()),
        };
        let Some(server) = server else { continue };
        let other = server.create_database();
        answer(
            other.url(),
            "CREATE TABLE users (id INT, name VARCHAR(9)); INSERT INTO users VALUES (1, 'Ada'), (2, 'Bo')",
        );
        place.run("upgrade");
        let before = state(&other);
        for statements in hostile(kind) {
            rewrite(place, &statements.replace("{other}", other.name()));
            let said = replayed.diff("");
            assert!(said.contains("is refused: a replay changes nothing but the scratch database"), "{said}");
            assert!(said.contains("now: nothing was run"), "{said}");
            assert_eq!(state(&other), before, "{statements}");
            replayed.assert_nothing_is_left();
            refused += 1;
        }
    }
    println!("{refused} hostile histories were refused, and the other databases are as they were");
}

#[test]
fn each_reason_to_refuse_has_its_words() {
    let place = on_sqlite(history("SELECT 1;"));
    place.run("upgrade");
    rewrite(
        &place,
        "ATTACH 'b.db' AS b;\nINSERT INTO b.users VALUES (1);\nSELECT writefile('a', 'b');\nCREATE VIRTUAL TABLE t USING csv(filename = 'a');",
    );
    assert_snapshot!(place.run("diff"), @"
    [stderr]
    error: the upgrade of revision `aaaa1` is refused: a replay changes nothing but the scratch database, and it is unknown whether `ATTACH 'b.db'` stays inside
     --> alembic/versions/aaaa1.sql:4:1
      |
    4 | ATTACH 'b.db' AS b;
      | ^^^^^^^^^^^^^ refused: upgrade an empty database where this does no harm, and compare with it: `diff URL`

    the upgrade of revision `aaaa1` is refused: a replay changes nothing but the scratch database, and `b.users` can be in another schema or database
     --> alembic/versions/aaaa1.sql:5:13
      |
    5 | INSERT INTO b.users VALUES (1);
      |             ^^^^^^^ refused: upgrade an empty database where this does no harm, and compare with it: `diff URL`

    the upgrade of revision `aaaa1` is refused: a replay changes nothing but the scratch database, and `writefile` can act on something else
     --> alembic/versions/aaaa1.sql:6:8
      |
    6 | SELECT writefile('a', 'b');
      |        ^^^^^^^^^ refused: upgrade an empty database where this does no harm, and compare with it: `diff URL`

    the upgrade of revision `aaaa1` is refused: a replay changes nothing but the scratch database, and `csv` can do more than SQL
     --> alembic/versions/aaaa1.sql:7:30
      |
    7 | CREATE VIRTUAL TABLE t USING csv(filename = 'a');
      |                              ^^^ refused: upgrade an empty database where this does no harm, and compare with it: `diff URL`
    now: nothing was run
    help: change these statements and start again
    [exit 1]
    ");
    rewrite(&place, "INSERT INTO b.users VALUES (1);");
    assert_snapshot!(place.session(&["diff", "diff --json"]), @r#"
    $ diff
    [stderr]
    error: the upgrade of revision `aaaa1` is refused: a replay changes nothing but the scratch database, and `b.users` can be in another schema or database
     --> alembic/versions/aaaa1.sql:4:13
      |
    4 | INSERT INTO b.users VALUES (1);
      |             ^^^^^^^ refused
    now: nothing was run
    help: upgrade an empty database where this does no harm, and compare with it: `diff URL`
    [exit 1]
    $ diff --json
    {
      "error": {
        "code": "statement_refused",
        "message": "the upgrade of revision `aaaa1` is refused: a replay changes nothing but the scratch database, and `b.users` can be in another schema or database\n --> alembic/versions/aaaa1.sql:4:13\n  |\n4 | INSERT INTO b.users VALUES (1);\n  |             ^^^^^^^ refused",
        "help": "upgrade an empty database where this does no harm, and compare with it: `diff URL`",
        "state": "nothing was run"
      }
    }
    [exit 1]
    "#);
    let Some(replayed) = crate::database::on_postgres(history("SELECT 1;")).and_then(on_one_server) else {
        return;
    };
    replayed.place.run("upgrade");
    rewrite(&replayed.place, "SET search_path = other;\nDO $$ BEGIN EXECUTE 'SELECT 1'; END $$;");
    assert_snapshot!(replayed.diff(""), @"
    [stderr]
    error: the upgrade of revision `aaaa1` is refused: a replay changes nothing but the scratch database, and `search_path` has an effect beyond the revision
     --> alembic/versions/aaaa1.sql:4:1
      |
    4 | SET search_path = other;
      | ^^^^^^^^^^^^^^^ refused: upgrade an empty database where this does no harm, and compare with it: `diff URL`

    the upgrade of revision `aaaa1` is refused: a replay changes nothing but the scratch database, and what `EXECUTE 'SELECT 1'` does is only known while it runs
     --> alembic/versions/aaaa1.sql:5:13
      |
    5 | DO $$ BEGIN EXECUTE 'SELECT 1'; END $$;
      |             ^^^^^^^^^^^^^^^^^^ refused: upgrade an empty database where this does no harm, and compare with it: `diff URL`
    now: nothing was run
    help: change these statements and start again
    [exit 1]
    ");
}

/// A history in which a statement fails behind others, in stages where the database needs them.
fn failing() -> Project {
    history("CREATE TABLE a (x INT);").sql(
        "bbbb1",
        "aaaa1",
        "fail",
        "CREATE TABLE b (x INT);\nINSERT INTO nosuch VALUES (1);",
        "SELECT 1;",
    )
}

#[test]
fn what_a_replay_that_fails_has_made_is_dropped() {
    let all = everywhere(failing).into_iter().filter_map(on_one_server);
    let said: Vec<String> = all
        .map(|replayed: Replayed| {
            replayed.place.run("upgrade aaaa1");
            replayed.place.run("stamp bbbb1");
            let said = replayed.diff("");
            assert!(said.ends_with("[exit 7]\n"), "{said}");
            replayed.assert_nothing_is_left();
            said
        })
        .collect();
    assert_snapshot!(said.first().unwrap(), @"
    [stderr]
    error: the upgrade of revision `bbbb1` (fail) failed: no such table: nosuch
     --> alembic/versions/bbbb1.sql:6:13
      |
    6 | INSERT INTO nosuch VALUES (1);
      |             ^^^^^^ no such table: nosuch
    now: the replay has ended; the database itself was only read
    help: fix the revision and start again
    [exit 7]
    ");
}
