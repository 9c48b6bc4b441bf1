servicekit::migrations!("type_error_in_a_revision");

fn main() {}
