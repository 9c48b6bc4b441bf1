use super::{Case, case, nothing};
use servicekit::revision::*;

pub(super) fn cases() -> Vec<Case> {
    vec![
        case("types: those that every database has", nothing, |op| {
            op.create_table(
                "everything",
                [
                    small_integer("a_small_integer"),
                    integer("an_integer"),
                    big_integer("a_big_integer"),
                    float("a_float"),
                    double("a_double"),
                    numeric("a_numeric", 12, 2),
                    string("a_string", 50),
                    text("a_text"),
                    boolean("a_boolean"),
                    date("a_date"),
                    time("a_time"),
                    timestamp("a_timestamp"),
                    timestamp_tz("a_timestamp_tz"),
                    binary("a_binary"),
                    json("a_json"),
                    jsonb("a_jsonb"),
                    uuid("a_uuid"),
                    ulid("a_ulid"),
                ],
            );
        }),
        case("types: interval", nothing, |op| {
            op.create_table("spans", [interval("length")]);
        }),
        case("types: array", nothing, |op| {
            op.create_table("posts", [array("tags", Type::Text), array("matrix", Type::Integer.array())]);
        }),
        case("types: another one per database", nothing, |op| {
            op.create_table(
                "posts",
                [
                    array("tags", Type::Text)
                        .type_on(Dialect::Sqlite, Type::Json)
                        .type_on(Dialect::Mysql, Type::Json),
                    custom("size", "smallint").type_on(Dialect::Mysql, Type::custom("MEDIUMINT UNSIGNED")),
                ],
            );
        }),
    ]
}
