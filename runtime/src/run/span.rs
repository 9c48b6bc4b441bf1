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
    /// `system` is what OpenTelemetry calls the database.
    pub(crate) fn new(system: &'static str, current: &Prepared) -> Self {
        Self(tracing::info_span!(
            "revision",
            otel.kind = "client",
            otel.status_code = tracing::field::Empty,
            db.system.name = system,
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
            self.failed(error);
        }
        result
    }

    /// Notes that the revision has failed.
    pub(crate) fn failed(&self, error: &Error) {
        self.0.record("otel.status_code", "ERROR");
        self.0.record("error.type", error.code());
    }
}

impl Session<'_> {
    /// What OpenTelemetry calls the database.
    pub(crate) fn system(&self) -> &'static str {
        match self.engine.dialect() {
            Dialect::Sqlite => "sqlite",
            Dialect::Postgres => "postgresql",
            _ if self.server_version().is_some_and(|version| version.product == Product::Mariadb) => {
                "mariadb"
            }
            _ => "mysql",
        }
    }
}
