servicekit::migrations!("unterminated");

fn main() {}
