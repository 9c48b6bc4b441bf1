//! The database of a test on a server of its own kind: a copy of one that is made once.
//!
//! A table in a database of servicekit's own says what was made: templates, and databases of tests. What a process was killed
//! in the middle of is dropped by the next one; what belongs to others is never touched.

use super::folder;
use super::key::key;
use super::own::{Place, TestBackend};
use super::{TestDatabaseError, TestSetup};
use crate::backend::engine::test_server::{REGISTRY, TestServer};
use crate::backend::hash::sha256;
use crate::backend::{Connection, OwnedConnection, SendError, Timeouts};
use crate::database::DatabaseBuilder;
use crate::error::{Error, ErrorKind};
use crate::{Database, Migrations};
use servicekit_chain::{Dialect, sql};
use std::fmt;
use std::future::Future;

/// How many connections the pool of a test has: many tests share the connections of a server.
pub(super) const CONNECTIONS: u32 = 5;

/// A kind of database that has servers.
pub(super) trait Server: TestBackend {
    const DIALECT: Dialect;
    /// The variable that names the server.
    const VARIABLE: &'static str;
    /// The database that a session has which uses the table of databases, if that must be one.
    const REGISTRY: Option<&'static str>;

    fn texts() -> &'static dyn TestServer;

    /// A database of the server at this URL; without a name, the one that the URL names.
    fn builder(url: &str, database: Option<&str>) -> Result<DatabaseBuilder<Self>, Error>;

    /// How a person finds a database.
    fn shown(url: &str, database: &str) -> String;

    /// Whether a template can be copied.
    fn can_copy(
        connection: &mut Connection<'_>,
        template: &str,
    ) -> impl Future<Output = Result<bool, SendError>>;

    /// Copies a template into an empty database, unless the server has done so.
    fn fill(
        connection: &mut Connection<'_>,
        template: &str,
        database: &str,
    ) -> impl Future<Output = Result<(), SendError>>;
}

/// Makes the database of a test.
pub(super) async fn make<D: Server>(
    setup: &TestSetup,
) -> Result<(Database<D>, ServerPlace<D>), TestDatabaseError> {
    // In boxes: the compiler gives up on futures in futures that are too many deep.
    let mut session = Box::pin(Session::<D>::open()).await?;
    let owner = owner(setup.name)?;
    Box::pin(session.drop_left(&owner)).await?;
    let name = loop {
        let template = match setup.migrations {
            Some(migrations) => Box::pin(session.template(migrations)).await?,
            None => None,
        };
        match Box::pin(session.create_copy(&owner, template.as_deref())).await {
            Ok(name) => break name,
            // Somebody has dropped it, or another process, as it was not used for long.
            Err(Failed { error, .. }) if template.is_some() && D::texts().is_no_database(&error.source) => {
                session.forget(&template.unwrap_or_default()).await?;
            }
            Err(failed) => return Err(failed.into()),
        }
    };
    let builder = D::builder(&session.url, Some(&name)).map_err(Session::<D>::refused_url)?;
    let builder = match setup.migrations {
        Some(migrations) => builder.with_migrations(migrations),
        None => builder,
    };
    Ok((builder.build(), ServerPlace { session, name, owner }))
}

/// A name for the test in this checkout: the same test of another one keeps its own database.
fn owner(test: &str) -> Result<String, TestDatabaseError> {
    let digits = sha256(&folder::root()?.to_string_lossy());
    let start = test.floor_char_boundary(test.len().saturating_sub(400));
    Ok(format!("{} {}", &test[start..], &digits[..8]))
}

/// What could not be done, of a server of which kind.
struct Failed {
    variable: &'static str,
    action: &'static str,
    error: SendError,
}

impl From<Failed> for TestDatabaseError {
    fn from(failed: Failed) -> Self {
        let Failed { variable, action, error } = failed;
        Self::Server { variable, action, source: error.source }
    }
}

/// What a database of the table is.
#[derive(Debug, Clone, Copy)]
enum Kind {
    /// Of a test that runs, or a template that is being made.
    InUse,
    /// A template; its owner is the key.
    Template,
    /// A template that cannot be copied, so that the history is applied for each test.
    NoCopy,
    /// Of a test that failed.
    Kept,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::InUse => "in use",
            Self::Template => "template",
            Self::NoCopy => "no copy",
            Self::Kept => "kept",
        })
    }
}

/// A session of the server that holds the locks of what it makes.
struct Session<D> {
    url: String,
    connection: OwnedConnection,
    kind: std::marker::PhantomData<D>,
}

impl<D: Server> Session<D> {
    async fn open() -> Result<Self, TestDatabaseError> {
        let variable = D::VARIABLE;
        let url = std::env::var(variable).ok().filter(|url| !url.is_empty());
        let url = url.ok_or(TestDatabaseError::NoServer { dialect: D::DIALECT, variable })?;
        let connection = match Self::connect(&url, D::REGISTRY).await {
            Err(TestDatabaseError::Migrate(error)) if is_no_registry::<D>(&error) => {
                Self::create_registry(&url).await?;
                Self::connect(&url, D::REGISTRY).await?
            }
            connected => connected?,
        };
        Ok(Self { url, connection, kind: std::marker::PhantomData })
    }

