//! The tool that made an old site, and the addresses at which it published a page: [`Tool`].
//!
//! Readers have kept those addresses, and other sites lead to them. A part of a setting that is not understood here
//! stays in the address as it is written (`/:weekday/x/`), so that the report names it.

use std::sync::LazyLock;

use regex::Regex;
use serde_json::Value;

use super::addresses::{CANONICAL, path_of};
use super::anchors::Naming;
use super::front::{self, Front};
use super::language;
use super::page::{self, OldPage};
use super::pairing::without_index;
use super::{docusaurus, pattern};

/// The tool that made an old site, as far as its addresses depend on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tool {
    /// Hugo: `content/x.fr.md` is at `/fr/x/`.
    Hugo,
    /// Jekyll: `en/x.md` is at `/en/x.html`, `_posts/2024-01-31-x.md` at `/2024/01/31/x.html`.
    Jekyll,
    /// `MkDocs`: `docs/x.md` is at `/x/`.
    Mkdocs,
    /// Eleventy: `x.md` is at `/x/`.
    Eleventy,
    /// Docusaurus: `docs/x.md` is at `/docs/x`.
    Docusaurus,
    /// An unknown tool: an HTML page is at its path.
    None,
}

pub(super) static DATED: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(\d{4})-(\d{1,2})-(\d{1,2})-(.+)$"));
static PART: LazyLock<Regex> = LazyLock::new(|| pattern(r":([a-z_]+)"));

impl Tool {
    /// The tool that an old folder was written for.
    pub(super) fn of<'a>(paths: &(impl Iterator<Item = &'a str> + Clone)) -> Self {
        let has = |names: &[&str]| paths.clone().any(|path| names.contains(&path.rsplit('/').next().unwrap_or(path)));
        let is_content = |path: &str| path.starts_with("content/");
        match () {
            () if paths.clone().any(docusaurus::is_docusaurus) => Self::Docusaurus,
            () if has(&["_config.yml", "_config.yaml"]) => Self::Jekyll,
            () if has(&["mkdocs.yml", "mkdocs.yaml"]) => Self::Mkdocs,
            () if has(&[".eleventy.js", "eleventy.config.js", "eleventy.config.mjs", "eleventy.config.cjs"]) => {
                Self::Eleventy
            }
            () if has(&["hugo.toml", "hugo.yaml", "hugo.json", "config.toml"]) => Self::Hugo,
            () if has(&["config.yaml", "config.yml", "config.json"]) && paths.clone().any(is_content) => Self::Hugo,
            () => Self::None,
        }
    }

    /// Whether a page, by its path without its language and its ending, is the page of its folder.
    pub(super) fn is_landing(self, neutral: &str) -> bool {
        match self {
            // There, `index.md` is a page with files of its own.
            Self::Hugo => neutral.rsplit('/').next() == Some("_index"),
            Self::Jekyll | Self::Mkdocs | Self::Eleventy | Self::Docusaurus | Self::None => {
                without_index(neutral) != neutral
            }
        }
    }

    /// Where a page is, by its path without its language and its ending: a page with files of its own is its folder.
    pub(super) fn place(self, neutral: &str) -> &str {
        neutral.strip_suffix("/index").filter(|_| self == Self::Hugo).unwrap_or(neutral)
    }

    /// How many of the folders that all pages are in are above the content of the site.
    pub(super) fn above_content(self, shared: &[&str], settings: &Front) -> usize {
        let after = |folder: &str| {
            let parts: Vec<&str> = folder.split('/').collect();
            shared.windows(parts.len()).position(|own| own == parts).map(|at| at + parts.len())
        };
        let found = match self {
            Self::Hugo => after("content"),
            Self::Mkdocs => after(docs_of_mkdocs(settings)),
            // The settings that are read are those at the top.
            Self::Jekyll => (!settings.is_empty()).then_some(0),
            Self::Eleventy | Self::Docusaurus | Self::None => None,
        };
        found.unwrap_or(shared.len())
    }

    /// How the tool named headings, if that is known.
    pub(super) fn naming(self, settings: &Front) -> Option<Naming> {
        match self {
            Self::Hugo | Self::Jekyll | Self::Docusaurus => Some(Naming::Github),
            Self::Mkdocs => {
                let mut extensions =
                    settings.get("markdown_extensions").and_then(Value::as_array).into_iter().flatten();
                let is_other = extensions.find_map(|extension| extension.get("toc")?.get("slugify")).is_some();
                Some(if is_other { Naming::PythonUnicode } else { Naming::Python })
            }
            Self::Eleventy | Self::None => None,
        }
    }

    /// The addresses that led to a page: where it was, if that is known, and those that it names itself.
    pub(super) fn addresses(self, page: &OldPage, settings: &Front) -> Vec<String> {
        let canonical = page.field(CANONICAL).map(|url| path_of(&url).to_owned());
        let canonical = canonical.map(|path| path.split(['?', '#']).next().unwrap_or_default().to_owned());
        let own = match self {
            _ if canonical.is_some() => canonical,
            Self::Hugo => Some(hugo(page, settings)),
            Self::Jekyll => Some(jekyll(page, settings)),
            Self::Docusaurus => docusaurus::address(page, settings),
            Self::Mkdocs | Self::Eleventy => {
                Some(named(page).unwrap_or_else(|| folder_of_its_own(self, page, settings)))
            }
            Self::None => named(page).or_else(|| page::is_html(&page.path).then(|| page.path.clone())),
        };
        // Hugo resolves one without a leading slash beside the page.
        let beside = own.as_deref().map_or("", |own| own.trim_end_matches('/').rsplit_once('/').map_or("", |(f, _)| f));
        let written =
            ["aliases", "redirect_from"].iter().filter_map(|name| page.front.get(*name)).flat_map(front::texts);
        let written = written.map(|alias| match self {
            Self::Hugo if !alias.starts_with('/') && !alias.contains("://") => format!("{beside}/{alias}"),
            _ => alias,
        });
        let mut all: Vec<String> = written.collect();
        all.splice(0..0, own);
        all
    }
}

