//! The commands that open a database: on SQLite files, and on the servers that are there.

mod coming_from;
mod connect;
mod diff;
mod doctor;
mod elsewhere;
mod empty;
mod few_files;
mod from_database;
mod hostile;
mod inspect;
mod interrupt;
mod json;
mod locked;
mod mixed;

mod partially_applied;
mod passwords;
mod place;
mod planned;
mod production;
mod rights;
mod stamped;
mod targets;
mod trouble;
mod up_and_down;

pub(crate) use place::{Place, answer, everywhere, on_mysql, on_postgres, on_sqlite};
