//! add fk_author to posts
use servicekit::revision::*;

pub fn upgrade(op: &mut Operations) {
    // takes a lock: writes to posts and users wait until the foreign key fk_author is checked
    // can fail: rows of posts that the foreign key fk_author does not take
    op.create_foreign_key("fk_author", "posts", "users", ["author"], ["id"]);
}

pub fn downgrade(op: &mut Operations) {
    op.reverse_of(upgrade);
}
