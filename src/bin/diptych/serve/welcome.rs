//! The program started by a double click, without arguments: the editor on the site beside it or, if there is none, a
//! page that offers to make one.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use clap::Parser as _;
use diptych::lang::Lang;
use diptych::source::disk::is_there;
use serde_json::json;
use tokio::sync::oneshot;

use super::address::Address;
use super::guard::guard;
use super::token::Token;
use super::{Open, browser, editor, listen, serve, stop_signal};
use crate::args::{Args, Command};
use crate::language::pick;
use crate::{Outcome, clock, console, init};

/// Opens the editor, or the offer and then the editor.
pub(crate) fn open(lang: Lang) -> anyhow::Result<Outcome> {
    console::err(
        pick(lang, "To list all commands: diptych --help\n", "Pour connaître toutes les commandes : diptych --help\n"),
        false,
    )?;
    let places = places();
    if let Some(site) = places.iter().find(|place| is_site(place)) {
        return edit(site, 4000, Open::Editor, lang);
    }
    let place = places.first().cloned().unwrap_or_else(|| PathBuf::from("."));
    match offer(&place, lang)? {
        Some(Made { site, lang, port }) => edit(&site, port, Open::Nothing, lang),
        None => Ok(Outcome::Clean),
    }
}

/// Where a site may be: in the folder that the program was started in, or beside it.
#[expect(clippy::disallowed_methods, reason = "looks for a site beside the program")]
fn places() -> Vec<PathBuf> {
    let program = std::env::current_exe().ok();
    let beside = program.as_deref().and_then(Path::parent).map(Path::to_owned);
    std::env::current_dir().into_iter().chain(beside).collect()
}

/// Whether a folder is a site's, or its content folder.
fn is_site(folder: &Path) -> bool {
    is_there(&folder.join("content/site.yaml"))
}

/// The editor on the site in a folder; on another port if this one is taken.
#[expect(clippy::disallowed_methods, reason = "looks whether the port is free")]
fn edit(site: &Path, port: u16, open: Open, lang: Lang) -> anyhow::Result<Outcome> {
    let is_free = std::net::TcpListener::bind(("127.0.0.1", port)).is_ok();
    let mut args = edit_command(&site.join("content"), if is_free { port } else { 0 })?;
    clock::date(&mut args);
    let (Command::Edit(args) | Command::Serve(args)) = args else { return Ok(Outcome::Clean) };
    serve(&args, open, lang)
}

/// `diptych edit` as it is without other options.
fn edit_command(content: &Path, port: u16) -> anyhow::Result<Command> {
    let port = port.to_string();
    let words = ["diptych".as_ref(), "edit".as_ref(), "--port".as_ref(), port.as_ref(), "--content".as_ref()];
    let words = words.into_iter().chain([content.as_os_str()]);
    Ok(Args::try_parse_from(words)?.command)
}

/// A site that was made on request.
struct Made {
    site: PathBuf,
    /// The language of its comments, and of the editor.
    lang: Lang,
    /// Where the page that asked for it looks for the editor.
    port: u16,
}

/// What the page's requests need.
struct Offer {
    place: PathBuf,
    token: Arc<Token>,
    made: Mutex<Option<oneshot::Sender<(PathBuf, Lang)>>>,
}

/// Offers to make a site in a folder, until it is made or the program is stopped.
fn offer(place: &Path, lang: Lang) -> anyhow::Result<Option<Made>> {
    let token = Arc::new(Token::new()?);
    let bound = Address::bind(None, 4000, Arc::clone(&token), lang);
    let address = bound.or_else(|_| Address::bind(None, 0, Arc::clone(&token), lang))?;
    let port = address.listener.local_addr()?.port();
    let shown = address.of(editor::ADDRESS);
    let words = pick(
        lang,
        format!("There is no site here yet. To make one: {shown}\n"),
        format!("Il n’y a pas encore de site ici. Pour en créer un : {shown}\n"),
    );
    console::err(&words, false)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
    let stopped = {
        let _inside = runtime.enter();
        stop_signal()?
    };
    let (sender, made) = oneshot::channel();
    let offer = Offer { place: place.to_owned(), token, made: Mutex::new(Some(sender)) };
    let router = Router::new()
        .route("/_diptych/welcome.js", get(async || script()))
        .route("/_diptych/editor.css", get(async || editor::style()))
        // Only the editor answers this, so the page knows when it is there.
        .route("/_diptych/next", get(async || StatusCode::NOT_FOUND))
        .route("/_diptych/api/start", post(start))
        .fallback(page)
        .with_state(Arc::new(offer))
        .layer(from_fn_with_state(Arc::new(address.guard), guard));
    browser::open(&shown);
    let made = runtime.block_on(async {
        let listener = tokio::net::TcpListener::from_std(address.listener)?;
        anyhow::Ok(tokio::select! {
            () = listen::listen(listener, router) => None,
            () = stopped => None,
            made = made => made.ok(),
        })
    })?;
    // The answer that says that the site is made still goes out.
    runtime.shutdown_timeout(std::time::Duration::from_millis(500));
    Ok(made.map(|(site, lang)| Made { site, lang, port }))
}

