//! remove fk_author from posts
use servicekit::revision::*;

pub fn upgrade(op: &mut Operations) {
    // rebuilds: table posts
    op.drop_foreign_key("fk_author", "posts")
        .existing(foreign_key(["author"], "users", ["id"]).name("fk_author"));
}

pub fn downgrade(op: &mut Operations) {
    // rebuilds: table posts
    // can fail: rows of posts that the foreign key fk_author does not take
    op.reverse_of(upgrade);
}
