//! How a side of a revision is cut into what is done or undone together.

use crate::script::{Side, Statement};
use servicekit_chain::digest::{DigestSection, digest_sql};
use servicekit_chain::sql::{Recovery, Traces, TransactionBehavior, added_enum_value, mentions_string};
use servicekit_chain::{Dialect, Direction};

/// What is done or undone together.
#[derive(Debug)]
pub(crate) struct Stage {
    /// Settings of the session that it needs, which are lost with the session: they are made again before a resume.
    pub(crate) settings: Vec<Statement>,
    pub(crate) work: Work,
}

/// What a unit runs.
#[derive(Debug)]
pub(crate) enum Work {
    /// Statements in one transaction.
    Together(Vec<Statement>),
    /// One statement outside a transaction.
    Alone(Box<Statement>, Recovery),
}

/// A side of a revision as units.
#[derive(Debug)]
pub(crate) struct Stages {
    pub(crate) list: Vec<Stage>,
    /// Settings of the session that come after the last unit.
    pub(crate) last_settings: Vec<Statement>,
    /// Whether all of it is one transaction, version rows and journal row included.
    pub(crate) is_one_transaction: bool,
    /// Whether statements run one by one, all or some, because the revision says so.
    pub(crate) one_by_one: bool,
    /// The values that it adds to enumerations of PostgreSQL.
    pub(crate) added_values: Vec<String>,
    /// What all of it leaves in its session.
    pub(crate) traces: Traces,
}

impl Stages {
    pub(crate) fn new(side: Side, dialect: Dialect) -> Self {
        let has_alone = side
            .statements
            .iter()
            .any(|statement| matches!(statement.class.behavior, TransactionBehavior::NonTransactional(_)));
        let all_by_themselves = !side.transaction;
        let one_by_one = all_by_themselves || side.statements.iter().any(|statement| statement.by_itself);
        let traces =
            side.statements.iter().fold(Traces::default(), |traces, statement| traces.and(statement.traces));
        let mut cut = Cut { list: Vec::new(), settings: Vec::new(), group: Vec::new() };
        let mut added_values = Vec::new();
        let mut rest = side.statements.into_iter().peekable();
        while let Some(statement) = rest.next() {
            match statement.class.behavior.clone() {
                TransactionBehavior::Session if has_alone || one_by_one => {
                    cut.end_group();
                    cut.settings.push(statement);
                }
                TransactionBehavior::NonTransactional(recovery) => {
                    cut.end_group();
                    cut.push(Work::Alone(Box::new(statement), recovery));
                }
                // Work can take long, and a stage of its own is not done again after what follows fails.
                _ if statement.by_itself || (statement.live.is_some() && (has_alone || one_by_one)) => {
                    cut.end_group();
                    cut.group.push(statement);
                    cut.end_group();
                }
                _ => {
                    let value = added_value(dialect, &statement);
                    let is_used = value.as_ref().is_some_and(|value| {
                        rest.clone().any(|later| mentions_string(later.mode, &later.sql, value))
                    });
                    added_values.extend(value);
                    let ends = all_by_themselves || is_used;
                    cut.group.push(statement);
                    if ends {
                        cut.end_group();
                    }
                }
            }
        }
        cut.end_group();
        if cut.list.is_empty() {
            cut.push(Work::Together(Vec::new()));
        }
        let Cut { list, settings: last_settings, .. } = cut;
        let is_one_transaction = !one_by_one
            && last_settings.is_empty()
            && matches!(list.as_slice(), [Stage { work: Work::Together(_), .. }]);
        Self { list, last_settings, is_one_transaction, one_by_one, added_values, traces }
    }

    /// Whether it has statements outside a transaction, so that a lock of the session is needed.
    pub(crate) fn leave_transactions(&self) -> bool {
        self.one_by_one || self.list.iter().any(|unit| matches!(unit.work, Work::Alone(..)))
    }

    /// A statement that asks for what another one has left by the way in an earlier stage: the run writes to the journal in
    /// between, and the answer would be about that.
    pub(crate) fn asks_across_stages(&self) -> Option<&Statement> {
        self.list.iter().skip(1).find_map(|unit| {
            let mut before = unit.statements();
            let mut given = false;
            before.find(|statement| {
                let asks = statement.traces.reads_last && !given;
                given |= leaves_something_to_ask_for(statement);
                asks
            })
        })
    }

    /// Whether it may use this value.
    pub(crate) fn mention(&self, value: &str) -> bool {
        self.statements().any(|statement| mentions_string(statement.mode, &statement.sql, value))
    }

    /// Everything that it runs, settings of the session too.
    pub(crate) fn statements(&self) -> impl Iterator<Item = &Statement> {
        let settings = self.list.iter().flat_map(|unit| &unit.settings);
        settings.chain(self.list.iter().flat_map(Stage::statements)).chain(&self.last_settings)
    }
}

impl Stage {
    /// What it runs, without its settings.
    pub(crate) fn statements(&self) -> impl Iterator<Item = &Statement> {
        let (several, one) = match &self.work {
            Work::Together(statements) => (statements.as_slice(), None),
            Work::Alone(statement, _) => (&[][..], Some(statement.as_ref())),
        };
        several.iter().chain(one)
    }

    /// What tells whether its statements were edited.
    pub(crate) fn digest(&self, direction: Direction, dialect: Dialect) -> String {
        let text: Vec<&str> = self.statements().map(|statement| statement.sql.as_str()).collect();
        let sql = text.join("\n;\n");
        digest_sql(false, [DigestSection { direction, dialects: &[dialect], sql: &sql }]).to_string()
    }

    /// Whether it keeps something in the session that a new session lacks and cannot find again.
    pub(crate) fn captures(&self) -> bool {
        self.statements().any(|statement| statement.class.behavior == TransactionBehavior::SetsVariable)
    }
}

/// Whether one can ask, behind it, for an id or a number of rows that it has left.
fn leaves_something_to_ask_for(statement: &Statement) -> bool {
    let first = statement.sql.split(|c: char| !c.is_ascii_alphabetic()).find(|word| !word.is_empty());
    let changes_no_row = ["SET", "CREATE", "ALTER", "DROP", "PRAGMA"];
    !changes_no_row.iter().any(|word| first.is_some_and(|first| first.eq_ignore_ascii_case(word)))
}

/// The value that a statement adds to an enumeration, which cannot be used before it is committed:
/// <https://www.postgresql.org/docs/current/sql-altertype.html#id-1.9.3.42.7>.
fn added_value(dialect: Dialect, statement: &Statement) -> Option<String> {
    let added: fn(&str) -> Option<String> = dialect.select(|_| None, added_enum_value, |_| None);
    added(&statement.sql)
}

/// Stages in the making.
struct Cut {
    list: Vec<Stage>,
    settings: Vec<Statement>,
    group: Vec<Statement>,
}

impl Cut {
    fn end_group(&mut self) {
        if !self.group.is_empty() {
            let group = std::mem::take(&mut self.group);
            self.push(Work::Together(group));
        }
    }

    fn push(&mut self, work: Work) {
        let unit = Stage { settings: std::mem::take(&mut self.settings), work };
        self.list.push(unit);
    }
}
