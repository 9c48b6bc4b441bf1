servicekit::migrations!("dependency_cycle_sql");

fn main() {}
