//! The list of a type, whole or filtered, page by page, and the page of a facet's values.

use super::entries::{self, Group};
use super::frame::frame;
use super::links::PageContext;
use super::meta::{PageKind, PageMeta};
use super::theme::Theme;
use super::view::{EntryView, FacetView, KindView, ListView};
use super::{changes, document, facets, open_data};
use super::{html, pagination, timeline};
use crate::format;
use crate::lang::{Lang, PerLang};
use crate::path::UrlPath;
use crate::schema::{RecordType, TypeId};
use crate::site::{Landing, List, RecordId, Reserved, Site};

/// A page of a type's list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ListPage {
    /// The type.
    pub kind: TypeId,
    /// How the list is filtered.
    pub filter: ListFilter,
    /// Which of its pages, from 1.
    pub number: usize,
}

/// How a list is filtered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ListFilter {
    /// Not at all.
    All,
    /// To one value of a facet, both by position.
    Value(usize, usize),
    /// To what expires soon.
    Expiring,
}

/// Every page of every list in a language, with its address.
pub(super) fn pages(site: &Site, lang: Lang) -> impl Iterator<Item = (UrlPath, ListPage)> {
    site.lists.iter().flat_map(move |list| {
        let values = list
            .facets
            .iter()
            .enumerate()
            .flat_map(|(facet, of)| (0..of.values.len()).map(move |value| ListFilter::Value(facet, value)));
        let expiring = list.expiring.as_ref().map(|_| ListFilter::Expiring);
        let ways = [ListFilter::All].into_iter().chain(values).chain(expiring);
        ways.flat_map(move |filter| {
            let (url, ids) = of(site, list, filter, lang);
            // An empty filtered list in a language has no page; the list itself always has one.
            let count = if ids.is_empty() && matches!(filter, ListFilter::Value(..)) {
                0
            } else {
                pagination::count(ids.len())
            };
            (1..=count)
                .map(move |number| (Reserved::further(url, number), ListPage { kind: list.kind, filter, number }))
        })
    })
}

/// The address of a list's first page in a language, and its records.
fn of<'a>(site: &'a Site, list: &'a List, filter: ListFilter, lang: Lang) -> (&'a UrlPath, &'a [RecordId]) {
    let narrowed = match filter {
        ListFilter::All => None,
        ListFilter::Value(facet, value) => Some(&list.facets[facet].values[value].1),
        ListFilter::Expiring => list.expiring.as_ref(),
    };
    match narrowed {
        Some(narrowed) => (narrowed.urls.get(lang), narrowed.records.get(lang)),
        None => (&landing(site, list.kind, lang).url, list.records.get(lang)),
    }
}

/// The landing page of a type that has a list.
pub(super) fn landing(site: &Site, kind: TypeId, lang: Lang) -> &Landing {
    site.section(kind).map_or(site.home.get(lang), |section| section.sides.get(lang))
}

