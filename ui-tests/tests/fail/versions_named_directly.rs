servicekit::migrations!("versions_named_directly/versions");

fn main() {}
