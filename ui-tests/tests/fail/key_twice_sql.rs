servicekit::migrations!("key_twice_sql");

fn main() {}
