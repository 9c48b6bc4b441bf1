servicekit::migrations!("stray_file");

fn main() {}
