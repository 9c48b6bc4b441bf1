servicekit::migrations!("dependency_self_loop_rs");

fn main() {}
