servicekit::migrations!("invalid_label_rs");

fn main() {}
