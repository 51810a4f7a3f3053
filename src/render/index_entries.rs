//! What the search index learns of each page: [`windows`] of entries, and the [`filters`] of a language.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::facets;
use super::theme::Theme;
use crate::document::{Block, BlockKind, Document, Inline, InlineKind, plain_text};
use crate::lang::Lang;
use crate::schema::{Field, FieldKind, RecordType};
use crate::search::{Entry, Filter, Section, Twin};
use crate::site::lists::keys;
use crate::site::{FacetKey, Fact, PageRef, RecordId, Side, Site, Target, Value};

/// Records made into entries at the same time: enough for all threads, and few beside the site.
const WINDOW: usize = 512;

/// The records of a language as entries of its index, by id, a window at a time.
pub fn windows(site: &Site, lang: Lang) -> impl Iterator<Item = Vec<Entry>> {
    let ids: Vec<RecordId> = site.ids().collect();
    let windows: Vec<Vec<RecordId>> = ids.chunks(WINDOW).map(<[RecordId]>::to_vec).collect();
    windows.into_iter().map(move |ids| ids.into_par_iter().filter_map(|id| entry(site, id, lang)).collect())
}

fn entry(site: &Site, id: RecordId, lang: Lang) -> Option<Entry> {
    let record = site.record(id);
    let side = record.side(lang)?;
    let kind = site.schema.get(record.kind);
    let facets = kind.fields.iter().enumerate().filter(|(_, field)| field.facet).filter_map(|(at, field)| {
        let names: Vec<String> = keys(record, at).iter().map(|key| key.name(&site.records, &field.kind)).collect();
        (!names.is_empty()).then(|| (field.name.clone(), names))
    });
    // Who asks for “agreement Manitoba” names the type too.
    let type_name = (!kind.is_free()).then(|| kind.label.get(lang));
    Some(Entry {
        id: record.id.clone(),
        url: side.url.as_str().to_owned(),
        kind: kind.name.clone(),
        title: side.title.clone(),
        summary: side.summary.clone(),
        keywords: side.keywords.iter().chain(&side.short_title).chain(type_name).cloned().collect(),
        facets: facets.collect(),
        sections: sections(site, lang, side, &facts(site, lang, record.facts_in(lang))),
        twin: record
            .side(lang.other())
            .map(|twin| Twin { url: twin.url.as_str().to_owned(), title: twin.title.clone() }),
    })
}

/// What can be filtered in a language: the type, then each facet, with the labels of the values in use. Types that name
/// a facet alike share one filter.
pub fn filters(site: &Site, theme: &Theme, lang: Lang) -> Vec<Filter> {
    let types = site.schema.iter().filter(|(kind, _)| site.records_of(*kind).next().is_some());
    let types = types.map(|(_, kind)| (kind.name.clone(), kind.label.get(lang).clone()));
    let of_types =
        Filter { name: "type".to_owned(), label: theme.strings(lang).get("type").to_owned(), values: types.collect() };
    let mut facets = Vec::<SharedFacet<'_>>::new();
    for (kind, of) in site.schema.iter() {
        for (at, field) in of.fields.iter().enumerate().filter(|(_, field)| field.facet) {
            let used: BTreeSet<FacetKey> = site.records_of(kind).flat_map(|(_, record)| keys(record, at)).collect();
            if used.is_empty() {
                continue;
            }
            let values = used
                .iter()
                .map(|key| (key.name(&site.records, &field.kind), facets::label(site, theme, lang, field, key)));
            if let Some(facet) = facets.iter_mut().find(|facet| facet.field().name == field.name) {
                facet.of.push((of, field));
                facet.values.extend(values);
            } else {
                facets.push(SharedFacet { of: vec![(of, field)], values: values.collect() });
            }
        }
    }
    let labels: Vec<&str> =
        facets.iter().map(|facet| facet.field().label.get(lang).as_str()).chain([of_types.label.as_str()]).collect();
    let collator = crate::format::Collator::of(lang);
    let of_facets: Vec<Filter> = facets
        .iter()
        .map(|facet| {
            let mut values: Vec<(String, String)> = facet.values.clone().into_iter().collect();
            values.sort_by(|a, b| collator.compare(&a.1, &b.1));
            Filter { name: facet.field().name.clone(), label: facet.label(lang, &labels), values }
        })
        .collect();
    let mut filters = vec![of_types];
    filters[0].values.sort_by(|a, b| collator.compare(&a.1, &b.1));
    filters.extend(of_facets);
    filters
}

/// A facet of one type, or of several that name it alike.
struct SharedFacet<'a> {
    /// The types and their fields; never empty.
    of: Vec<(&'a RecordType, &'a Field)>,
    /// The labels of the values in use, by key.
    values: BTreeMap<String, String>,
}

impl<'a> SharedFacet<'a> {
    /// The field of the first type.
    fn field(&self) -> &'a Field {
        self.of[0].1
    }

    /// What readers call it among filters of these labels. Where the label alone may mean several things, it says whose
    /// facet it is: "Kind (Agreements)".
    fn label(&self, lang: Lang, labels: &[&str]) -> String {
        let label = self.field().label.get(lang);
        let collides = labels.iter().filter(|other| *other == label).count() > 1;
        let differs = self.of.iter().any(|(_, field)| choices(field) != choices(self.field()));
        if !collides && !differs {
            return label.clone();
        }
        let types: Vec<&String> = self.of.iter().map(|(kind, _)| kind.plural.get(lang)).collect();
        format!("{label} ({})", crate::format::conjunction(&types, lang))
    }
}

