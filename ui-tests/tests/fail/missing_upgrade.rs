servicekit::migrations!("missing_upgrade");

fn main() {}
