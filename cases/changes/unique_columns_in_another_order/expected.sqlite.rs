//! change uq_ab of users
use servicekit::revision::*;

pub fn upgrade(op: &mut Operations) {
    // rebuilds: table users
    op.batch_alter_table("users", |batch| {
        batch.drop_unique_constraint("uq_ab").existing(unique(["a", "b"]).name("uq_ab"));
        // can fail: rows of users that the unique constraint uq_ab does not take
        batch.create_unique_constraint("uq_ab", ["b", "a"]);
    });
}

pub fn downgrade(op: &mut Operations) {
    // rebuilds: table users
    // can fail: rows of users that the unique constraint uq_ab does not take
    op.reverse_of(upgrade);
}
