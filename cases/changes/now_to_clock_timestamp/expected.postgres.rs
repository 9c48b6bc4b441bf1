//! change at of users
use servicekit::revision::*;

pub fn upgrade(op: &mut Operations) {
    op.alter_column("users", "at")
        .set_default(sql("clock_timestamp()"))
        .existing(timestamp("at").default(sql("now()")));
}

pub fn downgrade(op: &mut Operations) {
    op.reverse_of(upgrade);
}
