//! change fk_author of posts
use servicekit::revision::*;

pub fn upgrade(op: &mut Operations) {
    op.drop_foreign_key("fk_author", "posts")
        .existing(foreign_key(["author"], "users", ["id"]).name("fk_author"));
    // takes a lock: writes to posts and users wait until the foreign key fk_author is checked
    // can fail: rows of posts that the foreign key fk_author does not take
    op.create_foreign_key("fk_author", "posts", "users", ["author"], ["id"])
        .on_delete(ForeignKeyAction::Cascade);
}

pub fn downgrade(op: &mut Operations) {
    // takes a lock: writes to posts and users wait until the foreign key fk_author is checked
    // can fail: rows of posts that the foreign key fk_author does not take
    op.reverse_of(upgrade);
}
