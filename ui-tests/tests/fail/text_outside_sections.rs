servicekit::migrations!("text_outside_sections");

fn main() {}
