//! The settings of the old site ([`of_old_site`]), and those of the new one with its types and home pages.

use std::collections::BTreeMap;

use serde_json::Value;

use super::front::{self, Front};
use super::marks::{has_place, marked_words};
use super::moving::{Made, Moving};
use super::{docusaurus, plan, tool};
use crate::lang::{Lang, PerLang};
use crate::layout::{self, LANDING, TYPES};
use crate::parse;
use crate::path::ContentPath;

/// The settings of old sites, by their names.
const SETTINGS: [&str; 12] = [
    "_config.yml",
    "_config.yaml",
    "mkdocs.yml",
    "mkdocs.yaml",
    "hugo.toml",
    "hugo.yaml",
    "hugo.json",
    "config.toml",
    "config.yaml",
    "config.yml",
    "config.json",
    "site.json",
];

/// Where Hugo may have its settings in several files, each named for its contents.
const PARTS: &str = "config/_default/";

/// Whether a file holds settings of an old site, so that it is read.
pub(super) fn is_settings(path: &str) -> bool {
    let is_data = [".yml", ".yaml", ".toml", ".json"].iter().any(|ending| path.to_lowercase().ends_with(ending));
    let is_near = !path.strip_prefix(PARTS).unwrap_or(path).contains('/');
    is_data && is_near || docusaurus::is_docusaurus_config(path) || docusaurus::is_versions(path)
}

/// The settings of an old site, from all files that have any.
pub(super) fn of_old_site(texts: &BTreeMap<String, String>) -> Front {
    let mut settings = Front::new();
    for (path, text) in texts {
        if docusaurus::is_docusaurus_config(path) {
            settings.extend(docusaurus::docusaurus_settings(text));
        } else if docusaurus::is_versions(path) {
            settings.extend(docusaurus::versions(path, text));
        }
    }
    for (path, text) in SETTINGS.iter().filter_map(|name| texts.get_key_value(*name)) {
        settings.extend(front::settings(path, text).unwrap_or_default());
    }
    for (path, text) in texts {
        let Some((name, _)) = path.strip_prefix(PARTS).and_then(|name| name.split_once('.')) else { continue };
        let part = front::settings(path, text).unwrap_or_default();
        if matches!(name, "hugo" | "config") {
            settings.extend(part);
        } else {
            settings.insert(name.to_owned(), Value::Object(part));
        }
    }
    settings
}

/// What an old site is called and what it is about, as its settings say it in each language.
pub(super) struct SiteNames {
    /// The names.
    pub of: PerLang<Option<String>>,
    /// The descriptions.
    pub about: PerLang<Option<String>>,
    /// The main language: that of settings without a language, and of the names of files.
    pub lang: Lang,
}

impl SiteNames {
    /// Reads the settings of a site. `others` is the language of its pages, if they are all in one.
    pub(super) fn of(settings: &Front, others: Option<Lang>) -> Self {
        let fields = ["defaultContentLanguage", "defaultLocale", "default_lang", "default_locale", "lang", "locale"];
        let said = fields.into_iter().find_map(|name| layout::language(settings.get(name)?.as_str()?));
        let said = said.or_else(|| tool::default_of_mkdocs(settings).and_then(layout::language));
        let lang = said.or(others).unwrap_or(Lang::En);
        let of = |names: &[&str]| {
            PerLang::from_fn(|own| {
                // There, `name` is what the language is called.
                let titles: Vec<&str> = names.iter().copied().filter(|name| *name != "name").collect();
                let named = of_language(settings, own).into_iter().find_map(|part| text_of(part, &titles));
                let code = own.code();
                let by_field = || {
                    let all = names.iter().flat_map(|name| [format!("{name}_{code}"), format!("{name}-{code}")]);
                    all.into_iter().find_map(|name| front::text(settings.get(&name)?))
                };
                let by_code = || names.iter().find_map(|name| front::text(settings.get(*name)?.get(code)?));
                let main = || text_of(settings, names).filter(|_| own == lang);
                named.or_else(by_field).or_else(by_code).or_else(main).filter(|text| !text.trim().is_empty())
            })
        };
        Self { of: of(&["site_name", "title", "name"]), about: of(&["site_description", "description"]), lang }
    }
}

fn text_of(settings: &Front, names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| front::text(settings.get(*name)?))
}

