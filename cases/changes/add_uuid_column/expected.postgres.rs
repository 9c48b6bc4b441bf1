//! add v to users
use servicekit::revision::*;

pub fn upgrade(op: &mut Operations) {
    // rebuilds: table users
    op.add_column("users", uuid("v").not_null().default(sql("gen_random_uuid()")));
}

pub fn downgrade(op: &mut Operations) {
    // loses data: column users.v
    op.reverse_of(upgrade);
}
