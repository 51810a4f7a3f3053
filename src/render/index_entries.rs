//! What goes into the search index for each page: [`windows`] of entries, the [`filters`] of a language, and the
//! [`terms`] that the two languages have for the same thing.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::theme::Theme;
use super::{facets, facts, index_pages};
use crate::check;
use crate::diagnostic::Span;
use crate::document::{Block, BlockKind, Document, Inline, InlineKind, plain_text};
use crate::lang::Lang;
use crate::lang::PerLang;
use crate::path::{UrlPath, slug};
use crate::schema::wording::{Synonym, Written};
use crate::schema::{Field, FieldKind, RecordType};
use crate::search::index::{TermPair, Translator, learn};
use crate::search::{Entry, Filter, PART, Section, Twin};
use crate::site::glossary;
use crate::site::lists::keys;
use crate::site::{FacetKey, Fact, PageRef, RecordId, Said, Side, Site, Target};

/// How many records are made into entries at the same time: enough for all threads, and few compared with the site.
const WINDOW: usize = 512;

/// Receives the words of a record's side in a language once its entry is made. Reading them costs more than everything
/// else that is done for a page, so the page is made from the same ones.
pub type TakeWords<'a> = &'a (dyn Fn(RecordId, Lang, Document<Target>) + Sync);

/// The records of a language as entries of its index, by id, a window at a time, followed by the generated pages.
/// Records that exist only in the other language are among them, and are found by the words of both. `take` receives
/// the words of each side of the language.
pub fn windows(
    site: &Site,
    theme: &Theme,
    lang: Lang,
    terms: &[TermPair],
    take: TakeWords<'_>,
) -> impl Iterator<Item = Vec<Entry>> + Send {
    let ids: Vec<RecordId> = site.ids().collect();
    let windows: Vec<Vec<RecordId>> = ids.chunks(WINDOW).map(<[RecordId]>::to_vec).collect();
    let translator = Translator::into(lang, terms);
    let entry = move |id: RecordId| match site.record(id).side(lang) {
        Some(side) => {
            let words = site.words(&side.file, lang);
            let entry = entry(site, id, side, lang, &words);
            take(id, lang, words);
            Some(entry)
        }
        None => {
            let side = site.record(id).side(lang.other())?;
            let words = site.words(&side.file, lang.other());
            let mut entry = entry(site, id, side, lang.other(), &words);
            let headings = entry.sections.iter().map(|section| &section.heading);
            let named = [&entry.title, &entry.summary].into_iter().chain(&entry.keywords).chain(headings);
            let translated = named.map(|text| translator.translate(text)).filter(|words| !words.is_empty());
            entry.hidden.extend(translated.collect::<Vec<_>>());
            entry.foreign = true;
            Some(entry)
        }
    };
    let records = windows.into_iter().map(move |ids| ids.into_par_iter().filter_map(&entry).collect());
    records.chain(std::iter::once_with(move || index_pages::entries(site, theme, lang)))
}

/// The number of records whose headings are read to learn from. That takes parsing both sides; titles and keywords are
/// known already.
const READ: usize = 500;

/// What the two languages call the same thing, learned from what corresponds on the sides of the records.
pub fn terms(site: &Site) -> Vec<TermPair> {
    let both = |id: &RecordId| Some((site.record(*id).side(Lang::En)?, site.record(*id).side(Lang::Fr)?));
    let pairs: Vec<(&Side, &Side)> = site.ids().filter_map(|id| both(&id)).collect();
    let headings: Vec<(String, String)> = pairs
        .par_iter()
        .take(READ)
        .flat_map_iter(|(en, fr)| {
            let headings = |side: &Side, lang| -> Vec<String> {
                let blocks = site.words(&side.file, lang).blocks.into_iter();
                blocks
                    .filter_map(|block| match block.kind {
                        BlockKind::Heading { inlines, .. } => Some(plain_text(&inlines)),
                        _ => None,
                    })
                    .collect()
            };
            let (en, fr) = (headings(en, Lang::En), headings(fr, Lang::Fr));
            let aligned = en.len() == fr.len();
            en.into_iter().zip(fr).filter(move |_| aligned)
        })
        .collect();
    let labels =
        site.schema.iter().flat_map(|(_, kind)| [&kind.label, &kind.plural].map(|label| (&label.en, &label.fr)));
    let headings = headings.iter().map(|(en, fr)| (en, fr));
    let sides = pairs.iter().flat_map(|(en, fr)| {
        let one = [(&en.title, &fr.title), (&en.summary, &fr.summary)].into_iter();
        let aligned = en.keywords.len() == fr.keywords.len();
        let short = en.short_title.iter().zip(&fr.short_title);
        one.chain(short).chain(en.keywords.iter().zip(&fr.keywords).filter(move |_| aligned))
    });
    learn(labels.chain(headings).chain(sides).map(|(en, fr)| PerLang { en: en.as_str(), fr: fr.as_str() }))
}

