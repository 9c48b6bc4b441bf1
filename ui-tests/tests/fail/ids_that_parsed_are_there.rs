servicekit::migrations!("ids_that_parsed_are_there");

fn main() {
    let _ = (rev::R_A1, rev::MAKE_A1, rev::R_B2, MIGRATIONS.revisions());
}
