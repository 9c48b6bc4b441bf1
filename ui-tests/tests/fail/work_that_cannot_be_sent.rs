servicekit::migrations!("work_that_cannot_be_sent");

fn main() {}
