//! Any text is cut into pieces that tile it, and what was cut is not cut again.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| servicekit_fuzz::sql_split(text));
