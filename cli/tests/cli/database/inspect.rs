//! `inspect`: the tables of a database.

use super::place::{everywhere, on_sqlite};
use super::up_and_down::shop;
use insta::assert_snapshot;

#[test]
fn the_tables_are_printed_in_each_format_without_those_of_the_versions() {
    for place in everywhere(shop) {
        place.run("upgrade");
        let rust = place.run("inspect");
        assert!(rust.starts_with("use servicekit::revision::*;\n\npub fn upgrade("), "{rust}");
        let sql = place.run("inspect --format sql");
        let document = place.run("inspect --format json --quiet");
        let json: serde_json::Value = serde_json::from_str(&document).unwrap();
        assert!(json["tables"].is_array() && json["enums"].is_array(), "{document}");
        let as_for_others: serde_json::Value = serde_json::from_str(&place.json("inspect")).unwrap();
        assert_eq!(as_for_others, json);
        for text in [rust, sql, document] {
            assert!(!text.contains("alembic_") && !text.contains("error"), "{text}");
        }
    }
}

#[test]
fn what_is_wrong_is_said() {
    let place = on_sqlite(shop());
    let missing = place.run("inspect");
    assert!(missing.contains("there is no file `"), "{missing}");
    assert!(missing.ends_with("[exit 5]\n"), "{missing}");
    assert_snapshot!(place.run("inspect --format yaml"), @"
    [stderr]
    error: invalid value 'yaml' for '--format <FORMAT>'
      [possible values: rs, sql, json]

    For more information, try '--help'.
    [exit 2]
    ");
}
