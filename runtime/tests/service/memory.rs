//! Databases in memory, which all connections of a pool share.

use crate::two;
use servicekit::sqlx::{self, SqlitePool};
use servicekit::{Database, SqliteDatabaseBuilder};
use std::time::Duration;

async fn rows(pool: &SqlitePool) -> i64 {
    sqlx::query_scalar("SELECT count(*) FROM a").fetch_one(pool).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn all_connections_see_the_same_rows() {
    let database = SqliteDatabaseBuilder::in_memory().with_migrations(two()).build();
    database.init().await.unwrap();
    let pool = database.pool().unwrap();
    let mut held = Vec::new();
    for _ in 0..6 {
        held.push(pool.acquire().await.unwrap());
    }
    for connection in &mut held {
        sqlx::query("INSERT INTO a VALUES ('1')").execute(&mut **connection).await.unwrap();
    }
    drop(held);
    let writers: Vec<_> = (0..8)
        .map(|_| {
            let pool = pool.clone();
            tokio::spawn(async move {
                for _ in 0..20 {
                    sqlx::query("INSERT INTO a VALUES ('1')").execute(&pool).await.unwrap();
                }
            })
        })
        .collect();
    for writer in writers {
        writer.await.unwrap();
    }
    assert_eq!(rows(&pool).await, 166);
}

#[tokio::test]
async fn each_database_is_one_of_its_own_and_ends_with_dispose() {
    let builder = SqliteDatabaseBuilder::in_memory().with_migrations(two());
    let (left, right) = (builder.clone().build(), builder.build());
    left.init().await.unwrap();
    right.init().await.unwrap();
    sqlx::query("INSERT INTO a VALUES ('1')").execute(&left.pool().unwrap()).await.unwrap();
    assert_eq!((rows(&left.pool().unwrap()).await, rows(&right.pool().unwrap()).await), (1, 0));
    left.dispose().await;
    assert_eq!(left.init().await.unwrap().steps.len(), 2, "it is a new one");
    assert_eq!(rows(&left.pool().unwrap()).await, 0);
}

#[tokio::test]
async fn it_outlives_its_connections_and_a_pool_keeps_it_alone_too() {
    let database = SqliteDatabaseBuilder::in_memory()
        .with_migrations(two())
        .with_pool(|pool| {
            let short = Duration::from_millis(1);
            pool.min_connections(0)
                .max_lifetime(short)
                .idle_timeout(short)
                .before_acquire(|_, _| Box::pin(async { Ok(false) }))
        })
        .build();
    database.init().await.unwrap();
    sqlx::query("INSERT INTO a VALUES ('1')").execute(&database.pool().unwrap()).await.unwrap();
    tokio::time::sleep(Duration::from_millis(20)).await;
    assert_eq!(rows(&database.pool().unwrap()).await, 1);

    let pool = {
        let database = SqliteDatabaseBuilder::in_memory().with_migrations(two()).build();
        database.init().await.unwrap();
        database.pool().unwrap()
    };
    sqlx::query("INSERT INTO a VALUES ('1')").execute(&pool).await.unwrap();
    assert_eq!(rows(&pool).await, 1);
}

#[tokio::test]
async fn a_url_has_as_many_connections_as_it_asks_for() {
    let database =
        Database::from_url("sqlite::memory:").unwrap().with_max_connections(3).with_migrations(two()).build();
    database.init().await.unwrap();
    let servicekit::database::AnyPool::Sqlite(pool) = database.pool().unwrap() else { panic!("SQLite") };
    let held = (pool.acquire().await.unwrap(), pool.acquire().await.unwrap());
    assert_eq!(rows(&pool).await, 0);
    drop(held);
}
