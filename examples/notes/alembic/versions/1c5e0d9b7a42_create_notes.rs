//! create notes
use servicekit::revision::*;

revision! {
    id: "1c5e0d9b7a42",
    models: ["+notes"],
    created: "2026-11-29T19:40:00Z",
}

pub fn upgrade(op: &mut Operations) {
    op.create_table("notes", [big_integer("id").primary_key().autoincrement(), text("text").not_null()]);
}

pub fn downgrade(op: &mut Operations) {
    op.drop_table("notes");
}
