//! The tables, a file for each part of the shop.

mod catalogue;
mod orders;
mod users;

pub use catalogue::{Cents, Details, Product, Review, Stars};
pub use orders::{Order, OrderLine, State};
pub use users::{Address, Email, User};
