servicekit::migrations!("value_twice_rs");

fn main() {}
