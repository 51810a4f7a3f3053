//! What other tools call the facts of a page, and what to write here in place of them: [`advice`].

use crate::lang::PerLang;

/// Names in small letters with `_`, as Hugo, Jekyll, Eleventy, `MkDocs`, Docusaurus and Drupal have them, and what they ask for.
const KEYS: [(&str, Meant); 46] = [
    ("abstract", Meant::Words("summary")),
    ("categories", Meant::Words("keywords")),
    ("category", Meant::Words("keywords")),
    ("collection", Meant::Folder),
    ("content_type", Meant::Folder),
    ("created", Meant::Facts("published_on: 2026-01-31")),
    ("date", Meant::Facts("published_on: 2026-01-31")),
    ("date_published", Meant::Facts("published_on: 2026-01-31")),
    ("description", Meant::Words("summary")),
    ("draft", Meant::Facts("state: draft")),
    ("excerpt", Meant::Words("summary")),
    ("expires", Meant::Facts("expires_on: 2026-01-31")),
    ("expirydate", Meant::Facts("expires_on: 2026-01-31")),
    ("hidden", Meant::Facts("state: draft")),
    ("i18n", Meant::FileName),
    ("intro", Meant::Words("summary")),
    ("lang", Meant::FileName),
    ("langcode", Meant::FileName),
    ("language", Meant::FileName),
    ("last_modified", Meant::Facts("modified_on: 2026-01-31")),
    ("last_modified_at", Meant::Facts("modified_on: 2026-01-31")),
    ("last_update", Meant::Facts("modified_on: 2026-01-31")),
    ("lastmod", Meant::Facts("modified_on: 2026-01-31")),
    ("layout", Meant::Folder),
    ("lead", Meant::Words("summary")),
    ("locale", Meant::FileName),
    ("modified", Meant::Facts("modified_on: 2026-01-31")),
    ("noindex", Meant::Facts("state: draft")),
    ("permalink", Meant::Words("slug")),
    ("pubdate", Meant::Facts("published_on: 2026-01-31")),
    ("publish", Meant::Facts("state: draft")),
    ("publishdate", Meant::Facts("published_on: 2026-01-31")),
    ("published", Meant::Facts("state: draft")),
    ("published_at", Meant::Facts("published_on: 2026-01-31")),
    ("redirect_from", Meant::Words("aliases")),
    ("redirects", Meant::Words("aliases")),
    ("review_date", Meant::Facts("review_by: 2026-01-31")),
    ("subtitle", Meant::Words("summary")),
    ("tags", Meant::Words("keywords")),
    ("template", Meant::Folder),
    ("topics", Meant::Words("keywords")),
    ("translation_key", Meant::FileName),
    ("translationkey", Meant::FileName),
    ("unlisted", Meant::Facts("state: draft")),
    ("updated", Meant::Facts("modified_on: 2026-01-31")),
    ("url", Meant::Words("slug")),
];

/// What has the place of a foreign name here.
#[derive(Clone, Copy)]
enum Meant {
    /// A field in the top block of each language's file.
    Words(&'static str),
    /// A line in the file of facts.
    Facts(&'static str),
    /// The language, and what belongs together: names of files say it.
    FileName,
    /// What a page is: its folder says it.
    Folder,
}

/// What to write in place of a name that other tools have for a fact of the page with this id.
pub(super) fn advice(name: &str, id: &str) -> Option<PerLang<String>> {
    let name = name.to_lowercase().replace('-', "_");
    let at = KEYS.binary_search_by(|(key, _)| (*key).cmp(&name)).ok()?;
    let (en, fr) = match KEYS[at].1 {
        Meant::Words(field) => (
            format!("Here this is “{field}”, at the top of {id}.en.md and {id}.fr.md."),
            format!("Ici, c’est « {field} », en tête de {id}.en.md et de {id}.fr.md."),
        ),
        Meant::Facts(line) if line.starts_with("state") => (
            format!("A page is published unless {id}.yaml says “{line}”. Write that there, or remove this line."),
            format!("Une page est publiée sauf si {id}.yaml dit « {line} ». Écrivez-le là, ou retirez cette ligne."),
        ),
        Meant::Facts(line) => (
            format!("Here this is a line such as “{line}” in {id}.yaml."),
            format!("Ici, c’est une ligne comme « {line} » dans {id}.yaml."),
        ),
        Meant::FileName => (
            "Remove this line: the names of the files say the language (.en.md, .fr.md) and what belongs together."
                .to_owned(),
            "Retirez cette ligne : les noms des fichiers disent la langue (.en.md, .fr.md) et ce qui va ensemble."
                .to_owned(),
        ),
        Meant::Folder => (
            "Remove this line: the folder that a page lies in says what it is, and how it looks.".to_owned(),
            "Retirez cette ligne : le dossier d’une page dit ce qu’elle est et comment elle se présente.".to_owned(),
        ),
    };
    Some(PerLang { en, fr })
}
