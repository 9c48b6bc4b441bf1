//! A history whose revisions share a helper: an ordinary function over `Operations`.

use servicekit::revision::{Operations, string, ulid};

servicekit::migrations!("alembic");

/// Makes the table of users that every service of ours has.
pub fn create_users_table(op: &mut Operations) {
    op.create_table(
        "users",
        [ulid("id").primary_key(), string("username", 50).not_null(), string("email", 254).not_null()],
    );
    op.create_index("ix_users_username", "users", ["username"]).unique();
}
