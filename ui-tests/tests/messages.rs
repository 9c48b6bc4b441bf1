//! Programs that must not compile, each with the message that was reviewed.

#[test]
fn every_mistake_has_its_message() {
    // One call for all of them: they are compiled by one cargo.
    trybuild::TestCases::new().compile_fail("tests/fail/*.rs");
}
