servicekit::migrations!("duplicate_id_of_both_kinds");

fn main() {}
