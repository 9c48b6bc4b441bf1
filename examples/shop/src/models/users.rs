//! Who buys.

use servicekit::{entity, ColumnType, Table};

/// Who may sign in.
///
/// `#[entity]` adds the id, the times and the tags.
#[entity(index(sql("lower(email)"), unique, name = "ix_users_email"), comment = "who may sign in")]
#[derive(Debug, Clone, PartialEq, sqlx::FromRow)]
pub struct User {
    /// The name that others see.
    #[column(length = 50, unique)]
    pub username: String,
    /// Where mail goes.
    #[column(length = 254, check = "email LIKE '%@%'")]
    pub email: Email,
    /// Where parcels go.
    #[sqlx(flatten)]
    pub address: Address,
}

/// An address of mail, so that no other text is taken for one.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::Type, ColumnType)]
#[sqlx(transparent)]
pub struct Email(pub String);

/// A part of a table: its columns are those of the struct that holds it.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow, Table)]
#[table(unregistered)]
pub struct Address {
    /// Street and number.
    pub street: String,
    /// The town.
    #[column(length = 80)]
    pub town: String,
    /// The country in two letters.
    #[column(type = char(2), default = "NO", renamed_from = "nation")]
    pub country: String,
}
