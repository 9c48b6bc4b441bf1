servicekit::migrations!("config_missing_folder");

fn main() {}
