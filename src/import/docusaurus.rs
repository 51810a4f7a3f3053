//! Sites of Docusaurus: their settings, which are code, and the addresses of their pages ([`address`]).

use std::sync::LazyLock;

use regex::Regex;
use serde_json::Value;

use super::front::Front;
use super::language;
use super::page::OldPage;
use super::pairing::without_index;
use super::pattern;
use super::tool::{DATED, below, plain_path};

static NUMBERED: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\d+\s*[-_.]+\s*([^\d\s._-].*)$"));
static ROUTE: LazyLock<Regex> = LazyLock::new(|| pattern(r#"\brouteBasePath\s*:\s*['"]([^'"\n]*)['"]"#));
static FOLDER: LazyLock<Regex> = LazyLock::new(|| pattern(r#"\bpath\s*:\s*['"]([^'"\n]*)['"]"#));
static LOCALE: LazyLock<Regex> = LazyLock::new(|| pattern(r#"\bdefaultLocale\s*:\s*['"]([\w-]+)['"]"#));
static LAST: LazyLock<Regex> = LazyLock::new(|| pattern(r#"\blastVersion\s*:\s*['"]([^'"\n]+)['"]"#));
static VERSION: LazyLock<Regex> =
    LazyLock::new(|| pattern(r#"['"]?([\w.-]+)['"]?\s*:\s*\{[^{}]*?\bpath\s*:\s*['"]([^'"\n]*)['"]"#));
static TEXT: LazyLock<Regex> =
    LazyLock::new(|| pattern(r#"\b(title|tagline)\s*:\s*(?:'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)")"#));

/// Whether a file says that a site is one of Docusaurus.
pub(super) fn is_docusaurus(path: &str) -> bool {
    path.contains("docusaurus-plugin-content-") || is_docusaurus_config(path)
}

/// Whether a file holds the settings of a site of Docusaurus.
pub(super) fn is_docusaurus_config(path: &str) -> bool {
    path.rsplit('/').next().is_some_and(|name| name.starts_with("docusaurus.config."))
}

/// The most routes that are taken from settings; around each one the code is read again.
const MOST_ROUTES: usize = 64;

/// Whether a file lists the versions of a site of Docusaurus.
pub(super) fn is_versions(path: &str) -> bool {
    path.rsplit('/').next().is_some_and(|name| name == "versions.json" || name.ends_with("_versions.json"))
}

/// The versions that a file lists, the latest first, by the name of the field that they are kept in.
pub(super) fn versions(path: &str, text: &str) -> Option<(String, Value)> {
    let name = path.rsplit('/').next()?.strip_suffix(".json")?;
    serde_json::from_str::<Vec<String>>(text).ok().map(|all| (name.to_owned(), all.into()))
}

/// What the settings of Docusaurus, which are code, say: what the site is called, the route of each folder, the
/// language that has no folder, and the addresses of versions.
pub(super) fn docusaurus_settings(code: &str) -> Front {
    let mut routes = Front::new();
    for found in ROUTE.captures_iter(code).take(MOST_ROUTES) {
        let Some(at) = found.get(0) else { continue };
        let block = innermost_braces(code, at.start());
        let before = code[..block.start].trim_end().trim_end_matches(':').trim_end();
        let folder = FOLDER.captures(&code[block]).map(|folder| folder[1].trim_matches(['.', '/']).to_owned());
        let folder = folder.unwrap_or_else(|| if before.ends_with("blog") { "blog" } else { "docs" }.to_owned());
        routes.insert(folder, found[1].trim_matches('/').into());
    }
    let mut settings = Front::new();
    settings.insert("routes".to_owned(), Value::Object(routes));
    let mut put = |name: &str, value: Option<&str>| {
        settings.extend(value.map(|value| (name.to_owned(), Value::String(value.to_owned()))));
    };
    put("defaultLocale", LOCALE.captures(code).as_ref().map(|found| &found[1]));
    put("lastVersion", LAST.captures(code).as_ref().map(|found| &found[1]));
    for found in TEXT.captures_iter(code).take(MOST_ROUTES) {
        let Some(at) = found.get(0) else { continue };
        // Parts of the site, such as its menu, have titles of their own.
        if depth(&code[..at.start()]) <= 1 {
            let words = found.get(2).or_else(|| found.get(3)).map_or("", |words| words.as_str());
            let name = if &found[1] == "title" { "title" } else { "description" };
            put(name, Some(&words.replace("\\'", "'").replace("\\\"", "\"")));
        }
    }
    let versions = code.find("versions:").map(|at| &code[at..]);
    let paths = versions.into_iter().flat_map(|code| VERSION.captures_iter(code).take(MOST_ROUTES));
    let paths: Front = paths.map(|found| (found[1].to_owned(), found[2].trim_matches('/').into())).collect();
    settings.insert("versionPaths".to_owned(), Value::Object(paths));
    settings
}

/// How many braces are open at the end of code.
fn depth(code: &str) -> usize {
    code.chars().fold(0, |depth: usize, c| match c {
        '{' => depth + 1,
        '}' => depth.saturating_sub(1),
        _ => depth,
    })
}

/// What is between the braces around a place in code.
fn innermost_braces(code: &str, at: usize) -> std::ops::Range<usize> {
    let mut depth = 0_usize;
    let open = code[..at].char_indices().rev().find(|(_, c)| match c {
        '}' => {
            depth += 1;
            false
        }
        '{' if depth == 0 => true,
        '{' => {
            depth -= 1;
            false
        }
        _ => false,
    });
    let start = open.map_or(0, |(open, _)| open);
    start..code[at..].find(['{', '}']).map_or(code.len(), |end| at + end)
}

/// The address at which a page was; `None` for pages outside the published folders.
pub(super) fn address(page: &OldPage, settings: &Front) -> Option<String> {
    let translated = page.path.split_once("i18n/").and_then(|(_, rest)| rest.split('/').next());
    let stem = if translated.is_some() { page.neutral.as_str() } else { language::without_ending(&page.path) };
    let default = settings.get("defaultLocale").and_then(Value::as_str).unwrap_or("en");
    let prefix = translated.filter(|code| *code != default).map_or(String::new(), |code| format!("/{code}"));
    let routes = settings.get("routes").and_then(Value::as_object);
    let route = |folder: &str| routes.and_then(|all| all.get(folder)?.as_str()).map(str::to_owned);
    let slug = page.field("slug");

    if let Some(path) = below(stem, "src/pages/") {
        return Some(format!("{prefix}/{}", without_index(path)));
    }
    if let Some(path) = below(stem, "blog/") {
        let route = route("blog").unwrap_or_else(|| "blog".to_owned());
        let name = without_index(path);
        let (folder, last) = name.rsplit_once('/').map_or(("", name.as_str()), |(folder, last)| (folder, last));
        let own = DATED.captures(last).map_or_else(
            || format!("{folder}/{last}"),
            |found| format!("{}/{:0>2}/{:0>2}/{}", &found[1], &found[2], &found[3], &found[4]),
        );
        return Some(plain_path(&format!("{prefix}/{route}/{}", slug.unwrap_or(own))));
    }
    let (folder, version, path) = match version_of(stem) {
        Some(found) => found,
        None => {
            let mut folders = routes.into_iter().flatten().map(|(folder, _)| folder.as_str()).chain(["docs"]);
            let (folder, path) = folders.find_map(|folder| Some((folder, below(stem, &format!("{folder}/"))?)))?;
            (folder, "current", path)
        }
    };
    let route = route(folder).unwrap_or_else(|| folder.to_owned());
    let route = format!("{prefix}/{route}/{}", version_path(folder, version, settings));
    let unnumbered = |part: &str| NUMBERED.captures(part).map_or(part.to_owned(), |found| found[1].to_owned());
    let mut parts: Vec<String> = path.split('/').map(unnumbered).collect();
    let last = parts.pop()?;
    if let Some(slug) = slug {
        let beside = if slug.starts_with('/') { String::new() } else { parts.join("/") };
        return Some(plain_path(&format!("{route}/{beside}/{slug}")));
    }
    let last = page.field("id").unwrap_or(last);
    let is_index = matches!(last.to_lowercase().as_str(), "index" | "readme")
        || parts.last().is_some_and(|folder| *folder == last);
    parts.extend(Some(last).filter(|_| !is_index));
    Some(plain_path(&format!("{route}/{}", parts.join("/"))))
}

/// The folder, the version and the path of a page in a folder of a version: `versioned_docs/version-1.0/x`.
fn version_of(stem: &str) -> Option<(&str, &str, &str)> {
    let (at, _) = stem.match_indices("versioned_docs/version-").find(|(at, _)| {
        let before = &stem[..*at];
        before.is_empty() || before.ends_with(['/', '_'])
    })?;
    let folder = stem[..at].trim_end_matches('_').rsplit('/').next().filter(|folder| !folder.is_empty());
    let (version, path) = stem[at + "versioned_docs/version-".len()..].split_once('/')?;
    Some((folder.filter(|_| stem[..at].ends_with('_')).unwrap_or("docs"), version, path))
}

/// The part of an address that names a version. The latest one has none.
fn version_path(folder: &str, version: &str, settings: &Front) -> String {
    if let Some(path) = settings.get("versionPaths").and_then(|paths| paths.get(version)?.as_str()) {
        return path.to_owned();
    }
    let list = if folder == "docs" { "versions".to_owned() } else { format!("{folder}_versions") };
    let first = settings.get(&list).and_then(|all| all.get(0)?.as_str());
    let last = settings.get("lastVersion").and_then(Value::as_str).filter(|_| first.is_some()).or(first);
    match version {
        version if version == last.unwrap_or("current") => String::new(),
        "current" => "next".to_owned(),
        version => version.to_owned(),
    }
}
