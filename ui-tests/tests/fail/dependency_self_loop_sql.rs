servicekit::migrations!("dependency_self_loop_sql");

fn main() {}