/// The address that a page names itself.
fn named(page: &OldPage) -> Option<String> {
    let named = ["permalink", "url"].into_iter().find_map(|name| page.field(name));
    named.filter(|url| !url.contains([':', '{']))
}

/// A page that is the only one of a folder: `x.md` is at `x/`.
fn folder_of_its_own(tool: Tool, page: &OldPage, settings: &Front) -> String {
    let root = if tool == Tool::Mkdocs { format!("{}/", docs_of_mkdocs(settings)) } else { "src/".to_owned() };
    let stem = language::without_ending(below(&page.path, &root).unwrap_or(&page.path));
    let is_ugly = settings.get("use_directory_urls") == Some(&Value::Bool(false));
    // A suffix of the language becomes a folder, and the default language has none.
    let codes = language::CODES.into_iter();
    let suffix = codes.clone().find_map(|code| Some((stem.strip_suffix(code)?.strip_suffix('.')?, code)));
    let folder = codes.clone().find_map(|code| Some((stem.strip_prefix(code)?.strip_prefix('/')?, code)));
    let stem = match suffix.or(folder).filter(|_| tool == Tool::Mkdocs) {
        Some((stem, lang)) if default_of_mkdocs(settings) == Some(lang) => stem.to_owned(),
        Some((stem, lang)) => format!("{lang}/{stem}"),
        None => stem.to_owned(),
    };
    let folder = without_index(&stem);
    if is_ugly && folder == stem { format!("/{stem}.html") } else { format!("/{folder}/") }
}

/// The folder in which `MkDocs` has its pages.
pub(super) fn docs_of_mkdocs(settings: &Front) -> &str {
    settings.get("docs_dir").and_then(Value::as_str).map_or("docs", |folder| folder.trim_matches(['.', '/']))
}

/// The language whose pages have no folder in their addresses.
pub(super) fn default_of_mkdocs(settings: &Front) -> Option<&str> {
    let is_default = |language: &&Value| language.get("default") == Some(&Value::Bool(true));
    let listed = || languages_of_mkdocs(settings).into_iter().find(is_default)?.get("locale")?.as_str();
    i18n_of_mkdocs(settings)?.get("default_language").and_then(Value::as_str).or_else(listed)
}

/// What the settings of `MkDocs` say about each language.
pub(super) fn languages_of_mkdocs(settings: &Front) -> Vec<&Value> {
    let languages = i18n_of_mkdocs(settings).and_then(|plugin| plugin.get("languages")?.as_array());
    languages.into_iter().flatten().collect()
}

