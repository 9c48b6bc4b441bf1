servicekit::migrations!("duplicate_label_rs");

fn main() {}
