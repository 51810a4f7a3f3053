//! `diptych serve`: a preview on this machine that rebuilds on every change and shows mistakes over the page.
//!
//! The site is kept resolved, in memory; a page is rendered when a browser asks for it, the index when it is first
//! searched. A change makes a new [`Snapshot`] while the old one goes on being served. Owns `axum`, `tokio` and
//! `notify`.

use std::net::Ipv4Addr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use axum::Router;
use axum::extract::{Query, State};
use axum::http::{StatusCode, Uri, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use diptych::lang::Lang;
use notify_debouncer_full::notify::{EventKind, RecursiveMode};
use notify_debouncer_full::{DebounceEventResult, new_debouncer};
use serde::Deserialize;
use tokio::sync::watch;

use crate::Outcome;
use crate::args::{Serve, Source};
use crate::language::pick;

mod snapshot;
mod status;

use snapshot::{Found, Snapshot};

/// A browser that waits for the next snapshot is answered at least this often, so that no connection goes stale.
const WAIT: Duration = Duration::from_secs(25);

/// Changes that follow each other faster than this are taken as one: an editor writes a file in several steps.
const SETTLE: Duration = Duration::from_millis(60);

type Current = watch::Receiver<Arc<Snapshot>>;

/// Serves until it is interrupted.
pub(crate) fn serve(args: &Serve, lang: Lang) -> anyhow::Result<Outcome> {
    let first = Snapshot::load(&args.source, lang, None)?;
    eprint!("{}", first.messages());
    let folders = first.folders();
    let (sender, current) = watch::channel(Arc::new(first));
    let _watcher = watch_folders(&folders, &args.source, lang, sender)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    runtime.block_on(listen(args.port, current, lang))?;
    Ok(Outcome::Clean)
}

async fn listen(port: u16, current: Current, lang: Lang) -> anyhow::Result<()> {
    let listener = tokio::net::TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.with_context(|| {
        pick(
            lang,
            format!("port {port} is taken; name another one with --port"),
            format!("le port {port} est occupé; indiquez-en un autre avec --port"),
        )
    })?;
    let address = listener.local_addr()?;
    eprintln!(
        "{}",
        pick(lang, format!("The site is at http://{address}/"), format!("Le site est à http://{address}/"))
    );
    let status = status::ADDRESS;
    eprintln!(
        "{}",
        pick(
            lang,
            format!("How its pairs stand: http://{address}{status}"),
            format!("L’état de ses paires : http://{address}{status}")
        )
    );
    let app = Router::new()
        .route("/_diptych/preview.js", get(async || file("text/javascript", include_str!("preview.js"))))
        .route("/_diptych/preview.css", get(async || file("text/css", include_str!("preview.css"))))
        .route("/_diptych/next", get(next))
        .route(status::ADDRESS, get(pairs))
        .fallback(site)
        .with_state(current);
    axum::serve(listener, app)
        .with_graceful_shutdown(async {
            let _ = tokio::signal::ctrl_c().await;
        })
        .await?;
    Ok(())
}

/// Watches the folders a site comes from and makes a new snapshot when something in them changes.
fn watch_folders(
    folders: &[PathBuf],
    source: &Source,
    lang: Lang,
    sender: watch::Sender<Arc<Snapshot>>,
) -> anyhow::Result<impl Sized> {
    let source = source.clone();
    let rebuild = move |result: DebounceEventResult| {
        // Reading a file is an event too; only what changes counts.
        let changed = result.is_ok_and(|events| events.iter().any(|event| !matches!(event.kind, EventKind::Access(_))));
        if !changed {
            return;
        }
        let last = sender.borrow().clone();
        match Snapshot::load(&source, lang, Some(&last)) {
            Ok(snapshot) => {
                eprint!("{}", snapshot.messages());
                sender.send_replace(Arc::new(snapshot));
            }
            // The folder may be gone for a moment, while it is being replaced.
            Err(error) => eprintln!("{error:#}"),
        }
    };
    let mut watcher = new_debouncer(SETTLE, None, rebuild)?;
    for folder in folders {
        watcher.watch(folder, RecursiveMode::Recursive)?;
    }
    Ok(watcher)
}

/// A page or file of the site.
async fn site(State(current): State<Current>, uri: Uri) -> Response {
    let snapshot = current.borrow().clone();
    let path = uri.path().to_owned();
    let found = tokio::task::spawn_blocking(move || snapshot.find(&path)).await;
    match found {
        Ok(Found::Page(status, html)) => {
            let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            (status, uncached("text/html; charset=utf-8"), html).into_response()
        }
        Ok(Found::File(headers, bytes)) => {
            let mut response = ([(header::CACHE_CONTROL, "no-store")], bytes).into_response();
            for (name, value) in headers {
                if let (Ok(name), Ok(value)) = (name.parse::<header::HeaderName>(), value.parse()) {
                    response.headers_mut().insert(name, value);
                }
            }
            response
        }
        Ok(Found::Folder) => Redirect::permanent(&format!("{}/", uri.path())).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// How every pair stands.
async fn pairs(State(current): State<Current>) -> Response {
    let snapshot = current.borrow().clone();
    match tokio::task::spawn_blocking(move || snapshot.status()).await {
        Ok(html) => (uncached("text/html; charset=utf-8"), html).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// What a waiting browser has seen.
#[derive(Deserialize)]
struct Seen {
    generation: Option<u64>,
}

/// The mistakes of a snapshot that the browser has not seen yet, as soon as there is one.
async fn next(State(mut current): State<Current>, Query(seen): Query<Seen>) -> Response {
    if seen.generation == Some(current.borrow_and_update().generation) {
        let _ = tokio::time::timeout(WAIT, current.changed()).await;
    }
    let snapshot = current.borrow().clone();
    (uncached("application/json"), snapshot.to_json()).into_response()
}

fn file(kind: &'static str, text: &'static str) -> Response {
    (uncached(kind), text).into_response()
}

fn uncached(kind: &str) -> [(header::HeaderName, String); 2] {
    [(header::CONTENT_TYPE, kind.to_owned()), (header::CACHE_CONTROL, "no-store".to_owned())]
}
