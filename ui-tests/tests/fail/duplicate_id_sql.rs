servicekit::migrations!("duplicate_id_sql");

fn main() {}