/// The parts of the settings that are about one language: of Hugo, and of the plug-in of `MkDocs`.
fn of_language(settings: &Front, lang: Lang) -> Vec<&Front> {
    let is_own = |code: &str| layout::language(code) == Some(lang);
    let by_code = settings.get("languages").and_then(Value::as_object).into_iter().flatten();
    let by_code = by_code.filter(|(code, _)| is_own(code)).filter_map(|(_, part)| part.as_object());
    let params = by_code.clone().filter_map(|part| part.get("params")?.as_object());
    let listed = tool::languages_of_mkdocs(settings).into_iter().filter_map(Value::as_object);
    let listed = listed.filter(|part| part.get("locale").and_then(Value::as_str).is_some_and(is_own));
    by_code.chain(params).chain(listed).collect()
}

/// Whether a title is that of any home page, and no name of a site.
fn is_any_home(title: &str) -> bool {
    const HOMES: [&str; 9] =
        ["home", "home page", "homepage", "index", "readme", "welcome", "accueil", "page d’accueil", "bienvenue"];
    has_place(title)
        || HOMES.contains(&title.replace('\'', "’").trim().trim_end_matches('!').trim().to_lowercase().as_str())
}

impl Moving {
    pub(super) fn settings_and_types(&self, made: &mut Made, types: &BTreeMap<String, String>) {
        let home = self.plan.pages.iter().position(|planned| planned.id == LANDING);
        let home = |lang: Lang| home.and_then(|home| *self.found[home].sides.get(lang));
        let SiteNames { of, about, lang: main } = &self.names;
        let folder = plan::readable(&self.name);
        // What the settings say comes before what the home page says, and that before the name of a folder.
        let names = PerLang::from_fn(|lang| {
            let title = home(lang).map(|side| &self.drafts[side]).filter(|draft| draft.file.is_none());
            let title = title.map(|draft| draft.title.clone()).filter(|title| !is_any_home(title));
            let other = of.get(lang.other()).clone().unwrap_or_else(|| folder.clone());
            let guess = || if lang == *main { other.clone() } else { marked_words(lang, &other) };
            of.get(lang).clone().or(title).unwrap_or_else(guess)
        });
        let about = PerLang::from_fn(|lang| {
            let summary = home(lang).map(|side| self.drafts[side].summary.clone());
            let summary = summary.filter(|summary| !has_place(summary));
            about.get(lang).clone().or(summary).unwrap_or_else(|| names.get(lang).clone())
        });
        made.unnamed = Lang::BOTH.into_iter().filter(|lang| has_place(names.get(*lang))).collect();
        let menu: Vec<String> = self.plan.sections.keys().filter(|folder| *folder != "pages").cloned().collect();
        let mut site = String::new();
        put(&mut site, "name", both(&names));
        put(&mut site, "description", both(&about));
        put(&mut site, "theme", "default".into());
        put(&mut site, "menu", menu.into());
        if self.found.iter().any(|found| found.sides.en.is_none() || found.sides.fr.is_none()) {
            put(
                &mut site,
                "policies",
                Value::Object([("missing_twin".to_owned(), "warning".into())].into_iter().collect()),
            );
        }
        made.texts.insert(ContentPath::new(layout::SETTINGS), site);
        for lang in Lang::BOTH {
            let path = parse::words_path(LANDING, lang);
            made.texts.entry(path).or_insert_with(|| {
                let mut front = String::new();
                put(&mut front, "title", names.get(lang).clone().into());
                put(&mut front, "summary", about.get(lang).clone().into());
                format!("---\n{front}---\n")
            });
        }
        let is_asked = self.plan.sections.iter().any(|(folder, section)| section.is_shipped && folder != "pages");
        for (file, text) in types.iter().filter(|(file, _)| is_asked || file.as_str() == "page.yaml") {
            made.texts.insert(ContentPath::new(format!("{TYPES}/{file}")), text.clone());
        }
        for (folder, section) in self.plan.sections.iter().filter(|(_, section)| !section.is_shipped) {
            let mut kind = String::new();
            put(&mut kind, "type", folder.clone().into());
            put(&mut kind, "folder", folder.clone().into());
            put(&mut kind, "name", both(&section.name));
            put(&mut kind, "plural", both(&section.name));
            put(&mut kind, "slug", both(&section.slug));
            kind.push_str("fields: {}\n");
            made.texts.insert(ContentPath::new(format!("{TYPES}/{folder}.yaml")), kind);
        }
    }
}

fn both(words: &PerLang<String>) -> Value {
    let entry = |lang: Lang| (lang.code().to_owned(), Value::String(words.get(lang).clone()));
    Value::Object([entry(Lang::En), entry(Lang::Fr)].into_iter().collect())
}

/// Adds an entry to a block of YAML.
pub(super) fn put(yaml: &mut String, key: &str, value: Value) {
    let entry = BTreeMap::from([(key, value)]);
    if let Ok(text) = serde_yaml::to_string(&entry) {
        yaml.push_str(&text);
    }
}
