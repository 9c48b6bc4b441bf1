//! A folder without revisions is a history without revisions.

servicekit::migrations!("empty_history");

#[test]
fn nothing_is_embedded() {
    assert_eq!(MIGRATIONS.revisions().len(), 0);
    assert_eq!(MIGRATIONS.folder(), "empty_history");
}
