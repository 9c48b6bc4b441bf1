//! add check constraint to users
use servicekit::revision::*;

pub fn upgrade(op: &mut Operations) {
    // rebuilds: table users
    // can fail: rows of users that the check of a does not take
    op.alter_column("users", "a")
        .set_own_check("`a` > 0")
        .existing(integer("a").not_null().default(5).comment("it's"));
}

pub fn downgrade(op: &mut Operations) {
    op.reverse_of(upgrade);
}
