//! Who gets answers from the preview: [`Guard`].
//!
//! A preview shows drafts and passages of files, and any page on the Web can make a browser on this machine ask for
//! them. So a request is answered only if it names the served address, and if it comes from a page of the preview
//! itself or from a person who opens a page. A name that is bound to this machine later is not the served address. On
//! an address that other machines can reach, it must also bring the token. Requests that write bring the token of the
//! editor's pages too, which no other page can read.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use diptych::lang::Lang;

use super::editor;
use super::token::Token;
use crate::language::pick;

/// Requests whose path and question are longer than this, in bytes, do not come from a browser.
const LONGEST_TARGET: usize = 8192;

/// What every answer carries: other sites may neither show nor load it, and browsers believe its media type.
const HEADERS: [(header::HeaderName, &str); 4] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "SAMEORIGIN"),
    (header::REFERRER_POLICY, "same-origin"),
    (header::CACHE_CONTROL, "no-store"),
];

/// The same, unless an answer has named a stricter one.
const POLICY: &str = "frame-ancestors 'self'";

/// Decides on requests.
pub(super) struct Guard {
    hosts: Hosts,
    token: Option<Token>,
    /// What every request that writes brings.
    writer: Arc<Token>,
    lang: Lang,
}

/// The header in which it brings that.
const WRITER: header::HeaderName = header::HeaderName::from_static("x-diptych-token");

/// The addresses that are served, as browsers name them.
pub(super) struct Hosts {
    /// Names and addresses without the port, in lowercase.
    pub names: Vec<String>,
    /// Whether any address of this machine is served, however many it has.
    pub any_address: bool,
    pub port: u16,
}

/// Why a request is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Refusal {
    Length,
    Host,
    Origin,
    Token,
    Writer,
    Method,
}

/// What becomes of a request that is not refused.
enum Admission {
    Answer,
    /// It brought the token in its address: the browser keeps it and asks again without it.
    Keep {
        cookie: String,
        location: String,
    },
}

impl Guard {
    pub(super) fn new(hosts: Hosts, token: Option<Token>, writer: Arc<Token>, lang: Lang) -> Self {
        Self { hosts, token, writer, lang }
    }

    fn admit(&self, request: &Request) -> Result<Admission, Refusal> {
        let (uri, headers) = (request.uri(), request.headers());
        if uri.path_and_query().map_or(0, |target| target.as_str().len()) > LONGEST_TARGET {
            return Err(Refusal::Length);
        }
        let host = only(headers, &header::HOST)?.ok_or(Refusal::Host)?;
        let named_twice = uri.authority().is_some_and(|named| !named.as_str().eq_ignore_ascii_case(host));
        if named_twice || uri.scheme_str().is_some_and(|scheme| scheme != "http") || !self.hosts.has(host) {
            return Err(Refusal::Host);
        }
        comes_from_here(request.method(), headers, host)?;
        if let Some(token) = &self.token {
            if let Some(location) = token.in_address(uri) {
                return Ok(Admission::Keep { cookie: token.cookie(self.hosts.port), location });
            }
            if !token.is_kept(headers, self.hosts.port) {
                return Err(Refusal::Token);
            }
        }
        match *request.method() {
            Method::GET | Method::HEAD => Ok(Admission::Answer),
            Method::POST | Method::PUT if uri.path().starts_with(editor::PREFIX) => {
                let brought = only(headers, &WRITER)?;
                let writes = !editor::QUESTIONS.contains(&uri.path());
                if writes && !brought.is_some_and(|token| self.writer.is(token)) {
                    return Err(Refusal::Writer);
                }
                Ok(Admission::Answer)
            }
            _ => Err(Refusal::Method),
        }
    }
}

impl Hosts {
    /// Whether a browser that names this host, with its port, means the preview.
    fn has(&self, host: &str) -> bool {
        let host = host.to_ascii_lowercase();
        let name = match host.strip_suffix(&format!(":{}", self.port)) {
            Some(name) => name,
            // Browsers leave out the usual port.
            None if self.port == 80 => host.as_str(),
            None => return false,
        };
        let is_address = || {
            let bare = name.strip_prefix('[').and_then(|name| name.strip_suffix(']'));
            bare.map_or_else(
                || name.parse::<IpAddr>().is_ok_and(|ip| ip.is_ipv4()),
                |bare| bare.parse::<IpAddr>().is_ok_and(|ip| ip.is_ipv6()),
            )
        };
        self.names.iter().any(|known| known == name) || (self.any_address && is_address())
    }
}

