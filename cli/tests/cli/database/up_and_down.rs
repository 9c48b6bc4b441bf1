//! `upgrade`, `downgrade`, `current` and `stamp` where all goes well.

use super::place::{everywhere, on_postgres, on_sqlite, same_everywhere};
use crate::project::Project;
use insta::assert_snapshot;

/// `aaaa1 <- bbbb1 <- cccc1`, the same on every kind of database.
pub(super) fn shop() -> Project {
    Project::new()
        .sql("aaaa1", "", "create users", "CREATE TABLE users (id INT PRIMARY KEY);", "DROP TABLE users;")
        .sql(
            "bbbb1",
            "aaaa1",
            "add email",
            "ALTER TABLE users ADD COLUMN email VARCHAR(20);",
            "ALTER TABLE users DROP COLUMN email;",
        )
        .sql(
            "cccc1",
            "bbbb1",
            "create orders",
            "CREATE TABLE orders (id INT PRIMARY KEY);",
            "DROP TABLE orders;",
        )
}

/// `aaaa1 <- {bbbb1 (label mail), cccc1 (label sales)}`.
pub(super) fn two_branches() -> Project {
    Project::new()
        .file("alembic.toml", "allow = [\"multiple_heads\"]\n")
        .sql("aaaa1", "", "create users", "CREATE TABLE users (id INT PRIMARY KEY);", "DROP TABLE users;")
        .sql(
            "bbbb1",
            "aaaa1",
            "add email\n-- branch_labels: mail",
            "CREATE TABLE mail (id INT PRIMARY KEY);",
            "DROP TABLE mail;",
        )
        .sql(
            "cccc1",
            "aaaa1",
            "create orders\n-- branch_labels: sales",
            "CREATE TABLE orders (id INT PRIMARY KEY);",
            "DROP TABLE orders;",
        )
}

