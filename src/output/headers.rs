//! The headers of an answer: the one place for the rules of all servers and for the preview.

use super::server::{COMPRESSED, PACK};
use crate::schema::Config;
use crate::source::asset;

/// The headers of every answer, besides the content security policy.
pub const EVERYWHERE: [(&str, &str); 4] = [
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "strict-origin-when-cross-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
    // The window that a reader came from cannot control the site's.
    ("Cross-Origin-Opener-Policy", "same-origin"),
];

/// The header that says who may embed a file.
pub const BUILT_IN_BY: &str = "Cross-Origin-Resource-Policy";
/// The site alone.
pub const SITE_ALONE: &str = "same-origin";
/// Anyone: open data, documents and pictures are there to be used, also by scripts of other sites.
pub const ANYONE: [(&str, &str); 2] = [(BUILT_IN_BY, "cross-origin"), ("Access-Control-Allow-Origin", "*")];

/// The folders whose files anyone may use.
pub const OPEN: [&str; 2] = [ASSETS, "data"];

/// The folder of the files that come from content.
pub const ASSETS: &str = "assets";

/// The policy of a file that comes from content: opened by itself it runs nothing, belongs to no origin and loads
/// nothing but itself; inside a page, the page's own policy counts. In many browsers, PDF readers refuse to work in a
/// sandbox, and a PDF cannot run anything at the site's address, so it gets everything except the sandbox.
pub fn policy_of_asset(ending: &str) -> &'static str {
    const POLICY: &str = "sandbox; default-src 'none'; img-src 'self' data:; media-src 'self'; style-src 'unsafe-inline'; \
                          form-action 'none'; base-uri 'none'; frame-ancestors 'self'";
    if ending.eq_ignore_ascii_case("pdf") { POLICY.trim_start_matches("sandbox; ") } else { POLICY }
}

/// The media type of a file of the output, by its ending. Text of any kind says how it is encoded; formats for machines
/// are UTF-8 by their own standards.
pub fn media_type(config: &Config, path: &str) -> String {
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending).to_lowercase();
    let own = COMPRESSED.iter().find(|(known, _)| *known == ending && !path.starts_with(ASSETS));
    match own {
        Some((_, kind)) if ["text/css", "text/javascript"].contains(kind) || !kind.starts_with("text/") => {
            (*kind).to_owned()
        }
        Some((_, kind)) => with_charset(kind),
        None => with_charset(config.assets.sent_as(path).0),
    }
}

/// What the preview sends with a file of the output.
pub fn of_file(config: &Config, path: &str) -> Vec<(&'static str, String)> {
    let mut headers = vec![("Content-Type", media_type(config, path))];
    headers.extend(EVERYWHERE.map(|(name, value)| (name, value.to_owned())));
    let folder = path.split('/').next().unwrap_or_default();
    if OPEN.contains(&folder) {
        headers.extend(ANYONE.map(|(name, value)| (name, value.to_owned())));
    } else {
        headers.push((BUILT_IN_BY, SITE_ALONE.to_owned()));
    }
    if folder == ASSETS {
        let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
        headers.push(("Content-Security-Policy", policy_of_asset(ending).to_owned()));
        if config.assets.sent_as(path).1 {
            headers.push(("Content-Disposition", "attachment".to_owned()));
        }
    }
    headers
}

/// A media type with the encoding of all text of the output. Servers add no encoding to compressed files by themselves.
pub fn with_charset(kind: &str) -> String {
    let is_text = kind.starts_with("text/")
        || ["application/json", "application/xml", "application/geo+json", "application/x-ndjson", "image/svg+xml"]
            .contains(&kind);
    if is_text { format!("{kind};charset=utf-8") } else { kind.to_owned() }
}

/// Every ending with its media type: the site's own files, then those of content, with those that the settings allow.
pub fn media_types(config: &Config) -> Vec<(String, String)> {
    let own = COMPRESSED.iter().chain([&PACK]);
    let mut all: Vec<(String, String)> = own.map(|(ending, kind)| ((*ending).to_owned(), with_charset(kind))).collect();
    for (ending, kind) in asset::KINDS {
        all.push((ending.to_owned(), with_charset(kind)));
    }
    for (ending, kind) in config.assets.allowed() {
        all.push((ending.to_owned(), with_charset(kind.unwrap_or(asset::DOWNLOAD))));
    }
    let mut known = std::collections::BTreeSet::new();
    all.retain(|(ending, _)| known.insert(ending.clone()));
    all
}

/// The endings that the settings allow and whose files are saved rather than opened.
pub fn saved(config: &Config) -> Vec<&str> {
    let allowed =
        config.assets.allowed().filter(|(ending, kind)| kind.is_none() && asset::media_type(ending).is_none());
    allowed.map(|(ending, _)| ending).collect()
}
