servicekit::migrations!("dangling_dependency_sql");

fn main() {}