fn i18n_of_mkdocs(settings: &Front) -> Option<&Value> {
    let plugins = settings.get("plugins")?;
    let listed = || plugins.as_array()?.iter().find_map(|plugin| plugin.get("i18n"));
    plugins.get("i18n").or_else(listed)
}

fn hugo(page: &OldPage, settings: &Front) -> String {
    let setting = |name: &str| settings.iter().find(|(own, _)| own.eq_ignore_ascii_case(name)).map(|(_, value)| value);
    let is_set = |name: &str| setting(name) == Some(&Value::Bool(true));
    let languages = setting("languages").and_then(Value::as_object).into_iter().flatten();
    let languages: Vec<(&String, Option<&str>)> =
        languages.map(|(code, language)| (code, language.get("contentDir").and_then(Value::as_str))).collect();
    let by_folder = languages.iter().find_map(|(code, folder)| {
        let path = page.path.strip_prefix(folder.as_ref()?.trim_matches('/'))?.strip_prefix('/')?;
        Some((path, Some(code.as_str())))
    });
    let (path, code) = by_folder.unwrap_or((below(&page.path, "content/").unwrap_or(&page.path), None));
    let stem = language::without_ending(path);
    let codes = languages.iter().map(|(code, _)| code.as_str()).chain(["en", "fr"]);
    let suffix = codes.map(|code| (code, stem.strip_suffix(code).and_then(|stem| stem.strip_suffix('.'))));
    let suffix = suffix.into_iter().find_map(|(code, stem)| Some((stem?, Some(code))));
    let (stem, code) = suffix.unwrap_or((stem, code));

    let default = setting("defaultContentLanguage").and_then(Value::as_str).unwrap_or("en");
    let has_folder = |code: &&str| *code != default || is_set("defaultContentLanguageInSubdir");
    let prefix = code.filter(has_folder).map_or(String::new(), |code| format!("/{code}"));

    let (folder, name) = stem.rsplit_once('/').unwrap_or(("", stem));
    let is_section = name == "_index";
    // A page with files of its own is named by its folder.
    let (folder, name) = if name == "index" { folder.rsplit_once('/').unwrap_or(("", folder)) } else { (folder, name) };
    let slug = page.field("slug");
    let last = slug.clone().unwrap_or_else(|| name.to_owned());
    let section = folder.split('/').next().unwrap_or_default();
    let title = || urlized(&page.field("title").unwrap_or_default());
    let value = |part: &str| match part {
        "section" => Some(section.to_owned()),
        "sections" => Some(folder.to_owned()),
        "title" => Some(title()),
        "slug" => Some(slug.clone().unwrap_or_else(title)),
        "slugorfilename" | "slugorcontentbasename" => Some(last.clone()),
        "filename" | "contentbasename" => Some(name.to_owned()),
        part => day(page).and_then(|day| part_of_day(&day, part)),
    };
    if let Some(url) = page.field("url") {
        let url = expanded(&url, value);
        return if url.starts_with('/') { url } else { format!("{prefix}/{url}") };
    }
    let patterns = setting("permalinks");
    let section_or_root = if section.is_empty() { "/" } else { section };
    let of_section = |patterns: &'_ Value| patterns.get(section_or_root).and_then(Value::as_str).map(str::to_owned);
    let pattern = patterns.and_then(|all| of_section(all).or_else(|| of_section(all.get("page")?)));
    let path = match pattern.filter(|_| !is_section) {
        Some(pattern) => expanded(&pattern, value),
        None if is_section => format!("/{folder}/"),
        None if is_set("uglyURLs") => format!("/{folder}/{last}.html"),
        None => format!("/{folder}/{last}/"),
    };
    let path = if is_set("disablePathToLower") { path } else { path.to_lowercase() };
    format!("{prefix}/{}", path.replace(' ', "-").trim_start_matches('/'))
}

/// A title as Hugo makes an address of it.
fn urlized(title: &str) -> String {
    let kept = title.trim().to_lowercase().replace(' ', "-");
    kept.chars().filter(|c| c.is_alphanumeric() || "-_.".contains(*c)).collect()
}

