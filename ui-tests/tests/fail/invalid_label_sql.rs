servicekit::migrations!("invalid_label_sql");

fn main() {}
