//! The ways to filter a list: the filters beside it, and the keys by which the script filters it in place.

use std::collections::BTreeMap;

use serde::Serialize;

use super::entries::Group;
use super::links::PageContext;
use super::lists::{self, ListFilter};
use super::theme::Theme;
use super::view::{FilterValueView, FilterView, MoreView};
use super::{facts, html, index_entries};
use crate::format;
use crate::lang::Lang;
use crate::schema::{Field, FieldKind, RecordType, TypeId};
use crate::site::lists::keys;
use crate::site::{Facet, FacetKey, FilteredList, List, RecordId, Site};

/// What a value of a facet is called, in lists and in search.
pub(super) fn label(site: &Site, theme: &Theme, lang: Lang, field: &Field, key: &FacetKey) -> String {
    match (key, &field.kind) {
        (FacetKey::Choice(at), FieldKind::Choice(choices)) => choices[*at].label.get(lang).clone(),
        (FacetKey::Record(id), _) => index_entries::title(site, *id, lang),
        (FacetKey::Boolean(yes), _) => theme.strings(lang).get(if *yes { "yes" } else { "no" }).to_owned(),
        (FacetKey::Language(code), _) => format::language_name(code, lang).unwrap_or(code).to_owned(),
        (FacetKey::Year(year), _) => year.to_string(),
        (FacetKey::Choice(_), _) => String::new(),
    }
}

/// A list has at most this many filters, the first ones that the type declares; more would be harder to choose from
/// than the list is to read. All of them have pages.
const MOST_FILTERS: usize = 4;

/// The filters of a list.
pub(super) fn filters(from: PageContext<'_>, list: &List, filter: ListFilter) -> Vec<FilterView> {
    let fields = &from.site.schema.get(list.kind).fields;
    let facet = |(at, facet): (usize, &Facet)| {
        let current = match filter {
            ListFilter::Value(chosen, value) if chosen == at => Some(value),
            _ => None,
        };
        let (order, shown) = (facet.order.get(from.lang), facet.shown.get(from.lang));
        // The value that the reader has chosen is always among those shown.
        let chosen = current.filter(|at| !shown.contains(at));
        let shown = chosen.iter().chain(shown).map(|at| value(from, list, facet, *at, current));
        let values = [all(from, list, current.is_none())].into_iter().chain(shown).collect();
        let more = (order.len() > facet.shown.get(from.lang).len())
            .then(|| MoreView { total: order.len(), href: from.to(facet.urls.get(from.lang)) });
        let field = &fields[facet.field];
        FilterView {
            name: field.name.clone(),
            label: field.label.get(from.lang).clone(),
            active: current.is_some(),
            values,
            more,
        }
    };
    let expiring = list.expiring.as_ref().map(|narrowed| {
        let strings = from.theme.strings(from.lang);
        let current = filter == ListFilter::Expiring;
        let value = FilterValueView {
            key: "soon".to_owned(),
            label: strings.get("filter_expiring").to_owned(),
            href: from.to(narrowed.urls.get(from.lang)),
            total: narrowed.records.get(from.lang).len(),
            current,
        };
        FilterView {
            name: EXPIRING.to_owned(),
            label: strings.get("filter_expiry").to_owned(),
            active: current,
            values: vec![all(from, list, !current), value],
            more: None,
        }
    });
    let offered = |(at, _): &(usize, &Facet)| {
        *at < MOST_FILTERS || matches!(filter, ListFilter::Value(chosen, _) if chosen == *at)
    };
    list.facets.iter().enumerate().filter(offered).map(facet).chain(expiring).collect()
}

/// The name of the filter of what expires soon; no field can have it.
const EXPIRING: &str = "expires_on";

/// The first value of every filter leads back to the whole list.
fn all(from: PageContext<'_>, list: &List, current: bool) -> FilterValueView {
    FilterValueView {
        key: String::new(),
        label: from.theme.strings(from.lang).get("filter_all").to_owned(),
        href: from.to(&lists::landing(from.site, list.kind, from.lang).url),
        total: list.records.get(from.lang).len(),
        current,
    }
}

/// Every value of a facet.
pub(super) fn values(from: PageContext<'_>, list: &List, facet: &Facet) -> Vec<FilterValueView> {
    facet.order.get(from.lang).iter().map(|at| value(from, list, facet, *at, None)).collect()
}

