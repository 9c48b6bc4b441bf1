//! remove uq_email from users
use servicekit::revision::*;

pub fn upgrade(op: &mut Operations) {
    op.drop_unique_constraint("uq_email", "users").existing(unique(["email"]).name("uq_email"));
}

pub fn downgrade(op: &mut Operations) {
    // takes a lock: users waits until the index of the unique constraint uq_email is built
    // can fail: rows of users that the unique constraint uq_email does not take
    op.reverse_of(upgrade);
}
