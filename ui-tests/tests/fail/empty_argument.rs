servicekit::migrations!("");

fn main() {}
