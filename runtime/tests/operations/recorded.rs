//! The list that is recorded.

use crate::cases::topics;
use servicekit::revision::*;

#[test]
fn every_case_records_the_same_twice() {
    for (_, cases) in topics() {
        for case in cases {
            let record = || {
                let mut op = Operations::default();
                (case.run)(&mut op);
                op
            };
            assert_eq!(record(), record(), "{}", case.name);
        }
    }
}

#[test]
fn a_list_that_differs_is_not_equal() {
    let record = |name: &str| {
        let mut op = Operations::default();
        op.drop_table(name);
        op
    };
    assert_ne!(record("a"), record("b"));
}

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
fn what_is_for_one_database_inside_of_what_is_for_another_is_for_none() {
    let mut op = Operations::default();
    op.only_for(Dialect::Mysql, |op| {
        op.execute_for(Dialect::Sqlite, "SELECT 1");
        op.execute("SELECT 2");
    });
    assert_eq!(op.len(), 1);
    assert_eq!(op.sql(Dialect::Mysql).unwrap(), ["SELECT 2"]);
}
