//! change b of users
use servicekit::revision::*;

pub fn upgrade(op: &mut Operations) {
    // loses data: column users.b
    op.drop_column("users", "b").existing(integer("b").generated("a * 2"));
    op.add_column("users", integer("b"));
}

pub fn downgrade(op: &mut Operations) {
    // comes back empty: column users.b
    // loses data: column users.b
    // rebuilds: table users
    op.reverse_of(upgrade);
}
