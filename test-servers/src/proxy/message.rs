//! What a client has sent.

/// One message of a client: a frontend message of PostgreSQL, a command of MySQL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Which connection it came on, counted from 0.
    pub connection: usize,
    /// The protocol's name for it: `Query`, `Parse`, `Bind`, `Execute`, `Sync`, …; `COM_QUERY`,
    /// `COM_STMT_PREPARE`, `COM_STMT_EXECUTE`, ….
    pub kind: &'static str,
    /// The SQL in it: of `Query` and `Parse`, of `COM_QUERY` and `COM_STMT_PREPARE`.
    pub text: Option<String>,
    /// The SQL that it runs, prepared earlier or not: of `Query` and `Execute`, of `COM_QUERY` and
    /// `COM_STMT_EXECUTE`.
    pub runs: Option<String>,
}

impl Message {
    /// Whether the message runs SQL with this fragment in it.
    ///
    /// The one to cut at: it is true once for each run of a statement, whether it was just prepared, is prepared
    /// since long, or is sent as text.
    pub fn executes(&self, fragment: &str) -> bool {
        self.runs.as_ref().is_some_and(|sql| sql.contains(fragment))
    }

    /// Whether SQL with this fragment stands in the message.
    pub fn sends(&self, fragment: &str) -> bool {
        self.text.as_ref().is_some_and(|sql| sql.contains(fragment))
    }
}
