servicekit::migrations!("value_twice_sql");

fn main() {}
