//! change b of users
use servicekit::revision::*;

pub fn upgrade(op: &mut Operations) {
    // rebuilds: table users
    op.batch_alter_table("users", |batch| {
        batch.drop_column("b").existing(integer("b").generated("a * 2"));
        batch.add_column(integer("b").generated("a * 3"));
    });
}

pub fn downgrade(op: &mut Operations) {
    // rebuilds: table users
    op.reverse_of(upgrade);
}
