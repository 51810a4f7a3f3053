//! What a translator should know besides the words: what the site calls things in both languages ([`Names`]), and the
//! facts of a record.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::lang::{Lang, PerLang};
use crate::schema::{Field, FieldKind};
use crate::workspace::Workspace;
use crate::yaml::Node;

/// The folder of terms, whose titles count however short they are.
const GLOSSARY: &str = "glossary";

/// The most names that are given for one passage.
const MOST: usize = 8;

/// The words of a name in one language, and the name in both.
type Name = (Vec<String>, PerLang<String>);

/// What the pages of a site are called in both languages.
#[derive(Clone, Debug, Default)]
pub struct Names {
    titles: BTreeMap<String, PerLang<String>>,
    /// The names by their first word, in small letters: all their words, and the record.
    by_word: PerLang<HashMap<String, Vec<Name>>>,
}

impl Names {
    /// The names of a site.
    pub fn of(workspace: &Workspace) -> Self {
        let mut names = Self::default();
        for (id, record) in workspace.written() {
            for field in ["title", "short_title"] {
                let name = |lang: Lang| {
                    let side = record.sides.get(lang).as_ref()?;
                    side.front.get(field).and_then(Node::scalar).map(str::to_owned)
                };
                let Some((en, fr)) = name(Lang::En).zip(name(Lang::Fr)) else { continue };
                let name = PerLang { en, fr };
                if field == "title" {
                    names.titles.insert(id.to_owned(), name.clone());
                }
                if name.en != name.fr {
                    names.add(id, &name);
                }
            }
        }
        names
    }

    fn add(&mut self, id: &str, name: &PerLang<String>) {
        for lang in Lang::BOTH {
            let words = words(name.get(lang));
            let is_acronym = name.get(lang).chars().all(char::is_uppercase);
            let Some(first) = words.first().cloned() else { continue };
            if words.len() > 1 || is_acronym || id.starts_with(GLOSSARY) {
                self.by_word.get_mut(lang).entry(first).or_default().push((words, name.clone()));
            }
        }
    }

    /// What the names that are in a text are called in the other language; not those of the record itself.
    pub fn notes(&self, id: &str, text: &str, from: Lang) -> Vec<String> {
        let (words, own) = (words(text), self.titles.get(id));
        let mut found = BTreeSet::new();
        for at in 0..words.len() {
            for (name, both) in self.by_word.get(from).get(&words[at]).into_iter().flatten() {
                if words[at..].starts_with(name) && own != Some(both) {
                    found.insert(format!("{} → {}", both.get(from), both.get(from.other())));
                }
            }
        }
        found.into_iter().take(MOST).collect()
    }

    fn title(&self, id: &str) -> Option<&PerLang<String>> {
        self.titles.get(id)
    }

    /// The facts of a record in both languages, as far as they have words.
    pub fn facts(&self, workspace: &Workspace, id: &str, from: Lang) -> Vec<String> {
        let schema = workspace.schema();
        let Some(kind) = id.split_once('/').and_then(|(folder, _)| schema.by_folder(folder)) else { return Vec::new() };
        let kind = schema.get(kind);
        let pair = |name: &PerLang<String>| match (name.get(from), name.get(from.other())) {
            (own, other) if own == other => own.clone(),
            (own, other) => format!("{own} → {other}"),
        };
        let mut notes = vec![pair(&kind.label)];
        let parsed = workspace.parsed(id);
        let entries = parsed.facts.as_ref().and_then(|facts| facts.facts.mapping()).unwrap_or_default();
        for entry in entries {
            let Some(field) = kind.fields.find(&entry.key) else { continue };
            let values: Vec<String> = entry
                .value
                .items()
                .iter()
                .filter_map(|item| self.value(workspace, field, item.scalar()?).map(|value| pair(&value)))
                .collect();
            if !values.is_empty() {
                notes.push(format!("{}: {}", pair(&field.label), values.join("; ")));
            }
        }
        notes
    }

    fn value(&self, workspace: &Workspace, field: &Field, written: &str) -> Option<PerLang<String>> {
        match &field.kind {
            FieldKind::Choice(choices) => {
                choices.iter().find(|choice| choice.key == written).map(|choice| choice.label.clone())
            }
            FieldKind::Reference(types) => {
                let schema = workspace.schema();
                let all = schema.iter().filter(|(kind, _)| types.is_empty() || types.contains(kind));
                let mut ids = all.map(|(_, kind)| format!("{}/{written}", kind.folder.as_str()));
                self.title(written).or_else(|| ids.find_map(|id| self.title(&id))).cloned()
            }
            FieldKind::Date | FieldKind::Number(_) | FieldKind::Money => {
                Some(PerLang { en: written.to_owned(), fr: written.to_owned() })
            }
            FieldKind::Text
            | FieldKind::Markdown
            | FieldKind::Boolean
            | FieldKind::Url
            | FieldKind::Email
            | FieldKind::Phone
            | FieldKind::Language
            | FieldKind::File
            | FieldKind::Group(_) => None,
        }
    }
}

/// The words of a text in small letters, without signs.
fn words(text: &str) -> Vec<String> {
    let parts = text.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
    parts.map(str::to_lowercase).collect()
}
