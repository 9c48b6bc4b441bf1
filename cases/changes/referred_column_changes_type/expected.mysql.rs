//! change id of posts and 2 more
use servicekit::revision::*;

pub fn upgrade(op: &mut Operations) {
    op.drop_foreign_key("fk_author", "posts")
        .existing(foreign_key(["author"], "users", ["id"]).name("fk_author"));
    // rebuilds: table posts
    op.alter_column("posts", "id").set_type(Type::BigInteger).existing(integer("id").not_null());
    // rebuilds: table posts
    op.alter_column("posts", "author").set_type(Type::BigInteger).existing(integer("author"));

    // rebuilds: table users
    op.alter_column("users", "id").set_type(Type::BigInteger).existing(integer("id").not_null());

    // rebuilds: table posts
    op.create_foreign_key("fk_author", "posts", "users", ["author"], ["id"]);
}

pub fn downgrade(op: &mut Operations) {
    op.drop_foreign_key("fk_author", "posts")
        .existing(foreign_key(["author"], "users", ["id"]).name("fk_author"));
    // rebuilds: table posts
    // can fail: values of posts.id that the new type does not take
    op.alter_column("posts", "id").set_type(Type::Integer).existing(big_integer("id").not_null());
    // rebuilds: table posts
    // can fail: values of posts.author that the new type does not take
    op.alter_column("posts", "author").set_type(Type::Integer).existing(big_integer("author"));

    // rebuilds: table users
    // can fail: values of users.id that the new type does not take
    op.alter_column("users", "id").set_type(Type::Integer).existing(big_integer("id").not_null());

    // rebuilds: table posts
    op.create_foreign_key("fk_author", "posts", "users", ["author"], ["id"]);
}
