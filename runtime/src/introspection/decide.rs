//! Deciding by a database whether expressions are one.

use super::on_connection;
use super::snapshot::Snapshot;
use crate::backend::{Connection, IntoConnection, database_error, equality};
use crate::error::{Error, ErrorKind, IntrospectionError, Phase, error_message};
use servicekit_schema::diff::{Difference, ExpressionPair, UndecidedTable, Verdict};

/// How many pairs go into one statement: PostgreSQL takes 1,664 targets.
const PAIRS_AT_ONCE: usize = 400;

/// Asks a database about the expressions of which [tokens](servicekit_schema::table::Schema::difference) do not tell
/// whether they are one.
///
/// The database shows how it reads both: the output of `EXPLAIN` of PostgreSQL, the note of MySQL and MariaDB, the program of
/// SQLite. It reads no table, needs no right on one, and writes nothing: a standby and a read-only session will do. All is asked
/// at once, in one transaction; only what the database refuses is asked again by itself. What it refuses then, such as
/// a function that is not there, [cannot be told](Difference::untold). SQLite asks a database in memory instead of yours, which
/// does not know functions and collations that your application registers.
///
/// Ask a database whose types and functions the expressions know: one of the two that differ. What one cannot tell, the
/// other one may.
///
/// ```
/// # async fn example(old: servicekit::sqlx::SqlitePool, new: servicekit::sqlx::SqlitePool) -> Result<(), servicekit::Error> {
/// use servicekit::introspection::{Introspection, decide};
/// use servicekit::Dialect;
///
/// let (from, to) = (Introspection::new().read(&old).await?, Introspection::new().read(&new).await?);
/// let difference = decide(from.difference(&to, Dialect::Sqlite), &new).await?;
/// println!("{difference}");
/// # Ok(())
/// # }
/// ```
///
/// # Errors
/// [`ErrorKind::Introspection`] if the database is of another kind than the difference, and [`ErrorKind::Database`] if it does
/// not answer. On a connection that you pass, [`ErrorKind::InTransaction`] if a transaction is open on it.
pub async fn decide<'c>(
    difference: Difference,
    database: impl IntoConnection<'c>,
) -> Result<Difference, Error> {
    if difference.undecided().is_empty() {
        return Ok(difference);
    }
    on_connection(database, async |connection| on(difference, connection).await).await
}

pub(super) async fn on(difference: Difference, connection: Connection<'_>) -> Result<Difference, Error> {
    if difference.undecided().is_empty() {
        return Ok(difference);
    }
    let (wanted, found) = (difference.dialect, connection.engine().dialect());
    if wanted != found {
        return Err(ErrorKind::Introspection(IntrospectionError::OtherKind { wanted, found }).into());
    }
    // The same library reads the expressions of any file, also of one that cannot be written.
    #[cfg(feature = "sqlite")]
    if matches!(connection.wire, crate::backend::AnyConnection::Sqlite(_)) {
        use sqlx::Connection as _;
        let opened = sqlx::SqliteConnection::connect("sqlite::memory:").await;
        let mut own = opened.map_err(|error| database_error(Phase::Introspect, error))?;
        let own = Connection::new(crate::backend::AnyConnection::Sqlite(&mut own));
        let verdicts = verdicts(difference.undecided(), own).await?;
        return Ok(difference.decided(&verdicts));
    }
    let verdicts = verdicts(difference.undecided(), connection).await?;
    Ok(difference.decided(&verdicts))
}

/// Some pairs of a table, with their places among all.
struct Inquiry<'t> {
    table: &'t UndecidedTable,
    places: Vec<usize>,
    pairs: Vec<&'t ExpressionPair>,
}

async fn verdicts(tables: &[UndecidedTable], connection: Connection<'_>) -> Result<Vec<Verdict>, Error> {
    let dialect = connection.engine().dialect();
    let mut verdicts = Vec::new();
    let mut inquiries = Vec::new();
    for table in tables {
        let mut sent: Vec<(usize, &ExpressionPair)> = Vec::new();
        for pair in &table.pairs {
            let refusal = equality::refusal(pair, dialect);
            if refusal.is_none() {
                sent.push((verdicts.len(), pair));
            }
            verdicts.push(refusal.map_or_else(equality::unreadable, Verdict::unknown));
        }
        inquiries.extend(sent.chunks(PAIRS_AT_ONCE).map(|some| {
            let (places, pairs) = some.iter().copied().unzip();
            Inquiry { table, places, pairs }
        }));
    }
    if inquiries.is_empty() {
        return Ok(verdicts);
    }
    let mut asking = Asking { snapshot: Snapshot::open(connection).await?, verdicts };
    let asked = asking.all(inquiries).await;
    let Asking { snapshot, verdicts } = asking;
    snapshot.close(asked.map(|()| verdicts)).await
}

/// Half of some inquiries, and the other half; the place of the pair where it is only one.
fn halves(mut inquiries: Vec<Inquiry<'_>>) -> Result<[Vec<Inquiry<'_>>; 2], Option<usize>> {
    let half = inquiries.len() / 2;
    if half > 0 {
        let rest = inquiries.split_off(half);
        return Ok([inquiries, rest]);
    }
    let Some(mut only) = inquiries.pop() else { return Err(None) };
    let half = only.pairs.len() / 2;
    if half == 0 {
        return Err(only.places.first().copied());
    }
    let rest =
        Inquiry { table: only.table, places: only.places.split_off(half), pairs: only.pairs.split_off(half) };
    Ok([vec![only], vec![rest]])
}

struct Asking<'c> {
    snapshot: Snapshot<'c>,
    verdicts: Vec<Verdict>,
}

impl Asking<'_> {
    /// Asks all at once, and what is refused again in halves, until it is one pair.
    async fn all(&mut self, inquiries: Vec<Inquiry<'_>>) -> Result<(), Error> {
        let mut waiting = vec![inquiries];
        while let Some(some) = waiting.pop() {
            let Some(message) = self.ask(&some).await? else { continue };
            match halves(some) {
                Ok([first, second]) => waiting.extend([second, first]),
                Err(place) => place.into_iter().for_each(|place| self.set(place, Verdict::unknown(&message))),
            }
        }
        Ok(())
    }

    /// Asks, and notes the answers; what the database says when it refuses one.
    async fn ask(&mut self, inquiries: &[Inquiry<'_>]) -> Result<Option<String>, Error> {
        let engine = self.snapshot.engine();
        let each: Vec<Vec<String>> = inquiries
            .iter()
            .map(|inquiry| engine.equality_questions(inquiry.table, &inquiry.pairs))
            .collect();
        let settings = engine.settings_for_questions(self.snapshot.settings());
        match self.snapshot.ask(&settings, &each.concat()).await? {
            Ok(answers) => {
                let mut rest = answers.as_slice();
                for (inquiry, questions) in inquiries.iter().zip(&each) {
                    let (now, later) = rest.split_at_checked(questions.len()).unwrap_or_default();
                    rest = later;
                    let verdicts = engine.verdicts(&inquiry.pairs, now);
                    for (place, verdict) in inquiry.places.iter().zip(verdicts) {
                        self.set(*place, verdict);
                    }
                }
                Ok(None)
            }
            Err(error) if error.source.as_database_error().is_some() => {
                Ok(Some(error_message(&error.source)))
            }
            Err(error) => Err(database_error(Phase::Introspect, error.source)),
        }
    }

    fn set(&mut self, place: usize, verdict: Verdict) {
        if let Some(slot) = self.verdicts.get_mut(place) {
            *slot = verdict;
        }
    }
}
