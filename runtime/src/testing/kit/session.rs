//! A session of a server of tests, and the list of what was made there.
//!
//! The list is a table in a database of servicekit's own: templates, and databases of tests. What a process was killed in the
//! middle of is dropped by the next one; what belongs to others is never touched.

use super::TestDatabaseError;
use super::server::Server;
use crate::backend::engine::test_server::REGISTRY;
use crate::backend::{OwnedConnection, SendError, Timeouts};
use crate::error::{Error, ErrorKind};
use servicekit_chain::sql;
use std::fmt;

/// What could not be done, of a server of which kind.
pub(super) struct Failed {
    pub(super) variable: &'static str,
    pub(super) action: &'static str,
    pub(super) error: SendError,
}

impl From<Failed> for TestDatabaseError {
    fn from(failed: Failed) -> Self {
        let Failed { variable, action, error } = failed;
        Self::Server { variable, action, source: error.source }
    }
}

/// What a database of the table is.
#[derive(Debug, Clone, Copy)]
pub(super) enum Kind {
    /// Of a test that runs, or one that is being made.
    InUse,
    /// A template; its owner is the key.
    Template,
    /// A template that cannot be copied, so that the history is applied for each test.
    NoCopy,
    /// Of a test that failed.
    Kept,
    /// A copy of a template for the next test, which nobody has used; its owner is the name of the template.
    Ready,
}

impl Kind {
    /// It, as a value of the list.
    pub(super) fn literal<D: Server>(self) -> String {
        Session::<D>::literal(&self.to_string())
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::InUse => "in use",
            Self::Template => "template",
            Self::NoCopy => "no copy",
            Self::Kept => "kept",
            Self::Ready => "ready",
        })
    }
}

/// A session of the server that holds the locks of what it makes.
pub(super) struct Session<D> {
    pub(super) url: String,
    pub(super) connection: OwnedConnection,
    kind: std::marker::PhantomData<D>,
}

