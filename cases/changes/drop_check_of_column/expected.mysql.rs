//! remove check constraint from users
use servicekit::revision::*;

pub fn upgrade(op: &mut Operations) {
    op.alter_column("users", "a").drop_own_check().existing(
        integer("a").not_null().default(5).comment("it's").option(Dialect::Mysql, "CHECK (`a` > 0)"),
    );
}

pub fn downgrade(op: &mut Operations) {
    // rebuilds: table users
    // can fail: rows of users that the check of a does not take
    op.reverse_of(upgrade);
}
