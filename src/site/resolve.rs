//! From single files to the [`Site`]: [`resolve`].
//!
//! Files are put together to records (`gather`), every page gets its address (`addresses`), then each record is read
//! by itself, in parallel, against a [`NameTable`] of everything that can be named; last, references are turned round
//! (`backlinks`).

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::gather::{Candidate, gather};
use super::links::{NameTable, Resolver};
use super::values::{self, Part};
use super::{Base, Landing, Record, RecordId, Reserved, Section, Site, addresses, backlinks, lists, words};
use crate::diagnostic::{Diagnostics, Place, Span, catalog};
use crate::format::{Collator, Date};
use crate::lang::{Lang, PerLang};
use crate::parse::{Parsed, ParsedWords};
use crate::path::{self, ContentPath, UrlPath};
use crate::schema::load::{BASE_FACTS, BASE_WORDS};
use crate::schema::{Bounds, Config, Field, FieldKind, Schema, Show};
use crate::source::Sources;
use crate::yaml::Node;

/// Makes the site of everything that was parsed. `behind` names the records of which one side is behind the other.
pub fn resolve(
    config: Config,
    schema: Schema,
    parsed: Parsed,
    behind: &BTreeMap<String, Lang>,
    sources: &Sources,
) -> (Site, Diagnostics) {
    let mut diagnostics = Diagnostics::default();
    let mut gathered = diagnostics.absorb(gather(&config, &schema, parsed));
    let given = diagnostics.absorb(addresses::assign(&schema, &gathered));
    let unread = std::mem::take(&mut gathered.unread);
    let names = NameTable::new(&schema, sources.assets(), &gathered, &unread, &given.records);

    let read: Vec<_> = std::mem::take(&mut gathered.records)
        .into_par_iter()
        .zip(given.records)
        .zip(given.aliases)
        .map(|((candidate, urls), aliases)| {
            let behind = behind.get(&candidate.id).copied();
            record(&names, candidate, urls, aliases, behind)
        })
        .collect();
    let mut pages = Pages::default();
    let mut records = Vec::with_capacity(read.len());
    let mut linked = Vec::with_capacity(read.len());
    for (record, links, met) in read {
        records.push(record);
        linked.push(links);
        pages.absorb(met);
    }

    let mut landing = |words: Option<ParsedWords>, lang, url, otherwise: (&PerLang<String>, &PerLang<String>)| {
        let Some(words) = words else {
            let (title, summary) = (otherwise.0.get(lang).clone(), otherwise.1.get(lang).clone());
            return Landing { title, summary, url, ..Landing::default() };
        };
        let file = words.path.clone();
        let mut resolver = Resolver::new(&names, &file, Some(lang));
        let landing = words::landing(&mut resolver, words, url);
        pages.absorb(Met { diagnostics: resolver.diagnostics, assets: resolver.assets });
        landing
    };
    let mut sections = Vec::new();
    for (kind, of) in schema.iter().filter(|(_, kind)| !kind.is_free()) {
        let sides = gathered.sections.remove(&kind).unwrap_or_default();
        let nothing = PerLang::default();
        let sides = sides
            .map(|lang, words| landing(words, lang, addresses::section(&schema, kind, lang), (&of.plural, &nothing)));
        sections.push(Section { kind, sides });
    }
    let reserved = PerLang::from_fn(Reserved::new);
    let otherwise = (&config.name, &config.description);
    let home = gathered.home.map(|lang, words| landing(words, lang, reserved.get(lang).home.clone(), otherwise));

    diagnostics.extend(pages.diagnostics);
    let assets = pages.assets.into_iter().collect();
    for unused in sources.assets().keys().filter(|path| !std::collections::BTreeSet::contains(&assets, path)) {
        diagnostics.push(catalog::unused_asset(Place::new(unused, Span::START)));
    }
    backlinks::set(&schema, &mut records, &linked);
    let rank = PerLang::from_fn(|lang| rank(&records, lang));
    let letters = PerLang::from_fn(|lang| records.par_iter().map(|record| letter(record, lang)).collect());
    let lists = diagnostics.absorb(lists::lists(&schema, &records, &sections, &rank, config.as_of));
    diagnostics.extend(lists::aliases_taken(&lists, &records));
    let free_pages = PerLang::from_fn(|lang| free_pages(&schema, &records, rank.get(lang), lang));
    let site = Site { config, schema, records, sections, lists, home, reserved, assets, free_pages, rank, letters };
    (site, diagnostics)
}

/// Each record's place in the alphabetical order of a language; one without a side in it stands by its other title.
fn rank(records: &[Record], lang: Lang) -> Vec<usize> {
    let title = |record: &Record| {
        let side = record.side(lang).or_else(|| record.side(lang.other()));
        side.map(|side| side.title.clone()).unwrap_or_default()
    };
    let collator = Collator::new(lang);
    let mut order: Vec<(Vec<u8>, usize)> =
        records.par_iter().enumerate().map(|(at, record)| (collator.sort_key(&title(record)), at)).collect();
    order.par_sort_unstable();
    let mut rank = vec![0; order.len()];
    for (place, (_, at)) in order.into_iter().enumerate() {
        rank[at] = place;
    }
    rank
}

