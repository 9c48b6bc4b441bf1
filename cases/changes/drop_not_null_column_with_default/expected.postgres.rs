//! remove age from users
use servicekit::revision::*;

pub fn upgrade(op: &mut Operations) {
    // loses data: column users.age
    op.drop_column("users", "age").existing(integer("age").not_null().default(7));
}

pub fn downgrade(op: &mut Operations) {
    // comes back empty: column users.age
    op.reverse_of(upgrade);
}
