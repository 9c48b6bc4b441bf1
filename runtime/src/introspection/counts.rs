//! How many rows of a database the hazards of a change are about.

use super::on_connection;
use super::snapshot::Snapshot;
use crate::backend::{Connection, IntoConnection, database_error};
use crate::error::{Error, ErrorKind, IntrospectionError, Phase, error_message};
use servicekit_schema::diff::{Counted, Difference, Hazard};
use std::fmt;
use std::time::Duration;

/// How long one count may take.
const LIMIT: Duration = Duration::from_secs(2);

/// How many rows a hazard is about.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Count {
    /// So many rows.
    Rows(u64),
    /// So many groups of rows that have the same values.
    Groups(u64),
    /// It was not counted, and why.
    NotCounted(String),
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rows(1) => f.write_str("1 row"),
            Self::Rows(number) => write!(f, "{number} rows"),
            Self::Groups(1) => f.write_str("1 group of equal rows"),
            Self::Groups(number) => write!(f, "{number} groups of equal rows"),
            Self::NotCounted(reason) => write!(f, "not counted: {reason}"),
        }
    }
}

/// Counts the rows that hazards of a difference are about, in a database that has the first of the two schemas.
///
/// It reads only. Each count has a transaction of its own and at most two seconds, so that what the database refuses, such
/// as a table that the user may not read, is the reason of one [`Count::NotCounted`] and not in the way of the others. With row
/// level security that hides rows from the user, PostgreSQL refuses too. Right before a change the numbers can be others.
///
/// On SQLite the time is kept by a progress handler, which takes the place of one that you have set on the connection.
///
/// ```
/// # async fn example(
/// #     wanted: servicekit::schema::Schema,
/// #     pool: servicekit::sqlx::SqlitePool,
/// # ) -> Result<(), Box<dyn std::error::Error>> {
/// use servicekit::introspection::{Introspection, count};
///
/// let difference = Introspection::new().compare(&wanted, &pool).await?;
/// let hazards = difference.plan()?.hazards;
/// for (hazard, count) in hazards.iter().zip(count(&difference, &hazards, &pool).await?) {
///     println!("{hazard} ({count})");
/// }
/// # Ok(())
/// # }
/// ```
///
/// # Errors
/// [`ErrorKind::Introspection`] if the database is of another kind than the difference, and [`ErrorKind::Database`] if it does
/// not answer. On a connection that you pass, [`ErrorKind::InTransaction`] if a transaction is open on it.
pub async fn count<'c>(
    difference: &Difference,
    hazards: &[Hazard],
    database: impl IntoConnection<'c>,
) -> Result<Vec<Count>, Error> {
    if hazards.is_empty() {
        return Ok(Vec::new());
    }
    on_connection(database, async |connection| on(difference, hazards, connection).await).await
}

async fn on(
    difference: &Difference,
    hazards: &[Hazard],
    connection: Connection<'_>,
) -> Result<Vec<Count>, Error> {
    let (wanted, found) = (difference.dialect, connection.engine().dialect());
    if wanted != found {
        return Err(ErrorKind::Introspection(IntrospectionError::OtherKind { wanted, found }).into());
    }
    let mut snapshot = Snapshot::open(connection).await?;
    let counted = all(difference, hazards, &mut snapshot).await;
    snapshot.close(counted).await
}

async fn all(
    difference: &Difference,
    hazards: &[Hazard],
    snapshot: &mut Snapshot<'_>,
) -> Result<Vec<Count>, Error> {
    let mut counts = Vec::new();
    for hazard in hazards {
        counts.push(match difference.count_query(hazard) {
            Err(reason) => Count::NotCounted(reason.to_string()),
            Ok(query) => one(&query.sql, query.counted, snapshot).await?,
        });
    }
    Ok(counts)
}

async fn one(sql: &str, counted: Counted, snapshot: &mut Snapshot<'_>) -> Result<Count, Error> {
    let engine = snapshot.engine();
    let mut settings = engine.settings_for_questions(snapshot.settings());
    settings.extend(engine.settings_for_counts(LIMIT));
    let questions = [engine.limited(sql, LIMIT)];
    let answers = match snapshot.ask_within(LIMIT, &settings, &questions).await? {
        Ok(answers) => answers,
        Err(error) if engine.is_over_limit(&error.source) => {
            return Ok(Count::NotCounted(format!("it took longer than {} s", LIMIT.as_secs())));
        }
        Err(error) if error.source.as_database_error().is_some() => {
            return Ok(Count::NotCounted(error_message(&error.source)));
        }
        Err(error) => return Err(database_error(Phase::Introspect, error.source)),
    };
    let number = answers.first().and_then(|answer| answer.first()?.parse().ok());
    Ok(match (number, counted) {
        (Some(number), Counted::Groups) => Count::Groups(number),
        (Some(number), _) => Count::Rows(number),
        (None, _) => Count::NotCounted("the database answers no number".to_owned()),
    })
}
