//! What the editor's addresses answer: JSON, and why something is refused.

use std::io::{self, ErrorKind};

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use diptych::lang::{Lang, PerLang};
use diptych::machine;
use serde_json::{Value, json};

use super::store::{Refused, version};
use crate::language::pick;

/// An answer with what was asked for.
pub(super) fn ok(value: &Value) -> Response {
    with_status(StatusCode::OK, value)
}

/// An answer of another kind.
pub(super) fn with_status(status: StatusCode, value: &Value) -> Response {
    (status, [(header::CONTENT_TYPE, "application/json")], value.to_string()).into_response()
}

/// A refusal and why.
pub(super) fn error(status: StatusCode, words: &str) -> Response {
    with_status(status, &json!({ "error": words }))
}

/// What the answer says about a file that is not the version that its writer knows. A missing file has no version; one
/// that is not text has nothing else.
pub(super) fn of_file(bytes: Option<&[u8]>) -> Value {
    json!({
        "version": bytes.map(version),
        "text": bytes.and_then(|bytes| std::str::from_utf8(bytes).ok()),
    })
}

/// Why a file is neither read nor written.
pub(super) fn refused(refused: &Refused, lang: Lang) -> Response {
    let status = match refused {
        Refused::Outside | Refused::Kind | Refused::Folder => StatusCode::FORBIDDEN,
        Refused::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        Refused::Own(_) | Refused::Disk(_) => StatusCode::INTERNAL_SERVER_ERROR,
    };
    error(status, &why(refused, lang))
}

/// The same in words.
pub(super) fn why(refused: &Refused, lang: Lang) -> String {
    let words = match refused {
        Refused::Outside => pick(
            lang,
            "Only files inside the content folder can be saved, and no link may lead out of it.",
            "Seuls les fichiers du dossier de contenu peuvent être enregistrés, et aucun lien ne doit en sortir.",
        ),
        Refused::Kind => pick(
            lang,
            "A site does not take a file of this name or kind.",
            "Un site n’accepte pas de fichier de ce nom ou de ce genre.",
        ),
        Refused::TooLarge => pick(
            lang,
            "The file on the disk is too large to be edited here.",
            "Le fichier sur le disque est trop volumineux pour être modifié ici.",
        ),
        Refused::Folder => pick(
            lang,
            "There is a folder with this name where the file should be.",
            "Un dossier de ce nom occupe la place du fichier sur le disque.",
        ),
        Refused::Own(cause) => return cause.message(lang),
        Refused::Disk(cause) => return of_disk(cause, lang),
    };
    words.to_owned()
}

/// Why the disk did not accept a file.
fn of_disk(cause: &io::Error, lang: Lang) -> String {
    match cause.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
            pick(lang, "There is no room left on the disk.", "Il n’y a plus de place sur le disque.").to_owned()
        }
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem | ErrorKind::ResourceBusy => pick(
            lang,
            "The file or its folder is locked or can only be read.",
            "Le fichier ou son dossier est verrouillé ou en lecture seule.",
        )
        .to_owned(),
        _ if machine::has_failed(cause) || machine::is_in_use(cause) => {
            let PerLang { en, fr } = machine::message(cause);
            pick(lang, format!("The file was not saved: {en}."), format!("Le fichier n’a pas été enregistré : {fr}."))
        }
        // The system's own words are English, whatever the editor's language.
        _ => {
            let code = cause.raw_os_error().map(|code| format!(" ({code})")).unwrap_or_default();
            pick(
                lang,
                format!("The disk did not accept the file{code}."),
                format!("Le disque n’a pas accepté le fichier{code}."),
            )
        }
    }
}

/// The page that asks is one of another site.
pub(super) fn other_content(lang: Lang) -> Response {
    let words = pick(
        lang,
        "Another site is served at this address now, so nothing was done. Start Diptych on the site of this page again.",
        "Un autre site est servi à cette adresse; rien n’a été fait. Relancez Diptych sur le site de cette page.",
    );
    error(StatusCode::MISDIRECTED_REQUEST, words)
}

/// The program itself failed.
pub(super) fn failed(lang: Lang) -> Response {
    let words = pick(lang, "Diptych could not do this.", "Diptych n’a pas pu faire cela.");
    error(StatusCode::INTERNAL_SERVER_ERROR, words)
}

/// The preview is read-only.
pub(super) fn read_only(lang: Lang) -> Response {
    let words = pick(
        lang,
        "This preview was started with --read-only: nothing can be changed.",
        "Cet aperçu a été lancé avec --read-only : rien ne peut être modifié.",
    );
    error(StatusCode::FORBIDDEN, words)
}

/// What writes must say which version of the file it changes.
pub(super) fn which_version(lang: Lang) -> Response {
    let words = pick(
        lang,
        "Say which version of the file you know (If-Match), or that it is new (If-None-Match: *).",
        "Indiquez quelle version du fichier vous connaissez (If-Match), ou qu’il est nouveau (If-None-Match: *).",
    );
    error(StatusCode::PRECONDITION_REQUIRED, words)
}

/// The bytes are not text.
pub(super) fn not_text(lang: Lang) -> Response {
    let words = pick(
        lang,
        "This text is not UTF-8, so nothing was saved.",
        "Ce texte n’est pas en UTF-8; rien n’a été enregistré.",
    );
    error(StatusCode::UNPROCESSABLE_ENTITY, words)
}

/// A file on the disk is not text.
pub(super) fn no_text(lang: Lang) -> &'static str {
    pick(
        lang,
        "This file is not UTF-8 text, so it cannot be edited here.",
        "Ce fichier n’est pas du texte UTF-8; il ne peut pas être modifié ici.",
    )
}

/// Why something that was asked for is not done.
pub(super) fn against(words: &str) -> Response {
    with_status(StatusCode::CONFLICT, &json!({ "error": words, "against": [words] }))
}

/// There is no such record.
pub(super) fn unknown(id: &str, lang: Lang) -> Response {
    error(StatusCode::NOT_FOUND, &no_record(id, lang))
}

fn no_record(id: &str, lang: Lang) -> String {
    pick(lang, format!("There is no record {id}."), format!("Il n’y a pas de fiche {id}."))
}

/// The same, if a person looked for it: the name that it has now, or one that is nearly the same.
pub(super) fn not_here(id: &str, (moved_to, nearest): (Option<String>, Option<String>), lang: Lang) -> Response {
    let value = json!({ "error": no_record(id, lang), "moved_to": moved_to, "nearest": nearest });
    with_status(StatusCode::NOT_FOUND, &value)
}

/// A draft is not confirmed.
pub(super) fn is_draft(lang: Lang) -> Response {
    against(pick(
        lang,
        "This is a draft, and only what is published is confirmed. \
         Choose “Published” under “Publication” in the facts first.",
        "C’est une ébauche, et seul ce qui est publié se confirme. \
         Choisissez d’abord « Publiée » sous « Publication », dans les faits.",
    ))
}

/// The request's body is not what it should be.
pub(super) fn malformed(lang: Lang) -> Response {
    let words = pick(lang, "The request cannot be understood.", "La requête ne peut pas être comprise.");
    error(StatusCode::BAD_REQUEST, words)
}
