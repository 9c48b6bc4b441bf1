servicekit::migrations!("section_twice");

fn main() {}
