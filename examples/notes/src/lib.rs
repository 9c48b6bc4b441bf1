//! A service that keeps notes: its history, its table, its routes.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::get;
use axum::{Json, Router};
use serde::{Deserialize, Serialize};
use servicekit::api::{BaseServiceBuilder, Service, ServiceInfo};
use servicekit::{Database, Table};
use sqlx::Sqlite;

servicekit::migrations!("alembic");

/// A note.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, sqlx::FromRow, Table)]
#[table(name = "notes")]
pub struct Note {
    /// Counts up.
    #[column(primary_key, autoincrement)]
    pub id: i64,
    /// What it says.
    pub text: String,
    /// How many words that is.
    #[column(default = 0)]
    pub words: i64,
}

/// What is sent to make one.
#[derive(Debug, Clone, Deserialize)]
pub struct NewNote {
    /// What it says.
    pub text: String,
}

/// The service on this database.
pub fn service(database: Database<Sqlite>) -> Service {
    let routes = Router::new()
        .route("/notes", get(all).post(add))
        .route("/notes/{id}", get(one))
        .with_state(database.clone());
    BaseServiceBuilder::new(ServiceInfo::new("Notes").with_version(env!("CARGO_PKG_VERSION")))
        .with_database(database)
        .with_health()
        .include_router(routes)
        .build()
}

type Answer<T> = Result<Json<T>, (StatusCode, String)>;

/// What went wrong is for the log; whoever asked learns that it was not their fault.
fn failed(error: impl std::fmt::Display) -> (StatusCode, String) {
    eprintln!("{error}");
    (StatusCode::INTERNAL_SERVER_ERROR, "try again later\n".to_owned())
}

async fn all(State(database): State<Database<Sqlite>>) -> Answer<Vec<Note>> {
    let pool = database.pool().map_err(failed)?;
    let notes = sqlx::query_as("SELECT id, text, words FROM notes ORDER BY id LIMIT 100");
    notes.fetch_all(&pool).await.map(Json).map_err(failed)
}

async fn one(State(database): State<Database<Sqlite>>, Path(id): Path<i64>) -> Answer<Note> {
    let pool = database.pool().map_err(failed)?;
    let note = sqlx::query_as("SELECT id, text, words FROM notes WHERE id = ?").bind(id);
    let note: Option<Note> = note.fetch_optional(&pool).await.map_err(failed)?;
    note.map(Json).ok_or((StatusCode::NOT_FOUND, format!("there is no note {id}\n")))
}

async fn add(State(database): State<Database<Sqlite>>, Json(new): Json<NewNote>) -> Answer<Note> {
    let mut session = database.session().await.map_err(failed)?;
    let note = sqlx::query_as("INSERT INTO notes (text, words) VALUES (?, ?) RETURNING id, text, words")
        .bind(&new.text)
        .bind(count_words(&new.text))
        .fetch_one(&mut *session)
        .await
        .map_err(failed)?;
    session.commit().await.map_err(failed)?;
    Ok(Json(note))
}

/// Words as Unicode's white space parts them.
pub fn count_words(text: &str) -> i64 {
    i64::try_from(text.split_whitespace().count()).unwrap_or(i64::MAX)
}
