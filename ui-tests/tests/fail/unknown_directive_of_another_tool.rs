servicekit::migrations!("unknown_directive_of_another_tool");

fn main() {}
