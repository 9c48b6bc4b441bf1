//! A service over HTTP: its start, its health, its end.
#![cfg(all(feature = "api", feature = "sqlite"))]
#![allow(clippy::unwrap_used, clippy::panic, reason = "clippy exempts test functions, not their helpers")]

mod client;
mod ends;
mod health;
#[cfg(unix)]
mod processes;
mod starts;
#[path = "../support/mod.rs"]
mod support;

use client::{Answer, get};
use servicekit::api::{BaseServiceBuilder, Service, ServiceError, ServiceInfo};
use servicekit::{Database, Migrations, SqliteDatabaseBuilder, sqlx::Sqlite};
use std::net::SocketAddr;
use support::{File, history, sql};
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

fn two() -> Migrations {
    history(&[
        sql("a", &[], "CREATE TABLE a (x TEXT);", "DROP TABLE a;"),
        sql("b", &["a"], "CREATE TABLE b (x TEXT);", "DROP TABLE b;"),
    ])
}

fn one() -> Migrations {
    history(&[sql("a", &[], "CREATE TABLE a (x TEXT);", "DROP TABLE a;")])
}

fn database(file: &File, migrations: Migrations) -> Database<Sqlite> {
    SqliteDatabaseBuilder::from_file(file.path()).with_migrations(migrations).build()
}

fn notes() -> BaseServiceBuilder {
    BaseServiceBuilder::new(ServiceInfo::new("Notes")).with_health()
}

/// A service that is served on a port of its own.
struct Running {
    address: SocketAddr,
    end: Option<oneshot::Sender<()>>,
    served: JoinHandle<Result<(), ServiceError>>,
}

impl Running {
    async fn new(service: Service) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (end, told) = oneshot::channel();
        let served = tokio::spawn(service.serve_until(listener, async {
            let _ = told.await;
        }));
        Self { address, end: Some(end), served }
    }

    async fn get(&self, path: &str) -> Answer {
        get(self.address, path).await
    }

    /// Asks until the service is ready.
    async fn ready(&self) {
        for _ in 0..1000 {
            if self.get("/health/ready").await.status == 200 {
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
        panic!("it is never ready: {}", self.get("/health").await.body);
    }

    fn tell(&mut self) {
        self.end.take().unwrap().send(()).unwrap();
    }

    async fn end(mut self) -> Result<(), ServiceError> {
        self.tell();
        self.served.await.unwrap()
    }
}
