//! add b to users and 1 more
use servicekit::revision::*;

pub fn upgrade(op: &mut Operations) {
    // rebuilds: table users
    op.batch_alter_table("users", |batch| {
        batch.add_column(integer("b"));
        batch.alter_column("a").set_default(2).existing(integer("a").default(1));
    });
}

pub fn downgrade(op: &mut Operations) {
    // rebuilds: table users
    // loses data: column users.b
    op.reverse_of(upgrade);
}
