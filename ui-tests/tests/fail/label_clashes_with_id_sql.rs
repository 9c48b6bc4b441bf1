servicekit::migrations!("label_clashes_with_id_sql");

fn main() {}
