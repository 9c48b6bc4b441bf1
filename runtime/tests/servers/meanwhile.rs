//! Another session changes something else between the loss of a run and the next start: a step counts as done only by what it does.
#![allow(clippy::print_stdout, reason = "a log shows what was proved")]

use crate::place::{Place, on_mysql, on_postgres};
use crate::support::{history, sql_text};
use servicekit::{Error, Migrations};
use servicekit_test_servers::{Then, WireProxy};

/// What is there before, in a revision of its own.
const TABLES: &str = "CREATE TABLE t (id INT PRIMARY KEY, a INT, b INT, KEY ix_b (b), CONSTRAINT ck CHECK (a < 100));\n\
                      CREATE TABLE gone (id INT);\nCREATE TABLE old (id INT);";

fn steps(before: &str, statement: &str) -> Migrations {
    history(&[
        sql_text("m1", &[], &format!("-- +upgrade\n{before}\n-- +downgrade\nSELECT 1;\n")),
        sql_text("m2", &["m1"], &format!("-- +upgrade\n{statement};\n-- +downgrade\nSELECT 1;\n")),
    ])
}

/// What becomes of the step at the next start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Next {
    /// It is done exactly once, and nobody is asked.
    Once,
    /// A person is asked.
    Asked,
}

/// Loses a run before a statement or behind it, does something else, and starts again.
async fn lost(
    place: &Place,
    migrations: Migrations,
    statement: &str,
    is_done: bool,
    meanwhile: &str,
) -> Result<(), Error> {
    let (wire, fragment) = (WireProxy::start(place.url()), statement.to_owned());
    let found = move |message: &servicekit_test_servers::Message| {
        message.executes(&fragment) && !message.executes("'intent'")
    };
    if is_done {
        wire.act_after(found, || Then::Cut);
    } else {
        wire.act_before(found, || Then::Cut);
    }
    crate::place::open(wire.url(), migrations).init().await.unwrap_err();
    assert_eq!(wire.cuts(), 1, "{statement}");
    if !meanwhile.is_empty() {
        place.run(meanwhile).await;
    }
    let database = place.service(migrations);
    let result = database.init().await.map(drop);
    if result.is_ok() {
        database.dispose().await;
    }
    result
}

#[tokio::test]
async fn a_step_of_mysql_that_never_ran_is_run_whatever_else_has_changed() {
    const OTHER: &str = "ALTER TABLE t ADD COLUMN by_somebody INT";
    let rows: &[(&str, &str, Next, &str)] = &[
        ("ALTER TABLE t ADD COLUMN é INT", OTHER, Next::Once, "SELECT é FROM t"),
        ("ALTER TABLE t DROP COLUMN b", OTHER, Next::Once, "SELECT id, a, by_somebody FROM t"),
        ("ALTER TABLE t CHANGE b c INT", OTHER, Next::Once, "SELECT c FROM t"),
        ("ALTER TABLE t MODIFY b BIGINT NOT NULL", OTHER, Next::Once, "SELECT b FROM t"),
        ("ALTER TABLE t ADD INDEX ix_a (a)", OTHER, Next::Once, "SELECT a FROM t FORCE INDEX (ix_a)"),
        ("ALTER TABLE t ADD CONSTRAINT ck_b CHECK (b > 0)", OTHER, Next::Once, "SELECT a FROM t"),
        ("ALTER TABLE t DROP CONSTRAINT ck", OTHER, Next::Once, "SELECT a FROM t"),
        ("CREATE INDEX ix_a ON t (a)", OTHER, Next::Once, "SELECT a FROM t FORCE INDEX (ix_a)"),
        ("DROP INDEX ix_b ON t", OTHER, Next::Once, "SELECT a FROM t"),
        ("DROP TABLE gone", "ALTER TABLE gone ADD COLUMN x INT", Next::Once, "SELECT a FROM t"),
        ("RENAME TABLE old TO new", "ALTER TABLE old ADD COLUMN x INT", Next::Once, "SELECT id FROM new"),
        // An index without a name shows nothing that could be looked up.
        ("ALTER TABLE t ADD INDEX (a)", OTHER, Next::Asked, "SELECT a FROM t"),
        // Two at work at one name.
        ("ALTER TABLE t ADD COLUMN x INT", "DROP TABLE t", Next::Asked, ""),
        ("DROP TABLE gone, old", "DROP TABLE gone", Next::Asked, ""),
    ];
    for (statement, meanwhile, next, question) in rows {
        for is_done in [false, true] {
            // What another session does to a thing that is gone by then cannot be.
            let fits = !is_done || *meanwhile == OTHER;
            let Some(place) = on_mysql() else { return };
            let meanwhile = if fits { *meanwhile } else { "" };
            let result = lost(&place, steps(TABLES, statement), statement, is_done, meanwhile).await;
            match (next, result) {
                (Next::Once, Ok(())) => {
                    place.ask(question).await;
                    let journal = place.journal().await;
                    assert_eq!(journal.last().unwrap(), "m2 upgrade 1/1 done", "{statement}");
                }
                (Next::Asked, Err(error)) if error.code() == "in_doubt" => {}
                // Nothing else was changed by anybody, and it shows.
                (Next::Asked, Ok(())) if meanwhile.is_empty() => {}
                (_, result) => panic!("{statement}, done: {is_done}: {result:?}"),
            }
        }
    }
    println!("{} kinds of statements, lost before and behind them", rows.len());
}

