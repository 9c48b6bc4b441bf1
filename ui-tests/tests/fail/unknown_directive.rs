servicekit::migrations!("unknown_directive");

fn main() {}
