servicekit::migrations!("missing_revision_rs");

fn main() {}
