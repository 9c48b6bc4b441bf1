servicekit::migrations!("unknown_dialect");

fn main() {}
