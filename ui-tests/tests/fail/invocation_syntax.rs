servicekit::migrations!("invocation_syntax");

fn main() {}
