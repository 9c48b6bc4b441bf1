//! Values of one type become those of another.

use crate::database::Place;
use servicekit::Dialect;
use servicekit::revision::*;
use servicekit::schema::Schema;

fn schema(data_type: Type) -> Schema {
    let mut schema = Schema::default();
    schema.tables.push(Table::new("t", [integer("id").primary_key(), Column::new("v", data_type)]));
    schema
}

/// Arrays, the values in them, and these as JSON.
fn arrays() -> Vec<(Type, &'static str, &'static str)> {
    vec![
        (
            Type::Jsonb,
            r#"ARRAY['{"a": [1, "b"]}', 'null', '"c"']::jsonb[]"#,
            r#"[{"a": [1, "b"]}, null, "c"]"#,
        ),
        (Type::Json, r#"ARRAY['{"a": 1}']::json[]"#, r#"[{"a": 1}]"#),
        (Type::Text, r#"ARRAY['a "b"', NULL, '{}']"#, r#"["a \"b\"", null, "{}"]"#),
        (Type::Integer, "'{{1,2},{3,4}}'", "[[1, 2], [3, 4]]"),
        (Type::Boolean, "'{}'", "[]"),
    ]
}

#[tokio::test]
async fn an_array_becomes_json_with_its_values() {
    let Some(mut place) = Place::open(Dialect::Postgres).await else { return };
    for json in [Type::Json, Type::Jsonb] {
        for (element, values, expected) in arrays() {
            let (from, to) = (schema(element.clone().array()), schema(json.clone()));
            place.empty().await;
            for sql in from.operations(Dialect::Postgres).sql(Dialect::Postgres).unwrap() {
                place.run(&sql).await.unwrap();
            }
            place.run(&format!("INSERT INTO t VALUES (1, {values}), (2, NULL)")).await.unwrap();
            let change = from.difference(&to, Dialect::Postgres).plan().unwrap();
            place.change(change.recorded()).await.unwrap();
            let found = place.rows("SELECT v::jsonb::text FROM t ORDER BY id").await;
            assert_eq!(found, [[Some(expected.to_owned())], [None]], "{element} as {json}");
        }
    }
}
