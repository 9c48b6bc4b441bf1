servicekit::migrations!("ids_of_broken_files_are_there");

fn main() {
    let _ = (rev::R_A1, rev::R_B2, rev::MAKE_B2, rev::R_C3);
}
