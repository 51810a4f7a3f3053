//! The settings, the types and the home pages of a site that moved in.

use std::collections::BTreeMap;

use serde_json::Value;

use super::front;
use super::moving::{Made, Moving};
use super::plan;
use crate::lang::{Lang, PerLang};
use crate::parse;
use crate::path::ContentPath;

impl Moving {
    pub(super) fn settings_and_types(&self, made: &mut Made, types: &BTreeMap<String, String>) {
        let name = ["title", "site_name", "name"].into_iter().find_map(|name| front::text(self.settings.get(name)?));
        let name = name.unwrap_or_else(|| plan::readable(&self.name));
        let home = self.plan.pages.iter().position(|planned| planned.id == "_index");
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
        made.texts.insert(ContentPath::new("site.yaml"), site);
        for lang in Lang::BOTH {
            let path = parse::words_path("_index", lang);
            made.texts.entry(path).or_insert_with(|| {
                let mut front = String::new();
                put(&mut front, "title", names.get(lang).clone().into());
                put(&mut front, "summary", about.get(lang).clone().into());
                format!("---\n{front}---\n")
            });
        }
        let is_asked = self.plan.sections.iter().any(|(folder, section)| section.is_shipped && folder != "pages");
        for (file, text) in types.iter().filter(|(file, _)| is_asked || file.as_str() == "page.yaml") {
            made.texts.insert(ContentPath::new(format!("types/{file}")), text.clone());
        }
        for (folder, section) in self.plan.sections.iter().filter(|(_, section)| !section.is_shipped) {
            let mut kind = String::new();
            put(&mut kind, "type", folder.clone().into());
            put(&mut kind, "folder", folder.clone().into());
            put(&mut kind, "name", both(&section.name));
            put(&mut kind, "plural", both(&section.name));
            put(&mut kind, "slug", both(&section.slug));
            kind.push_str("fields: {}\n");
            made.texts.insert(ContentPath::new(format!("types/{folder}.yaml")), kind);
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
