//! change fk_author of posts
use servicekit::revision::*;

pub fn upgrade(op: &mut Operations) {
    // rebuilds: table posts
    op.batch_alter_table("posts", |batch| {
        batch.drop_foreign_key("fk_author")
            .existing(foreign_key(["author"], "users", ["id"]).name("fk_author"));
        // can fail: rows of posts that the foreign key fk_author does not take
        batch.create_foreign_key("fk_author", "users", ["author"], ["id"])
            .on_update(ForeignKeyAction::Cascade);
    });
}

pub fn downgrade(op: &mut Operations) {
    // rebuilds: table posts
    // can fail: rows of posts that the foreign key fk_author does not take
    op.reverse_of(upgrade);
}
