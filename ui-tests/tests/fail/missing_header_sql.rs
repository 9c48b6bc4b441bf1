servicekit::migrations!("missing_header_sql");

fn main() {}
