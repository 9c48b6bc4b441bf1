//! The tokens of any Rust source tile it.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| servicekit_fuzz::rust_tokens(text));
