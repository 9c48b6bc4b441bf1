servicekit::migrations!("cycle_of_both_kinds");

fn main() {}
