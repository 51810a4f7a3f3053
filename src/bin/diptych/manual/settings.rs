//! What the manual says about each setting, policy, line of a type, kind of field and field that every record may have:
//! the same words and example that editors get.

use diptych::lang::{Lang, PerLang};
use diptych::schema::help::{self, Help, In};

use super::page::{Page, code};
use crate::language::pick;

/// The folder of the pages.
pub(super) const FOLDER: &str = "reference";

/// A page for each name, by where it is written.
pub(super) fn pages() -> Vec<Page> {
    let all = In::ALL.into_iter().flat_map(|place| place.names().iter().map(move |name| (place, *name)));
    all.filter_map(|(place, name)| Some(page(place, name, help::of(place, name)?))).collect()
}

fn page(place: In, name: &str, help: &Help) -> Page {
    let slug = format!("{}-{}", place.name(), name.replace('_', "-"));
    Page {
        id: format!("{FOLDER}/{slug}"),
        facts: Some(format!("place: {}\n", place.name())),
        title: name.to_owned(),
        summary: help.words().map(|_, words| words.to_owned()),
        slug: Some(slug),
        keywords: help.inner.clone(),
        body: PerLang::from_fn(|lang| {
            let more = pick(lang, "More about it", "Pour en savoir plus");
            let (colon, guide) = (pick(lang, ":", " :"), &help.guide);
            format!(
                "{}{colon}\n\n{}{more}{colon} [](guides/{guide}).\n",
                where_written(place, name, lang),
                code("yaml", &help.example)
            )
        }),
    }
}

/// Where it is written.
fn where_written(place: In, name: &str, lang: Lang) -> String {
    match place {
        In::Settings => pick(lang, "A line of `site.yaml`", "Une ligne de `site.yaml`").to_owned(),
        In::Policies => pick(
            lang,
            "Under `policies` in `site.yaml`; a type may set its own",
            "Sous `policies` dans `site.yaml`; un type peut avoir la sienne",
        )
        .to_owned(),
        In::Type => pick(lang, "A line of a type, in `types/`", "Une ligne d’un type, dans `types/`").to_owned(),
        In::Field => pick(lang, "A line of a field of a type", "Une ligne d’un champ d’un type").to_owned(),
        In::Kind => pick(
            lang,
            format!("What a record says in a field of `kind: {name}`"),
            format!("Ce que dit une fiche dans un champ de `kind: {name}`"),
        ),
        In::Facts => pick(
            lang,
            "A fact that every record may have, in its `.yaml` file",
            "Un fait que toute fiche peut avoir, dans son fichier `.yaml`",
        )
        .to_owned(),
        In::Words => pick(
            lang,
            "A line at the top of a page’s words, between the lines `---`",
            "Une ligne en tête du texte d’une page, entre les lignes `---`",
        )
        .to_owned(),
        In::Synonyms => pick(lang, "In `words.yaml`", "Dans `words.yaml`").to_owned(),
        In::Questions => pick(lang, "In `search-tests.yaml`", "Dans `search-tests.yaml`").to_owned(),
    }
}
