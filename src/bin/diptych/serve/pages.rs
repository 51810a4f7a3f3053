//! The answers of the preview, address by address.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{Query, Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use diptych::lang::Lang;
use tokio::sync::watch;
use tower_http::services::ServeFile;

use super::editor::{self, Desk};
use super::guard::{Guard, guard};
use super::index::Index;
use super::manual;
use super::snapshot::{Found, Headers, Snapshot};

/// A browser that waits for the next snapshot is answered at least this often, so that no connection goes stale.
const WAIT: Duration = Duration::from_secs(30);

const HTML: &str = "text/html; charset=utf-8";

/// What answers are made of.
#[derive(Clone)]
pub(super) struct Preview {
    /// The site at this moment.
    pub current: watch::Receiver<Arc<Snapshot>>,
    /// The search index.
    pub index: Arc<Index>,
}

/// Every address, behind the guard.
pub(super) fn router(preview: Preview, desk: Desk, guarded: Guard, lang: Lang) -> Router {
    Router::new()
        .route("/_diptych/preview.js", get(async || file("preview.js", include_str!("preview.js"))))
        .route("/_diptych/follow.js", get(async || file("follow.js", include_str!("follow.js"))))
        .route("/_diptych/preview.css", get(async || file("preview.css", include_str!("preview.css"))))
        .route("/_diptych/next", get(next))
        .route("/_diptych/status", get(async || Redirect::permanent(editor::ADDRESS)))
        .fallback(site)
        .with_state(preview)
        .merge(editor::router(desk))
        .merge(manual::router(lang))
        .layer(from_fn_with_state(Arc::new(guarded), guard))
}

/// A page or file of the site.
async fn site(State(preview): State<Preview>, request: Request) -> Response {
    let snapshot = preview.current.borrow().clone();
    let path = request.uri().path().to_owned();
    let found = tokio::task::spawn_blocking(move || match snapshot.find(&path) {
        Found::Index(name) => {
            let file = snapshot.good().and_then(|good| preview.index.file(good, &name));
            let headers = snapshot.good().map(|good| good.headers(&name)).unwrap_or_default();
            file.map_or_else(|| snapshot.not_found(), |bytes| Found::File(headers, bytes))
        }
        found => found,
    })
    .await;
    match found {
        Ok(Found::Page(status, html)) => {
            let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            (status, [(header::CONTENT_TYPE, HTML)], html).into_response()
        }
        Ok(Found::File(headers, bytes)) => with(headers, bytes.into_response()),
        Ok(Found::Asset { headers, file, content }) => asset(headers, file, content, request).await,
        Ok(Found::Folder) => {
            // Two slashes at the beginning would name another server.
            let path = request.uri().path().trim_start_matches('/');
            Redirect::permanent(&format!("/{path}/")).into_response()
        }
        Ok(Found::Index(_)) | Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// A file of the content, in pieces, however large it is; browsers ask for parts of videos.
async fn asset(headers: Headers, file: PathBuf, content: PathBuf, request: Request) -> Response {
    let is_own = tokio::task::spawn_blocking({
        let file = file.clone();
        move || lies_in(&file, &content)
    });
    if !is_own.await.unwrap_or(false) {
        return StatusCode::NOT_FOUND.into_response();
    }
    let Ok(response) = ServeFile::new(file).try_call(request).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let response = response.map(Body::new);
    if response.status().is_success() { with(headers, response) } else { response }
}

/// An answer with these headers instead of its own.
fn with(headers: Headers, mut response: Response) -> Response {
    for (name, value) in headers {
        if let (Ok(name), Ok(value)) = (name.parse::<header::HeaderName>(), value.parse()) {
            response.headers_mut().insert(name, value);
        }
    }
    response
}

/// Whether a file is in a folder, once all links are followed: it may have been replaced by a link since it was read.
#[expect(clippy::disallowed_methods, reason = "looks once more where a file is before it is sent")]
fn lies_in(file: &Path, folder: &Path) -> bool {
    let (Ok(file), Ok(folder)) = (std::fs::canonicalize(file), std::fs::canonicalize(folder)) else { return false };
    file.starts_with(folder) && std::fs::symlink_metadata(file).is_ok_and(|data| data.is_file())
}

/// The mistakes of a snapshot that the browser has not seen yet, as soon as there is one.
async fn next(State(preview): State<Preview>, Query(question): Query<Vec<(String, String)>>) -> Response {
    let Preview { mut current, index, .. } = preview;
    let seen = question.iter().rev().find(|(name, _)| name == "generation").and_then(|(_, value)| value.parse().ok());
    if seen == Some(current.borrow_and_update().generation) {
        let _ = tokio::time::timeout(WAIT, current.changed()).await;
    }
    let snapshot = current.borrow().clone();
    if let Some(good) = snapshot.good() {
        index.follow(good);
    }
    let page = question.into_iter().find(|(name, _)| name == "page").map(|(_, address)| address);
    let json = tokio::task::spawn_blocking(move || snapshot.to_json(index.generation(), page.as_deref())).await;
    match json {
        Ok(json) => ([(header::CONTENT_TYPE, "application/json")], json).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

fn file(name: &str, text: &'static str) -> Response {
    let kind = if name.ends_with(".js") { "text/javascript" } else { "text/css" };
    ([(header::CONTENT_TYPE, kind)], text).into_response()
}
