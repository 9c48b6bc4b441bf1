//! Several histories in one crate, one of them twice.

mod one {
    servicekit::migrations!("several_histories/one");
}

/// Public, in a public place.
pub mod two {
    servicekit::migrations!("several_histories/two");

    /// The same folder by another path.
    pub mod again {
        servicekit::migrations!("./several_histories/../several_histories/two/");
    }
}

// In a function the test by which the command line gets at revisions in Rust is out of reach, and the compiler says so.
#[allow(unnameable_test_items)]
fn in_a_function() -> servicekit::Migrations {
    servicekit::migrations!("several_histories/two");
    MIGRATIONS
}

#[test]
fn each_has_its_own_revisions() {
    let count = [one::MIGRATIONS, two::MIGRATIONS, two::again::MIGRATIONS, in_a_function()]
        .map(|history| history.revisions().len());
    assert_eq!(count, [1, 2, 2, 2]);
    assert_eq!(one::rev::R_A1, two::rev::R_A1);
}
