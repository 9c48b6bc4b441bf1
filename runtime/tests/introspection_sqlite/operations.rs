//! Every case of the operations, read when it is done.

use crate::cases::topics;
use crate::round_trip::{memory, round_trip};
use crate::sqlite_runner;
use servicekit::{Dialect, Operations};

#[tokio::test]
async fn what_each_operation_leaves_is_read_and_made_again() {
    let (mut done, mut refused) = (0, 0);
    for (_, cases) in topics() {
        for case in cases {
            let mut op = Operations::default();
            (case.run)(&mut op);
            if op.sql(Dialect::Sqlite).is_err() {
                refused += 1;
                continue;
            }
            println!("{}", case.name);
            let mut connection = memory().await;
            sqlite_runner::run(&mut connection, case.before).await;
            sqlite_runner::run(&mut connection, case.run).await;
            round_trip(&mut connection).await;
            done += 1;
        }
    }
    println!("{done} cases read, {refused} refused before");
    assert!(done > 50);
}
