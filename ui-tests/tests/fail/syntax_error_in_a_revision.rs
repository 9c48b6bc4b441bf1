servicekit::migrations!("syntax_error_in_a_revision");

fn main() {}
