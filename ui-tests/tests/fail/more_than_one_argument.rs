servicekit::migrations!("alembic", "more");

mod second {
    servicekit::migrations!("alembic" "more");
}

fn main() {}
