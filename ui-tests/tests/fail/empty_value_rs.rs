servicekit::migrations!("empty_value_rs");

fn main() {}
