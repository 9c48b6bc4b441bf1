//! A service over HTTP: its databases are brought to head when it starts, its health is told, and it ends in order.
//!
//! [`BaseServiceBuilder`] takes the databases and the routes of the application, which are an [`axum::Router`], and builds a
//! [`Service`]. Feature `api`.
//!
//! ```no_run
//! # #[cfg(feature = "sqlite")] mod sqlite {
//! use servicekit::SqliteDatabaseBuilder;
//! use servicekit::api::{BaseServiceBuilder, ServiceInfo};
//!
//! # async fn example(migrations: servicekit::Migrations) -> Result<(), Box<dyn std::error::Error>> {
//! let database = SqliteDatabaseBuilder::from_file("app.db").with_migrations(migrations).build();
//! let service = BaseServiceBuilder::new(ServiceInfo::new("My Service")).with_database(database).with_health().build();
//! let listener = tokio::net::TcpListener::bind("127.0.0.1:8000").await?;
//! service.serve(listener).await?;
//! # Ok(())
//! # }
//! # }
//! ```

mod builder;
mod endpoints;
mod error;
mod health;
mod info;
mod served;
mod service;
mod shutdown;

pub use axum;
pub use builder::BaseServiceBuilder;
pub use error::ServiceError;
pub use health::{HealthCheck, HealthReport, HealthStatus, MigrationState};
pub use info::ServiceInfo;
pub use service::Service;