/// The free pages that have a side in a language, in its alphabetical order.
fn free_pages(schema: &Schema, records: &[Record], rank: &[usize], lang: Lang) -> Vec<RecordId> {
    let is_free = |record: &Record| schema.get(record.kind).is_free() && record.side(lang).is_some();
    let mut free: Vec<RecordId> = (0..records.len()).filter(|at| is_free(&records[*at])).map(RecordId).collect();
    free.sort_by_key(|id| rank[id.0]);
    free
}

/// The letter under which a record is looked for in a language.
fn letter(record: &Record, lang: Lang) -> Option<char> {
    let side = record.side(lang).or_else(|| record.side(lang.other()))?;
    let first = path::slug(side.title.get(..LETTERS).unwrap_or(&side.title)).chars().next()?;
    first.is_ascii_alphabetic().then(|| first.to_ascii_uppercase())
}

/// How much of a title is looked at for its first letter.
const LETTERS: usize = 16;

/// What reading a page met.
struct Met {
    diagnostics: Diagnostics,
    assets: Vec<ContentPath>,
}

/// What reading all pages met.
#[derive(Default)]
struct Pages {
    diagnostics: Diagnostics,
    assets: Vec<ContentPath>,
}

impl Pages {
    fn absorb(&mut self, met: Met) {
        self.diagnostics.extend(met.diagnostics);
        self.assets.extend(met.assets);
    }
}

/// The records that each side's words link to.
type Links = PerLang<Vec<RecordId>>;

fn record(
    names: &NameTable<'_>,
    candidate: Candidate,
    mut urls: PerLang<UrlPath>,
    mut aliases: PerLang<Vec<UrlPath>>,
    behind: Option<Lang>,
) -> (Record, Links, Met) {
    let kind = names.schema.get(candidate.kind);
    let file = candidate.file();
    let Candidate { id, kind: kind_id, archived, facts, words, .. } = candidate;
    let mut met = Met { diagnostics: Diagnostics::default(), assets: Vec::new() };

    // Facts that are missing altogether are told at the file that would hold them.
    let facts_file = facts.as_ref().map_or_else(|| ContentPath::new(format!("{id}.yaml")), |facts| facts.path.clone());
    let mut resolver = Resolver::new(names, &facts_file, None);
    let node = facts.map(|facts| facts.facts);
    let entries = node.as_ref().and_then(Node::mapping).unwrap_or_default();
    if let Some(node) = node.as_ref().filter(|node| node.mapping().is_none()) {
        let place = resolver.place(node.span);
        resolver.diagnostics.push(catalog::expected_mapping(place));
    }
    for entry in entries {
        let name = entry.key.as_str();
        let field = kind.fields.find(name);
        if BASE_FACTS.contains(&name) || field.is_some_and(|field| !field.localized) {
            continue;
        }
        let place = resolver.place(entry.key_span);
        resolver.diagnostics.push(if field.is_some() || BASE_WORDS.contains(&name) {
            catalog::field_belongs_in_words(place, name, &id)
        } else {
            catalog::unknown_field(place, name, &kind.name, kind.known_facts())
        });
    }
    let base = base(&mut resolver, node.as_ref(), archived);
    let owner = resolver.place(entries.first().map_or(Span::START, |entry| entry.key_span));
    let facts = if names.lacks_facts(&id) {
        Vec::new()
    } else {
        values::facts(&mut resolver, &kind.fields, entries, Part::Facts, &owner)
    };
    met.diagnostics.extend(resolver.diagnostics);
    met.assets.extend(resolver.assets);

    let mut links = Links::default();
    let sides = words.map(|lang, words| {
        let words = words?;
        let path = words.path.clone();
        let mut resolver = Resolver::new(names, &path, Some(lang));
        let (url, aliases) = (std::mem::take(urls.get_mut(lang)), std::mem::take(aliases.get_mut(lang)));
        let side = words::side(&mut resolver, kind, words, url, aliases);
        met.diagnostics.extend(resolver.diagnostics);
        met.assets.extend(resolver.assets);
        *links.get_mut(lang) = resolver.linked;
        Some(side)
    });
    let record = Record {
        id,
        kind: kind_id,
        file,
        base,
        facts,
        placeholder_url: PerLang::from_fn(|lang| {
            Some(std::mem::take(urls.get_mut(lang))).filter(|url| !url.as_str().is_empty())
        }),
        sides,
        stale_side: behind,
        backlinks: Vec::new(),
        mentions: PerLang::default(),
    };
    (record, links, met)
}

/// Reads what every record may say of itself.
fn base(resolver: &mut Resolver<'_>, facts: Option<&Node>, archived: bool) -> Base {
    let Some(facts) = facts else { return Base { archived, ..Base::default() } };
    let field = date_field();
    let mut date = |name: &str| -> Option<(Date, Span)> {
        let node = facts.get(name)?;
        let Some(text) = node.scalar() else {
            let place = resolver.place(node.span);
            resolver.diagnostics.push(catalog::wrong_value(place, &field.kind));
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
    Base { archived, published_on, modified_on, review_by, expires_on, owner }
}

/// A date of the record itself behaves as a field of kind date.
fn date_field() -> Field {
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
        show: Show::default(),
    }
}
