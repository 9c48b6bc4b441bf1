//! The empty database of a server that a replay is made in.

use crate::backend::{
    Acquired, Answer, Connection, IntoConnection, Link, OwnedConnection, ScratchQueries, Timeouts,
    database_error,
};
use crate::error::{Error, ErrorKind, Phase, ScratchError};
use crate::{Database, Dialect};

/// Whether a scratch database may be on the server of the database that its replay is compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SameServer {
    /// It is refused, and so is a server that does not say which one it is.
    #[default]
    Refuse,
    /// It may.
    Allow,
}

/// How often the rest is dropped: what depends on something else may go only with a later attempt.
const ATTEMPTS: usize = 3;

/// An empty database of a server, held for one replay.
///
/// ```
/// # use servicekit::{Database, Migrations};
/// # use servicekit::introspection::Introspection;
/// # use servicekit::replay::{Replay, SameServer, Scratch};
/// # #[cfg(feature = "postgres")]
/// # async fn example(migrations: Migrations, database: Database) -> Result<(), servicekit::Error> {
/// let empty = Database::from_url("postgres://user@other-host/scratch")?.build();
/// empty.init().await?;
/// let scratch = Scratch::open(empty, &database, SameServer::Refuse).await?;
/// let at = migrations.current(&database).await?;
/// let intended = Replay::new(migrations, at).in_scratch(scratch, &Introspection::new()).await?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct Scratch {
    database: Database,
    /// Holds the lock while the value is there.
    held: OwnedConnection,
    queries: ScratchQueries,
}

impl Scratch {
    /// Checks that the database is empty and another one than `compared`, and holds it.
    ///
    /// What the two servers say of themselves is compared, not their URLs.
    ///
    /// # Errors
    /// [`ErrorKind::Scratch`] if it must not be used, and [`ErrorKind::Database`] if it cannot be read.
    pub async fn open<'c>(
        database: Database,
        compared: impl IntoConnection<'c>,
        same_server: SameServer,
    ) -> Result<Self, Error> {
        Self::hold(database, async |mut scratch, queries| {
            is_another(scratch.reborrow(), compared, same_server, queries).await?;
            is_empty(scratch, queries).await
        })
        .await
    }

    /// Checks that the database is empty, and holds it, for a replay that is compared with no database.
    ///
    /// # Errors
    /// As [`open`](Self::open).
    pub async fn alone(database: Database) -> Result<Self, Error> {
        Self::hold(database, async |scratch, queries| is_empty(scratch, queries).await).await
    }

    async fn hold(
        database: Database,
        check: impl AsyncFnOnce(Connection<'_>, &ScratchQueries) -> Result<(), Error>,
    ) -> Result<Self, Error> {
        let timeouts = Timeouts::default();
        let Link::Pool(pool) = (&database).link() else { return Err(ErrorKind::NotInitialised.into()) };
        let mut held = OwnedConnection::open(&pool, &timeouts).await?;
        let Some(queries) = held.connection().engine().scratch() else {
            return Err(ErrorKind::Scratch(ScratchError::OtherKind).into());
        };
        let checked = check(held.connection(), &queries).await;
        if let Err(error) = checked {
            held.close(&timeouts).await;
            return Err(error);
        }
        Ok(Self { database, held, queries })
    }

    /// The database, to be replayed in and read.
    pub fn database(&self) -> &Database {
        &self.database
    }

    /// Drops everything in it, and gives back what came of the replay.
    ///
    /// # Errors
    /// That of the replay; or [`ErrorKind::Scratch`] with what is left.
    pub async fn empty<T>(self, replayed: Result<T, Error>) -> Result<T, Error> {
        let Self { database, mut held, queries } = self;
        let emptied = empty(held.connection(), &queries).await;
        held.close(&Timeouts::default()).await;
        database.dispose().await;
        match (replayed, emptied) {
            (replayed, Ok(())) => replayed,
            (replayed, Err((left, source))) => {
                let after = replayed.err().map(Box::new);
                Err(ErrorKind::Scratch(ScratchError::NotEmptied { left, source, after }).into())
            }
        }
    }
}

fn refused(error: ScratchError) -> Result<(), Error> {
    Err(ErrorKind::Scratch(error).into())
}

