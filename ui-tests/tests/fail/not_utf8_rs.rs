servicekit::migrations!("not_utf8_rs");

fn main() {}
