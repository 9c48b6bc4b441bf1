//! What every operation does is read as it is.

use crate::bench::Bench;
use crate::cases::topics;
use servicekit::{Dialect, Operations};

#[tokio::test]
async fn what_any_operation_makes_is_read_and_made_again() {
    let Some(mut bench) = Bench::open().await else { return };
    let server = bench.server().await;
    let (mut done, mut refused) = (0, 0);
    for (_, cases) in topics() {
        for case in cases.iter().filter(|case| case.is_known_to(server.as_ref(), Dialect::Mysql)) {
            let (mut before, mut run) = (Operations::default(), Operations::default());
            (case.before)(&mut before);
            (case.run)(&mut run);
            let Ok(run) = run.sql(Dialect::Mysql) else {
                refused += 1;
                continue;
            };
            bench.empty().await;
            for sql in before.sql(Dialect::Mysql).unwrap().into_iter().chain(run) {
                bench.run(&sql.replace("SCHEMA`", &format!("{}`", bench.database.name()))).await;
            }
            bench.round_trip(case.name).await;
            done += 1;
        }
    }
    println!("{done} cases read, {refused} refused before");
}
