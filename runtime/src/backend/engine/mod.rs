//! What a run needs to know of a kind of database: texts and rules, nothing that is sent.

mod bookkeeping;
#[cfg(feature = "introspection")]
pub(crate) mod equality;
mod errors;
mod inspection;
#[cfg(feature = "introspection")]
mod introspection;
pub(crate) mod locking;
#[cfg(feature = "introspection")]
mod scratch;
mod sessions;
#[cfg(all(feature = "testing", any(feature = "postgres", feature = "mysql")))]
pub(crate) mod test_server;
mod transactions;

pub(crate) use bookkeeping::Bookkeeping;
pub(crate) use errors::ErrorClasses;
pub(crate) use inspection::Inspection;
pub(crate) use introspection::Introspection;
#[cfg(feature = "introspection")]
pub(crate) use introspection::Scope;
pub(crate) use locking::Locking;
#[cfg(feature = "introspection")]
pub(crate) use scratch::ScratchQueries;
use servicekit_chain::Dialect;
use servicekit_chain::sql::{self, ObjectName};
pub(crate) use sessions::Sessions;
use std::fmt;
pub(crate) use transactions::Transactions;

/// What only some builds ask.
#[cfg(not(feature = "introspection"))]
pub(crate) mod introspection {
    /// Nothing, without the feature `introspection`.
    pub(crate) trait Introspection {}
    impl<T> Introspection for T {}
}

/// A kind of database.
///
/// Every text is one statement. What a database cannot do is an empty list or `None`.
pub(crate) trait Engine:
    Quoting
    + Bookkeeping
    + Transactions
    + Locking
    + ErrorClasses
    + Sessions
    + Inspection
    + Introspection
    + fmt::Debug
    + Sync
{
}

/// How a dialect writes names and values.
pub(crate) trait Quoting {
    /// Its dialect.
    fn dialect(&self) -> Dialect;

    /// A value as a literal, whatever characters it holds and however the server is set.
    fn literal(&self, value: &str) -> String {
        sql::literal_in_any_session(self.dialect(), value)
    }

    /// A name in the quotes of the dialect.
    fn quote(&self, name: &str) -> String {
        sql::quote_name(self.dialect(), name)
    }

    /// The name of an object, with its schema where that is known.
    fn quote_object(&self, name: &ObjectName) -> String {
        let parts = name.schema.iter().chain([&name.name]).map(|part| self.quote(part));
        parts.collect::<Vec<_>>().join(".")
    }
}
