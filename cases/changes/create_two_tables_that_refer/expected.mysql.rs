//! create posts and 1 more
use servicekit::revision::*;

pub fn upgrade(op: &mut Operations) {
    op.create_table("users", [integer("id").primary_key()]);

    op.create_table("posts", [integer("id").primary_key(), integer("author")])
        .with(foreign_key(["author"], "users", ["id"]).name("fk_author"))
        .with(index(["author"]).name("fk_author"));
}

pub fn downgrade(op: &mut Operations) {
    // loses data: table posts
    // loses data: table users
    op.reverse_of(upgrade);
}
