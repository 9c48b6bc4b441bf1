servicekit::migrations!("nowhere");

fn main() {}
