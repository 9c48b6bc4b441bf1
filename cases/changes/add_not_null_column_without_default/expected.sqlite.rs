//! add age to users
use servicekit::revision::*;

pub fn upgrade(op: &mut Operations) {
    // rebuilds: table users
    // can fail: rows of users, which get no value for age
    op.add_column("users", integer("age").not_null());
}

pub fn downgrade(op: &mut Operations) {
    // loses data: column users.age
    op.reverse_of(upgrade);
}