fn script() -> Response {
    ([(header::CONTENT_TYPE, "text/javascript; charset=utf-8")], include_str!("welcome.js")).into_response()
}

/// The page, in both languages: nobody has chosen one yet.
async fn page(State(offer): State<Arc<Offer>>) -> Response {
    let section = |lang: Lang| {
        let site = offer.place.join(name(lang)).display().to_string();
        let site = site.replace('&', "&amp;").replace('<', "&lt;");
        let [title, words, button, working] = match lang {
            Lang::En => [
                "Make your first site",
                "There is no site beside the program yet. A new one begins with a few pages in both languages. Its folder \
                 will be:",
                "Make a site and open the editor",
                "Making the site…",
            ],
            Lang::Fr => [
                "Créer un premier site",
                "Il n’y a pas encore de site à côté du programme. Un nouveau site contient au départ quelques pages dans \
                 les deux langues. Son dossier sera&nbsp;:",
                "Créer un site et ouvrir l’éditeur",
                "Création du site…",
            ],
        };
        format!(
            "<section class=\"welcome\" lang=\"{lang}\">\n<h2>{title}</h2>\n<p>{words}<br><code>{site}</code></p>\n\
             <p><button class=\"primary\" type=\"button\" data-working=\"{working}\">{button}</button></p>\n\
             <p role=\"status\"></p>\n</section>\n"
        )
    };
    let html = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"diptych-token\" content=\"{}\">\n\
         <title>Diptych</title>\n<link rel=\"icon\" href=\"data:,\">\n\
         <link rel=\"stylesheet\" href=\"/_diptych/editor.css\">\n\
         <script type=\"module\" src=\"/_diptych/welcome.js\"></script>\n</head>\n<body>\n\
         <header class=\"bar\"><h1>Diptych</h1></header>\n<main>\n{}{}</main>\n</body>\n</html>\n",
        offer.token.as_str(),
        section(Lang::En),
        section(Lang::Fr),
    );
    let policy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; \
                  base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    let headers = [(header::CONTENT_TYPE, "text/html; charset=utf-8"), (header::CONTENT_SECURITY_POLICY, policy)];
    (headers, html).into_response()
}

/// What a new site's folder is called.
fn name(lang: Lang) -> &'static str {
    pick(lang, "my-site", "mon-site")
}

/// Makes the site. The request says the language of its comments.
async fn start(State(offer): State<Arc<Offer>>, wanted: String) -> Response {
    let answer = |status: StatusCode, value: &serde_json::Value| {
        (status, [(header::CONTENT_TYPE, "application/json")], value.to_string()).into_response()
    };
    let Ok(lang) = wanted.parse::<Lang>() else { return StatusCode::BAD_REQUEST.into_response() };
    let Some(made) = offer.made.lock().unwrap_or_else(PoisonError::into_inner).take() else {
        let error = pick(lang, "The site is being made.", "Le site est en cours de création.");
        return answer(StatusCode::CONFLICT, &json!({ "error": error }));
    };
    let name = name(lang);
    let names = (1..).map(|nth| if nth == 1 { name.to_owned() } else { format!("{name}-{nth}") });
    let site = names.map(|name| offer.place.join(name)).find(|site| !is_there(site)).unwrap_or_default();
    match init::make(&site, None, lang) {
        Ok(()) => {
            let folder = site.display().to_string();
            let _ = made.send((site, lang));
            answer(StatusCode::OK, &json!({ "folder": folder }))
        }
        Err(error) => {
            offer.made.lock().unwrap_or_else(PoisonError::into_inner).replace(made);
            answer(StatusCode::CONFLICT, &json!({ "error": console::in_words(&error, lang) }))
        }
    }
}