#[test]
fn a_history_goes_up_down_and_up_again() {
    let outcome = same_everywhere(shop, |place| {
        let up = place.session(&["upgrade bbbb", "upgrade", "upgrade head", "current"]);
        assert_eq!(place.ask("SELECT count(*) FROM orders"), ["0"]);
        let down = place.session(&[
            "downgrade -1",
            "current",
            "upgrade +1",
            "downgrade base",
            "current",
            "downgrade base",
        ]);
        assert_eq!(place.rows(), "");
        up + &down + &place.session(&["upgrade --transaction per-run --acquire-timeout 5"])
    });
    assert_snapshot!(outcome, @"
    $ upgrade bbbb
    upgrade aaaa1  create users [TIME]
    upgrade bbbb1  add email [TIME]
    The database went from <base> to bbbb1: 2 revisions in [TIME]
    $ upgrade
    upgrade cccc1  create orders [TIME]
    The database went from bbbb1 to cccc1: 1 revision in [TIME]
    $ upgrade head
    The database is at cccc1: nothing to do
    $ current
    cccc1 (head)
    $ downgrade -1
    downgrade cccc1  create orders [TIME]
    The database went from cccc1 to bbbb1: 1 revision in [TIME]
    $ current
    bbbb1
    $ upgrade +1
    upgrade cccc1  create orders [TIME]
    The database went from bbbb1 to cccc1: 1 revision in [TIME]
    $ downgrade base
    downgrade cccc1  create orders [TIME]
    downgrade bbbb1  add email [TIME]
    downgrade aaaa1  create users [TIME]
    The database went from cccc1 to <base>: 3 revisions in [TIME]
    $ current
    [stderr]
    note: no revision is applied
    $ downgrade base
    The database is at <base>: nothing to do
    $ upgrade --transaction per-run --acquire-timeout 5
    upgrade aaaa1  create users [TIME]
    upgrade bbbb1  add email [TIME]
    upgrade cccc1  create orders [TIME]
    The database went from <base> to cccc1: 3 revisions in [TIME]
    ");
}

#[test]
fn all_about_the_current_revisions_is_shown_with_the_database() {
    let place = on_sqlite(two_branches());
    assert_snapshot!(place.session(&["upgrade heads", "current --verbose"]), @"
    $ upgrade heads
    upgrade aaaa1  create users [TIME]
    upgrade bbbb1  add email [TIME]
    upgrade cccc1  create orders [TIME]
    The database went from <base> to bbbb1, cccc1: 3 revisions in [TIME]
    $ current --verbose
    Current revisions of [URL]:

    Rev: bbbb1 (head)
    Parent: aaaa1
    Branch names: mail
    Path: alembic/versions/bbbb1.sql

        add email

    Rev: cccc1 (head)
    Parent: aaaa1
    Branch names: sales
    Path: alembic/versions/cccc1.sql

        create orders
    ");
}

#[test]
fn branches_go_up_and_down_by_themselves() {
    let session = ["upgrade mail@head", "upgrade heads", "current", "downgrade sales@-1", "current"];
    assert_snapshot!(same_everywhere(two_branches, |place| place.session(&session)), @"
    $ upgrade mail@head
    upgrade aaaa1  create users [TIME]
    upgrade bbbb1  add email [TIME]
    The database went from <base> to bbbb1: 2 revisions in [TIME]
    $ upgrade heads
    upgrade cccc1  create orders [TIME]
    The database went from bbbb1 to bbbb1, cccc1: 1 revision in [TIME]
    $ current
    bbbb1 (head)
    cccc1 (head)
    $ downgrade sales@-1
    downgrade cccc1  create orders [TIME]
    The database went from bbbb1, cccc1 to bbbb1: 1 revision in [TIME]
    $ current
    bbbb1 (head)
    ");
}

#[test]
fn a_downgrade_that_reaches_into_another_branch_says_so() {
    let session = ["upgrade heads", "downgrade mail@base"];
    assert_snapshot!(same_everywhere(two_branches, |place| place.session(&session)), @"
    $ upgrade heads
    upgrade aaaa1  create users [TIME]
    upgrade bbbb1  add email [TIME]
    upgrade cccc1  create orders [TIME]
    The database went from <base> to bbbb1, cccc1: 3 revisions in [TIME]
    $ downgrade mail@base
    downgrade cccc1  create orders [TIME]
    downgrade bbbb1  add email [TIME]
    downgrade aaaa1  create users [TIME]
    The database went from bbbb1, cccc1 to <base>: 3 revisions in [TIME]
    [stderr]
    note: the downgrade reaches into another branch: cccc1 outside the lineage of `mail` is reverted as well
    ");
}

#[test]
fn a_stamp_writes_version_rows_and_runs_nothing() {
    let session = ["stamp aaaa1", "stamp bbbb1 sales", "current", "stamp heads", "stamp base", "current"];
    assert_snapshot!(same_everywhere(two_branches, |place| place.session(&session)), @"
    $ stamp aaaa1
    The database was stamped at aaaa1; it was at <base>
    $ stamp bbbb1 sales
    The database was stamped at bbbb1, cccc1; it was at aaaa1
    $ current
    bbbb1 (head)
    cccc1 (head)
    $ stamp heads
    The database is at bbbb1, cccc1
    $ stamp base
    The database was stamped at <base>; it was at bbbb1, cccc1
    $ current
    [stderr]
    note: no revision is applied
    ");
}

#[test]
fn the_tables_of_the_configuration_are_used() {
    let project = || shop().file("alembic.toml", "version_table = \"v\"\njournal_table = \"j\"\n");
    for place in everywhere(project) {
        place.run("upgrade");
        assert_eq!(place.ask("SELECT version_num FROM v"), ["cccc1"]);
        let journal =
            place.ask("SELECT revision FROM j WHERE application LIKE 'servicekit-cli %' ORDER BY seq");
        assert_eq!(journal, ["aaaa1", "bbbb1", "cccc1"]);
    }
}

#[test]
fn the_schema_of_the_configuration_is_used() {
    let Some(place) = on_postgres(shop().file("alembic.toml", "schema = \"app\"\n")) else { return };
    place.ask("CREATE SCHEMA app");
    place.run("upgrade");
    assert_eq!(place.ask("SELECT version_num FROM app.alembic_version"), ["cccc1"]);
}

#[test]
fn an_edited_revision_is_reported() {
    let place = on_sqlite(shop());
    place.run("upgrade bbbb1");
    place.edit("aaaa1", "INT", "BIGINT");
    assert_snapshot!(place.run("upgrade"), @"
    upgrade cccc1  create orders [TIME]
    The database went from bbbb1 to cccc1: 1 revision in [TIME]
    [stderr]
    note: revision `aaaa1` was edited after it was applied on [TIME]: `alembic/versions/aaaa1.sql` runs something else now; put the change into a new revision
    ");
}

#[test]
fn a_history_without_revisions_has_nothing_to_do() {
    assert_snapshot!(on_sqlite(Project::new()).session(&["upgrade", "current"]), @r#"
    $ upgrade
    The database is at <base>: nothing to do
    [stderr]
    note: there are no revisions in `alembic/versions` yet
    help: create the first one, as in `servicekit migrations revision -m "create users"`
    $ current
    [stderr]
    note: no revision is applied
    note: there are no revisions in `alembic/versions` yet
    help: create the first one, as in `servicekit migrations revision -m "create users"`
    "#);
}

#[test]
fn an_empty_folder_says_that_it_is_empty() {
    let place = on_sqlite(Project::new());
    let commands = ["plan --from base head", "stamp base"];
    assert_snapshot!(commands.map(|command| place.run(command)).join("\n"));
}
