//! What other tools, and French, call the facts of a page, and what to write here instead: [`advice`].

use crate::lang::PerLang;

/// Names from Hugo, Jekyll, Eleventy, `MkDocs`, Docusaurus, Drupal or French, in small letters with `_`, and what they
/// ask for.
const KEYS: [(&str, Meant); 64] = [
    ("abstract", Meant::Words("summary")),
    ("brouillon", Meant::Draft),
    ("categories", Meant::Words("keywords")),
    ("category", Meant::Words("keywords")),
    ("catégorie", Meant::Words("keywords")),
    ("catégories", Meant::Words("keywords")),
    ("collection", Meant::Folder),
    ("content_type", Meant::Folder),
    ("created", Meant::Day("published_on")),
    ("date", Meant::Day("published_on")),
    ("date_de_modification", Meant::Day("modified_on")),
    ("date_de_publication", Meant::Day("published_on")),
    ("date_published", Meant::Day("published_on")),
    ("description", Meant::Words("summary")),
    ("draft", Meant::Draft),
    ("excerpt", Meant::Words("summary")),
    ("expires", Meant::Day("expires_on")),
    ("expirydate", Meant::Day("expires_on")),
    ("gabarit", Meant::Folder),
    ("hidden", Meant::Draft),
    ("i18n", Meant::FileName),
    ("intro", Meant::Words("summary")),
    ("introduction", Meant::Words("summary")),
    ("lang", Meant::FileName),
    ("langcode", Meant::FileName),
    ("language", Meant::FileName),
    ("langue", Meant::FileName),
    ("last_modified", Meant::Day("modified_on")),
    ("last_modified_at", Meant::Day("modified_on")),
    ("last_update", Meant::Day("modified_on")),
    ("lastmod", Meant::Day("modified_on")),
    ("layout", Meant::Folder),
    ("lead", Meant::Words("summary")),
    ("locale", Meant::FileName),
    ("mise_à_jour", Meant::Day("modified_on")),
    ("modified", Meant::Day("modified_on")),
    ("mots_cles", Meant::Words("keywords")),
    ("mots_clés", Meant::Words("keywords")),
    ("noindex", Meant::Draft),
    ("permalink", Meant::Words("slug")),
    ("pubdate", Meant::Day("published_on")),
    ("publish", Meant::Draft),
    ("publishdate", Meant::Day("published_on")),
    ("published", Meant::Draft),
    ("published_at", Meant::Day("published_on")),
    ("publié", Meant::Draft),
    ("redirect_from", Meant::Words("aliases")),
    ("redirects", Meant::Words("aliases")),
    ("resume", Meant::Words("summary")),
    ("review_date", Meant::Day("review_by")),
    ("résumé", Meant::Words("summary")),
    ("sommaire", Meant::Words("summary")),
    ("subtitle", Meant::Words("summary")),
    ("tags", Meant::Words("keywords")),
    ("template", Meant::Folder),
    ("titre", Meant::Words("title")),
    ("titre_court", Meant::Words("short_title")),
    ("topics", Meant::Words("keywords")),
    ("translation_key", Meant::FileName),
    ("translationkey", Meant::FileName),
    ("unlisted", Meant::Draft),
    ("updated", Meant::Day("modified_on")),
    ("url", Meant::Words("slug")),
    ("étiquettes", Meant::Words("keywords")),
];

/// What to write here instead of a foreign name.
#[derive(Clone, Copy)]
enum Meant {
    /// A field in the top block of each language's file.
    Words(&'static str),
    /// A field with a date in the file of facts.
    Day(&'static str),
    /// Whether the page is published: the file of facts says it.
    Draft,
    /// The language, and what belongs together: names of files say it.
    FileName,
    /// What a page is: its folder says it.
    Folder,
}

fn meant(name: &str) -> Option<Meant> {
    let name = name.to_lowercase().replace(['-', ' '], "_");
    let at = KEYS.binary_search_by(|(key, _)| (*key).cmp(&name)).ok()?;
    Some(KEYS[at].1)
}

/// The field of a page's words that a name has elsewhere: `description` is `summary`.
pub(crate) fn field(name: &str) -> Option<&'static str> {
    match meant(name)? {
        Meant::Words(field) => Some(field),
        Meant::Day(_) | Meant::Draft | Meant::FileName | Meant::Folder => None,
    }
}

/// What to write instead of a name that other tools use for a fact, on the page with this id.
pub(super) fn advice(name: &str, id: &str) -> Option<PerLang<String>> {
    let (en, fr) = match meant(name)? {
        Meant::Words(field) => (
            format!("Here this is “{field}”, at the top of {id}.en.md and {id}.fr.md."),
            format!("Ici, c’est « {field} », en tête de {id}.en.md et de {id}.fr.md."),
        ),
        Meant::Draft => (
            format!("A page is published unless {id}.yaml says “state: draft”. Write that there, or remove this line."),
            format!(
                "Une page est publiée sauf si {id}.yaml dit « state: draft ». Écrivez-le là, ou retirez cette ligne."
            ),
        ),
        Meant::Day(field) => (
            format!("Here this is a line such as “{field}: 2026-01-31” in {id}.yaml."),
            format!("Ici, c’est une ligne comme « {field}: 2026-01-31 » dans {id}.yaml."),
        ),
        Meant::FileName => (
            "Remove this line: the names of the files say the language (.en.md, .fr.md) and what belongs together."
                .to_owned(),
            "Retirez cette ligne : les noms des fichiers disent la langue (.en.md, .fr.md) et ce qui va ensemble."
                .to_owned(),
        ),
        Meant::Folder => (
            "Remove this line: the folder that a page is in says what it is, and how it looks.".to_owned(),
            "Retirez cette ligne : le dossier d’une page dit ce qu’elle est et comment elle se présente.".to_owned(),
        ),
    };
    Some(PerLang { en, fr })
}
