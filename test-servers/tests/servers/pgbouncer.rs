//! PostgreSQL behind a pooler.

use servicekit_test_servers::{PgBouncer, PoolMode, postgres};
use sqlx::{Connection as _, PgConnection};

/// Which backend serves a client, asked twice with another client's question in between.
async fn backends(url: &str) -> (i32, i32, i32) {
    async fn backend(client: &mut PgConnection) -> i32 {
        // No prepared statement: PgBouncer hands its session on.
        let row = sqlx::query_scalar("SELECT pg_backend_pid()").persistent(false).fetch_one(client).await;
        row.unwrap()
    }
    let mut one = PgConnection::connect(url).await.unwrap();
    let mut other = PgConnection::connect(url).await.unwrap();
    (backend(&mut one).await, backend(&mut other).await, backend(&mut one).await)
}

#[tokio::test]
async fn in_transaction_mode_clients_share_a_session() {
    let Some(server) = postgres() else { return };
    let database = server.create_database();
    let Some(bouncer) = PgBouncer::start(database.url(), PoolMode::Transaction, 1) else { return };
    let (one, other, again) = backends(bouncer.url()).await;
    assert_eq!((one, again), (other, other));
}

#[tokio::test]
async fn in_session_mode_each_client_has_its_own() {
    let Some(server) = postgres() else { return };
    let database = server.create_database();
    let Some(bouncer) = PgBouncer::start(database.url(), PoolMode::Session, 2) else { return };
    let (one, other, again) = backends(bouncer.url()).await;
    assert_ne!(one, other);
    assert_eq!(one, again);
}

#[tokio::test]
async fn an_unknown_parameter_is_refused_unless_it_is_ignored() {
    let Some(server) = postgres() else { return };
    let database = server.create_database();
    let ignored = ["extra_float_digits", "options"];
    let mode = PoolMode::Transaction;
    let Some(strict) = PgBouncer::start(database.url(), mode, 1) else { return };
    let Some(lax) = PgBouncer::start_ignoring(database.url(), mode, 1, &ignored) else { return };
    let with_options = |url: &str| format!("{url}?options=-c%20work_mem=1MB");
    PgConnection::connect(&with_options(strict.url())).await.unwrap_err();
    PgConnection::connect(&with_options(lax.url())).await.unwrap();
}
