//! add select to Odd Table
use servicekit::revision::*;

pub fn upgrade(op: &mut Operations) {
    op.add_column("Odd Table", integer("select"));
}

pub fn downgrade(op: &mut Operations) {
    // loses data: column Odd Table.select
    op.reverse_of(upgrade);
}
