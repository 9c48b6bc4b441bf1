servicekit::migrations!("versions_is_a_file");

fn main() {}
