//! Which databases are taken as scratch databases, and what becomes of them.

use super::{on_one_server, on_two_servers, things};
use crate::database::{answer, everywhere, on_mysql, on_postgres, on_sqlite};
use crate::project::Project;
use insta::assert_snapshot;

fn shop() -> Project {
    Project::new().sql(
        "aaaa1",
        "",
        "create users",
        "CREATE TABLE users (id INT NOT NULL PRIMARY KEY);",
        "SELECT 1;",
    )
}

#[test]
fn what_is_no_scratch_database_is_said() {
    let said: Vec<String> = [on_postgres(shop()), on_mysql(shop())]
        .into_iter()
        .flatten()
        .filter_map(on_one_server)
        .map(|replayed| {
            let place = &replayed.place;
            place.run("upgrade");
            let scratch = replayed.scratch.as_ref().unwrap();
            let none = place.run("diff");
            let same = place.run(&format!("diff --scratch-url {} --scratch-on-same-server", place.url()));
            let same_server = place.run(&format!("diff --scratch-url {}", scratch.url()));
            answer(scratch.url(), "CREATE TABLE precious (id INT)");
            let full = replayed.diff("");
            let left = things(scratch.url());
            assert!(
                left.iter().any(|name| name == "precious") && !left.contains(&"users".to_owned()),
                "{left:?}"
            );
            [none, same, same_server, full].concat().replace("public.", "")
        })
        .collect();
    let Some(first) = said.first() else { return };
    assert!(said.iter().all(|each| each == first), "{said:#?}");
    assert_snapshot!(first, @"
    [stderr]
    error: no scratch database is named, in which the history can be replayed
    help: name an empty database of another server with `--scratch-url`, or with `scratch_url` in `alembic.toml`; or name a second database to compare with, as in `diff URL`
    [exit 2]
    [stderr]
    error: the scratch database is the one that the replay is to be compared with
    now: nothing was run
    help: create an empty database for replays, and name that
    [exit 1]
    [stderr]
    error: the scratch database is on the server of the database that it is compared with
    now: nothing was run
    help: use another server, so that no mistake in a revision can reach this one; or allow it with `--scratch-on-same-server`
    [exit 1]
    [stderr]
    error: the scratch database is not empty: it has the table `precious`
    now: nothing was run
    help: name an empty database: everything in it is dropped after the replay
    [exit 1]
    ");
}

#[test]
fn options_that_have_no_effect_are_refused() {
    let place = on_sqlite(shop());
    place.run("upgrade");
    assert_snapshot!(place.session(&[
        "diff --scratch-url postgres://me:hush-9041@127.0.0.1:1/scratch",
        "diff sqlite://b.db --run-work",
    ]), @"
    $ diff --scratch-url postgres://me:hush-9041@127.0.0.1:1/scratch
    [stderr]
    error: a history is replayed in memory for SQLite, so `--scratch-url` has no effect
    help: leave it out
    [exit 2]
    $ diff sqlite://b.db --run-work
    [stderr]
    error: the argument '[URL]...' cannot be used with '--run-work'

    Usage: servicekit migrations diff [URL]...

    For more information, try '--help'.
    [exit 2]
    ");
    let Some(place) = on_postgres(shop()) else { return };
    assert_snapshot!(place.run("diff --scratch-url mysql://me:hush-9041@127.0.0.1:1/scratch"), @"
    [stderr]
    error: a database of postgres cannot be compared with one of mysql
    help: name two databases of one kind
    [exit 2]
    ");
    let unreachable = place.run("diff --scratch-url postgres://me:hush-9041@127.0.0.1:1/scratch");
    assert!(unreachable.ends_with("[exit 5]\n") && !unreachable.contains("hush"), "{unreachable}");
}

#[test]
fn the_configuration_can_name_the_scratch_database() {
    for replayed in on_two_servers(shop) {
        replayed.place.run("upgrade");
        let Some(scratch) = &replayed.scratch else { continue };
        let config = format!("scratch_url = \"{}\"\n", scratch.url());
        std::fs::write(replayed.place.project.path("alembic.toml"), config).unwrap();
        assert_eq!(replayed.place.run("diff"), "The schemas are the same\n");
        replayed.assert_nothing_is_left();
    }
}

/// A history with one of everything that a replay may make.
fn everything(kind: &str) -> Project {
    let statements = match kind {
        "postgres" => {
            "CREATE SCHEMA shop;\nCREATE TYPE mood AS ENUM ('sad');\nCREATE DOMAIN short AS text CHECK (length(value) < 9);\n\
             CREATE TYPE pair AS (a int, b int);\nCREATE TYPE span AS RANGE (subtype = float8);\n\
             CREATE TABLE shop.users (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, mood mood, name short);\n\
             CREATE TABLE parts (id serial PRIMARY KEY) PARTITION BY RANGE (id);\n\
             CREATE TABLE parts_1 PARTITION OF parts FOR VALUES FROM (1) TO (9);\n\
             CREATE SEQUENCE numbers;\nCREATE VIEW v AS SELECT id FROM shop.users;\nCREATE MATERIALIZED VIEW m AS SELECT 1 AS a;\n\
             CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql AS 'SELECT a';\n\
             CREATE PROCEDURE p() LANGUAGE plpgsql AS $$ BEGIN PERFORM 1; END $$;\n\
             CREATE AGGREGATE total (int) (SFUNC = int4pl, STYPE = int);\n\
             CREATE OPERATOR ### (LEFTARG = int, RIGHTARG = int, FUNCTION = int4pl);\n\
             CREATE COLLATION simple (LOCALE = 'C');\nCREATE STATISTICS s ON id, mood FROM shop.users;\n\
             CREATE FUNCTION t() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;\n\
             CREATE TRIGGER tr BEFORE INSERT ON shop.users FOR EACH ROW EXECUTE FUNCTION t();\n\
             CREATE TEXT SEARCH CONFIGURATION words (COPY = simple);\nCREATE CAST (mood AS int) WITHOUT FUNCTION;"
        }
        "mysql" => {
            "CREATE TABLE users (id INT PRIMARY KEY);\nCREATE TABLE orders (id INT PRIMARY KEY, user_id INT, FOREIGN KEY (user_id) REFERENCES users (id));\n\
             CREATE VIEW v AS SELECT u.id FROM users u;\nCREATE SEQUENCE numbers;\nCREATE FUNCTION f() RETURNS INT DETERMINISTIC RETURN 1;\n\
             CREATE PROCEDURE p() SELECT 1;\nCREATE TABLE `odd ``name` (a INT);\n\
             CREATE EVENT e ON SCHEDULE EVERY 1 DAY DO DELETE FROM users;\n\
             CREATE TRIGGER t BEFORE INSERT ON users FOR EACH ROW SET NEW.id = NEW.id + 1;"
        }
        _ => "CREATE TABLE a (x INT);",
    };
    Project::new().sql(
        "aaaa1",
        "",
        "everything",
        &statements.replace(" WITHOUT FUNCTION", " WITH INOUT"),
        "SELECT 1;",
    )
}

#[test]
fn everything_that_a_replay_makes_is_dropped() {
    let kinds = [("postgres", on_postgres(everything("postgres"))), ("mysql", on_mysql(everything("mysql")))];
    for (kind, place) in kinds {
        let Some(replayed) = place.and_then(on_one_server) else { continue };
        let ran = replayed.place.run("upgrade");
        assert!(ran.contains("1 revision"), "{kind}: {ran}");
        assert_eq!(replayed.diff(""), "The schemas are the same\n", "{kind}");
        replayed.assert_nothing_is_left();
        // What the next replay finds is an empty database again.
        assert_eq!(replayed.diff(""), "The schemas are the same\n", "{kind}");
    }
}

#[test]
fn a_database_at_base_is_compared_with_nothing() {
    for replayed in everywhere(shop).into_iter().filter_map(on_one_server) {
        replayed.place.run("ensure_version");
        assert_eq!(replayed.diff(""), "The schemas are the same\n");
        replayed.assert_nothing_is_left();
    }
}

/// A revision that takes a while, between two others.
fn slow(statement: &str) -> Project {
    shop().sql("bbbb1", "aaaa1", "wait", statement, "SELECT 1;").sql(
        "cccc1",
        "bbbb1",
        "create orders",
        "CREATE TABLE orders (id INT);",
        "SELECT 1;",
    )
}

#[test]
fn what_a_replay_has_made_is_dropped_when_it_is_stopped() {
    let busy = [
        (
            on_postgres(slow("SELECT pg_sleep(3);")),
            "SELECT count(*)::text FROM pg_stat_activity WHERE datname = current_database() AND query LIKE '%pg_sleep%' \
             AND state = 'active' AND pid <> pg_backend_pid()",
        ),
        (
            on_mysql(slow("DO sleep(3);")),
            "SELECT CAST(count(*) AS CHAR) FROM information_schema.processlist WHERE db = database() AND info LIKE 'DO sleep%'",
        ),
    ];
    for (place, question) in busy {
        let Some(replayed) = place.and_then(on_one_server) else { continue };
        replayed.place.run("stamp head");
        let running = replayed.place.start(&format!("diff {}", replayed.options));
        let scratch = replayed.scratch.as_ref().unwrap().url();
        let began = std::time::Instant::now();
        while answer(scratch, question) != ["1"] {
            assert!(
                began.elapsed() < std::time::Duration::from_secs(30),
                "the replay never came to its second revision"
            );
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
        assert!(!things(scratch).is_empty());
        running.signal("INT");
        insta::allow_duplicates! { assert_snapshot!(running.end(), @"
        [stderr]
        note: stopping after the stage that is running
        help: a second Ctrl-C ends the program immediately
        error: the replay was stopped before its end
        now: the replay has ended; the database itself was only read
        help: start it again: it begins with an empty database
        [exit 10]
        ") }
        replayed.assert_nothing_is_left();
    }
}
