servicekit::migrations!("not_a_folder.rs");

fn main() {}
