servicekit::migrations!("invalid_id_rs");

fn main() {}
