//! add email to users
use servicekit::revision::*;

pub fn upgrade(op: &mut Operations) {
    op.add_column("users", string("email", 40));
}

pub fn downgrade(op: &mut Operations) {
    // loses data: column users.email
    op.reverse_of(upgrade);
}