    async fn connect(url: &str, database: Option<&str>) -> Result<OwnedConnection, TestDatabaseError> {
        let database = D::builder(url, database).map_err(Self::refused_url)?.build();
        database.init().await?;
        let connection = OwnedConnection::open(&D::any(database.pool()?), &Timeouts::default()).await;
        database.dispose().await;
        Ok(connection?)
    }

    /// Makes the database of the table, which another process may do at the same time.
    async fn create_registry(url: &str) -> Result<(), TestDatabaseError> {
        let mut connection = Self::connect(url, None).await?;
        let created = connection.connection().run(&[D::texts().create(REGISTRY, None)]).await;
        connection.close(&Timeouts::default()).await;
        let Err(error) = created else { return Ok(()) };
        match Self::connect(url, D::REGISTRY).await {
            Ok(connection) => {
                connection.close(&Timeouts::default()).await;
                Ok(())
            }
            Err(_) => Err(Self::failed("create the database of its test databases")(error).into()),
        }
    }

    fn refused_url(source: Error) -> TestDatabaseError {
        TestDatabaseError::Url { variable: D::VARIABLE, source }
    }

    fn failed(action: &'static str) -> impl FnOnce(SendError) -> Failed {
        move |error| Failed { variable: D::VARIABLE, action, error }
    }

    fn literal(text: &str) -> String {
        sql::literal_in_any_session(D::DIALECT, text)
    }

    /// Asks one question.
    async fn ask(
        &mut self,
        action: &'static str,
        question: String,
    ) -> Result<Vec<Vec<Option<String>>>, Failed> {
        let answers = self.connection.connection().ask_patiently(&[question]).await;
        let answer = answers.map_err(Self::failed(action))?.into_iter().next();
        Ok(answer.unwrap_or_default().rows)
    }

    async fn run(&mut self, action: &'static str, statements: &[String]) -> Result<(), Failed> {
        // One by one: several in one text are a transaction on PostgreSQL, in which no database can be created.
        for statement in statements {
            self.connection.connection().run(&[statement]).await.map_err(Self::failed(action))?;
        }
        Ok(())
    }

    /// Drops what killed processes have left, and what was kept for earlier runs of this test.
    async fn drop_left(&mut self, owner: &str) -> Result<(), TestDatabaseError> {
        const ACTION: &str = "find the databases of earlier tests";
        let (table, free, old) = (D::texts().table(), D::texts().is_free(), D::texts().is_old());
        let (kept, in_use, owner) = (
            Self::literal(&Kind::Kept.to_string()),
            Self::literal(&Kind::InUse.to_string()),
            Self::literal(owner),
        );
        let question = format!(
            "SELECT name FROM {table} WHERE CASE WHEN kind = {in_use} OR kind = {kept} AND owner = {owner} OR {old} \
             THEN {free} ELSE FALSE END"
        );
        let found = match self.ask(ACTION, question.clone()).await {
            Err(failed) if D::texts().is_no_registry(&failed.error.source) => {
                self.run("create the table of its test databases", &D::texts().create_table()).await?;
                self.ask(ACTION, question).await?
            }
            found => found?,
        };
        for name in found.into_iter().flatten().flatten() {
            self.drop_database(&name).await?;
        }
        Ok(())
    }

    /// Drops a database whose lock this session holds.
    async fn drop_database(&mut self, name: &str) -> Result<(), Failed> {
        self.run("drop a database of tests", &[D::texts().drop(name), Self::delete(name)]).await?;
        self.run("release a lock", &[D::texts().unlock(name)]).await
    }

    fn delete(name: &str) -> String {
        format!("DELETE FROM {} WHERE name = {}", D::texts().table(), Self::literal(name))
    }

    fn set_kind(name: &str, kind: Kind, owner: &str) -> String {
        format!(
            "UPDATE {} SET kind = {}, owner = {} WHERE name = {}",
            D::texts().table(),
            Self::literal(&kind.to_string()),
            Self::literal(owner),
            Self::literal(name)
        )
    }

    async fn forget(&mut self, name: &str) -> Result<(), Failed> {
        self.run("forget a template that is gone", &[Self::delete(name)]).await
    }

    /// The template of a history; it is made if it is not there, by one process while the others wait. `None` if the
    /// history has to be applied.
    async fn template(&mut self, migrations: Migrations) -> Result<Option<String>, TestDatabaseError> {
        let version = self.ask("tell its version", "SELECT version()".to_owned()).await?;
        let version = version.into_iter().flatten().flatten().next().unwrap_or_default();
        let key = key(migrations, D::DIALECT, &version)?;
        if let Some(found) = self.find(&key).await? {
            return Ok(found);
        }
        self.run("wait for a template", &[D::texts().lock(&key)]).await?;
        let found = match self.find(&key).await {
            Ok(None) => self.make_template(migrations, &key).await.map(Some),
            found => found.map_err(TestDatabaseError::from),
        };
        self.run("release a lock", &[D::texts().unlock(&key)]).await?;
        Ok(found?.flatten())
    }

