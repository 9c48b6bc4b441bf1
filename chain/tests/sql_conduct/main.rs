//! How statements go with transactions: a table for each database, and laws.

mod laws;
mod mysql;
mod postgres;
mod said;
mod sqlite;
mod strings;
