//! The span of a revision.

use crate::error::Error;
use crate::run::Session;
use crate::script::Prepared;
use servicekit_chain::Dialect;
use servicekit_schema::requirement::Product;
use std::future::Future;
use tracing::Instrument as _;

/// The span that a revision runs in: an operation of a client of the database.
///
/// Fields have the names of OpenTelemetry where it has some (<https://opentelemetry.io/docs/specs/semconv/database/database-spans/>);
/// those with `otel` are what layers that send spans there take for the kind and the status of a span.
#[derive(Debug)]
pub(crate) struct RevisionSpan(tracing::Span);

impl RevisionSpan {
    pub(crate) fn new(session: &Session<'_>, current: &Prepared) -> Self {
        Self(tracing::info_span!(
            "revision",
            otel.kind = "client",
            otel.status_code = tracing::field::Empty,
            db.system.name = system(session),
            db.operation.name = %current.step.direction,
            "error.type" = tracing::field::Empty,
            id = %current.step.revision,
            direction = %current.step.direction,
            message = current.revision.message()
        ))
    }

    /// Runs the revision in it, and notes whether it failed.
    pub(crate) async fn run<T>(self, revision: impl Future<Output = Result<T, Error>>) -> Result<T, Error> {
        let result = revision.instrument(self.0.clone()).await;
        if let Err(error) = &result {
            self.0.record("otel.status_code", "ERROR");
            self.0.record("error.type", error.code());
        }
        result
    }
}

/// What OpenTelemetry calls the database.
fn system(session: &Session<'_>) -> &'static str {
    match session.engine.dialect() {
        Dialect::Sqlite => "sqlite",
        Dialect::Postgres => "postgresql",
        _ if session.server_version().is_some_and(|version| version.product == Product::Mariadb) => "mariadb",
        _ => "mysql",
    }
}
