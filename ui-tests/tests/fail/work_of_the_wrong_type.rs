servicekit::migrations!("work_of_the_wrong_type");

fn main() {}
