//! Whatever a `.sql` revision file says, every place is inside it.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| servicekit_fuzz::sql_file(text));
