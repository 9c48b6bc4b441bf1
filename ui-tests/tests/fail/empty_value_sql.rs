servicekit::migrations!("empty_value_sql");

fn main() {}
