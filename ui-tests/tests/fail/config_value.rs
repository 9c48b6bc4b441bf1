servicekit::migrations!("config_value");

fn main() {}
