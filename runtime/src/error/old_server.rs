//! The oldest servers that revisions run on, and why no older ones.

use std::fmt;

/// A server that is older than a run needs.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct OldServer {
    /// What it is: `MySQL`, `MariaDB` or `PostgreSQL`.
    pub product: &'static str,
    /// Its version, as it says it.
    pub version: String,
    /// The oldest version that revisions run on.
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

/// Something about a server on which revisions run, that whoever writes them should know.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ServerNote {
    /// Tables that a revision of MySQL makes are of a storage engine without transactions, unless it names one.
    DefaultEngine {
        /// The storage engine.
        engine: String,
        /// Whether the server itself undoes or finishes DDL on such a table after a crash.
        is_ddl_atomic: bool,
    },
}

impl fmt::Display for ServerNote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self::DefaultEngine { engine, is_ddl_atomic } = self;
        let atomic = if *is_ddl_atomic {
            ""
        } else {
            ", and a stage that makes or changes one is asked about after a crash"
        };
        write!(
            f,
            "new tables are of {engine} unless a statement names an engine: no transaction undoes their rows{atomic}"
        )
    }
}

impl fmt::Display for OldServer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { product, version, least, why } = self;
        write!(f, "this is {product} {version}, and revisions need {product} {least} or later: {why}")
    }
}
