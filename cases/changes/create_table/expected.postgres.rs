//! create notes
use servicekit::revision::*;

pub fn upgrade(op: &mut Operations) {
    op.create_table("notes", [integer("id").primary_key()]);
}

pub fn downgrade(op: &mut Operations) {
    // loses data: table notes
    op.reverse_of(upgrade);
}
