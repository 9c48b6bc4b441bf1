//! Chains with revisions in Rust, which only the application can run.

use super::place::{Place, on_sqlite};
use super::up_and_down::shop;
use insta::assert_snapshot;

/// `aaaa1 <- bbbb1 <- cccc1 <- dddd1 (Rust) <- eeee1 (Rust) <- ffff1`.
fn mixed() -> Place {
    let rust = |id: &str, down: &str| {
        format!(
            "//! about {id}\nuse servicekit::revision::*;\n\nrevision! {{ id: \"{id}\", down_revision: \"{down}\" }}\n\npub fn upgrade(op: &mut Operations) {{}}\npub fn downgrade(op: &mut Operations) {{}}\n"
        )
    };
    on_sqlite(
        shop()
            .file("alembic/versions/dddd1.rs", &rust("dddd1", "cccc1"))
            .file("alembic/versions/eeee1.rs", &rust("eeee1", "dddd1"))
            .sql("ffff1", "eeee1", "create logs", "CREATE TABLE logs (id INT);", "DROP TABLE logs;"),
    )
}

#[test]
fn a_run_that_would_come_to_revisions_in_rust_names_them_and_runs_nothing() {
    let place = mixed();
    assert_snapshot!(place.session(&["upgrade", "upgrade dddd1 --json", "current"]), @r#"
    $ upgrade
    [stderr]
    note: `alembic/versions/dddd1.rs` and `alembic/versions/eeee1.rs` are in Rust: the application is built, and runs this
    error: there is no `Cargo.toml` above the folder, and revisions in Rust are compiled into an application
    now: nothing was run; the database is at base
    help: move the folder into the crate that embeds it
    [exit 12]
    $ upgrade dddd1 --json
    {
      "error": {
        "code": "no_manifest",
        "message": "there is no `Cargo.toml` above the folder, and revisions in Rust are compiled into an application",
        "help": "move the folder into the crate that embeds it",
        "state": "nothing was run; the database is at base"
      }
    }
    [stderr]
    note: `alembic/versions/dddd1.rs` is in Rust: the application is built, and runs this
    [exit 12]
    $ current
    [stderr]
    note: no revision is applied
    "#);
}

#[test]
fn a_run_goes_as_far_as_the_first_of_them() {
    let place = mixed();
    assert_snapshot!(place.session(&["upgrade cccc1", "downgrade base"]), @"
    $ upgrade cccc1
    upgrade aaaa1  create users [TIME]
    upgrade bbbb1  add email [TIME]
    upgrade cccc1  create orders [TIME]
    The database went from <base> to cccc1: 3 revisions in [TIME]
    $ downgrade base
    downgrade cccc1  create orders [TIME]
    downgrade bbbb1  add email [TIME]
    downgrade aaaa1  create users [TIME]
    The database went from cccc1 to <base>: 3 revisions in [TIME]
    ");
}

#[test]
fn a_stamp_and_a_look_at_the_database_run_nothing() {
    let place = mixed();
    let session = ["stamp eeee1", "current -v", "upgrade", "downgrade base", "downgrade -1", "downgrade -1"];
    assert_snapshot!(place.session(&session), @"
    $ stamp eeee1
    The database was stamped at eeee1; it was at <base>
    $ current -v
    Current revisions of [URL]:

    Rev: eeee1
    Parent: dddd1
    Path: alembic/versions/eeee1.rs

        about eeee1
    $ upgrade
    upgrade ffff1  create logs [TIME]
    The database went from eeee1 to ffff1: 1 revision in [TIME]
    $ downgrade base
    [stderr]
    note: `alembic/versions/eeee1.rs` and `alembic/versions/dddd1.rs` are in Rust: the application is built, and runs this
    error: there is no `Cargo.toml` above the folder, and revisions in Rust are compiled into an application
    now: nothing was run; the database is at ffff1
    help: move the folder into the crate that embeds it
    [exit 12]
    $ downgrade -1
    downgrade ffff1  create logs [TIME]
    The database went from ffff1 to eeee1: 1 revision in [TIME]
    $ downgrade -1
    [stderr]
    note: `alembic/versions/eeee1.rs` is in Rust: the application is built, and runs this
    error: there is no `Cargo.toml` above the folder, and revisions in Rust are compiled into an application
    now: nothing was run; the database is at eeee1
    help: move the folder into the crate that embeds it
    [exit 12]
    ");
}
