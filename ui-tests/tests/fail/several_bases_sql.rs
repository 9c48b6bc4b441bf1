servicekit::migrations!("several_bases_sql");

fn main() {}
