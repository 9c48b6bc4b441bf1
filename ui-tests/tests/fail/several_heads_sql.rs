servicekit::migrations!("several_heads_sql");

fn main() {}
