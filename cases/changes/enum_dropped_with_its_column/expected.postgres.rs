//! remove m from users and 1 more
use servicekit::revision::*;

pub fn upgrade(op: &mut Operations) {
    let mood = || enum_type("mood", ["sad", "happy"]);

    // loses data: column users.m
    op.drop_column("users", "m").existing(enumeration("m", mood()));

    op.drop_enum(mood());
}

pub fn downgrade(op: &mut Operations) {
    // comes back empty: column users.m
    op.reverse_of(upgrade);
}