/// The keys of the values that a field offers, where it offers a choice.
fn choices(field: &Field) -> Option<Vec<&str>> {
    match &field.kind {
        FieldKind::Choice(choices) => Some(choices.iter().map(|choice| choice.key.as_str()).collect()),
        _ => None,
    }
}

/// What a record is called in a language, or in the other one where it has no side in it.
pub(super) fn title(site: &Site, id: RecordId, lang: Lang) -> String {
    let record = site.record(id);
    let side = record.side(lang).or_else(|| record.side(lang.other()));
    side.map(|side| side.title.clone()).unwrap_or_default()
}

/// The words of Markdown, blocks parted by lines.
pub(super) fn plain(site: &Site, lang: Lang, document: &Document<Target>) -> String {
    let mut text = String::new();
    Words { site, lang }.document(document, &mut text);
    text
}

/// The words of a page by heading, the part above all headings first. The facts come last: a sentence answers better
/// than a list of values.
fn sections(site: &Site, lang: Lang, side: &Side, facts: &str) -> Vec<Section> {
    let mut sections = vec![Section { anchor: None, heading: String::new(), text: String::new() }];
    let words = Words { site, lang };
    let body = site.words(&side.file, lang);
    for block in &body.blocks {
        if let BlockKind::Heading { id, inlines, .. } = &block.kind {
            let heading = plain_text(inlines);
            sections.push(Section { anchor: Some(id.clone()), heading, text: String::new() });
        } else if let Some(section) = sections.last_mut() {
            words.block(block, &mut section.text);
        }
    }
    if let Some(section) = sections.last_mut() {
        for footnote in &body.footnotes {
            words.blocks(&footnote.blocks, &mut section.text);
        }
    }
    sections.push(Section { anchor: None, heading: String::new(), text: facts.to_owned() });
    sections.retain(|section| section.anchor.is_some() || !section.text.is_empty());
    sections
}

/// The facts that are words: what a reader might look for although no sentence says it.
fn facts(site: &Site, lang: Lang, facts: Vec<&Fact>) -> String {
    let mut text = String::new();
    let words = Words { site, lang };
    for fact in facts {
        words.fact(fact, &mut text);
    }
    text
}

/// Adds words to a text as a reader of a language sees them; blocks are parted by lines.
struct Words<'a> {
    site: &'a Site,
    lang: Lang,
}

impl Words<'_> {
    fn fact(&self, fact: &Fact, out: &mut String) {
        for value in &fact.values {
            match value.in_lang(self.lang) {
                Value::Text(text) | Value::Email(text) => line(text, out),
                Value::Phone(phone) => line(&phone.write(self.lang), out),
                Value::Markdown(document) => self.document(document, out),
                Value::Group(facts) => facts.iter().for_each(|fact| self.fact(fact, out)),
                Value::Reference(id) => line(&title(self.site, *id, self.lang), out),
                _ => {}
            }
        }
    }

    fn document(&self, document: &Document<Target>, out: &mut String) {
        self.blocks(&document.blocks, out);
    }

    fn blocks(&self, blocks: &[Block<Target>], out: &mut String) {
        for block in blocks {
            self.block(block, out);
        }
    }

    fn block(&self, block: &Block<Target>, out: &mut String) {
        match &block.kind {
            BlockKind::Heading { inlines, .. } | BlockKind::Paragraph(inlines) | BlockKind::Plain(inlines) => {
                self.line(inlines, out);
            }
            BlockKind::List { items, .. } => items.iter().for_each(|item| self.blocks(&item.blocks, out)),
            BlockKind::Table(table) => {
                table.head.iter().chain(table.rows.iter().flatten()).for_each(|cell| self.blocks(cell, out));
            }
            BlockKind::Code { text, .. } => line(text.trim_end(), out),
            BlockKind::Quote(blocks) | BlockKind::Alert { blocks, .. } => self.blocks(blocks, out),
            BlockKind::Definitions(definitions) => {
                for definition in definitions {
                    self.line(&definition.term, out);
                    definition.details.iter().for_each(|blocks| self.blocks(blocks, out));
                }
            }
            BlockKind::Details { summary, blocks } => {
                self.line(summary, out);
                self.blocks(blocks, out);
            }
            BlockKind::Rule => {}
        }
    }

    fn line(&self, inlines: &[Inline<Target>], out: &mut String) {
        if !out.is_empty() {
            out.push('\n');
        }
        self.inlines(inlines, out);
    }

    fn inlines(&self, inlines: &[Inline<Target>], out: &mut String) {
        for inline in inlines {
            match &inline.kind {
                InlineKind::Link { target: Target::Page { page: PageRef::Record(id), .. }, inlines }
                    if inlines.is_empty() =>
                {
                    out.push_str(&title(self.site, *id, self.lang));
                }
                InlineKind::Emphasis(inner)
                | InlineKind::Strong(inner)
                | InlineKind::Strikethrough(inner)
                | InlineKind::Element { inlines: inner, .. }
                | InlineKind::Link { inlines: inner, .. }
                | InlineKind::Foreign { inlines: inner, .. } => self.inlines(inner, out),
                InlineKind::Text(_)
                | InlineKind::Code(_)
                | InlineKind::Address { .. }
                | InlineKind::Image { .. }
                | InlineKind::FootnoteReference(_)
                | InlineKind::SoftBreak
                | InlineKind::HardBreak => crate::document::write_plain(std::slice::from_ref(inline), out),
            }
        }
    }
}

fn line(text: &str, out: &mut String) {
    if !out.is_empty() {
        out.push('\n');
    }
    out.push_str(text);
}
