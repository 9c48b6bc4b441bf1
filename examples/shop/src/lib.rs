//! A shop: its tables are the structs in [`models`], and its queries are in [`queries`].

pub mod models;
pub mod queries;

servicekit::migrations!("alembic");
