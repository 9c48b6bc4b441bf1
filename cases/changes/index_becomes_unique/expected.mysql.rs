//! add ix to users and 1 more
use servicekit::revision::*;

pub fn upgrade(op: &mut Operations) {
    op.drop_index("ix", "users").existing(index(["a"]).name("ix"));
    // can fail: rows of users that the unique constraint ix does not take
    op.create_unique_constraint("ix", "users", ["a"]);
}

pub fn downgrade(op: &mut Operations) {
    op.reverse_of(upgrade);
}
