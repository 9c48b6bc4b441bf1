//! add ix_new to posts and 1 more
use servicekit::revision::*;

pub fn upgrade(op: &mut Operations) {
    op.drop_index("ix_old", "posts").existing(index(["author"]).name("ix_old"));
    op.create_index("ix_new", "posts", ["author", "id"]);
}

pub fn downgrade(op: &mut Operations) {
    op.reverse_of(upgrade);
}
