//! The spans that a run makes, for traces.
#![cfg(feature = "sqlite")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "clippy exempts test functions, not their helpers")]

mod support;

use servicekit::Error;
use servicekit::options::TransactionMode;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use support::{File, history, sql};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

type Fields = BTreeMap<&'static str, String>;

/// Keeps the fields of every span called `revision`.
#[derive(Debug, Clone, Default)]
struct Spans {
    next: Arc<AtomicU64>,
    open: Arc<Mutex<BTreeMap<u64, Fields>>>,
}

struct Reader<'f>(&'f mut Fields);

impl Visit for Reader<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.0.insert(field.name(), format!("{value:?}").trim_matches('"').to_owned());
    }
}

impl Subscriber for Spans {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.is_span()
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let id = self.next.fetch_add(1, Ordering::Relaxed) + 1;
        if span.metadata().name() == "revision" {
            span.record(&mut Reader(self.open.lock().unwrap().entry(id).or_default()));
        }
        Id::from_u64(id)
    }

    fn record(&self, span: &Id, values: &Record<'_>) {
        if let Some(fields) = self.open.lock().unwrap().get_mut(&span.into_u64()) {
            values.record(&mut Reader(fields));
        }
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn event(&self, _: &Event<'_>) {}
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

/// The spans of a run up, and of one back to base.
async fn spans_of(mode: TransactionMode) -> (Error, String) {
    let file = File::new();
    let spans = Spans::default();
    let _guard = tracing::subscriber::set_default(spans.clone());
    let migrations = history(&[
        sql("a", &[], "CREATE TABLE a (x TEXT);", "DROP TABLE a;"),
        sql("b", &["a"], "", ""),
        sql("c", &["b"], "INSERT INTO missing VALUES (1);", ""),
        sql("d", &["c"], "", ""),
    ]);
    let migrator = migrations.migrator().transaction(mode);
    let error = migrator.upgrade(&file.pool().await).await.unwrap_err();
    migrator.upgrade_to(&file.pool().await, "a").await.unwrap();
    migrator.downgrade_to(&file.pool().await, "base").await.unwrap();

    let fields = spans.open.lock().unwrap();
    let shown = fields.values().map(|fields| {
        fields.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join(" ")
    });
    (error, shown.collect::<Vec<_>>().join("\n"))
}

#[tokio::test]
async fn each_revision_has_a_span_with_the_names_of_opentelemetry() {
    let (error, shown) = spans_of(TransactionMode::PerRevision).await;
    assert_eq!(error.code(), "statement_failed");
    // `b` was in one message with `c`, and ran again without it.
    insta::assert_snapshot!(shown, @"
    db.operation.name=upgrade db.system.name=sqlite direction=upgrade id=a message=about a otel.kind=client
    db.operation.name=upgrade db.system.name=sqlite direction=upgrade id=b message=about b otel.kind=client
    db.operation.name=upgrade db.system.name=sqlite direction=upgrade error.type=statement_failed id=c message=about c otel.kind=client otel.status_code=ERROR
    db.operation.name=upgrade db.system.name=sqlite direction=upgrade id=b message=about b otel.kind=client
    db.operation.name=downgrade db.system.name=sqlite direction=downgrade id=b message=about b otel.kind=client
    db.operation.name=downgrade db.system.name=sqlite direction=downgrade id=a message=about a otel.kind=client
    ");
}

#[tokio::test]
async fn each_revision_of_a_run_in_one_transaction_has_a_span_too() {
    let (error, shown) = spans_of(TransactionMode::PerRun).await;
    assert_eq!(error.code(), "statement_failed");
    insta::assert_snapshot!(shown, @"
    db.operation.name=upgrade db.system.name=sqlite direction=upgrade id=a message=about a otel.kind=client
    db.operation.name=upgrade db.system.name=sqlite direction=upgrade id=b message=about b otel.kind=client
    db.operation.name=upgrade db.system.name=sqlite direction=upgrade error.type=statement_failed id=c message=about c otel.kind=client otel.status_code=ERROR
    db.operation.name=upgrade db.system.name=sqlite direction=upgrade id=a message=about a otel.kind=client
    db.operation.name=downgrade db.system.name=sqlite direction=downgrade id=a message=about a otel.kind=client
    ");
}
