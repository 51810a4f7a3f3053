//! The generated pages, as entries of the search index: sections, parts of lists, open data, what changed, A to Z.

use std::sync::Arc;

use super::theme::Theme;
use super::{facets, index_entries};
use crate::lang::{Lang, PerLang};
use crate::layout::LANDING;
use crate::path::UrlPath;
use crate::schema::FieldKind;
use crate::search::{Entry, OVERVIEW, Twin};
use crate::site::{Facet, Landing, List, Site};

/// Every such page of a language that readers look for.
pub(super) fn entries(site: &Site, theme: &Theme, lang: Lang) -> Vec<Entry> {
    let mut entries = vec![home(site, lang)];
    entries.extend(site.lists.iter().flat_map(|list| of_list(site, theme, list, lang)));
    let reserved = |id: &str, title: &str, url: fn(&crate::site::Reserved) -> &UrlPath| {
        let words = |lang| theme.strings(lang).get(title).to_owned();
        let twin = (url(site.reserved.get(lang.other())), words(lang.other()));
        page(id, words(lang), url(site.reserved.get(lang)), twin)
    };
    entries.push(reserved("_data", "data_title", |reserved| &reserved.data));
    entries.push(reserved("_changes", "changes_title", |reserved| &reserved.changes));
    entries.push(reserved("_index-a-z", "index_title", |reserved| &reserved.index));
    entries
}

fn home(site: &Site, lang: Lang) -> Entry {
    landing(site, LANDING, &site.home, lang)
}

/// The landing page of a section, which is its list, and the filtered lists: what is listed under a partner or a year
/// is found by its name.
fn of_list(site: &Site, theme: &Theme, list: &List, lang: Lang) -> Vec<Entry> {
    let kind = site.schema.get(list.kind);
    let Some(section) = site.section(list.kind) else { return Vec::new() };
    let id = format!("{}/{LANDING}", kind.folder);
    let mut whole = landing(site, &id, &section.sides, lang);
    whole.keywords.extend([kind.plural.get(lang).clone(), kind.label.get(lang).clone()]);
    whole.keywords.retain(|keyword| *keyword != whole.title);
    let mut entries = vec![whole];
    let is_choice = |facet: &&Facet| matches!(kind.fields[facet.field].kind, FieldKind::Choice(_));
    for facet in list.facets.iter().filter(is_choice) {
        let field = &kind.fields[facet.field];
        for (key, part) in &facet.values {
            if part.records.get(lang).is_empty() {
                continue;
            }
            let title = |lang| {
                let value = facets::label(site, theme, lang, field, key);
                theme.strings(lang).fill("narrowed", &[("list", kind.plural.get(lang)), ("value", &value)])
            };
            let twin = (part.urls.get(lang.other()), title(lang.other()));
            let id = format!("{id}?{}={}", field.name, key.name(&site.records, &field.kind));
            entries.push(page(&id, title(lang), part.urls.get(lang), twin));
        }
    }
    entries
}

fn landing(site: &Site, id: &str, sides: &PerLang<Arc<Landing>>, lang: Lang) -> Entry {
    let (own, other) = (sides.get(lang), sides.get(lang.other()));
    let entry = page(id, own.title.clone(), &own.url, (&other.url, other.title.clone()));
    let words = own.file.as_ref().map(|file| site.words(file, lang));
    let sections = words.map(|words| index_entries::sections(site, lang, &words, "")).unwrap_or_default();
    Entry { summary: own.summary.clone(), keywords: own.keywords.clone(), sections, ..entry }
}

fn page(id: &str, title: String, url: &UrlPath, twin: (&UrlPath, String)) -> Entry {
    Entry {
        id: id.to_owned(),
        url: url.as_str().to_owned(),
        kind: OVERVIEW.to_owned(),
        title,
        twin: Some(Twin { url: twin.0.as_str().to_owned(), title: twin.1 }),
        ..Entry::default()
    }
}
