//! Asking a run to stop, and waiting for it.
#![cfg(feature = "sqlite")]
#![allow(clippy::unwrap_used, reason = "clippy exempts test functions, not their helpers")]

mod support;

use servicekit::{Progress, StopToken};
use support::counting_history;

#[tokio::test]
async fn a_run_that_is_asked_to_stop_ends_behind_the_revision_that_is_running_and_says_where() {
    let folder = tempfile::tempdir().unwrap();
    let database = servicekit::SqliteDatabaseBuilder::from_file(folder.path().join("app.db")).build();
    database.init().await.unwrap();
    let (history, stop) = (counting_history(5), StopToken::new());
    let asked = stop.clone();
    let migrator = history.migrator().stopped_by(&stop).on_progress(move |progress| {
        if matches!(progress, Progress::Started { step: 2, .. }) {
            asked.stop();
        }
    });

    let error = migrator.upgrade(&database).await.unwrap_err();

    assert!(matches!(error.kind(), servicekit::ErrorKind::Stopped));
    assert_eq!(error.heads().map(ToString::to_string).as_deref(), Some("rev0001"), "{error}");
    assert!(stop.is_stopped());
    let later = migrator.upgrade(&database).await.unwrap_err();
    assert_eq!(later.code(), "stopped", "it goes for runs that begin later too");
    let report = history.upgrade(&database).await.unwrap();
    assert_eq!((report.from.to_string(), report.steps.len()), ("rev0001".to_owned(), 3));
}
