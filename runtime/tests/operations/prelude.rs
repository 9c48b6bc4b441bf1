//! What a revision imports.

use servicekit::revision::*;

/// What is glob-imported above would win against these, or make them ambiguous.
#[test]
fn the_prelude_hides_no_name_of_std() {
    let text: String = String::from("a");
    let list: Vec<Box<str>> = Vec::from([text.clone().into_boxed_str()]);
    let found: Option<Result<char, ()>> = Some(Ok('a'));
    assert!(matches!(found, None | Some(Ok('a') | Err(()))));
    assert_eq!(<u8 as Default>::default(), u8::from(ToString::to_string(&list.len()) != "1"));
    let parsed: Result<u8, _> = TryFrom::try_from(1_u16);
    assert_eq!(parsed.ok().into_iter().map(Into::<u32>::into).next(), Some(1));
    drop(text);
}

#[test]
fn work_is_recorded_with_what_the_prelude_brings_along() {
    let mut op = Operations::default();
    op.run("nothing", async |_| Ok(()));
    assert_eq!(op.sql(Dialect::Sqlite).unwrap(), ["-- run: nothing"]);
}
