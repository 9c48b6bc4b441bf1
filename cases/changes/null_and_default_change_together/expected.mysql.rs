//! change v of users
use servicekit::revision::*;

pub fn upgrade(op: &mut Operations) {
    op.alter_column("users", "v").drop_not_null().drop_default().existing(integer("v").not_null().default(1));
}

pub fn downgrade(op: &mut Operations) {
    // rebuilds: table users
    // can fail: rows where users.v is null
    op.reverse_of(upgrade);
}
