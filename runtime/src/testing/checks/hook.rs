//! Code of a test that works on the database of a check.

use super::MigrationCheckError;
use crate::Database;
use crate::backend::{Acquired, IntoConnection as _, Timeouts};
use crate::database::Backend;
use crate::operation::{Connection, WorkResult};
use crate::work::WorkFn;
use std::fmt;
use std::panic::Location;
use std::pin::Pin;
use std::sync::Arc;

type Done<'c> = Pin<Box<dyn Future<Output = WorkResult> + Send + 'c>>;

/// Code of a test that works on the database of a check, and where it was given.
#[derive(Clone)]
pub(super) struct Hook {
    begin: Arc<dyn AnyHook>,
    pub(super) place: &'static Location<'static>,
}

impl Hook {
    #[track_caller]
    pub(super) fn new(hook: impl for<'c> WorkFn<'c> + Clone + Sync + 'static) -> Self {
        Self { begin: Arc::new(hook), place: Location::caller() }
    }

    /// Does it, on a connection of the database's pool.
    pub(super) async fn run<D: Backend>(
        &self,
        database: &Database<D>,
        failed: impl FnOnce(Box<dyn std::error::Error + Send + Sync>) -> MigrationCheckError,
    ) -> Result<(), MigrationCheckError> {
        let mut acquired = Acquired::take(database.link(), &Timeouts::default()).await?;
        let mut connection = Connection { connection: acquired.connection().wire };
        self.begin.begin(&mut connection).await.map_err(failed)
    }
}

impl fmt::Debug for Hook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Hook({})", self.place)
    }
}

/// A hook of a type that is forgotten. It is copied for each time: a closure with captures can be begun once.
trait AnyHook: Send + Sync {
    fn begin<'c>(&self, connection: &'c mut Connection<'c>) -> Done<'c>;
}

impl<F: for<'c> WorkFn<'c> + Clone + Sync + 'static> AnyHook for F {
    fn begin<'c>(&self, connection: &'c mut Connection<'c>) -> Done<'c> {
        Box::pin(WorkFn::begin(self.clone(), connection))
    }
}
