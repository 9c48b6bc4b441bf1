//! change ck of b
use servicekit::revision::*;

pub fn upgrade(op: &mut Operations) {
    // rebuilds: table b
    op.batch_alter_table("b", |batch| {
        batch.drop_check_constraint("ck").existing(check("v > 5").name("ck"));
        // can fail: rows of b that the check constraint ck does not take
        batch.create_check_constraint("ck", "v > 6");
    });
}

pub fn downgrade(op: &mut Operations) {
    // rebuilds: table b
    // can fail: rows of b that the check constraint ck does not take
    op.reverse_of(upgrade);
}
