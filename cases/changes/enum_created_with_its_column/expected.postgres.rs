//! add m to users and 1 more
use servicekit::revision::*;

pub fn upgrade(op: &mut Operations) {
    let mood = || enum_type("mood", ["sad", "happy"]);

    op.create_enum(mood());

    op.add_column("users", enumeration("m", mood()));
}

pub fn downgrade(op: &mut Operations) {
    // loses data: column users.m
    op.reverse_of(upgrade);
}
