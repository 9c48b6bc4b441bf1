servicekit::migrations!("label_clashes_with_id_rs");

fn main() {}
