servicekit::migrations!("invocation_switched_off");

fn main() {}
