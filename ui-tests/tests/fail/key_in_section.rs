servicekit::migrations!("key_in_section");

fn main() {}
