//! A target that was read is written so that it is read again.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| servicekit_fuzz::target(text));
