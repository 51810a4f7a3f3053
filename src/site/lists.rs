//! What the list of each type holds and how it can be filtered: [`List`], its [`Facet`]s and their values, each with
//! its address and its records.
//!
//! Addresses come from labels, in the page's own language: `/en/agreements/status/in-force/`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{Fact, Record, RecordId, Reserved, Section, Value};
use crate::diagnostic::{Diagnostics, Place, Span, catalog};
use crate::format::{self, Date};
use crate::lang::{Lang, PerLang};
use crate::path::{self, UrlPath};
use crate::schema::{Field, FieldKind, Schema, TypeId};

/// A list of fewer records has no filters: reading it is faster than filtering it.
const FEW: usize = 8;

/// How far ahead a record counts as expiring soon.
const MONTHS_AHEAD: i32 = 12;

/// The records of a type that has a section.
#[derive(Debug)]
pub struct List {
    /// The type.
    pub kind: TypeId,
    /// The records that have a side in a language, in its alphabetical order.
    pub records: PerLang<Vec<RecordId>>,
    /// The facets that the list can be filtered by, in the order of the type's fields; empty if there are few records.
    pub facets: Vec<Facet>,
    /// The records that expire within twelve months of the day of the build; `None` if that day is not known or no
    /// record of the type expires at all.
    pub expiring: Option<FilteredList>,
}

impl List {
    /// How many records it has, in the language that has more.
    pub(super) fn longest(&self) -> usize {
        self.records.en.len().max(self.records.fr.len())
    }
}

/// A field that a list can be filtered by.
#[derive(Debug)]
pub struct Facet {
    /// The field, by its position in the type.
    pub field: usize,
    /// The page of all its values.
    pub urls: PerLang<UrlPath>,
    /// The values in use, in the order of their keys.
    pub values: Vec<(FacetKey, FilteredList)>,
    /// The values in use in a language, by position, in the order in which readers look for them: choices as the type
    /// declares them, the latest year first, everything else by name.
    pub order: PerLang<Vec<usize>>,
    /// Those of them that are beside a list: all, or the most used if there are too many to read.
    pub shown: PerLang<Vec<usize>>,
}

/// A facet with more values than this shows the most used ones beside a list.
const MOST_SHOWN: usize = 30;

/// How many values such a facet shows.
const FEW_SHOWN: usize = 12;

/// A part of a list.
#[derive(Debug)]
pub struct FilteredList {
    /// Its page.
    pub urls: PerLang<UrlPath>,
    /// Its records that have a side in a language, in its alphabetical order.
    pub records: PerLang<Vec<RecordId>>,
}

/// What a facet distinguishes records by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FacetKey {
    /// One of the field's choices, by position.
    Choice(usize),
    /// A record that is referred to.
    Record(RecordId),
    /// Yes or no.
    Boolean(bool),
    /// A language's BCP 47 code.
    Language(String),
    /// The year of a date.
    Year(i16),
}

impl FacetKey {
    /// The key of a value; texts, numbers and the like have none.
    pub fn of(value: &Value) -> Option<Self> {
        match value {
            Value::Choice(at) => Some(Self::Choice(*at)),
            Value::Reference(id) => Some(Self::Record(*id)),
            Value::Boolean(yes) => Some(Self::Boolean(*yes)),
            Value::Language(code) => Some(Self::Language(code.clone())),
            Value::Date(date) => Some(Self::Year(date.year())),
            Value::Text(_)
            | Value::Markdown(_)
            | Value::Number(_)
            | Value::Money(_)
            | Value::Url(_)
            | Value::Email(_)
            | Value::Phone(_)
            | Value::File(..)
            | Value::Group(_)
            | Value::PerLang(_) => None,
        }
    }

    /// The key as it is written in addresses and in the search index: the same in both languages.
    pub fn name(&self, records: &[Arc<Record>], kind: &FieldKind) -> String {
        match (self, kind) {
            (Self::Choice(at), FieldKind::Choice(choices)) => choices[*at].key.clone(),
            (Self::Choice(at), _) => at.to_string(),
            (Self::Record(id), _) => records[id.0].id.clone(),
            (Self::Boolean(yes), _) => yes.to_string(),
            (Self::Language(code), _) => code.clone(),
            (Self::Year(year), _) => year.to_string(),
        }
    }

