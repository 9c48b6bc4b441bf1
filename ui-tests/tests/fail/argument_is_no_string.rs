servicekit::migrations!(alembic);

mod second {
    servicekit::migrations!(5);
}

mod third {
    servicekit::migrations!(concat!("alem", "bic"));
}

fn main() {}
