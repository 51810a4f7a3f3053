//! The settings of the old site ([`of_old_site`]), and those of the new one with its types and home pages.

use std::collections::BTreeMap;

use serde_json::Value;

use super::front::{self, Front};
use super::moving::{Made, Moving};
use super::{plan, tool};
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
    is_data && is_near || tool::is_docusaurus_config(path)
}

/// The settings of an old site, from all files that have any.
pub(super) fn of_old_site(texts: &BTreeMap<String, String>) -> Front {
    let mut settings = Front::new();
    for (path, text) in texts {
        if tool::is_docusaurus_config(path) {
            settings.extend(tool::docusaurus_settings(text));
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

impl Moving {
    pub(super) fn settings_and_types(&self, made: &mut Made, types: &BTreeMap<String, String>) {
        let name = ["title", "site_name", "name"].into_iter().find_map(|name| front::text(self.settings.get(name)?));
        let name = name.unwrap_or_else(|| plan::readable(&self.name));
        let home = self.plan.pages.iter().position(|planned| planned.id == LANDING);
        let title = |lang| {
            let side = home.and_then(|home| *self.found[home].sides.get(lang));
            side.map_or_else(|| name.clone(), |side| self.drafts[side].title.clone())
        };
        let names = PerLang { en: name.clone(), fr: title(Lang::Fr) };
        let about = front::text(self.settings.get("description").unwrap_or(&Value::Null));
        let about = about.or_else(|| front::text(self.settings.get("site_description").unwrap_or(&Value::Null)));
        let about = PerLang {
            en: about.clone().unwrap_or_else(|| names.en.clone()),
            fr: about.unwrap_or_else(|| names.fr.clone()),
        };
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
