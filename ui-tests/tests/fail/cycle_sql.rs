servicekit::migrations!("cycle_sql");

fn main() {}
