//! The manual in the browser: its pages below [`PREFIX`], in both languages, and the way to what it says about a name,
//! `/_diptych/help/unknown-reference`. It is made when it is first asked for.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, Uri, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use diptych::lang::Lang;
use diptych::output;
use diptych::workspace::Ready;

use crate::manual::Manual;

/// Where the manual is.
pub(super) const PREFIX: &str = "/_diptych/help/";

/// The manual, once somebody has asked for it.
struct Shelf {
    manual: OnceLock<Manual>,
    index: OnceLock<BTreeMap<String, Vec<u8>>>,
    /// The language to lead to, where a page exists in both.
    lang: Lang,
}

/// The addresses of the manual.
pub(super) fn router(lang: Lang) -> Router {
    let shelf = Shelf { manual: OnceLock::new(), index: OnceLock::new(), lang };
    Router::new()
        .route("/_diptych/help", get(async || Redirect::permanent(PREFIX)))
        .route(PREFIX, get(answer))
        .route("/_diptych/help/{*path}", get(answer))
        .with_state(Arc::new(shelf))
}

async fn answer(State(shelf): State<Arc<Shelf>>, uri: Uri) -> Response {
    let path = uri.path().strip_prefix(PREFIX).unwrap_or_default();
    let path = percent_encoding::percent_decode_str(path).decode_utf8_lossy().into_owned();
    let answer = tokio::task::spawn_blocking(move || shelf.answer(&path)).await;
    answer.unwrap_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response())
}

impl Shelf {
    fn answer(&self, path: &str) -> Response {
        let manual = self.manual.get_or_init(Manual::open);
        let Some(ready) = manual.ready() else { return StatusCode::INTERNAL_SERVER_ERROR.into_response() };
        let name = if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() };
        if let Some(file) = page(&ready, &name) {
            return file;
        }
        if ready.plan.contains_key(format!("{name}/index.html").as_str()) {
            return Redirect::permanent(&format!("{PREFIX}{path}/")).into_response();
        }
        if let Some(bytes) = name.starts_with("search/").then(|| self.index(&ready).get(&name)).flatten() {
            return with_type(&ready, &name, bytes.clone());
        }
        let entry = manual.find(path.trim_end_matches('/')).into_iter().next();
        match entry.and_then(|entry| manual.address(&entry, self.lang)) {
            Some(address) => Redirect::to(&format!("{PREFIX}{address}")).into_response(),
            None => {
                let page = page(&ready, "404.html").unwrap_or_else(|| StatusCode::NOT_FOUND.into_response());
                (StatusCode::NOT_FOUND, page).into_response()
            }
        }
    }

    fn index(&self, ready: &Ready) -> &BTreeMap<String, Vec<u8>> {
        self.index.get_or_init(|| {
            let files = output::search(&ready.site, &ready.theme).unwrap_or_default();
            files.into_iter().map(|file| (file.path, file.bytes)).collect()
        })
    }
}

/// A file of the manual.
fn page(ready: &Ready, name: &str) -> Option<Response> {
    let made = output::make(&ready.site, &ready.theme, ready.plan.get(name)?);
    Some(match made {
        Ok(bytes) => with_type(ready, name, bytes.unwrap_or_default().into_owned()),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    })
}

fn with_type(ready: &Ready, name: &str, bytes: Vec<u8>) -> Response {
    ([(header::CONTENT_TYPE, output::headers::media_type(&ready.site.config, name))], bytes).into_response()
}
