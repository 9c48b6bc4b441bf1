servicekit::migrations!("key_not_in_comment");

fn main() {}
