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
        case("types: char, without sign", nothing, |op| {
            op.create_table(
                "everything_else",
                [
                    char("a_char", 3),
                    unsigned_small_integer("an_unsigned_small_integer").default(65_535),
                    unsigned_integer("an_unsigned_integer").default(4_294_967_295_u32),
                ],
            );
        }),
        case("types: 64 bits without a sign", nothing, |op| {
            op.create_table("files", [unsigned_big_integer("size").default(u64::MAX)]);
        }),
        case("types: without a limit", nothing, |op| {
            op.create_table("prices", [unconstrained_numeric("price"), unconstrained_string("currency")]);
        }),
        case("types: precision of times", nothing, |op| {
            op.create_table(
                "moments",
                [
                    time("a_time").precision(0),
                    timestamp("a_timestamp").precision(3).default(now()),
                    timestamp_tz("a_timestamp_tz").precision(3).not_null().default(now()),
                ],
            );
        }),
        case("types: precision of an interval", nothing, |op| {
            op.create_table("spans", [interval("length").precision(2)]);
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
