//! add ix_new to posts and 1 more
use servicekit::revision::*;

pub fn upgrade(op: &mut Operations) {
    op.drop_index("ix_old", "posts").existing(index(["author"]).name("ix_old"));
    // takes a lock: writes to posts wait until the index ix_new is built
    op.create_index("ix_new", "posts", ["author", "id"]);
}

pub fn downgrade(op: &mut Operations) {
    // takes a lock: writes to posts wait until the index ix_old is built
    op.reverse_of(upgrade);
}
