//! change b of users
use servicekit::revision::*;

pub fn upgrade(op: &mut Operations) {
    op.batch_alter_table("users", |batch| {
        // loses data: column users.b
        batch.drop_column("b").existing(integer("b").generated("a * 2"));
        batch.add_column(integer("b"));
    });
}

pub fn downgrade(op: &mut Operations) {
    // comes back empty: column users.b
    // rebuilds: table users
    // loses data: column users.b
    op.reverse_of(upgrade);
}
