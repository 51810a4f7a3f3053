//! The page of a record.

use std::collections::{BTreeSet, HashMap};

use super::frame::frame;
use super::links::PageContext;
use super::meta::{PageKind, PageMeta};
use super::theme::Theme;
use super::view::{
    CardView, ContentsView, DetailsView, EntryView, LinkView, NoteView, RecordView, RelationView, SwitchView,
};
use super::{document, entries, facts, html, lists, timeline, vcard};
use crate::document::Document;
use crate::format::Date;
use crate::lang::{Lang, PerLang};
use crate::path;
use crate::schema::{Field, FieldKind, RecordType, Show, TypeId};
use crate::site::{Base, Note, Record, RecordId, Site, Target, Value};

/// The page of a record's side with the words `body`, if the record has a side in the language.
pub(super) fn view(site: &Site, theme: &Theme, id: RecordId, lang: Lang, body: Document<Target>) -> Option<RecordView> {
    let record = site.record(id);
    let side = record.side(lang)?;
    let kind = site.schema.get(record.kind);
    let from = PageContext::new(site, theme, &side.url, lang);
    let about = PageMeta {
        kind: PageKind::Record,
        title: &side.title,
        head_title: None,
        description: &side.summary,
        sides: PerLang::from_fn(|lang| record.side(lang).map(|side| &side.url)),
        section: (!kind.is_free()).then_some(record.kind),
        above: None,
        noindex: false,
        record: Some(id),
    };
    let [previous, next] = neighbours(from, record.kind, id);
    Some(RecordView {
        page: frame(from, &about),
        id: record.id.clone(),
        kind: lists::kind_view(from, kind, record.kind),
        summary_html: html::text(lang, &side.summary),
        status: facts::status(site, record, lang),
        newer: site.stale_sides.get(&id).filter(|behind| **behind == lang).and_then(|_| {
            let newer = record.side(lang.other())?;
            Some(SwitchView { lang: lang.other(), href: from.to(&newer.url) })
        }),
        archived: record.base.archived,
        contents: contents(from, &body),
        facts: facts::of_record(from, record),
        body_html: html::words(from, body, Some(id)),
        timelines: timeline::of_record(from, record),
        relations: relations(from, id),
        cards: cards(from, record),
        vcard: vcard::url(site, id, lang).map(|card| from.to(&card)),
        previous,
        next,
        mentions: entries::entries(from, site.relations.mentions(id, lang).iter().copied()),
        details: details(from, &record.base),
        citation: document::of_record(from, record, &side.title),
    })
}

/// The records before and after one in the list of its type.
fn neighbours(from: PageContext<'_>, kind: TypeId, id: RecordId) -> [Option<LinkView>; 2] {
    let rank = |id: &RecordId| from.site.rank(*id, from.lang);
    let ids = from.site.listed(kind, from.lang);
    let Ok(at) = ids.binary_search_by_key(&rank(&id), rank) else { return [None, None] };
    let link = |id: &RecordId| {
        let (side, lang) = from.side(*id)?;
        let title = side.short_title.as_ref().unwrap_or(&side.title);
        Some(LinkView { title_html: html::text(lang, title), href: from.to(&side.url) })
    };
    [at.checked_sub(1).and_then(|at| link(&ids[at])), ids.get(at + 1).and_then(link)]
}

/// The headings of level 2, with those of level 3 below them.
fn contents(from: PageContext<'_>, body: &Document<Target>) -> Vec<ContentsView> {
    let mut contents = Vec::<ContentsView>::new();
    for (level, id, inlines) in body.headings() {
        let entry =
            ContentsView { title_html: html::heading(from, inlines), href: format!("#{id}"), children: Vec::new() };
        match (level, contents.last_mut()) {
            (2, _) => contents.push(entry),
            (3, Some(above)) => above.children.push(entry),
            _ => {}
        }
    }
    contents
}

/// The records that refer to this one, under the headings that their fields declare. Fields with the same heading
/// share one list.
fn relations(from: PageContext<'_>, id: RecordId) -> Vec<RelationView> {
    let relation = |(heading, ids): (&str, _)| RelationView {
        id: format!("_{}", path::slug(heading)),
        heading: heading.to_owned(),
        entries: related(from, ids),
    };
    referring(from, id).into_iter().map(relation).collect()
}

/// The records that refer to one, by the heading of their fields.
pub(super) fn referring(from: PageContext<'_>, id: RecordId) -> Vec<(&str, BTreeSet<RecordId>)> {
    let mut headings = Vec::<&str>::new();
    let mut by_heading = HashMap::<&str, BTreeSet<RecordId>>::new();
    for backlink in from.site.relations.backlinks(id) {
        let of = from.site.schema.get(backlink.kind);
        let Some(heading) = field_at(of, &backlink.field).and_then(|field| field.inverse.as_ref()) else { continue };
        let heading = heading.get(from.lang);
        by_heading
            .entry(heading)
            .or_insert_with(|| {
                headings.push(heading);
                BTreeSet::new()
            })
            .insert(backlink.from);
    }
    headings.into_iter().map(|heading| (heading, by_heading.remove(heading).unwrap_or_default())).collect()
}

/// The records of a relation, each with its status and since when it is valid.
fn related(from: PageContext<'_>, ids: BTreeSet<RecordId>) -> Vec<EntryView> {
    let sorted = from.site.sorted(ids, from.lang).into_iter();
    sorted.filter_map(|id| entries::with_facts(from, id, facts::for_relations(from, from.site.record(id)))).collect()
}

/// The records that are shown whole, by the field that refers to them.
fn cards(from: PageContext<'_>, record: &Record) -> Vec<CardView> {
    let fields = &from.site.schema.get(record.kind).fields;
    let facts = record.facts.iter().filter(|fact| fields[fact.field].show == Show::Card);
    let card = |(field, value): (&Field, &Value)| {
        let Value::Reference(id) = value else { return None };
        let entry = entries::with_facts(from, *id, facts::for_cards(from, from.site.record(*id)))?;
        let heading = field.label.get(from.lang).clone();
        Some(CardView { id: format!("_card-{}-{}", field.name, id.0), heading, entry })
    };
    let values = facts.flat_map(|fact| fact.values.iter().map(|value| (&fields[fact.field], value)));
    values.filter_map(card).collect()
}

/// The field at a path of positions.
fn field_at<'a>(kind: &'a RecordType, path: &[usize]) -> Option<&'a Field> {
    let (first, rest) = path.split_first()?;
    rest.iter().try_fold(kind.fields.get(*first)?, |field, at| match &field.kind {
        FieldKind::Group(fields) => fields.get(*at),
        _ => None,
    })
}

fn details(from: PageContext<'_>, base: &Base) -> DetailsView {
    let iso = |date: Option<(Date, crate::diagnostic::Span)>| date.map(|(date, _)| date.to_string());
    let owner = base.owner.and_then(|owner| from.to_record(owner));
    let note = |note: &Note| {
        let words = note.text.get(from.lang).as_ref()?;
        Some(NoteView {
            datetime: note.on.to_string(),
            date_html: html::text(from.lang, &note.on.long(from.lang)),
            text_html: html::text(from.lang, words),
        })
    };
    DetailsView {
        changes: base.changes.iter().filter_map(note).collect(),
        published: iso(base.published_on),
        modified: iso(base.modified_on),
        owner: owner.map(|owner| LinkView { title_html: html::text(from.lang, &owner.title), href: owner.href }),
    }
}
