//! The list that is recorded.

use crate::cases::topics;
use servicekit::revision::*;

#[test]
fn every_case_records_the_same_twice() {
    for (_, cases) in topics() {
        for case in cases {
            let record = || {
                let mut op = Operations::default();
                (case.before)(&mut op);
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
