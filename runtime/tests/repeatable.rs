//! Revisions that record something else each time.
#![cfg(feature = "testing")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "clippy exempts test functions, not their helpers")]

mod support;

use servicekit::revision::*;
use servicekit::testing::check_repeatable;
use std::sync::atomic::{AtomicUsize, Ordering};
use support::{history, rust, sql};

fn steady(op: &mut Operations) {
    op.create_table("t", [integer("id").primary_key()]);
    op.run("fill", async |_| Ok(()));
}

/// What a check says, with the lines of the calls as `LINE`.
fn said(upgrade: fn(&mut Operations), downgrade: fn(&mut Operations)) -> String {
    let migrations =
        history(&[sql("a", &[], "SELECT 1;", "SELECT 1;"), rust("b", &["a"], upgrade, Some(downgrade))]);
    let text = check_repeatable(&migrations).unwrap_err().to_string();
    let parts =
        text.split("repeatable.rs:").map(|part| part.trim_start_matches(|c: char| c.is_ascii_digit()));
    parts.collect::<Vec<_>>().join("repeatable.rs:LINE")
}

#[test]
fn what_records_the_same_is_fine() {
    let migrations =
        history(&[sql("a", &[], "SELECT 1;", "SELECT 1;"), rust("b", &["a"], steady, Some(steady))]);
    check_repeatable(&migrations).unwrap();
}

#[test]
fn the_first_operation_that_differs_is_named() {
    static CALLS: AtomicUsize = AtomicUsize::new(0);
    fn counting(op: &mut Operations) {
        op.execute("SELECT 1");
        op.create_table(format!("t{}", CALLS.fetch_add(1, Ordering::SeqCst)), [integer("id")]);
    }
    insta::assert_snapshot!(said(counting, steady), @"
    the upgrade of revision `b` (alembic/versions/b.rs) records something else each time: operation 2 was `create_table` of `t0` at runtime/tests/repeatable.rs:LINE:12, and then `create_table` of `t1` at runtime/tests/repeatable.rs:LINE:12
    help: record the same operations whatever the time, the environment or a counter says; what has to look at the database belongs into `op.run`
    ");
    CALLS.store(0, Ordering::SeqCst);
    insta::assert_snapshot!(said(steady, counting), @"
    the downgrade of revision `b` (alembic/versions/b.rs) records something else each time: operation 2 was `create_table` of `t0` at runtime/tests/repeatable.rs:LINE:12, and then `create_table` of `t1` at runtime/tests/repeatable.rs:LINE:12
    help: record the same operations whatever the time, the environment or a counter says; what has to look at the database belongs into `op.run`
    ");
}

#[test]
fn one_that_is_not_always_there_and_another_option_are_told() {
    static VALUE: AtomicUsize = AtomicUsize::new(0);
    static FIRST: AtomicUsize = AtomicUsize::new(0);
    fn another_value(op: &mut Operations) {
        op.execute(format!("SELECT {}", VALUE.fetch_add(1, Ordering::SeqCst)));
    }
    fn sometimes(op: &mut Operations) {
        if FIRST.fetch_add(1, Ordering::SeqCst) == 0 {
            op.drop_table("t");
        }
    }
    insta::assert_snapshot!(said(sometimes, steady), @"
    the upgrade of revision `b` (alembic/versions/b.rs) records something else each time: operation 1 was `drop_table` of `t` at runtime/tests/repeatable.rs:LINE:16, and then missing
    help: record the same operations whatever the time, the environment or a counter says; what has to look at the database belongs into `op.run`
    ");
    insta::assert_snapshot!(said(another_value, steady), @r#"
    the upgrade of revision `b` (alembic/versions/b.rs) records something else each time: operation 1 was Execute(Execute { sql: "SELECT 0", parameters: [], reverse: None }), and then Execute(Execute { sql: "SELECT 1", parameters: [], reverse: None })
    help: record the same operations whatever the time, the environment or a counter says; what has to look at the database belongs into `op.run`
    "#);
}
