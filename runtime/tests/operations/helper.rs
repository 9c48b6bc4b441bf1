//! The helper of the users' guide: a function over `op` that revisions share.

use crate::client::Client;
use servicekit::revision::*;

/// Makes the table of users, as the guide shows it.
pub(crate) fn create_users_table(op: &mut Operations) {
    op.create_table(
        "users",
        [ulid("id").primary_key(), string("username", 50).not_null(), string("email", 254).not_null()],
    );
    op.create_index("ix_users_username", "users", ["username"]).unique();
}

#[tokio::test]
async fn the_helper_makes_a_table_whose_key_is_a_ulid_and_whose_names_are_unique() {
    for dialect in Dialect::ALL {
        let Some(mut client) = Client::open(dialect).await else { continue };
        let mut op = Operations::default();
        create_users_table(&mut op);
        for sql in op.sql(dialect).unwrap() {
            client.run(&sql).await.unwrap();
        }
        let user = |id: &str, name: &str| {
            format!("INSERT INTO users VALUES ('{id}', '{name}', '{name}@example.org')")
        };
        client.run(&user("01JDJ4E6QXZ8W3V5T7R9P2M4KA", "ada")).await.unwrap();
        client.run(&user("01JDJ4E6QXZ8W3V5T7R9P2M4KB", "ada")).await.unwrap_err();
        client.run(&user("01JDJ4E6QXZ8W3V5T7R9P2M4KA", "bob")).await.unwrap_err();
        client.run("INSERT INTO users (username, email) VALUES ('eve', 'e')").await.unwrap_err();
        assert_eq!(client.ask("SELECT id, username FROM users").await, ["01JDJ4E6QXZ8W3V5T7R9P2M4KA|ada"]);
    }
}
