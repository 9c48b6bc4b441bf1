//! The template of a history on a server.

use super::TestDatabaseError;
use super::key::key;
use super::server::Server;
use super::session::{Failed, Kind, Session};
use crate::Migrations;

impl<D: Server> Session<D> {
    /// Forgets a template that is not there any more, and has its ready copies dropped by the next test.
    pub(super) async fn forget(&mut self, name: &str) -> Result<(), Failed> {
        let table = D::texts().table();
        let expired = format!(
            "UPDATE {table} SET used = '2000-01-01 00:00:00' WHERE kind = {} AND owner = {}",
            Kind::Ready.literal::<D>(),
            Self::literal(name)
        );
        self.run("forget a template that is gone", &[expired, Self::delete(name)]).await
    }

    /// The template of a history; it is made if it is not there, by one process while the others wait. `None` if the
    /// history has to be applied.
    pub(super) async fn template(
        &mut self,
        migrations: Migrations,
    ) -> Result<Option<String>, TestDatabaseError> {
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
        self.unlock(&key).await?;
        Ok(found?.flatten())
    }

    /// The template of this key; `Some(None)` for one that cannot be copied.
    async fn find(&mut self, key: &str) -> Result<Option<Option<String>>, Failed> {
        let (table, owner) = (D::texts().table(), Self::literal(key));
        let (template, no_copy) = (Kind::Template.literal::<D>(), Kind::NoCopy.literal::<D>());
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
        let name = self.create_copy(key, None).await?;
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
        self.unlock(&name).await?;
        Ok(can_copy.then_some(name))
    }

    async fn migrate(&self, migrations: Migrations, name: &str) -> Result<(), TestDatabaseError> {
        let builder = D::builder(&self.url, Some(name)).map_err(Self::refused_url)?;
        let database = builder.with_migrations(migrations).build();
        Box::pin(database.init()).await?;
        database.dispose().await;
        Ok(())
    }
}
