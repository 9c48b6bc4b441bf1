//! Revisions in Rust: public or private functions, helpers, with and without a way back.

servicekit::migrations!("rust_revisions");

mod helpers {
    use servicekit::Operations;

    pub(crate) fn index(op: &mut Operations, table: &str) {
        op.execute(format!("CREATE INDEX {table}_x ON {table} (x)"));
    }
}

#[test]
fn they_are_listed_by_file() {
    let messages: Vec<&str> =
        MIGRATIONS.revisions().iter().map(servicekit::history::Revision::message).collect();
    assert_eq!(messages, ["make a1", "make b2", "A path instead of the prelude."]);
}