/// Words that mean the same: what the site says, and each short form of the glossary with what it stands for.
pub fn synonyms(site: &Site, lang: Lang) -> Vec<Synonym> {
    let written = |text: &str| Written { text: text.to_owned(), span: Span::START };
    let terms =
        site.schema.iter().filter(|(_, kind)| kind.glossary.is_some()).flat_map(|(kind, _)| site.records_of(kind));
    let of_terms = terms.filter_map(|(_, record)| {
        let side = record.side(lang)?;
        let short = glossary::short_form(side)?;
        Some(Synonym { say: written(short), also: vec![written(&side.title)], one_way: false })
    });
    site.config.synonyms.get(lang).iter().cloned().chain(of_terms).collect()
}

/// A side with its words as an entry, in its own language.
fn entry(site: &Site, id: RecordId, side: &Side, lang: Lang, words: &Document<Target>) -> Entry {
    let record = site.record(id);
    let kind = site.schema.get(record.kind);
    let facets = kind.fields.iter().enumerate().filter(|(_, field)| field.facet).filter_map(|(at, field)| {
        let names: Vec<String> = keys(record, at).iter().map(|key| key.name(&site.records, &field.kind)).collect();
        (!names.is_empty()).then(|| (field.name.clone(), names))
    });
    // A question like “agreement Manitoba” names the type too.
    let type_name = (!kind.is_free()).then(|| kind.label.get(lang));
    let modified = record.base.modified_on.or(record.base.published_on);
    let keywords: Vec<String> = side.keywords.iter().chain(&side.short_title).chain(type_name).cloned().collect();
    Entry {
        id: record.id.clone(),
        url: side.url.as_str().to_owned(),
        kind: kind.name.clone(),
        title: side.title.clone(),
        summary: side.summary.clone(),
        hidden: words_of_address(&side.url, &side.title, &keywords).into_iter().collect(),
        keywords,
        facets: facets.collect(),
        status: facts::status(site, record, lang).map(|status| status.text).unwrap_or_default(),
        date: modified.map(|(date, _)| date.long(lang)).unwrap_or_default(),
        sections: sections(site, lang, words, &facts_in_words(site, lang, &kind.fields, record.facts_in(lang))),
        twin: record
            .side(lang.other())
            .map(|twin| Twin { url: twin.url.as_str().to_owned(), title: twin.title.clone() }),
        ..Entry::default()
    }
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

    /// What readers call it among filters of these labels. If the label alone may mean several things, it says whose
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

/// The keys of the values that a field offers, if it offers a choice.
fn choices(field: &Field) -> Option<Vec<&str>> {
    match &field.kind {
        FieldKind::Choice(choices) => Some(choices.iter().map(|choice| choice.key.as_str()).collect()),
        _ => None,
    }
}

/// What a record is called in a language, or in the other one if it has no side in it.
pub(super) fn title(site: &Site, id: RecordId, lang: Lang) -> String {
    let record = site.record(id);
    let side = record.side(lang).or_else(|| record.side(lang.other()));
    side.map(|side| side.title.clone()).unwrap_or_default()
}

/// The words of Markdown, with blocks separated by line breaks.
pub(super) fn plain(site: &Site, lang: Lang, document: &Document<Target>) -> String {
    let mut text = String::new();
    Words { site, lang }.document(document, &mut text);
    text
}

/// The words of a page by heading, beginning with the part above all headings. The facts come last: a sentence answers
/// better than a list of values.
pub(super) fn sections(site: &Site, lang: Lang, body: &Document<Target>, facts: &str) -> Vec<Section> {
    let mut sections = vec![Section { anchor: None, heading: String::new(), text: String::new() }];
    let words = Words { site, lang };
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
    for section in &mut sections {
        section.text = parted(&without_places_to_fill(&section.text));
    }
    sections
}

/// A text without the places that are still to be filled in: nobody searches for those.
fn without_places_to_fill(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut at = 0;
    for place in check::places_to_fill(text) {
        // One may be inside another.
        kept.push_str(text.get(at..place.start).unwrap_or_default());
        at = place.end.max(at);
    }
    kept.push_str(&text[at..]);
    kept
}

/// The words in the last part of an address that are not in the title and keywords: an imported page may have another
/// name than in the links that people know. Numbers are left out, since they belong to dates and sections.
fn words_of_address(url: &UrlPath, title: &str, keywords: &[String]) -> Option<String> {
    let known = slug(&format!("{title} {}", keywords.join(" ")));
    let known: BTreeSet<&str> = known.split('-').collect();
    let last = url.as_str().trim_end_matches('/').rsplit('/').next()?;
    let says = |word: &&str| word.len() >= LONG_WORD && word.chars().all(char::is_alphabetic) && !known.contains(word);
    let words = last.split('-').filter(says).collect::<Vec<_>>().join(" ");
    (!words.is_empty()).then_some(words)
}

/// The least number of letters of a word in an address that counts.
const LONG_WORD: usize = 4;

/// The facts that are words: what a reader might search for although no sentence says it.
fn facts_in_words(site: &Site, lang: Lang, fields: &[Field], facts: Vec<&Fact>) -> String {
    let mut text = String::new();
    let words = Words { site, lang };
    for fact in facts {
        words.fact(fields, fact, &mut text);
    }
    text
}

/// Adds words to a text as a reader of a language sees them; blocks are separated by line breaks.
struct Words<'a> {
    site: &'a Site,
    lang: Lang,
}

