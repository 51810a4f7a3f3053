//! The editor: its pages under `/_diptych/`, and the requests by which they read, check and save what people write.
//!
//! It works on the plain files and on nothing else ([`store`]), asks the workspace behind the preview about unsaved
//! words ([`drafts`]), and keeps nothing of its own. Its front end is in `src/editor/`.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::Router;
use axum::extract::{Request, State};
use axum::http::header;
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post, put};
use diptych::format::Date;
use diptych::lang::Lang;
use serde::de::DeserializeOwned;
use tokio::sync::{oneshot, watch};

use super::index::Index;
use super::pages::Preview;
use super::snapshot::Snapshot;
use super::token::Token;
use crate::args::Source;
use crate::project::{Changed, Project};
use crate::timings::Timings;

mod answer;
mod changes;
mod drafts;
mod files;
mod judge;
mod publish;
mod questions;
mod records;
mod store;

pub(super) use records::at as record_at;
use store::Store;

/// Where the requests are answered.
pub(super) const PREFIX: &str = "/_diptych/api/";

/// The page of all pairs.
pub(super) const ADDRESS: &str = "/_diptych/";

/// Requests that write nothing although they bring something.
pub(super) const QUESTIONS: [&str; 3] = ["/_diptych/api/check", "/_diptych/api/render", "/_diptych/api/figures"];

/// What the editor works on.
pub(super) struct Desk {
    /// The folder as it was given.
    content: PathBuf,
    source: Source,
    store: Store,
    project: Arc<Mutex<Project>>,
    current: watch::Receiver<Arc<Snapshot>>,
    index: Arc<Index>,
    lang: Lang,
    read_only: bool,
    /// What every request that writes brings.
    token: Arc<Token>,
    /// The day that due dates are compared with.
    day: Option<Date>,
}

impl Desk {
    pub(super) fn new(
        source: &Source,
        project: Arc<Mutex<Project>>,
        Preview { current, index }: Preview,
        token: Arc<Token>,
        (lang, read_only): (Lang, bool),
    ) -> Self {
        let store = Store::new(&source.content);
        let (content, day) = (source.content.clone(), source.as_of);
        Self { content, source: source.clone(), store, project, current, index, lang, read_only, token, day }
    }

    fn project(&self) -> MutexGuard<'_, Project> {
        self.project.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Reads these files again as they are on the disk now.
    fn read_again(project: &mut Project, files: BTreeSet<PathBuf>) -> anyhow::Result<()> {
        project.update(&Changed::Paths(files), &mut Timings::start()).map(drop)
    }

    /// Answers on a thread where waiting holds up nobody else.
    async fn blocking(self: &Arc<Self>, make: impl FnOnce(&Self) -> Response + Send + 'static) -> Response {
        let desk = Arc::clone(self);
        let made = tokio::task::spawn_blocking(move || make(&desk)).await;
        made.unwrap_or_else(|_| answer::failed(self.lang))
    }

    /// The same, with an answer that goes out before `make` is done: only the next request waits for the rest.
    async fn blocking_until(
        self: &Arc<Self>,
        make: impl FnOnce(&Self, oneshot::Sender<Response>) + Send + 'static,
    ) -> Response {
        let desk = Arc::clone(self);
        let (answer, answered) = oneshot::channel();
        tokio::task::spawn_blocking(move || make(&desk, answer));
        answered.await.unwrap_or_else(|_| answer::failed(self.lang))
    }
}

/// The header in which a page names the content that it was opened on.
const CONTENT: header::HeaderName = header::HeaderName::from_static("x-diptych-content");

/// Refuses requests that name other content: if another site was served at this address before, its pages may still be
/// open, and what is written in them does not belong here.
async fn of_this_content(State(desk): State<Arc<Desk>>, request: Request, next: Next) -> Response {
    let named = request.headers().get(CONTENT).map(|named| named.as_bytes().to_owned());
    let Some(named) = named else { return next.run(request).await };
    let content = Arc::clone(&desk);
    let own = tokio::task::spawn_blocking(move || content.store.id()).await;
    match own {
        Ok(own) if own.as_bytes() == named => next.run(request).await,
        Ok(_) => answer::other_content(desk.lang),
        Err(_) => answer::failed(desk.lang),
    }
}

/// The addresses of the editor.
pub(super) fn router(desk: Desk) -> Router {
    let desk = Arc::new(desk);
    Router::new()
        .route(ADDRESS, get(page))
        .route("/_diptych/edit/{*id}", get(page))
        .route("/_diptych/search", get(page))
        .route("/_diptych/editor.js", get(async || script()))
        .route("/_diptych/editor.css", get(async || style()))
        .route("/_diptych/licences.txt", get(async || licences()))
        .route("/_diptych/api/site", get(records::site))
        .route("/_diptych/api/records", get(records::list))
        .route("/_diptych/api/records/{*id}", get(records::one))
        .route("/_diptych/api/files/{*path}", put(files::put))
        .route("/_diptych/api/search", get(questions::ask))
        .route("/_diptych/api/search/tests", get(questions::list).post(questions::add))
        .route("/_diptych/api/check", post(drafts::mistakes))
        .route("/_diptych/api/render", post(drafts::render))
        .route("/_diptych/api/figures", post(drafts::figures))
        .route("/_diptych/api/confirm", post(judge::confirm))
        .route("/_diptych/api/new", post(changes::new))
        .route("/_diptych/api/move", post(changes::rename))
        .route("/_diptych/api/remove", post(changes::remove))
        .route("/_diptych/api/build", post(publish::build))
        .route_layer(from_fn_with_state(Arc::clone(&desk), of_this_content))
        .with_state(desk)
}

fn script() -> Response {
    ([(header::CONTENT_TYPE, "text/javascript; charset=utf-8")], include_str!("../../../../editor/editor.js"))
        .into_response()
}

pub(super) fn style() -> Response {
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], include_str!("../../../../editor/editor.css")).into_response()
}

/// The licences of the libraries in the script.
fn licences() -> Response {
    let text = include_str!("../../../../editor/licences.txt");
    ([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response()
}

/// A page of the editor, which its script fills. Nothing from elsewhere, and nobody else's style or script, runs on it;
/// `nonce` admits the styles that the script makes.
async fn page(State(desk): State<Arc<Desk>>) -> Response {
    let Ok(nonce) = Token::new() else { return answer::failed(desk.lang) };
    let (nonce, token) = (nonce.as_str(), desk.token.as_str());
    let policy = format!(
        "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{nonce}'; connect-src 'self'; \
         img-src 'self' data:; font-src 'self'; frame-src 'self'; base-uri 'self'; form-action 'none'; \
         frame-ancestors 'none'"
    );
    let html = format!(
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <meta name=\"diptych-token\" content=\"{token}\">\n<title>Diptych</title>\n\
         <link rel=\"icon\" href=\"data:,\">\n<link rel=\"stylesheet\" href=\"/_diptych/editor.css\">\n\
         <script type=\"module\" src=\"/_diptych/editor.js\" nonce=\"{nonce}\"></script>\n</head>\n\
         <body></body>\n</html>\n",
        desk.lang
    );
    let headers =
        [(header::CONTENT_TYPE, "text/html; charset=utf-8".to_owned()), (header::CONTENT_SECURITY_POLICY, policy)];
    (headers, html).into_response()
}

/// The JSON that a request brings.
async fn read_json<T: DeserializeOwned>(desk: &Desk, request: Request) -> Result<T, Response> {
    let bytes = files::body(request.into_body()).await.map_err(|why| why.answer(desk.lang))?;
    serde_json::from_slice(&bytes).map_err(|_| answer::malformed(desk.lang))
}
