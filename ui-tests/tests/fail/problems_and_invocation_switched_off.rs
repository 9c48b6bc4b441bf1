servicekit::migrations!("problems_and_invocation_switched_off");

fn main() {}
