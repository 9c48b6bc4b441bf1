//! A configuration beside the folder: folders in folders, a second place, several heads and bases.

servicekit::migrations!("configured/alembic");

#[test]
fn revisions_of_every_place_are_embedded() {
    let paths: Vec<&str> = MIGRATIONS.revisions().iter().map(servicekit::history::Revision::path).collect();
    assert_eq!(
        paths,
        [
            "configured/alembic/versions/2024/01/a1.sql",
            "configured/alembic/versions/b2.rs",
            "configured/shared/c3.sql",
            "configured/shared/d4.rs",
        ]
    );
}
