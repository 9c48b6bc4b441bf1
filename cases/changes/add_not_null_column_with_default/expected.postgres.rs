//! add age to users
use servicekit::revision::*;

pub fn upgrade(op: &mut Operations) {
    op.add_column("users", integer("age").not_null().default(7));
}

pub fn downgrade(op: &mut Operations) {
    // loses data: column users.age
    op.reverse_of(upgrade);
}
