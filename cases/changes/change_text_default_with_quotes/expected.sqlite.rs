//! change note of users
use servicekit::revision::*;

pub fn upgrade(op: &mut Operations) {
    // rebuilds: table users
    op.alter_column("users", "note")
        .set_default(r#"it's "new""#)
        .existing(string("note", 40).default("it's"));
}

pub fn downgrade(op: &mut Operations) {
    // rebuilds: table users
    op.reverse_of(upgrade);
}
