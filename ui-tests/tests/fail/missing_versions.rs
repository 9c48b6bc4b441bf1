servicekit::migrations!("missing_versions");

fn main() {}
