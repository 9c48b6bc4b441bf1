//! add a to users and 2 more
use servicekit::revision::*;

pub fn upgrade(op: &mut Operations) {
    op.batch_alter_table("users", |batch| {
        batch.add_column(integer("a"));
        batch.add_column(integer("b"));
        batch.add_column(string("c", 10));
    });
}

pub fn downgrade(op: &mut Operations) {
    op.batch_alter_table("users", |batch| {
        // loses data: column users.a
        batch.drop_column("a").existing(integer("a"));
        // loses data: column users.b
        batch.drop_column("b").existing(integer("b"));
        // loses data: column users.c
        batch.drop_column("c").existing(string("c", 10));
    });
}
