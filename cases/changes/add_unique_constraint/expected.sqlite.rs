//! add uq_email to users
use servicekit::revision::*;

pub fn upgrade(op: &mut Operations) {
    // rebuilds: table users
    // can fail: rows of users that the unique constraint uq_email does not take
    op.create_unique_constraint("uq_email", "users", ["email"]);
}

pub fn downgrade(op: &mut Operations) {
    // rebuilds: table users
    op.reverse_of(upgrade);
}
