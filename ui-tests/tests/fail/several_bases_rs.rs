servicekit::migrations!("several_bases_rs");

fn main() {}
