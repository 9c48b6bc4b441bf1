//! remove b from users and 1 more
use servicekit::revision::*;

pub fn upgrade(op: &mut Operations) {
    // loses data: column users.b
    op.drop_column("users", "b").existing(integer("b").option(Dialect::Mysql, "CHECK (`b` < 9)"));
}

pub fn downgrade(op: &mut Operations) {
    // comes back empty: column users.b
    op.reverse_of(upgrade);
}
