servicekit::migrations!("dependency_cycle_rs");

fn main() {}
