servicekit::migrations!("stray_python_file");

fn main() {}
