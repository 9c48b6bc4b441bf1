//! The database of a test on PostgreSQL.

use super::background::Background;
use super::own::TestBackend;
use super::server::{CONNECTIONS, Server};
use super::server_database::{self, ServerPlace};
use super::{TestDatabaseError, TestSetup};
use crate::backend::engine::test_server::{REGISTRY, TestServer};
use crate::backend::{Connection, SendError};
use crate::database::DatabaseBuilder;
use crate::{Database, Error, PostgresDatabaseBuilder};
use servicekit_chain::Dialect;
use sqlx::Postgres;
use sqlx::postgres::PgConnectOptions;

impl TestBackend for Postgres {
    type Place = ServerPlace<Self>;

    async fn make(setup: &TestSetup) -> Result<(Database<Self>, ServerPlace<Self>), TestDatabaseError> {
        server_database::make(setup).await
    }
}

impl Server for Postgres {
    const DIALECT: Dialect = Dialect::Postgres;
    const VARIABLE: &'static str = "SERVICEKIT_TEST_POSTGRES_URL";
    const REGISTRY: Option<&'static str> = Some(REGISTRY);

    fn texts() -> &'static dyn TestServer {
        &crate::backend::postgres::Postgres
    }

    fn builder(url: &str, database: Option<&str>) -> Result<DatabaseBuilder<Self>, Error> {
        let named = |options: PgConnectOptions| match database {
            Some(database) => options.database(database),
            None => options,
        };
        let builder = PostgresDatabaseBuilder::from_url(url)?;
        Ok(builder.with_options(named).with_pool(|pool| pool.max_connections(CONNECTIONS)))
    }

    fn shown(url: &str, database: &str) -> String {
        let options: Option<PgConnectOptions> = url.parse().ok();
        let (host, port) =
            options.map(|options| (options.get_host().to_owned(), options.get_port())).unwrap_or_default();
        format!("{database}\nhelp: `psql -h {host} -p {port} {database}` opens it")
    }

    async fn can_copy(_: &mut Connection<'_>, _: &str) -> Result<bool, SendError> {
        Ok(true)
    }

    async fn fill(_: &mut Connection<'_>, _: &str, _: &str) -> Result<(), SendError> {
        Ok(())
    }

    fn background() -> &'static Background {
        static BACKGROUND: Background = Background::new();
        &BACKGROUND
    }
}
