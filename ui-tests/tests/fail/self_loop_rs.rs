servicekit::migrations!("self_loop_rs");

fn main() {}