impl Words<'_> {
    fn fact(&self, fields: &[Field], fact: &Fact, out: &mut String) {
        let Some(field) = fields.get(fact.field) else { return };
        for value in &fact.values {
            let Some(said) = Said::of(field, value, self.lang) else { continue };
            match said {
                Said::Text(text) | Said::Email(text) => line(text, out),
                Said::Phone(phone) => line(&phone.write(self.lang), out),
                Said::Markdown(document) => self.document(document, out),
                // What a number is for stays beside the number, so that an excerpt shows both.
                Said::Group(fields, facts) if !is_link(fields) => {
                    let mut group = String::new();
                    for fact in facts {
                        self.fact(fields, fact, &mut group);
                    }
                    line(&in_one_line(&group), out);
                }
                Said::Reference(id) => line(&title(self.site, id, self.lang), out),
                Said::Choice(choice) => line(choice.label.get(self.lang), out),
                Said::Date(date) => line(&format!("{} {}", field.label.get(self.lang), date.long(self.lang)), out),
                Said::Number(quantity, unit) => {
                    line(&quantity.write(unit.map(|unit| unit.get(self.lang)), self.lang), out);
                }
                Said::Money(money) => line(&money.write(self.lang), out),
                Said::Language(code) => line(crate::format::language_name(code, self.lang).unwrap_or(code), out),
                // A yes, an address or the name of a file answers no question.
                Said::Boolean(_) | Said::Url(_) | Said::File(..) | Said::Group(..) => {}
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

/// Whether a group names an address elsewhere, as a source does: its words belong to another page.
fn is_link(fields: &[Field]) -> bool {
    let has = |kind: fn(&FieldKind) -> bool| fields.iter().any(|field| kind(&field.kind));
    has(|kind| matches!(kind, FieldKind::Url)) && !has(|kind| matches!(kind, FieldKind::Email | FieldKind::Phone))
}

fn line(text: &str, out: &mut String) {
    if !out.is_empty() {
        out.push('\n');
    }
    out.push_str(text);
}

/// Lines as excerpts show them, one after the other: what does not end like a sentence, such as a fact or a list item,
/// is separated from what follows.
fn parted(text: &str) -> String {
    let mut lines = text.lines().filter(|line| !line.trim().is_empty()).peekable();
    let mut out = String::with_capacity(text.len());
    while let Some(line) = lines.next() {
        let line = line.trim_end();
        out.push_str(line);
        if lines.peek().is_some() {
            out.push_str(if ends_itself(line) { "\n" } else { PART });
        }
    }
    out
}

/// Lines that say one thing together, such as what a telephone number is for and the number.
fn in_one_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if !out.is_empty() {
            out.push_str(if ends_itself(&out) { " " } else { ", " });
        }
        out.push_str(line);
    }
    out
}

/// Whether a line ends like a sentence, or a part of one.
fn ends_itself(line: &str) -> bool {
    let words = line.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '»' | '”' | '"' | ')' | ']'));
    words.ends_with(['.', '!', '?', '…', ':', ';', ','])
}

#[cfg(test)]
mod tests {
    use super::{in_one_line, parted};

    #[test]
    fn what_says_one_thing_together_is_in_one_line() {
        assert_eq!(in_one_line("TTY\n613 991-9228"), "TTY, 613 991-9228");
        assert_eq!(in_one_line("Who writes to us?\n\n Everyone.\n"), "Who writes to us? Everyone.");
    }

    #[test]
    fn what_ends_like_no_sentence_is_parted_from_what_follows() {
        let text = "In force\nSigned December 8, 2017\nIt covers (see below.)\ntwo things:\n\n« Qui? »\none";
        assert_eq!(
            parted(text),
            "In force ·\nSigned December 8, 2017 ·\nIt covers (see below.)\ntwo things:\n« Qui? »\none"
        );
    }
}