fn jekyll(page: &OldPage, settings: &Front) -> String {
    let stem = language::without_ending(&page.path);
    let (folder, name) = stem.rsplit_once('/').unwrap_or(("", stem));
    let post = format!("{folder}/").split_once("_posts/").map(|(before, _)| before.trim_end_matches('/').to_owned());
    let dated = DATED.captures(name).filter(|_| post.is_some());
    let day = dated
        .as_ref()
        .map_or_else(|| day(page), |found| Some(format!("{}-{:0>2}-{:0>2}", &found[1], &found[2], &found[3])));
    let name = dated.as_ref().and_then(|found| found.get(4)).map_or(name, |name| name.as_str());
    let collection = stem.strip_prefix('_').and_then(|rest| rest.split_once('/'));
    let collection =
        collection.filter(|(own, _)| settings.get("collections").is_some_and(|all| all.get(own).is_some()));
    let categories = || {
        let folders = post.iter().flat_map(|folders| folders.split('/')).map(str::to_owned);
        let named = ["categories", "category"].into_iter().filter_map(|name| page.front.get(name));
        let named = named.flat_map(|value| match value {
            Value::String(names) => names.split_whitespace().map(str::to_owned).collect(),
            value => front::texts(value),
        });
        folders
            .chain(named)
            .map(|name| name.to_lowercase())
            .filter(|name| !name.is_empty())
            .collect::<Vec<_>>()
            .join("/")
    };
    let value = |part: &str| match part {
        "title" | "slug" => Some(page.field("slug").unwrap_or_else(|| name.to_owned())),
        "basename" | "name" => Some(name.to_owned()),
        "categories" => Some(categories()),
        "collection" => collection.map(|(own, _)| own.to_owned()),
        "path" => Some(collection.map_or(folder, |(_, path)| path).to_owned()),
        "output_ext" => Some(".html".to_owned()),
        part => day.as_deref().and_then(|day| part_of_day(day, part)),
    };
    if let Some(own) = page.field("permalink") {
        return expanded(&own, value);
    }
    let style = settings.get("permalink").and_then(Value::as_str).unwrap_or("date");
    let pretty = style == "pretty" || style.ends_with('/');
    if post.is_some() {
        return expanded(
            match style {
                "date" => "/:categories/:year/:month/:day/:title:output_ext",
                "pretty" => "/:categories/:year/:month/:day/:title/",
                "none" => "/:categories/:title:output_ext",
                style => style,
            },
            value,
        );
    }
    if let Some((own, _)) = collection {
        let named = settings.get("collections").and_then(|all| all.get(own)?.get("permalink")?.as_str());
        let otherwise = if pretty { "/:collection/:path/" } else { "/:collection/:path:output_ext" };
        return expanded(named.unwrap_or(otherwise), value);
    }
    match (without_index(stem), pretty) {
        (own, _) if own != stem && name.eq_ignore_ascii_case("index") => format!("/{own}/"),
        (_, true) => format!("/{stem}/"),
        _ => format!("/{stem}.html"),
    }
}

/// What is below a folder, wherever that is.
pub(super) fn below<'a>(path: &'a str, folder: &str) -> Option<&'a str> {
    let is_folder = |at: &usize| *at == 0 || path[..*at].ends_with('/');
    let at = path.match_indices(folder).map(|(at, _)| at).find(is_folder)?;
    Some(&path[at + folder.len()..])
}

/// A pattern of addresses with values in place of its parts. Unknown parts stay.
fn expanded(pattern: &str, value: impl Fn(&str) -> Option<String>) -> String {
    let whole = PART
        .replace_all(pattern, |found: &regex::Captures<'_>| value(&found[1]).unwrap_or_else(|| found[0].to_owned()));
    plain_path(&whole)
}

/// An address without superfluous slashes.
pub(super) fn plain_path(path: &str) -> String {
    let mut plain = String::with_capacity(path.len());
    for c in path.chars() {
        if c != '/' || !plain.ends_with('/') {
            plain.push(c);
        }
    }
    plain
}

/// The day of a page.
fn day(page: &OldPage) -> Option<String> {
    front::day(page.front.get("date")?)
}

/// A part of a day such as `2024-01-31`, as patterns name it.
fn part_of_day(day: &str, part: &str) -> Option<String> {
    let [year, month, date] = day.split('-').collect::<Vec<_>>().try_into().ok()?;
    let plain = |part: &str| part.trim_start_matches('0').to_owned();
    match part {
        "year" => Some(year.to_owned()),
        "month" => Some(month.to_owned()),
        "day" => Some(date.to_owned()),
        "short_year" => Some(year.get(2..)?.to_owned()),
        "i_month" => Some(plain(month)),
        "i_day" => Some(plain(date)),
        _ => None,
    }
}
