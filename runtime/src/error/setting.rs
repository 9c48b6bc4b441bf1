//! Settings of a session that prevent a run.

/// A setting of the session that prevents a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum SettingInTheWay {
    /// MySQL's `autocommit` is off on a connection that you passed: the first query of a run opens a transaction,
    /// which cannot be distinguished from a transaction of yours.
    AutocommitOff,
    /// MySQL's `sql_select_limit` is 0, so no query returns rows.
    NoRows,
}

impl SettingInTheWay {
    pub(crate) fn message(self) -> &'static str {
        match self {
            Self::AutocommitOff => {
                "`autocommit` is off on the connection, so every query opens a transaction on it"
            }
            Self::NoRows => "`sql_select_limit` is 0 for this session, so no query returns rows",
        }
    }

    pub(crate) fn help(self) -> &'static str {
        match self {
            Self::AutocommitOff => "turn it on for that connection (`SET autocommit = 1`), or pass a pool",
            Self::NoRows => {
                "set it to its default for the server or the connection: `sql_select_limit = DEFAULT`"
            }
        }
    }
}
