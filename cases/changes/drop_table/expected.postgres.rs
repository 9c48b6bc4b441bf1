//! drop notes
use servicekit::revision::*;

pub fn upgrade(op: &mut Operations) {
    // loses data: table notes
    op.drop_table("notes")
        .existing(Table::new("notes", [integer("id").not_null()]).with(primary_key(["id"]).name("pk_notes")));
}

pub fn downgrade(op: &mut Operations) {
    // comes back empty: table notes
    op.reverse_of(upgrade);
}