fn value(from: PageContext<'_>, list: &List, facet: &Facet, at: usize, current: Option<usize>) -> FilterValueView {
    let field = &from.site.schema.get(list.kind).fields[facet.field];
    let (key, narrowed) = &facet.values[at];
    FilterValueView {
        key: key.name(&from.site.records, &field.kind),
        label: label(from.site, from.theme, from.lang, field, key),
        href: from.to(narrowed.urls.get(from.lang)),
        total: narrowed.records.get(from.lang).len(),
        current: current == Some(at),
    }
}

/// The records of a list under the values of a field; a record with several values is under each.
pub(super) fn groups(from: PageContext<'_>, of_type: &RecordType, field: usize, ids: &[RecordId]) -> Vec<Group> {
    let mut by_key = BTreeMap::<Option<FacetKey>, Vec<RecordId>>::new();
    for id in ids {
        let own = keys(from.site.record(*id), field);
        if own.is_empty() {
            by_key.entry(None).or_default().push(*id);
        }
        for key in own {
            by_key.entry(Some(key)).or_default().push(*id);
        }
    }
    let without = by_key.remove(&None);
    let mut groups: Vec<(Option<usize>, Group)> = Vec::new();
    for (key, ids) in by_key {
        let Some(key) = key else { continue };
        let rank = match key {
            FacetKey::Record(id) => Some(from.site.rank(id, from.lang)),
            _ => None,
        };
        groups.push((
            rank,
            Group { heading: label(from.site, from.theme, from.lang, &of_type.fields[field], &key), ids },
        ));
    }
    groups.sort_by_key(|(rank, _)| *rank);
    let without = without.map(|ids| {
        let heading = from.theme.strings(from.lang).get("group_other").to_owned();
        Group { heading, ids }
    });
    groups.into_iter().map(|(_, group)| group).chain(without).collect()
}

/// A record's keys by filter.
type Keys<'a> = BTreeMap<&'a str, Vec<String>>;

fn keys_by_filter<'a>(site: &'a Site, list: &List, id: RecordId) -> Keys<'a> {
    let record = site.record(id);
    let fields = &site.schema.get(list.kind).fields;
    let own = list.facets.iter().filter_map(|facet| {
        let field = &fields[facet.field];
        let names: Vec<String> =
            keys(record, facet.field).iter().map(|key| key.name(&site.records, &field.kind)).collect();
        (!names.is_empty()).then_some((field.name.as_str(), names))
    });
    let expires = |soon: &&FilteredList| {
        // In the alphabetical order of each language.
        let mut sides = soon.records.iter().map(|(lang, ids)| (site.order.rank.get(lang), ids));
        sides.any(|(rank, ids)| ids.binary_search_by_key(&rank[id.0], |other| rank[other.0]).is_ok())
    };
    let soon = list.expiring.as_ref().filter(expires);
    own.chain(soon.map(|_| (EXPIRING, vec!["soon".to_owned()]))).collect()
}

/// A record's keys by filter, as JSON, for the script; `None` if it has none.
pub(super) fn keys_of(site: &Site, list: &List, id: RecordId) -> Option<String> {
    let keys = keys_by_filter(site, list, id);
    (!keys.is_empty()).then(|| serde_json::to_string(&keys).unwrap_or_default())
}

/// An entry of a long list, for the script.
#[derive(Serialize)]
struct DataEntry<'a> {
    title_html: String,
    href: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<[String; 2]>,
    keys: Keys<'a>,
}

/// A long list as the script reads it: every record with its keys, and links relative to the list's own page.
pub(super) fn data(from: PageContext<'_>, kind: TypeId) -> String {
    let Some(list) = from.site.list(kind) else { return "[]".to_owned() };
    let entry = |id: &RecordId| {
        let record = from.site.record(*id);
        let side = record.side(from.lang)?;
        let status = facts::status(from.site, record, from.lang).map(|status| [status.tone.to_owned(), status.text]);
        Some(DataEntry {
            title_html: html::text(from.lang, &side.title),
            href: from.to(&side.url),
            status,
            keys: keys_by_filter(from.site, list, *id),
        })
    };
    let entries: Vec<_> = list.records.get(from.lang).iter().filter_map(entry).collect();
    serde_json::to_string(&entries).unwrap_or_default()
}
