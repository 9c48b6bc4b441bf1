servicekit::migrations!("no_such_id");

fn main() {
    let _ = rev::CREATE_USRES;
    let _ = rev::R_A2;
}
