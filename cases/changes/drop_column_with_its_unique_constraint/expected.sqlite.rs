//! remove b from users and 1 more
use servicekit::revision::*;

pub fn upgrade(op: &mut Operations) {
    // rebuilds: table users
    op.batch_alter_table("users", |batch| {
        batch.drop_unique_constraint("uq_ab").existing(unique(["a", "b"]).name("uq_ab"));
        // loses data: column users.b
        batch.drop_column("b").existing(integer("b"));
    });
}

pub fn downgrade(op: &mut Operations) {
    // comes back empty: column users.b
    // rebuilds: table users
    // can fail: rows of users that the unique constraint uq_ab does not take
    op.reverse_of(upgrade);
}
