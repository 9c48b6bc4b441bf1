servicekit::migrations!("not_utf8_sql");

fn main() {}
