servicekit::migrations!("problems_in_many_files");

fn main() {}
