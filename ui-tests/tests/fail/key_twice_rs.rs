servicekit::migrations!("key_twice_rs");

fn main() {}
