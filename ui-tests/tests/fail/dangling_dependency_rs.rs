servicekit::migrations!("dangling_dependency_rs");

fn main() {}