    /// The last part of the value's address in a language.
    fn slug(&self, records: &[Arc<Record>], kind: &FieldKind, lang: Lang) -> String {
        match (self, kind) {
            (Self::Choice(at), FieldKind::Choice(choices)) => path::short_slug(choices[*at].label.get(lang)),
            (Self::Record(id), _) => {
                let record = &records[id.0];
                let url = record.side(lang).or_else(|| record.side(lang.other())).map(|side| side.url.as_str());
                url.and_then(|url| url.trim_end_matches('/').rsplit('/').next()).unwrap_or_default().to_owned()
            }
            (Self::Boolean(yes), _) => {
                let words = PerLang { en: ["no", "yes"], fr: ["non", "oui"] };
                words.get(lang)[usize::from(*yes)].to_owned()
            }
            (Self::Language(code), _) => path::short_slug(format::language_name(code, lang).unwrap_or(code)),
            (Self::Choice(_) | Self::Year(_), _) => self.name(records, kind),
        }
    }
}

/// The keys of a record in a facet's field, each once.
pub fn keys(record: &Record, field: usize) -> BTreeSet<FacetKey> {
    let facts = Fact::of(&record.facts, field).into_iter();
    facts.flat_map(|fact| &fact.values).filter_map(FacetKey::of).collect()
}

/// Whether lists show the same for a record as for an earlier state of it, except for its titles.
pub fn same_in_lists(schema: &Schema, before: &Record, now: &Record) -> bool {
    let expires = |record: &Record| record.base.expires_on.map(|(date, _)| date);
    let address = |record: &Record, lang| record.side(lang).map(|side| side.url.clone());
    before.kind == now.kind
        && expires(before) == expires(now)
        && Lang::BOTH.iter().all(|lang| address(before, *lang) == address(now, *lang))
        && facet_fields(&schema.get(now.kind).fields).all(|(at, _)| keys(before, at) == keys(now, at))
}

/// The address of the page of a facet's values.
pub(crate) fn facet_url(section: &UrlPath, field: &Field, lang: Lang) -> UrlPath {
    below(section, &[&path::short_slug(field.label.get(lang))])
}

/// The fields of a type that its list can be filtered by.
pub(crate) fn facet_fields(fields: &[Field]) -> impl Iterator<Item = (usize, &Field)> {
    fields.iter().enumerate().filter(|(_, field)| field.facet && !field.localized)
}

/// The lists of all sections, and two parts of one that would have the same address.
pub fn lists(
    schema: &Schema,
    records: &[Arc<Record>],
    sections: &[Section],
    rank: &PerLang<Vec<usize>>,
    as_of: Option<Date>,
) -> (Vec<List>, Diagnostics) {
    let mut diagnostics = Diagnostics::default();
    let mut of_type = BTreeMap::<TypeId, Vec<RecordId>>::new();
    for (at, record) in records.iter().enumerate() {
        of_type.entry(record.kind).or_default().push(RecordId(at));
    }
    let sorted = |ids: &[RecordId]| {
        PerLang::from_fn(|lang| {
            let mut own: Vec<RecordId> = ids.iter().copied().filter(|id| records[id.0].side(lang).is_some()).collect();
            own.sort_by_key(|id| rank.get(lang)[id.0]);
            own
        })
    };
    let list = |section: &Section| {
        let kind = section.kind;
        let ids = of_type.get(&kind).map(Vec::as_slice).unwrap_or_default();
        let url = |lang| &section.sides.get(lang).url;
        let facet = |(at, field): (usize, &Field)| {
            let mut by_key = BTreeMap::<FacetKey, Vec<RecordId>>::new();
            for id in ids {
                for key in keys(&records[id.0], at) {
                    by_key.entry(key).or_default().push(*id);
                }
            }
            let urls = PerLang::from_fn(|lang| facet_url(url(lang), field, lang));
            let mut taken = PerLang::<BTreeMap<UrlPath, FacetKey>>::default();
            let values: Vec<(FacetKey, FilteredList)> = by_key
                .into_iter()
                .map(|(key, ids)| {
                    let value_urls =
                        PerLang::from_fn(|lang| below(urls.get(lang), &[&key.slug(records, &field.kind, lang)]));
                    for (lang, url) in value_urls.iter() {
                        if let Some(other) = taken.get_mut(lang).insert(url.clone(), key.clone()) {
                            let place = place_of(&key, records, lang);
                            let other = other.name(records, &field.kind);
                            diagnostics
                                .extend(place.map(|place| catalog::facet_value_twice(place, url.as_str(), &other)));
                        }
                    }
                    (key, FilteredList { urls: value_urls, records: sorted(&ids) })
                })
                .collect();
            let order = PerLang::from_fn(|lang| order(&values, rank, lang));
            let shown = PerLang::from_fn(|lang| shown(&values, order.get(lang), lang));
            Facet { field: at, urls, values, order, shown }
        };
        // A few records are seen at a glance, and a facet with one value for all of them is no help.
        let many = ids.len() >= FEW;
        let tells_apart = |facet: &Facet| {
            facet.values.iter().any(|(_, part)| {
                let of = |lang| (part.records.get(lang).len(), ids.len());
                Lang::BOTH.iter().any(|lang| (1..of(*lang).1).contains(&of(*lang).0))
            })
        };
        let fields = facet_fields(&schema.get(kind).fields).filter(|_| many);
        let facets = fields.map(facet).filter(tells_apart).collect();
        let expires = |id: &RecordId| records[id.0].base.expires_on.map(|(date, _)| date);
        let expiring = as_of.filter(|_| many && ids.iter().any(|id| expires(id).is_some())).map(|day| {
            let soon = |id: &RecordId| expires(id).is_some_and(|date| date.falls_within(day, MONTHS_AHEAD));
            let ids: Vec<RecordId> = ids.iter().copied().filter(soon).collect();
            let urls = PerLang::from_fn(|lang| Reserved::expiring(url(lang), lang));
            FilteredList { urls, records: sorted(&ids) }
        });
        List { kind, records: sorted(ids), facets, expiring }
    };
    let lists: Vec<List> = sections.iter().map(list).collect();
    for list in &lists {
        let of = schema.get(list.kind);
        if let Some(most) = of.document.filter(|most| list.longest() > *most) {
            let place = of.source.place(of.source.document);
            diagnostics.push(catalog::document_too_long(place, list.longest(), most));
        }
    }
    (lists, diagnostics)
}

