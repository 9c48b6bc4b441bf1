//! A folder without revisions beside a database that has some.

use super::place::{Place, on_sqlite};
use super::up_and_down::shop;
use insta::assert_snapshot;

/// A database at head whose folder has been emptied.
fn emptied() -> Place {
    let place = on_sqlite(shop());
    place.run("upgrade");
    for id in ["aaaa1", "bbbb1", "cccc1"] {
        std::fs::remove_file(place.project.path(&format!("alembic/versions/{id}.sql"))).unwrap();
    }
    place
}

#[test]
fn an_empty_folder_beside_a_database_with_revisions_is_taken_for_the_wrong_one() {
    let place = emptied();
    assert_snapshot!(place.session(&["upgrade", "downgrade base", "stamp head", "current"]), @"
    $ upgrade
    [stderr]
    error: the database is ahead of `alembic/versions`: it is at `cccc1`, which does not exist there
    note: `cccc1` was applied on [TIME] by servicekit-cli 0.1.0
    now: nothing more is run; the database is at cccc1
    help: `alembic/versions` is empty: if the revisions are in another folder, name it with `--directory`; if they are of another history on the same database, give each a `version_table` of its own
    [exit 9]
    $ downgrade base
    [stderr]
    error: the database is ahead of `alembic/versions`: it is at `cccc1`, which does not exist there
    note: `cccc1` was applied on [TIME] by servicekit-cli 0.1.0
    now: nothing more is run; the database is at cccc1
    help: `alembic/versions` is empty: if the revisions are in another folder, name it with `--directory`; if they are of another history on the same database, give each a `version_table` of its own
    [exit 9]
    $ stamp head
    [stderr]
    error: the database is ahead of `alembic/versions`: it is at `cccc1`, which does not exist there
    note: `cccc1` was applied on [TIME] by servicekit-cli 0.1.0
    now: nothing more is run; the database is at cccc1
    help: `alembic/versions` is empty: if the revisions are in another folder, name it with `--directory`; if they are of another history on the same database, give each a `version_table` of its own
    [exit 9]
    $ current
    cccc1 (unknown here)
    [stderr]
    note: there are no revisions in `alembic/versions` yet
    help: if the revisions are in another folder, name it with `--directory`
    ");
    let doctor = place.run("doctor");
    assert_snapshot!(&doctor[doctor.find("\nnext").unwrap()..], @"

    next
      1. name the folder that has the revisions with `--directory`, or add the files of cccc1 to `alembic/versions`
    [exit 1]
    ");
}
