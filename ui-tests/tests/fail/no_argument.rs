servicekit::migrations!();

fn main() {
    let _ = MIGRATIONS.revisions();
}
