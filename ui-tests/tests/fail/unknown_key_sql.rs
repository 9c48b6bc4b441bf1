servicekit::migrations!("unknown_key_sql");

fn main() {}
