//! A service that moves old orders to an archive, which is another database.

use servicekit::api::axum::extract::State;
use servicekit::api::axum::http::StatusCode;
use servicekit::api::axum::{Router, routing::post};
use servicekit::api::{BaseServiceBuilder, Service, ServiceInfo};
use servicekit::sqlx::{self, Sqlite};
use servicekit::{Database, SqliteDatabaseBuilder};
use std::path::Path;

/// The orders of this year.
pub mod orders {
    servicekit::migrations!("alembic_orders");
}

/// Those of the years before.
pub mod archive {
    servicekit::migrations!("alembic_archive");
}

/// Both databases.
#[derive(Debug, Clone)]
pub struct Databases {
    /// The orders of this year.
    pub orders: Database<Sqlite>,
    /// Those of the years before.
    pub archive: Database<Sqlite>,
}

impl Databases {
    /// Both in this folder.
    pub fn new(folder: &Path) -> Self {
        let open = |name: &str| SqliteDatabaseBuilder::from_file(folder.join(name));
        Self {
            orders: open("orders.db").with_migrations(orders::MIGRATIONS).build(),
            archive: open("archive.db").with_migrations(archive::MIGRATIONS).build(),
        }
    }

    /// Moves the orders of a year to the archive; how many. An order is in the archive before it is gone from the orders: after a
    /// crash in between it is in both, and the next call moves it.
    ///
    /// # Errors
    /// If one of the databases refuses it.
    pub async fn archive_year(&self, year: i64) -> Result<usize, Box<dyn std::error::Error + Send + Sync>> {
        let mut from = self.orders.session().await?;
        let mut to = self.archive.session().await?;
        let orders: Vec<(i64, i64)> = sqlx::query_as("SELECT id, cents FROM orders WHERE year = ?")
            .bind(year)
            .fetch_all(&mut *from)
            .await?;
        for (id, cents) in &orders {
            let insert =
                "INSERT INTO archived_orders (id, year, cents) VALUES (?, ?, ?) ON CONFLICT DO NOTHING";
            sqlx::query(insert).bind(id).bind(year).bind(cents).execute(&mut *to).await?;
        }
        sqlx::query("DELETE FROM orders WHERE year = ?").bind(year).execute(&mut *from).await?;
        to.commit().await?;
        from.commit().await?;
        Ok(orders.len())
    }

    /// The service: the orders are brought to head first.
    pub fn service(&self) -> Service {
        let routes = Router::new().route("/archive", post(move_last_year)).with_state(self.clone());
        BaseServiceBuilder::new(ServiceInfo::new("Orders"))
            .with_named_database("orders", self.orders.clone())
            .with_named_database("archive", self.archive.clone())
            .with_health()
            .include_router(routes)
            .build()
    }
}

async fn move_last_year(State(databases): State<Databases>) -> Result<String, StatusCode> {
    match databases.archive_year(2025).await {
        Ok(moved) => Ok(format!("{moved} orders\n")),
        Err(error) => {
            eprintln!("{error}");
            Err(StatusCode::INTERNAL_SERVER_ERROR)
        }
    }
}