/// A host as a browser names it, without its port.
pub(super) fn host_name(ip: IpAddr) -> String {
    let with_port = SocketAddr::new(ip, 0).to_string();
    with_port.strip_suffix(":0").unwrap_or(&with_port).to_owned()
}

/// Whether a request was made by a page of the preview, by a program, or by a person who opens a page.
fn comes_from_here(method: &Method, headers: &HeaderMap, host: &str) -> Result<(), Refusal> {
    let origin = only(headers, &header::ORIGIN)?;
    if origin.is_some_and(|origin| !origin.eq_ignore_ascii_case(&format!("http://{host}"))) {
        return Err(Refusal::Origin);
    }
    let fetch = |name: &'static str| only(headers, &header::HeaderName::from_static(name));
    match fetch("sec-fetch-site")? {
        None | Some("same-origin" | "none") => Ok(()),
        // A link on another site may open a page as a whole; it cannot read it, and reading changes nothing.
        Some(_) => {
            let opens = fetch("sec-fetch-mode")? == Some("navigate")
                && matches!(fetch("sec-fetch-dest")?, None | Some("document"))
                && method == Method::GET;
            if opens { Ok(()) } else { Err(Refusal::Origin) }
        }
    }
}

/// The value of a header that no valid request repeats.
fn only<'a>(headers: &'a HeaderMap, name: &header::HeaderName) -> Result<Option<&'a str>, Refusal> {
    let refusal = if name == header::HOST { Refusal::Host } else { Refusal::Origin };
    let mut values = headers.get_all(name).iter();
    match (values.next(), values.next()) {
        (value, None) => value.map(|value| value.to_str()).transpose().map_err(|_| refusal),
        _ => Err(refusal),
    }
}

/// Answers a request, or refuses it.
pub(super) async fn guard(State(guard): State<Arc<Guard>>, request: Request, next: Next) -> Response {
    let mut response = match guard.admit(&request) {
        Ok(Admission::Answer) => next.run(request).await,
        Ok(Admission::Keep { cookie, location }) => {
            (StatusCode::SEE_OTHER, [(header::SET_COOKIE, cookie), (header::LOCATION, location)]).into_response()
        }
        Err(refusal) => refusal.answer(guard.lang),
    };
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    for name in ["cross-origin-resource-policy", "cross-origin-opener-policy"] {
        headers.insert(name, HeaderValue::from_static("same-origin"));
    }
    headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(HeaderValue::from_static(POLICY));
    response
}

impl Refusal {
    fn answer(self, lang: Lang) -> Response {
        let (status, words) = match self {
            Self::Length => {
                (StatusCode::URI_TOO_LONG, pick(lang, "This address is too long.", "Cette adresse est trop longue."))
            }
            Self::Host => (
                StatusCode::FORBIDDEN,
                pick(
                    lang,
                    "The preview answers only at its own address. Open the one that the terminal shows.",
                    "L’aperçu ne répond qu’à sa propre adresse. Ouvrez celle qu’affiche le terminal.",
                ),
            ),
            Self::Origin => (
                StatusCode::FORBIDDEN,
                pick(lang, "The preview does not answer other sites.", "L’aperçu ne répond pas aux autres sites."),
            ),
            Self::Token => (
                StatusCode::FORBIDDEN,
                pick(
                    lang,
                    "Open the whole address that the terminal shows, with its token.",
                    "Ouvrez l’adresse entière qu’affiche le terminal, avec son jeton.",
                ),
            ),
            Self::Writer => (
                StatusCode::FORBIDDEN,
                pick(
                    lang,
                    "Only the editor’s own pages can change anything. Open the page again.",
                    "Seules les pages de l’éditeur peuvent modifier quelque chose. Rouvrez la page.",
                ),
            ),
            Self::Method => (
                StatusCode::METHOD_NOT_ALLOWED,
                pick(lang, "The preview can only be read.", "L’aperçu ne peut être que consulté."),
            ),
        };
        let mut response =
            (status, [(header::CONTENT_TYPE, "text/plain; charset=utf-8")], format!("{words}\n")).into_response();
        if self == Self::Method {
            response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
        }
        response
    }
}
