//! How statements go with transactions: a table for each database, and laws.

mod changes;
mod described;
mod laws;
mod mysql;
mod postgres;
mod sqlite;
mod strings;
mod traces;
