servicekit::migrations!("unknown_key_rs");

fn main() {}
