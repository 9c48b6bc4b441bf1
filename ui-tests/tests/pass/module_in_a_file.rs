//! The folder beside a module's own file.

#[path = "module_in_a_file/db.rs"]
mod db;

#[test]
fn the_folder_beside_the_file_is_found() {
    assert_eq!(db::MIGRATIONS.revisions()[0].path(), "history/versions/a1.sql");
}