/// The values that have records in a language, in the order in which readers look for them.
fn order(values: &[(FacetKey, FilteredList)], rank: &PerLang<Vec<usize>>, lang: Lang) -> Vec<usize> {
    let used = |at: &usize| !values[*at].1.records.get(lang).is_empty();
    let mut order: Vec<usize> = (0..values.len()).filter(used).collect();
    match values.first() {
        Some((FacetKey::Record(_), _)) => order.sort_by_key(|at| match values[*at].0 {
            FacetKey::Record(id) => rank.get(lang)[id.0],
            _ => 0,
        }),
        Some((FacetKey::Language(_), _)) => {
            let collator = format::Collator::of(lang);
            order.sort_by_cached_key(|at| match &values[*at].0 {
                FacetKey::Language(code) => collator.sort_key(format::language_name(code, lang).unwrap_or(code)),
                _ => Vec::new(),
            });
        }
        // The latest year first, yes before no.
        Some((FacetKey::Year(_) | FacetKey::Boolean(_), _)) => order.reverse(),
        Some((FacetKey::Choice(_), _)) | None => {}
    }
    order
}

/// The values that are beside a list, in the same order.
fn shown(values: &[(FacetKey, FilteredList)], order: &[usize], lang: Lang) -> Vec<usize> {
    if order.len() <= MOST_SHOWN {
        return order.to_vec();
    }
    let mut most: Vec<(usize, usize)> = order.iter().copied().enumerate().collect();
    most.sort_by_key(|(_, at)| std::cmp::Reverse(values[*at].1.records.get(lang).len()));
    most.truncate(FEW_SHOWN);
    most.sort_unstable();
    most.into_iter().map(|(_, at)| at).collect()
}

/// Choices and languages with the same label are reported in the type's file; only records can be distinguished by a
/// slug.
fn place_of(key: &FacetKey, records: &[Arc<Record>], lang: Lang) -> Option<Place> {
    let FacetKey::Record(id) = key else { return None };
    let record = &records[id.0];
    let side = record.side(lang).or_else(|| record.side(lang.other()))?;
    Some(Place::new(&side.file, Span::START))
}

/// The page at further parts below another one.
pub(super) fn below(url: &UrlPath, parts: &[&str]) -> UrlPath {
    UrlPath::page(url.as_str().trim_end_matches('/').split('/').chain(parts.iter().copied()))
}
