servicekit::migrations!("invocation_twice");

fn main() {}
