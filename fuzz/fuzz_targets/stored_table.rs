//! A table of SQLite that is built again keeps what its text says.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| servicekit_fuzz::stored_table(text));
