servicekit::migrations!("several_heads_rs");

fn main() {}
