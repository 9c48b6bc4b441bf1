servicekit::migrations!("invalid_id_sql");

fn main() {}