#[tokio::test]
async fn what_is_expected_and_what_is_found_is_said() {
    let Some(place) = on_mysql() else { return };
    let statement = "ALTER TABLE t ADD COLUMN x INT";
    let result = lost(&place, steps(TABLES, statement), statement, false, "DROP TABLE t").await;
    let said = result.unwrap_err().to_string();
    let began = said.split("started on ").nth(1).unwrap().split_whitespace().next().unwrap().to_owned();
    insta::assert_snapshot!(said.replace(&began, "[TIME]"), @"
    stage 1 of 1 of the upgrade of revision `m2` is in doubt: it was started on [TIME]
     --> alembic/versions/m2.sql
      | ALTER TABLE t ADD COLUMN x INT
    found: expected column `x` of table `t` to be there, but table `t` itself is gone
    now: nothing was run; the revision is partially applied
    help: check whether it was done, then run `servicekit migrations resolve done` or `… resolve not-done` (`Migrator::resolve`), and start again
    ");

    let statement = "ALTER TABLE t ADD INDEX (a)";
    let place = on_mysql().unwrap();
    let result = lost(&place, steps(TABLES, statement), statement, false, "ALTER TABLE t ADD y INT").await;
    let said = result.unwrap_err().to_string();
    let began = said.split("started on ").nth(1).unwrap().split_whitespace().next().unwrap().to_owned();
    insta::assert_snapshot!(said.replace(&began, "[TIME]"), @"
    stage 1 of 1 of the upgrade of revision `m2` is in doubt: it was started on [TIME]
     --> alembic/versions/m2.sql
      | ALTER TABLE t ADD INDEX (a)
    found: expected the definition of table `t` to change, and it has changed, which another session may have done
    now: nothing was run; the revision is partially applied
    help: check whether it was done, then run `servicekit migrations resolve done` or `… resolve not-done` (`Migrator::resolve`), and start again
    ");
}

#[tokio::test]
async fn a_step_of_postgres_that_never_ran_is_run_whatever_else_has_changed() {
    const BEFORE: &str = "CREATE TABLE t (id INT PRIMARY KEY, a INT, b INT);\nCREATE INDEX ix_b ON t (b);";
    const OTHER: &str = "ALTER TABLE t ADD COLUMN by_somebody INT; CREATE INDEX ix_other ON t (id)";
    for statement in ["CREATE INDEX CONCURRENTLY ix_a ON t (a)", "DROP INDEX CONCURRENTLY ix_b"] {
        for is_done in [false, true] {
            let Some(place) = on_postgres() else { return };
            lost(&place, steps(BEFORE, statement), statement, is_done, OTHER).await.unwrap();
            let there = place.ask("SELECT string_agg(indexname, ' ' ORDER BY indexname) FROM pg_indexes WHERE tablename = 't'").await;
            let expected =
                if statement.starts_with("CREATE") { "ix_a ix_b ix_other t_pkey" } else { "ix_other t_pkey" };
            assert_eq!(there, [expected], "{statement}");
        }
    }
    // An index of this name was there before, and is something else: it is no proof that ours was built.
    let Some(place) = on_postgres() else { return };
    let statement = "CREATE INDEX CONCURRENTLY ix_b ON t (a)";
    let error = lost(&place, steps(BEFORE, statement), statement, false, OTHER).await.unwrap_err();
    assert_eq!(error.code(), "statement_failed", "{error}");
}