impl<D: Server> Session<D> {
    pub(super) async fn open() -> Result<Self, TestDatabaseError> {
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

    pub(super) fn refused_url(source: Error) -> TestDatabaseError {
        TestDatabaseError::Url { variable: D::VARIABLE, source }
    }

    pub(super) fn failed(action: &'static str) -> impl FnOnce(SendError) -> Failed {
        move |error| Failed { variable: D::VARIABLE, action, error }
    }

    pub(super) fn literal(text: &str) -> String {
        sql::literal_in_any_session(D::DIALECT, text)
    }

    /// Asks one question.
    pub(super) async fn ask(
        &mut self,
        action: &'static str,
        question: String,
    ) -> Result<Vec<Vec<Option<String>>>, Failed> {
        let answers = self.connection.connection().ask_patiently(&[question]).await;
        let answer = answers.map_err(Self::failed(action))?.into_iter().next();
        Ok(answer.unwrap_or_default().rows)
    }

    pub(super) async fn run(&mut self, action: &'static str, statements: &[String]) -> Result<(), Failed> {
        // One by one: several in one text are a transaction on PostgreSQL, in which no database can be created.
        for statement in statements {
            self.connection.connection().run(&[statement]).await.map_err(Self::failed(action))?;
        }
        Ok(())
    }

    /// The names of all databases for which this is so, and whose locks nobody held: this session holds them now.
    pub(super) async fn lock_free(
        &mut self,
        action: &'static str,
        condition: &str,
    ) -> Result<Vec<String>, Failed> {
        let (table, free) = (D::texts().table(), D::texts().is_free());
        // Within `CASE`, so that the others are not locked.
        let question =
            format!("SELECT name FROM {table} WHERE CASE WHEN {condition} THEN {free} ELSE FALSE END");
        Ok(self.ask(action, question).await?.into_iter().flatten().flatten().collect())
    }

    /// Makes a database one in use, if this is still so: until now another session may have taken it.
    pub(super) async fn claim(
        &mut self,
        action: &'static str,
        name: &str,
        condition: &str,
        owner: &str,
    ) -> Result<bool, Failed> {
        let update = format!(
            "UPDATE {} SET kind = {}, owner = {}, used = CURRENT_TIMESTAMP WHERE name = {} AND ({condition})",
            D::texts().table(),
            Kind::InUse.literal::<D>(),
            Self::literal(owner),
            Self::literal(name)
        );
        let answers = self.connection.connection().ask_patiently(&[update]).await;
        let answers = answers.map_err(Self::failed(action))?;
        Ok(answers.first().is_some_and(|answer| answer.affected == 1))
    }

    /// Drops what killed processes have left, what was kept for earlier runs of this test, and what nobody has used for long.
    pub(super) async fn drop_left(&mut self, owner: &str) -> Result<(), TestDatabaseError> {
        const ACTION: &str = "find the databases of earlier tests";
        let condition = format!(
            "kind = {in_use} OR kind = {kept} AND owner = {owner} \
             OR kind = {ready} AND (NOT {exists} OR {older_than_a_day}) OR {older_than_a_week}",
            in_use = Kind::InUse.literal::<D>(),
            kept = Kind::Kept.literal::<D>(),
            ready = Kind::Ready.literal::<D>(),
            owner = Self::literal(owner),
            exists = D::texts().exists(),
            older_than_a_day = D::texts().is_older(1),
            older_than_a_week = D::texts().is_older(7),
        );
        let found = match self.lock_free(ACTION, &condition).await {
            Err(failed) if D::texts().is_no_registry(&failed.error.source) => {
                self.run("create the table of its test databases", &D::texts().create_table()).await?;
                self.lock_free(ACTION, &condition).await?
            }
            found => found?,
        };
        Ok(self.drop_found(ACTION, found, &condition, owner).await?)
    }

    /// Drops those of these databases for which the condition still holds; this session holds their locks.
    pub(super) async fn drop_found(
        &mut self,
        action: &'static str,
        found: Vec<String>,
        condition: &str,
        owner: &str,
    ) -> Result<(), Failed> {
        for name in found {
            if self.claim(action, &name, condition, owner).await? {
                self.drop_database(&name).await?;
            } else {
                self.unlock(&name).await?;
            }
        }
        Ok(())
    }

    pub(super) async fn unlock(&mut self, name: &str) -> Result<(), Failed> {
        self.run("release a lock", &[D::texts().unlock(name)]).await
    }

    /// Drops a database whose lock this session holds.
    pub(super) async fn drop_database(&mut self, name: &str) -> Result<(), Failed> {
        self.run("drop a database of tests", &[D::texts().drop(name), Self::delete(name)]).await?;
        self.unlock(name).await
    }

    pub(super) fn delete(name: &str) -> String {
        format!("DELETE FROM {} WHERE name = {}", D::texts().table(), Self::literal(name))
    }

    pub(super) fn set_kind(name: &str, kind: Kind, owner: &str) -> String {
        format!(
            "UPDATE {} SET kind = {}, owner = {} WHERE name = {}",
            D::texts().table(),
            kind.literal::<D>(),
            Self::literal(owner),
            Self::literal(name)
        )
    }

    /// Makes a database, a copy of the template if there is one.
    pub(super) async fn create_copy(
        &mut self,
        owner: &str,
        template: Option<&str>,
    ) -> Result<String, Failed> {
        let name = self.register(Kind::InUse, owner).await?;
        self.create(&name, template).await?;
        Ok(name)
    }

    /// Puts the name of a new database into the list, which it is in before it is there, and takes its lock.
    pub(super) async fn register(&mut self, kind: Kind, owner: &str) -> Result<String, Failed> {
        let name = format!("_servicekit_{}", ulid::Ulid::generate().to_string().to_lowercase());
        let insert = format!(
            "INSERT INTO {} (name, kind, owner) VALUES ({}, {}, {})",
            D::texts().table(),
            Self::literal(&name),
            kind.literal::<D>(),
            Self::literal(owner)
        );
        self.run("create a database", &[D::texts().lock(&name), insert]).await?;
        Ok(name)
    }

    /// Makes the database of this name.
    pub(super) async fn create(&mut self, name: &str, template: Option<&str>) -> Result<(), Failed> {
        const ACTION: &str = "create a database";
        if let Err(failed) = self.run(ACTION, &[D::texts().create(name, template)]).await {
            self.run(ACTION, &[Self::delete(name), D::texts().unlock(name)]).await?;
            return Err(failed);
        }
        let Some(template) = template else { return Ok(()) };
        if let Err(error) = D::fill(&mut self.connection.connection(), template, name).await {
            self.drop_database(name).await?;
            return Err(Self::failed("copy a template")(error));
        }
        Ok(())
    }

    pub(super) async fn close(self) {
        self.connection.close(&Timeouts::default()).await;
    }
}

fn is_no_registry<D: Server>(error: &Error) -> bool {
    match error.kind() {
        ErrorKind::Database(error) => D::texts().is_no_registry(&error.source),
        _ => false,
    }
}
