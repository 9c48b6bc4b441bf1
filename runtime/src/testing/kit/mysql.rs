//! The database of a test on MySQL or MariaDB.

use super::background::Background;
use super::own::TestBackend;
use super::server::{CONNECTIONS, Server};
use super::server_database::{self, ServerPlace};
use super::{TestDatabaseError, TestSetup};
use crate::backend::engine::test_server::TestServer;
use crate::backend::mysql::template;
use crate::backend::{Connection, SendError};
use crate::database::DatabaseBuilder;
use crate::{Database, Error, MySqlDatabaseBuilder};
use servicekit_chain::Dialect;
use sqlx::MySql;
use sqlx::mysql::MySqlConnectOptions;

impl TestBackend for MySql {
    type Place = ServerPlace<Self>;

    async fn make(setup: &TestSetup) -> Result<(Database<Self>, ServerPlace<Self>), TestDatabaseError> {
        server_database::make(setup).await
    }
}

impl Server for MySql {
    const DIALECT: Dialect = Dialect::Mysql;
    const VARIABLE: &'static str = "SERVICEKIT_TEST_MYSQL_URL";
    // Its table is named with its database.
    const REGISTRY: Option<&'static str> = None;

    fn texts() -> &'static dyn TestServer {
        &crate::backend::mysql::MySql
    }

    fn builder(url: &str, database: Option<&str>) -> Result<DatabaseBuilder<Self>, Error> {
        let named = |options: MySqlConnectOptions| match database {
            Some(database) => options.database(database),
            None => options,
        };
        let builder = MySqlDatabaseBuilder::from_url(url)?;
        Ok(builder.with_options(named).with_pool(|pool| pool.max_connections(CONNECTIONS)))
    }

    fn shown(url: &str, database: &str) -> String {
        let options: Option<MySqlConnectOptions> = url.parse().ok();
        let (host, port) =
            options.map(|options| (options.get_host().to_owned(), options.get_port())).unwrap_or_default();
        format!("{database}\nhelp: `mariadb -h {host} -P {port} {database}` opens it")
    }

    async fn can_copy(connection: &mut Connection<'_>, template: &str) -> Result<bool, SendError> {
        template::can_copy(connection, template).await
    }

    async fn fill(connection: &mut Connection<'_>, template: &str, database: &str) -> Result<(), SendError> {
        template::copy(connection, template, database).await
    }

    fn background() -> &'static Background {
        static BACKGROUND: Background = Background::new();
        &BACKGROUND
    }
}
