servicekit::migrations!("config_syntax");

fn main() {}
