servicekit::migrations!("wrong_signature");

fn main() {}
