//! Tables in a crate that forbids and denies what a crate can.
#![forbid(unsafe_code)]
#![deny(missing_docs, unreachable_pub, unused, rust_2018_idioms, clippy::all, clippy::pedantic)]

use servicekit::{Model as _, Table, Ulid};

/// Who may sign in.
#[derive(Debug, Table)]
#[table(index(sql("lower(email)"), unique, name = "ix_users_email"))]
pub struct User {
    /// Made by the client.
    #[column(primary_key)]
    pub id: Ulid,
    /// As it was typed.
    #[column(length = 254, check = "email LIKE '%@%'")]
    pub email: String,
    /// Who brought this one.
    #[column(references = Self::id, on_delete = set_null)]
    pub brought_by: Option<Ulid>,
}

#[test]
fn the_table_has_its_columns() {
    let names: Vec<String> = User::table().columns.into_iter().map(|column| column.name).collect();
    assert_eq!(names, ["id", "email", "brought_by"]);
}
