//! One record, or one landing page, read against the names of the whole site: [`record`], [`landing`]. The result
//! depends only on the page's own files and on what it looked at.

use std::sync::Arc;

use super::addresses::RecordAddresses;
use super::candidate::WrittenRecord;
use super::links::{Looked, Resolver};
use super::names::NameTable;
use super::values::{self, Part};
use super::{Base, Landing, Record, RecordId, notes, words};
use crate::diagnostic::{Diagnostics, Span, catalog};
use crate::format::{Collator, Date};
use crate::lang::{Lang, PerLang};
use crate::parse::facts_path;
use crate::path::{self, ContentPath, UrlPath};
use crate::schema::load::{BASE_FACTS, BASE_WORDS};
use crate::schema::{Bounds, Field, FieldKind, RecordType, Show, TypeId};
use crate::yaml::Node;

/// The result of reading a page.
#[derive(Debug)]
pub struct Resolved<T> {
    /// The page.
    pub page: Arc<T>,
    /// What is wrong with it.
    pub mistakes: Diagnostics,
    /// The assets that it uses.
    pub assets: Vec<ContentPath>,
    /// The records that the words of each side link to.
    pub linked: PerLang<Vec<RecordId>>,
    /// What it looked at in other pages.
    pub looked: Looked,
}

impl<T> Resolved<T> {
    fn new(page: T) -> Self {
        Self {
            page: Arc::new(page),
            mistakes: Diagnostics::default(),
            assets: Vec::new(),
            linked: PerLang::default(),
            looked: Looked::default(),
        }
    }

    fn absorb(&mut self, resolver: Resolver<'_>) {
        self.mistakes.extend(resolver.diagnostics);
        self.assets.extend(resolver.assets);
        self.looked.extend(resolver.looked);
        if let Some(lang) = resolver.lang {
            self.linked.get_mut(lang).extend(resolver.linked);
        }
    }
}

/// The place of a record in alphabetical lists.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct SortKey {
    /// Sorts like the titles in the language.
    pub key: Vec<u8>,
    /// The letter under which the record is looked for; `None` for digits and signs.
    pub letter: Option<char>,
}

/// Reads a landing page or a home page. Without a file it has the given words and nothing else.
pub fn landing(
    names: NameTable<'_>,
    written: Option<&WrittenRecord>,
    lang: Lang,
    url: UrlPath,
    otherwise: (&PerLang<String>, &PerLang<String>),
) -> Resolved<Landing> {
    let Some(side) = written.and_then(|written| written.sides.get(lang).as_ref()) else {
        let (title, summary) = (otherwise.0.get(lang).clone(), otherwise.1.get(lang).clone());
        return Resolved::new(Landing { title, summary, url, ..Landing::default() });
    };
    let mut resolver = Resolver::new(names, &side.path, Some(lang));
    let page = words::landing(&mut resolver, side, lang, url);
    let mut resolved = Resolved::new(page);
    resolved.absorb(resolver);
    resolved
}

/// Reads a published record.
pub fn record(
    names: NameTable<'_>,
    id: &str,
    written: &WrittenRecord,
    (kind_id, archived): (TypeId, bool),
    addresses: &RecordAddresses,
) -> Resolved<Record> {
    let kind = names.schema.get(kind_id);
    let mut resolved = Resolved::new(());

    // Facts that are missing altogether are reported at the file that would hold them.
    let facts_file = facts_path(id);
    let mut resolver = Resolver::new(names, &facts_file, None);
    let node = written.facts.as_ref().map(|facts| &facts.facts);
    let entries = node.and_then(Node::mapping).unwrap_or_default();
    if let Some(node) = node.filter(|node| node.mapping().is_none()) {
        let place = resolver.place(node.span);
        resolver.diagnostics.push(catalog::expected_mapping(place));
    }
    misplaced_facts(&mut resolver, kind, id, entries);
    let base = base(&mut resolver, node, archived, written.sides.as_ref().map(|_, side| side.is_some()));
    let owner = resolver.place(entries.first().map_or(Span::START, |entry| entry.key_span));
    // What is missing is not known of a file that has no facts in it to be read.
    let facts = if written.unparsable.facts || node.is_some_and(|node| node.mapping().is_none()) {
        Vec::new()
    } else {
        values::facts(&mut resolver, &kind.fields, entries, Part::Facts, &owner)
    };
    resolved.absorb(resolver);

    let sides = written.sides.as_ref().map(|lang, side| {
        let side = side.as_ref()?;
        let mut resolver = Resolver::new(names, &side.path, Some(lang));
        let (url, aliases) = (addresses.urls.get(lang).clone(), addresses.aliases.get(lang).clone());
        let side = words::side(&mut resolver, kind, (id, side), lang, url, aliases);
        resolved.absorb(resolver);
        Some(side)
    });
    let notice =
        |lang| Some(addresses.urls.get(lang)).filter(|url| sides.get(lang).is_none() && !url.as_str().is_empty());
    let placeholder_url = PerLang::from_fn(|lang| notice(lang).cloned());
    let record = Record {
        id: id.to_owned(),
        kind: kind_id,
        file: written.file().cloned().unwrap_or_else(|| facts_path(id)),
        base,
        facts,
        placeholder_url,
        sides,
    };
    let Resolved { mistakes, assets, linked, looked, .. } = resolved;
    Resolved { page: Arc::new(record), mistakes, assets, linked, looked }
}

