servicekit::migrations!("self_loop_sql");

fn main() {}
