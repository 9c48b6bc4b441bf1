//! The tokens of any text tile it, in every dialect and mode.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| servicekit_fuzz::sql_tokens(text));
