servicekit::migrations!("missing_invocation");

fn main() {}
