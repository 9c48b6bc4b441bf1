servicekit::migrations!("stray_folder");

fn main() {}
