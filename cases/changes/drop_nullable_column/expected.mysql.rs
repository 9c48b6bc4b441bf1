//! remove email from users
use servicekit::revision::*;

pub fn upgrade(op: &mut Operations) {
    // loses data: column users.email
    op.drop_column("users", "email").existing(string("email", 40));
}

pub fn downgrade(op: &mut Operations) {
    // comes back empty: column users.email
    op.reverse_of(upgrade);
}
