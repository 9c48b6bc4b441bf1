//! Settings that the driver changes when it connects, and what they are in the database's own client.
//!
//! A revision means what the same text means there. What its connection was opened with by someone's will, such as a
//! setting in the URL or one that a hook of the pool has made, stays.

/// A setting of the session that revisions do not run under as the driver has left it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct OwnSetting {
    pub(crate) name: &'static str,
    /// What revisions run under.
    pub(crate) value: String,
    /// What it is on the connection as it was opened.
    pub(crate) opened_with: String,
}
