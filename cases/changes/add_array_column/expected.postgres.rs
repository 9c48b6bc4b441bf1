//! add v to users
use servicekit::revision::*;

pub fn upgrade(op: &mut Operations) {
    op.add_column("users", array("v", Type::Text).not_null().default("{}"));
}

pub fn downgrade(op: &mut Operations) {
    // loses data: column users.v
    op.reverse_of(upgrade);
}