/// The place of a record in the alphabetical lists of a language; one without a side in it is listed by its other title.
pub fn sort_key(record: &Record, lang: Lang) -> SortKey {
    let Some(side) = record.side(lang).or_else(|| record.side(lang.other())) else { return SortKey::default() };
    // « Guichet » is listed under G: signs before the first word do not count.
    let title = side.title.trim_start_matches(|c: char| !c.is_alphanumeric());
    let title = if title.is_empty() { &side.title } else { title };
    let first = path::slug(title.get(..LETTERS).unwrap_or(title)).chars().next();
    let letter = first.filter(char::is_ascii_alphabetic).map(|letter| letter.to_ascii_uppercase());
    // The letter first, so that each occurs once, whatever order the language has for other scripts.
    let mut key = vec![letter.map_or(0, |letter| letter as u8)];
    key.extend(Collator::of(lang).sort_key(title));
    SortKey { key, letter }
}

/// How many bytes of a title are searched for its first letter.
const LETTERS: usize = 16;

/// Reports facts that are not fields of the type, or belong in the words.
fn misplaced_facts(resolver: &mut Resolver<'_>, kind: &RecordType, id: &str, entries: &[crate::yaml::Entry]) {
    for entry in entries {
        let name = entry.key.as_str();
        let field = kind.fields.find(name);
        if BASE_FACTS.contains(&name) || field.is_some_and(|field| !field.localized) {
            continue;
        }
        let place = resolver.place(entry.key_span);
        resolver.diagnostics.push(if field.is_some() || BASE_WORDS.contains(&name) {
            catalog::field_belongs_in_words(place, name, id)
        } else {
            catalog::unknown_field(place, name, &kind.name, kind.known_facts(), Some(id))
        });
    }
}

/// Reads what every record may say about itself.
fn base(resolver: &mut Resolver<'_>, facts: Option<&Node>, archived: bool, sides: PerLang<bool>) -> Base {
    let Some(facts) = facts else { return Base { archived, ..Base::default() } };
    let field = date_field();
    let mut date = |name: &str| -> Option<(Date, Span)> {
        let node = facts.get(name)?;
        let Some(text) = node.scalar() else {
            let place = resolver.place(node.span);
            resolver.diagnostics.push(catalog::wrong_value(place, &field.kind, None));
            return None;
        };
        values::date(resolver, &field, node, text.trim()).map(|date| (date, node.span))
    };
    let (published_on, modified_on) = (date("published_on"), date("modified_on"));
    let (review_by, expires_on) = (date("review_by"), date("expires_on"));
    let owner = facts.get("owner").and_then(|node| {
        let written = node.scalar().unwrap_or_default();
        values::reference(resolver, &[], node, written)
    });
    let changes = facts.get("changes").map(|node| notes::read(resolver, node, sides)).unwrap_or_default();
    let noted = changes.first().map(|note| (note.on, note.span));
    let modified_on = [modified_on, noted].into_iter().flatten().max_by_key(|(date, _)| *date);
    Base { archived, published_on, modified_on, changes, review_by, expires_on, owner }
}

/// A date of the record itself behaves as a field of kind date.
pub(super) fn date_field() -> Field {
    Field {
        name: String::new(),
        kind: FieldKind::Date,
        required: false,
        many: false,
        localized: false,
        facet: false,
        label: PerLang::default(),
        help: None,
        inverse: None,
        bounds: Bounds::default(),
        pattern: None,
        when_missing: None,
        show: Show::default(),
    }
}
