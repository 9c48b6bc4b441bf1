//! create posts
use servicekit::revision::*;

pub fn upgrade(op: &mut Operations) {
    op.create_table("posts", [integer("id").primary_key(), integer("author")])
        .with(foreign_key(["author"], "users", ["id"]).name("fk_author"));
}

pub fn downgrade(op: &mut Operations) {
    // loses data: table posts
    op.reverse_of(upgrade);
}
