//! change ck of b
use servicekit::revision::*;

pub fn upgrade(op: &mut Operations) {
    op.drop_check_constraint("ck", "b").existing(check("v > 5").name("ck"));
    // takes a lock: b waits until the check constraint ck is checked
    // can fail: rows of b that the check constraint ck does not take
    op.create_check_constraint("ck", "b", "v > 6");
}

pub fn downgrade(op: &mut Operations) {
    // takes a lock: b waits until the check constraint ck is checked
    // can fail: rows of b that the check constraint ck does not take
    op.reverse_of(upgrade);
}
