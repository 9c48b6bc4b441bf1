servicekit::migrations!("config_type");

fn main() {}