    /// The template of this key; `Some(None)` for one that cannot be copied.
    async fn find(&mut self, key: &str) -> Result<Option<Option<String>>, Failed> {
        let (table, owner) = (D::texts().table(), Self::literal(key));
        let (template, no_copy) =
            (Self::literal(&Kind::Template.to_string()), Self::literal(&Kind::NoCopy.to_string()));
        let question = format!(
            "SELECT name, CASE WHEN kind = {template} THEN 'yes' ELSE 'no' END FROM {table} \
             WHERE kind IN ({template}, {no_copy}) AND owner = {owner}"
        );
        let rows = self.ask("find a template", question).await?;
        let Some([Some(name), Some(can_copy)]) = rows.first().map(Vec::as_slice) else { return Ok(None) };
        let used = format!(
            "UPDATE {table} SET used = CURRENT_TIMESTAMP WHERE name = {} AND used < ",
            Self::literal(name)
        );
        let hour_ago = D::DIALECT.select("", "now() - interval '1 hour'", "NOW() - INTERVAL 1 HOUR");
        self.run("note the use of a template", &[used + hour_ago]).await?;
        Ok(Some((can_copy == "yes").then(|| name.clone())))
    }

    async fn make_template(
        &mut self,
        migrations: Migrations,
        key: &str,
    ) -> Result<Option<String>, TestDatabaseError> {
        let name = self.create(key, None).await?;
        let migrated = self.migrate(migrations, &name).await;
        let can_copy = match migrated {
            Ok(()) => D::can_copy(&mut self.connection.connection(), &name).await,
            Err(error) => {
                self.drop_database(&name).await?;
                return Err(error);
            }
        };
        let can_copy = can_copy.map_err(Self::failed("look at a template"))?;
        let kind = if can_copy { Kind::Template } else { Kind::NoCopy };
        let close = D::texts().close(&name);
        let statements: Vec<String> = close.into_iter().chain([Self::set_kind(&name, kind, key)]).collect();
        self.run("close a template", &statements).await?;
        self.run("release a lock", &[D::texts().unlock(&name)]).await?;
        Ok(can_copy.then_some(name))
    }

    async fn migrate(&self, migrations: Migrations, name: &str) -> Result<(), TestDatabaseError> {
        let builder = D::builder(&self.url, Some(name)).map_err(Self::refused_url)?;
        let database = builder.with_migrations(migrations).build();
        Box::pin(database.init()).await?;
        database.dispose().await;
        Ok(())
    }

    /// Makes a database for a test.
    async fn create_copy(&mut self, owner: &str, template: Option<&str>) -> Result<String, Failed> {
        let name = self.create(owner, template).await?;
        if let Some(template) = template {
            let filled = D::fill(&mut self.connection.connection(), template, &name).await;
            if let Err(error) = filled {
                self.drop_database(&name).await?;
                return Err(Self::failed("copy a template")(error));
            }
        }
        Ok(name)
    }

    /// Makes a database, which is in the table before it is there.
    async fn create(&mut self, owner: &str, template: Option<&str>) -> Result<String, Failed> {
        const ACTION: &str = "create a database";
        let name = format!("_servicekit_{}", ulid::Ulid::generate().to_string().to_lowercase());
        let insert = format!(
            "INSERT INTO {} (name, kind, owner) VALUES ({}, {}, {})",
            D::texts().table(),
            Self::literal(&name),
            Self::literal(&Kind::InUse.to_string()),
            Self::literal(owner)
        );
        self.run(ACTION, &[D::texts().lock(&name), insert]).await?;
        if let Err(failed) = self.run(ACTION, &[D::texts().create(&name, template)]).await {
            self.run(ACTION, &[Self::delete(&name), D::texts().unlock(&name)]).await?;
            return Err(failed);
        }
        Ok(name)
    }

    async fn close(self) {
        self.connection.close(&Timeouts::default()).await;
    }
}

fn is_no_registry<D: Server>(error: &Error) -> bool {
    match error.kind() {
        ErrorKind::Database(error) => D::texts().is_no_registry(&error.source),
        _ => false,
    }
}

/// The database of a test on a server.
pub struct ServerPlace<D> {
    session: Session<D>,
    name: String,
    owner: String,
}

// Not derived: the URL has a password.
impl<D> fmt::Debug for ServerPlace<D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ServerPlace").field("name", &self.name).finish_non_exhaustive()
    }
}

impl<D: Server> Place for ServerPlace<D> {
    async fn remove(mut self) {
        if let Err(failed) = self.session.drop_database(&self.name).await {
            // The next process does it.
            tracing::debug!(error = %failed.error.source, "drop the database of a test");
        }
        self.session.close().await;
    }

    async fn keep(mut self) -> String {
        let kept = self
            .session
            .run("keep a database", &[Session::<D>::set_kind(&self.name, Kind::Kept, &self.owner)])
            .await;
        if let Err(failed) = kept {
            tracing::debug!(error = %failed.error.source, "keep the database of a test");
        }
        let shown = D::shown(&self.session.url, &self.name);
        self.session.close().await;
        format!("the database of this test is kept until the test runs again: {shown}")
    }
}
