servicekit::migrations!("transaction_value");

fn main() {}
