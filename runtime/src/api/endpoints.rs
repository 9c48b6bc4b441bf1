//! The paths that a service answers itself, around those of the application.

use super::service::{ServicePhase, Shared};
use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{Method, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse as _, Response};
use std::sync::Arc;

/// What the service answers itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Endpoint {
    Health,
    Live,
    Ready,
}

/// The routes of the application behind those of the service.
pub(super) fn around(routes: Router, shared: Arc<Shared>) -> Router {
    routes.layer(from_fn_with_state(shared, answer))
}

async fn answer(State(shared): State<Arc<Shared>>, request: Request, next: Next) -> Response {
    let health = shared.parts.health.as_deref();
    match health.and_then(|health| endpoint(health, request.uri().path())) {
        Some(endpoint) if matches!(*request.method(), Method::GET | Method::HEAD) => {
            told(&shared, endpoint).await
        }
        Some(_) => (StatusCode::METHOD_NOT_ALLOWED, [(header::ALLOW, "GET, HEAD")]).into_response(),
        None if shared.phase() == ServicePhase::Starting => {
            let headers = [(header::RETRY_AFTER, "1"), (header::CONTENT_TYPE, "text/plain; charset=utf-8")];
            (StatusCode::SERVICE_UNAVAILABLE, headers, "the service is starting\n").into_response()
        }
        None => next.run(request).await,
    }
}

fn endpoint(health: &str, path: &str) -> Option<Endpoint> {
    match path.strip_prefix(health)? {
        "" => Some(Endpoint::Health),
        "/live" => Some(Endpoint::Live),
        "/ready" => Some(Endpoint::Ready),
        _ => None,
    }
}

async fn told(shared: &Shared, endpoint: Endpoint) -> Response {
    let (is_well, body) = match endpoint {
        Endpoint::Live => (true, r#"{"status":"alive"}"#.to_owned()),
        Endpoint::Ready => {
            let is_ready = shared.health().await.is_ready;
            let status = if is_ready { "ready" } else { "not ready" };
            (is_ready, format!(r#"{{"status":"{status}"}}"#))
        }
        Endpoint::Health => {
            let report = shared.health().await;
            (report.status < super::HealthStatus::Unhealthy, report.to_json(&shared.parts.info))
        }
    };
    let status = if is_well { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    // A cache in between would tell of another moment.
    let headers = [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-store")];
    (status, headers, Body::from(body)).into_response()
}
