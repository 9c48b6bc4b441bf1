servicekit::migrations!("missing_revision_sql");

fn main() {}
