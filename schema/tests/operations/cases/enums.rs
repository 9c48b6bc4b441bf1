use super::{Case, case, nothing};
use servicekit::revision::*;

pub(super) fn cases() -> Vec<Case> {
    let moods = "SELECT mood FROM people ORDER BY id";
    vec![
        case("create_enum, and a table with it", nothing, |op| {
            op.create_enum(mood());
            op.create_table(
                "people",
                [integer("id"), enumeration("mood", mood()).not_null().default("happy")],
            );
        }),
        case("create_enum: values to be quoted", nothing, |op| {
            let odd = || enum_type("odd \"name\"", ["it's", "back\\slash", "a,b", "\"", "é"]);
            op.create_enum(odd());
            op.create_table("things", [enumeration("odd kind", odd()).default("back\\slash")]);
            op.bulk_insert("things", ["odd kind"], [["it's"], ["a,b"], ["é"]]);
        }),
        case(
            "add_column: enum",
            |op| {
                op.create_enum(mood());
                op.create_table("people", [integer("id")]);
            },
            |op| drop(op.add_column("people", enumeration("mood", mood()).not_null().default("happy"))),
        ),
        case("drop_enum", |op| drop(op.create_enum(mood())), |op| drop(op.drop_enum(mood()))),
        case("drop_enum: if_exists", nothing, |op| drop(op.drop_enum(mood()).if_exists())),
        case("add_enum_value", people, |op| {
            op.add_enum_value(mood(), "calm").used_by("people", column());
        }),
        case("add_enum_value: before", people, |op| {
            op.add_enum_value(mood(), "calm").before("happy").used_by("people", column());
        }),
        case("add_enum_value: after", people, |op| {
            op.add_enum_value(mood(), "calm").after("sad").used_by("people", column());
        }),
        case(
            "add_enum_value: no column named",
            |op| drop(op.create_enum(mood())),
            |op| {
                op.add_enum_value(mood(), "calm");
            },
        ),
        case("rename_enum_value", people, |op| {
            op.rename_enum_value(mood(), "happy", "cheerful").used_by("people", column());
        })
        .asking(moods),
        case("remove_enum_value", people, |op| {
            op.remove_enum_value(mood(), "sad").replaced_by("happy").used_by("people", column());
        })
        .asking(moods),
        case("remove_enum_value: no row has it", people, |op| {
            op.remove_enum_value(mood(), "angry").used_by("people", column());
        }),
        case("remove_enum_value: arrays", moods_of_people, |op| {
            op.only_for(Dialect::Postgres, |op| {
                op.remove_enum_value(mood(), "sad")
                    .replaced_by("happy")
                    .used_by("people", array("moods", mood().into()));
            });
        }),
        case("reorder_enum_values", people, |op| {
            op.reorder_enum_values(mood(), ["happy", "sad", "angry"]).used_by("people", column());
        }),
        case("reorder_enum_values: arrays", moods_of_people, |op| {
            op.only_for(Dialect::Postgres, |op| {
                op.reorder_enum_values(mood(), ["happy", "sad", "angry"])
                    .used_by("people", array("moods", mood().into()));
            });
        }),
        case("alter_column: from an enum to text", people, |op| {
            op.alter_column("people", "mood").set_type(Type::Text).set_default("happy").existing(column());
        }),
    ]
}

fn mood() -> EnumType {
    enum_type("mood", ["sad", "angry", "happy"])
}

fn column() -> Column {
    enumeration("mood", mood()).not_null().default("happy").comment("today")
}

fn people(op: &mut Operations) {
    op.create_enum(mood());
    op.create_table("people", [integer("id"), column()]);
    op.bulk_insert("people", ["id", "mood"], [(1, "sad"), (2, "happy"), (3, "sad")]);
}

fn moods_of_people(op: &mut Operations) {
    op.only_for(Dialect::Postgres, |op| {
        op.create_enum(mood());
        op.create_table("people", [array("moods", mood().into())]);
        op.execute("INSERT INTO people VALUES ('{sad, angry, sad}'), ('{}'), (NULL)");
    });
}
