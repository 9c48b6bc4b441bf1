servicekit::migrations!("cycle_rs");

fn main() {}
