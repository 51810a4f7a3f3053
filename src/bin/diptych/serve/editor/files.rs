//! `PUT /_diptych/api/files/PATH`: saves a file if it is still the version that its writer knows, and if a site can be
//! built with it.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;
use diptych::check;
use diptych::diagnostic::Diagnostic;
use diptych::lang::Lang;
use http_body_util::BodyExt as _;
use percent_encoding::percent_decode_str;
use serde_json::json;

use super::answer::{self, failed, refused};
use super::store::{Condition, LARGEST, Refused, Written, is_text, path_of};
use super::{Desk, PREFIX};
use crate::language::pick;

/// Saves a file.
pub(super) async fn put(State(desk): State<Arc<Desk>>, request: Request) -> Response {
    if desk.read_only {
        return answer::read_only(desk.lang);
    }
    let written = request.uri().path().strip_prefix(PREFIX).and_then(|path| path.strip_prefix("files/"));
    let decoded = percent_decode_str(written.unwrap_or_default()).decode_utf8();
    let snapshot = desk.current.borrow().clone();
    let path = decoded.map_err(|_| Refused::Outside).and_then(|path| path_of(&path, &snapshot.config().assets));
    let path = match path {
        Ok(path) => path,
        Err(why) => return refused(&why, desk.lang),
    };
    let condition = condition(request.headers());
    let bytes = match body(request.into_body()).await {
        Ok(bytes) => bytes,
        Err(why) => return why.answer(desk.lang),
    };
    let Some(condition) = condition else { return answer::which_version(desk.lang) };
    if is_text(&path) && std::str::from_utf8(&bytes).is_err() {
        return answer::not_text(desk.lang);
    }
    let lang = desk.lang;
    let write = move || {
        // Words are saved with all their mistakes. What is wrong in another file cannot be put right in the editor.
        if let Some(Diagnostic { message, help, .. }) = check::forbidden(&path, &bytes) {
            let error = format!("{}. {}", message.get(lang), help.get(lang));
            return answer::error(StatusCode::UNPROCESSABLE_ENTITY, &error);
        }
        match desk.store.write(&path, &bytes, &condition) {
            Ok(Written::Saved(version)) => answer::ok(&json!({ "version": version })),
            Ok(Written::IsOther(present)) => {
                answer::with_status(StatusCode::PRECONDITION_FAILED, &answer::of_file(present.as_deref()))
            }
            Err(why) => refused(&why, lang),
        }
    };
    tokio::task::spawn_blocking(write).await.unwrap_or_else(|_| failed(lang))
}

/// The condition that the headers set for the file; `None` if they set none.
pub(super) fn condition(headers: &HeaderMap) -> Option<Condition> {
    let values = |name| headers.get_all(name).iter().filter_map(|value| value.to_str().ok());
    let tags = values(header::IF_MATCH).flat_map(|value| value.split(','));
    // A weak tag, or one without its quotes, is not a version.
    let tags = tags.map(|tag| tag.trim().strip_prefix('"')?.strip_suffix('"').map(str::to_owned));
    let versions = headers.contains_key(header::IF_MATCH).then(|| tags.flatten().collect());
    let is_absent = values(header::IF_NONE_MATCH).any(|value| value.trim() == "*");
    (versions.is_some() || is_absent).then_some(Condition { versions, is_absent })
}

/// Why a request has no body that can be used.
pub(super) enum NoBody {
    TooLarge,
    /// The connection ended before all was sent.
    Broken,
}

impl NoBody {
    pub(super) fn answer(&self, lang: Lang) -> Response {
        match self {
            Self::TooLarge => too_large(lang),
            Self::Broken => {
                let words = pick(lang, "The request ended too early.", "La requête s’est terminée trop tôt.");
                answer::error(StatusCode::BAD_REQUEST, words)
            }
        }
    }
}

/// A request's body. The excess is read and dropped, so that the sender reads why it is refused.
pub(super) async fn body(mut body: Body) -> Result<Vec<u8>, NoBody> {
    /// In bytes; a sender who goes on beyond this is cut off.
    const MOST_DROPPED: usize = 1 << 30;
    /// One who sends nothing for this long has gone, and others want the place.
    const STALLED: Duration = Duration::from_secs(20);
    let (mut bytes, mut length) = (Vec::new(), 0);
    while let Some(frame) = tokio::time::timeout(STALLED, body.frame()).await.map_err(|_| NoBody::Broken)? {
        let Ok(part) = frame.map_err(|_| NoBody::Broken)?.into_data() else { continue };
        length += part.len();
        if length > MOST_DROPPED {
            return Err(NoBody::TooLarge);
        }
        if length <= LARGEST {
            bytes.extend_from_slice(&part);
        } else {
            bytes = Vec::new();
        }
    }
    if length <= LARGEST { Ok(bytes) } else { Err(NoBody::TooLarge) }
}

fn too_large(lang: Lang) -> Response {
    let most = LARGEST >> 20;
    let words = pick(
        lang,
        format!("This is larger than {most} MB, so nothing was saved."),
        format!("C’est plus de {most} Mo; rien n’a été enregistré."),
    );
    answer::error(StatusCode::PAYLOAD_TOO_LARGE, &words)
}
