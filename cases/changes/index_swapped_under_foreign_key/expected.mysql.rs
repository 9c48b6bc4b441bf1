//! add ix_new to posts and 1 more
use servicekit::revision::*;

pub fn upgrade(op: &mut Operations) {
    op.drop_foreign_key("fk_author", "posts")
        .existing(foreign_key(["author"], "users", ["id"]).name("fk_author"));
    op.drop_index("ix_old", "posts").existing(index(["author"]).name("ix_old"));
    op.create_index("ix_new", "posts", ["author", "id"]);
    // rebuilds: table posts
    op.create_foreign_key("fk_author", "posts", "users", ["author"], ["id"]);
}

pub fn downgrade(op: &mut Operations) {
    // rebuilds: table posts
    op.reverse_of(upgrade);
}
