servicekit::migrations!("utf16");

fn main() {}