async fn is_another<'c>(
    mut scratch: Connection<'_>,
    compared: impl IntoConnection<'c>,
    same_server: SameServer,
    queries: &ScratchQueries,
) -> Result<(), Error> {
    let dialect = scratch.engine().dialect();
    let own = Identity::ask(&mut scratch, queries, dialect).await?;
    let mut acquired = Acquired::take(compared.link(), &Timeouts::default()).await?;
    let is_same_kind = acquired.connection().engine().dialect() == dialect;
    if !is_same_kind {
        return refused(ScratchError::OtherKind);
    }
    let other = Identity::ask(&mut acquired.connection(), queries, dialect).await;
    let other = acquired.ended(other)?;
    // Where one of them does not say who it is, it may be the other.
    let may_be_one = own.server == other.server || own.server.is_empty() || other.server.is_empty();
    if may_be_one && own.database == other.database {
        return refused(ScratchError::SameDatabase);
    }
    if may_be_one && same_server == SameServer::Refuse {
        let is_known = !own.server.is_empty() && !other.server.is_empty();
        return refused(if is_known { ScratchError::SameServer } else { ScratchError::UnknownServer });
    }
    Ok(())
}

async fn is_empty(mut scratch: Connection<'_>, queries: &ScratchQueries) -> Result<(), Error> {
    if !scratch.ask_one(queries.lock, Phase::Identify).await?.is_yes() {
        return refused(ScratchError::Busy);
    }
    let found =
        contents(&mut scratch, queries).await.map_err(|error| database_error(Phase::Identify, error))?;
    if found.is_empty() {
        return Ok(());
    }
    refused(ScratchError::NotEmpty { found: found.into_iter().map(|thing| thing.shown).collect() })
}

/// What a connection says of where it leads.
struct Identity {
    /// Empty where the server does not say.
    server: Vec<Vec<Option<String>>>,
    database: String,
}

impl Identity {
    async fn ask(
        connection: &mut Connection<'_>,
        queries: &ScratchQueries,
        dialect: Dialect,
    ) -> Result<Self, Error> {
        // Some products and roles may not ask it.
        let server = connection.ask(&[queries.server]).await.unwrap_or_default();
        let server = server.into_iter().next().unwrap_or_default().rows;
        let name = connection.ask_one(queries.database, Phase::Identify).await?;
        let name = name.first().unwrap_or_default();
        // Some servers take two names for one that differ in case.
        let database = dialect.select(name.to_owned(), name.to_owned(), name.to_lowercase());
        Ok(Self { server, database })
    }
}

/// Something in the database, and what drops it.
struct Thing {
    shown: String,
    drop: String,
}

async fn contents(
    connection: &mut Connection<'_>,
    queries: &ScratchQueries,
) -> Result<Vec<Thing>, sqlx::Error> {
    let answer: Vec<Answer> = connection.ask_patiently(&[queries.contents]).await?;
    let rows = answer.into_iter().next().unwrap_or_default().rows;
    let things = rows.into_iter().filter_map(|row| {
        let mut values = row.into_iter().map(Option::unwrap_or_default);
        let (kind, name, drop) = (values.next()?, values.next()?, values.next()?);
        let kind = if kind == "base table" { "table".to_owned() } else { kind };
        Some(Thing { shown: format!("the {kind} `{name}`"), drop })
    });
    Ok(things.collect())
}

/// Drops everything; otherwise what is left, and why.
async fn empty(
    mut connection: Connection<'_>,
    queries: &ScratchQueries,
) -> Result<(), (Vec<String>, Option<sqlx::Error>)> {
    let mut failed = None;
    connection.run(queries.before_drops).await.map_err(|error| (Vec::new(), Some(error.source)))?;
    for _ in 0..ATTEMPTS {
        let things = contents(&mut connection, queries).await.map_err(|error| (Vec::new(), Some(error)))?;
        if things.is_empty() {
            return Ok(());
        }
        for thing in things {
            if let Err(error) = connection.run(&[thing.drop]).await {
                failed = Some(error.source);
            }
        }
    }
    let left = contents(&mut connection, queries).await.map_err(|error| (Vec::new(), Some(error)))?;
    if left.is_empty() {
        return Ok(());
    }
    Err((left.into_iter().map(|thing| thing.shown).collect(), failed))
}
