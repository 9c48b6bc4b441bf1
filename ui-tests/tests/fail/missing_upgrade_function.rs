servicekit::migrations!("missing_upgrade_function");

fn main() {}
