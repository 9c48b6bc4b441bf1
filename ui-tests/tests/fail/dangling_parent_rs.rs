servicekit::migrations!("dangling_parent_rs");

fn main() {}
