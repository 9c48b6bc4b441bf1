fn main() {
    let migrations = servicekit::migrations!("not_an_item");
}
