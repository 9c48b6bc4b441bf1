//! The folder as it is named from the crate's manifest.

servicekit::migrations!("tests/pass/sql_only");

#[test]
fn the_folder_under_the_manifest_is_found() {
    assert_eq!(MIGRATIONS.revisions()[0].path(), "tests/pass/sql_only/versions/a1_create_users.sql");
}
