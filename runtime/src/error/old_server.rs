//! The minimum versions of servers, with the reasons.

use std::fmt;

/// A server that is older than a run needs.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct OldServer {
    /// The product: `MySQL`, `MariaDB` or `PostgreSQL`.
    pub product: &'static str,
    /// The version that the server reports.
    pub version: String,
    /// The minimum version.
    pub least: &'static str,
    /// What older ones lack.
    pub(crate) why: &'static str,
}

impl OldServer {
    pub(crate) fn help(&self) -> String {
        let Self { product, least, .. } = self;
        format!("run the revisions on {product} {least} or later")
    }
}

/// A note about a server, for the author of revisions.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ServerNote {
    /// By default, new tables on MySQL have a storage engine without transactions.
    DefaultEngine {
        /// The storage engine.
        engine: String,
        /// Whether DDL on such a table is atomic after a crash of the server.
        is_ddl_atomic: bool,
    },
}

impl fmt::Display for ServerNote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self::DefaultEngine { engine, is_ddl_atomic } = self;
        let atomic = if *is_ddl_atomic {
            ""
        } else {
            ", and a stage that creates or changes one is in doubt after a crash"
        };
        write!(
            f,
            "new tables have the engine {engine} unless a statement names another one: their rows cannot be rolled back{atomic}"
        )
    }
}

impl fmt::Display for OldServer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { product, version, least, why } = self;
        write!(f, "this is {product} {version}, and revisions need {product} {least} or later: {why}")
    }
}
