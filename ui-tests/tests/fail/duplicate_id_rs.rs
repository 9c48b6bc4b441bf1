servicekit::migrations!("duplicate_id_rs");

fn main() {}
