//! How statements go with transactions: a table for each database, and laws.

mod changes;
mod laws;
mod mysql;
mod postgres;
mod said;
mod sqlite;
mod strings;
mod traces;
