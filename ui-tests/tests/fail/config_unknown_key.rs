servicekit::migrations!("config_unknown_key");

fn main() {}
