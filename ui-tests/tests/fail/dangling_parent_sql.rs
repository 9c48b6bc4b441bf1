servicekit::migrations!("dangling_parent_sql");

fn main() {}