/// One page of a type's list.
pub(super) fn list(site: &Site, theme: &Theme, page: ListPage, lang: Lang) -> Option<ListView> {
    let ListPage { kind, filter, number } = page;
    let list = site.list(kind)?;
    let of_type = site.schema.get(kind);
    let landing = landing(site, kind, lang);
    let (first, ids) = of(site, list, filter, lang);
    let url = Reserved::further(first, number);
    let from = PageContext::new(site, theme, &url, lang);

    let narrowed = match filter {
        ListFilter::All => None,
        ListFilter::Value(facet, value) => {
            let facet = &list.facets[facet];
            Some(facets::label(site, theme, lang, &of_type.fields[facet.field], &facet.values[value].0))
        }
        ListFilter::Expiring => Some(theme.strings(lang).get("filter_expiring").to_owned()),
    };
    let title = match &narrowed {
        None => landing.title.clone(),
        Some(value) => theme.strings(lang).fill("narrowed", &[("list", of_type.plural.get(lang)), ("value", value)]),
    };
    let pages = pagination::count(ids.len());
    let head_title = match number {
        1 => title.clone(),
        _ => {
            let (page, total) = (format::count(number, lang), format::count(pages, lang));
            format!("{title} – {}", theme.strings(lang).fill("page_of", &[("page", &page), ("total", &total)]))
        }
    };
    // The same page of the other language's list has other entries; if that list is shorter, its first page is used.
    let sides = PerLang::from_fn(|lang| {
        let (first, ids) = of(site, list, filter, lang);
        let number = if number <= pagination::count(ids.len()) { number } else { 1 };
        (filter == ListFilter::All || !ids.is_empty()).then(|| Reserved::further(first, number))
    });
    let above = match filter {
        ListFilter::Value(facet, _) => {
            let facet = &list.facets[facet];
            Some((of_type.fields[facet.field].label.get(lang).as_str(), facet.urls.get(lang)))
        }
        _ => None,
    };
    let about = PageMeta {
        kind: PageKind::List,
        title: &title,
        head_title: Some(&head_title),
        description: &landing.summary,
        sides: PerLang { en: sides.en.as_ref(), fr: sides.fr.as_ref() },
        section: Some(kind),
        above,
        noindex: false,
        record: None,
    };

    let in_place = filter == ListFilter::All && pages == 1;
    let (heading, groups) = groups(from, of_type, ids);
    // A filter by the field of the headings would lead to the same places.
    let filtered = heading.is_some_and(|field| of_type.fields[field].facet);
    let letters = if filtered { Vec::new() } else { pagination::letters(from, first, number, &groups) };
    let shown = pagination::part(ids, number);
    let groups = if pages == 1 { groups } else { entries::by_letter(site, lang, shown) };
    let entry = |id| {
        let mut entry: EntryView = entries::entry(from, id)?;
        entry.keys = in_place.then(|| facets::keys_of(site, list, id)).flatten();
        // What the heading already says.
        entry.facts.retain(|fact| heading.is_none_or(|heading| of_type.fields[heading].name != fact.name));
        Some(entry)
    };
    let is_opening = filter == ListFilter::All && number == 1;
    Some(ListView {
        page: frame(from, &about),
        kind: kind_view(from, of_type, kind),
        narrowed,
        summary_html: if is_opening { html::text(lang, &landing.summary) } else { String::new() },
        body_html: if is_opening { html::landing(from, landing) } else { String::new() },
        total: ids.len(),
        filters: facets::filters(from, list, filter),
        data: (pages > 1).then(|| from.to(&data_url(site, kind, lang))),
        letters,
        groups: entries::views(groups, entry),
        pagination: pagination::pagination(from, first, number, ids.len()),
        chart: if is_opening { timeline::chart(from, list) } else { None },
        feed: (is_opening && site.config.base_url.is_some())
            .then(|| from.to(&changes::feed_url(site, Some(kind), lang))),
        downloads: if is_opening { open_data::downloads(from, kind) } else { Vec::new() },
        document: site
            .in_document(kind, lang)
            .filter(|_| is_opening)
            .map(|_| from.to(&document::url(site, kind, lang))),
    })
}

/// The records under the headings that the type asks for, with the field of the headings, if they are on one page;
/// otherwise as any list.
fn groups(from: PageContext<'_>, of_type: &RecordType, ids: &[RecordId]) -> (Option<usize>, Vec<Group>) {
    let field = of_type.group_by.filter(|_| ids.len() <= pagination::PER_PAGE);
    match field.map(|field| facets::groups(from, of_type, field, ids)) {
        // A single heading over everything adds nothing.
        Some(groups) if groups.len() > 1 => (field, groups),
        _ => (None, entries::groups(from, ids, ids.len())),
    }
}

/// Every value of a facet.
pub(super) fn facet(site: &Site, theme: &Theme, kind: TypeId, facet: usize, lang: Lang) -> Option<FacetView> {
    let list = site.list(kind)?;
    let of = list.facets.get(facet)?;
    let of_type = site.schema.get(kind);
    let from = PageContext::new(site, theme, of.urls.get(lang), lang);
    let label = of_type.fields[of.field].label.get(lang);
    let title = theme.strings(lang).fill("narrowed", &[("list", of_type.plural.get(lang)), ("value", label)]);
    let about = PageMeta {
        kind: PageKind::Facet,
        title: &title,
        head_title: None,
        description: &landing(site, kind, lang).summary,
        sides: PerLang::from_fn(|lang| Some(of.urls.get(lang))),
        section: Some(kind),
        above: None,
        noindex: false,
        record: None,
    };
    Some(FacetView {
        page: frame(from, &about),
        kind: kind_view(from, of_type, kind),
        values: facets::values(from, list, of),
    })
}

/// A type as views name it.
pub(super) fn kind_view(from: PageContext<'_>, of: &RecordType, kind: TypeId) -> KindView {
    KindView {
        name: of.name.clone(),
        label: of.label.get(from.lang).clone(),
        plural: of.plural.get(from.lang).clone(),
        href: from.site.section(kind).map(|section| from.to(&section.sides.get(from.lang).url)),
    }
}

/// A type's list for the script that filters it.
pub(crate) fn data_url(site: &Site, kind: TypeId, lang: Lang) -> UrlPath {
    UrlPath::new(format!("{}list.json", landing(site, kind, lang).url))
}
