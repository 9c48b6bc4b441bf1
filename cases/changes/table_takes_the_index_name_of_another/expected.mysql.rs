//! drop a and 1 more
use servicekit::revision::*;

pub fn upgrade(op: &mut Operations) {
    // loses data: table a
    op.drop_table("a").existing(Table::new("a", [integer("v")]).with(index(["v"]).name("ix")));

    op.create_table("b", [integer("v")]).with(index(["v"]).name("ix"));
}

pub fn downgrade(op: &mut Operations) {
    // comes back empty: table a
    // loses data: table b
    op.reverse_of(upgrade);
}
