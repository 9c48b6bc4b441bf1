servicekit::migrations!("duplicate_label_sql");

fn main() {}
