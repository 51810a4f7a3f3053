//! The site as a whole, fully resolved: [`Site`]. It is put together by `workspace` and never changed afterwards: a
//! change makes another site that shares the unaffected parts.
//!
//! Every reference and link in it leads to something that exists in its language; rendering, search and checks read it
//! and are independent of each other.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

use rayon::prelude::*;

use crate::diagnostic::Span;
use crate::document::Document;
use crate::format::{Date, Money, Phone, Quantity};
use crate::lang::{Lang, PerLang};
use crate::parse;
use crate::path::{ContentPath, UrlPath};
use crate::schema::{Config, Schema, TypeId};
use crate::source::Sources;

pub mod addresses;
mod amounts;
pub mod anchors;
pub mod backlinks;
pub mod candidate;
mod destination;
mod elsewhere;
pub mod glossary;
mod links;
pub mod lists;
mod meant;
pub mod names;
mod notes;
pub mod resolve;
mod said;
mod values;
mod words;

pub use addresses::{RecordAddresses, Reserved};
pub use backlinks::Relations;
pub use destination::Destination;
pub use glossary::Glossary;
pub use lists::{Facet, FacetKey, FilteredList, List};
pub use names::Names;
pub use notes::Note;
pub use resolve::SortKey;
pub use said::Said;

use links::Resolver;
use names::NameTable;

/// A site: everything that its pages are made of. Parts that a change leaves as they were are shared with the previous
/// site.
#[derive(Clone, Debug)]
pub struct Site {
    /// The settings.
    pub config: Arc<Config>,
    /// The record types.
    pub schema: Arc<Schema>,
    /// The published records, by id.
    pub records: Vec<Arc<Record>>,
    /// The records that are not published, by id; their numbers follow those of the published ones. No other page knows
    /// them, and no build writes theirs.
    pub drafts: Vec<Arc<Record>>,
    /// The landing pages of the types that have a section, by type.
    pub sections: Vec<Section>,
    /// The lists of the sections, in the same order.
    pub lists: Arc<Vec<List>>,
    /// The two home pages.
    pub home: PerLang<Arc<Landing>>,
    /// The addresses of the pages that no file stands for.
    pub reserved: PerLang<Reserved>,
    /// The assets that pages use.
    pub assets: Arc<BTreeSet<ContentPath>>,
    /// The free pages that have a side in a language, in its alphabetical order.
    pub free_pages: Arc<PerLang<Vec<RecordId>>>,
    /// The alphabetical order of the records.
    pub order: Arc<Order>,
    /// What refers to each record.
    pub relations: Arc<Relations>,
    /// The terms that the site explains.
    pub glossary: Arc<Glossary>,
    /// The sides whose readers see that the other one is more recent.
    pub stale_sides: BTreeMap<RecordId, Lang>,
    /// What links and references can name.
    pub names: Arc<Names>,
    /// The files.
    pub sources: Arc<Sources>,
}

/// The alphabetical order of the records in each language.
#[derive(Debug, Default)]
pub struct Order {
    /// Each record's place.
    pub rank: PerLang<Vec<usize>>,
    /// The letter under which each record is looked for: « Échange » under E. Digits and signs have none and are
    /// grouped together.
    pub letters: PerLang<Vec<Option<char>>>,
}

impl Order {
    /// The order of records with these keys.
    pub fn new(keys: &[&PerLang<SortKey>]) -> Self {
        let rank = PerLang::from_fn(|lang| {
            let mut order: Vec<usize> = (0..keys.len()).collect();
            order.par_sort_unstable_by_key(|at| (&keys[*at].get(lang).key, *at));
            let mut rank = vec![0; order.len()];
            for (place, at) in order.into_iter().enumerate() {
                rank[at] = place;
            }
            rank
        });
        Self { rank, letters: PerLang::from_fn(|lang| keys.iter().map(|key| key.get(lang).letter).collect()) }
    }
}

/// A record of a site, by its position among the records.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordId(pub usize);

impl Site {
    /// One record.
    pub fn record(&self, id: RecordId) -> &Record {
        match id.0.checked_sub(self.records.len()) {
            Some(draft) => &self.drafts[draft],
            None => &self.records[id.0],
        }
    }

    /// The records that are not published.
    pub fn draft_ids(&self) -> impl Iterator<Item = RecordId> + use<> {
        (self.records.len()..self.records.len() + self.drafts.len()).map(RecordId)
    }

    /// The section of a type; free pages have none.
    pub fn section(&self, kind: TypeId) -> Option<&Section> {
        self.sections.binary_search_by_key(&kind, |section| section.kind).ok().map(|at| &self.sections[at])
    }

    /// The sections of the menu, in its order.
    pub fn menu(&self) -> impl Iterator<Item = &Section> {
        self.config.menu.iter().filter_map(|kind| self.section(*kind))
    }

    /// All sections: those of the menu in its order, then the others.
    pub fn sections_in_order(&self) -> impl Iterator<Item = &Section> {
        self.menu().chain(self.sections.iter().filter(|section| !self.config.menu.contains(&section.kind)))
    }

    /// The records that the list of a type shows in a language, in its order; none for free pages.
    pub fn listed(&self, kind: TypeId, lang: Lang) -> &[RecordId] {
        self.list(kind).map_or(&[][..], |list| list.records.get(lang))
    }

    /// The records of a section in the order of its list, where it is also published as one document in a language.
    pub fn in_document(&self, kind: TypeId, lang: Lang) -> Option<&[RecordId]> {
        let most = self.schema.get(kind).document?;
        let list = self.list(kind).filter(|list| list.longest() <= most)?;
        let records = list.records.get(lang);
        (!records.is_empty()).then_some(records)
    }

    /// The list of a type; free pages have none.
    pub fn list(&self, kind: TypeId) -> Option<&List> {
        self.lists.binary_search_by_key(&kind, |list| list.kind).ok().map(|at| &self.lists[at])
    }

    /// The published records of a type, by id.
    pub fn records_of(&self, kind: TypeId) -> impl Iterator<Item = (RecordId, &Record)> {
        // Records are sorted by their ids, which begin with the folder of their type.
        let folder = format!("{}/", self.schema.get(kind).folder);
        let start = self.records.partition_point(|record| record.id < folder);
        let own = self.records[start..].iter().take_while(move |record| record.id.starts_with(&folder));
        let own = own.enumerate().map(move |(at, record)| (RecordId(start + at), &**record));
        own.filter(move |(_, record)| record.kind == kind)
    }

    /// All records, by id.
    pub fn ids(&self) -> impl Iterator<Item = RecordId> + use<> {
        (0..self.records.len()).map(RecordId)
    }

    /// Records in the alphabetical order of a language.
    pub fn sorted(&self, ids: impl IntoIterator<Item = RecordId>, lang: Lang) -> Vec<RecordId> {
        let mut ids: Vec<RecordId> = ids.into_iter().collect();
        ids.sort_by_key(|id| self.rank(*id, lang));
        ids
    }

    /// The place of a record in the alphabetical order of a language. A draft is in no list: it comes last.
    pub fn rank(&self, id: RecordId, lang: Lang) -> usize {
        self.order.rank.get(lang).get(id.0).copied().unwrap_or(usize::MAX)
    }

    /// The words of a page, from its file, with every link resolved and typography set. Parsed again each time.
    pub fn words(&self, file: &ContentPath, lang: Lang) -> Document<Target> {
        let raw = parse::body_again(file, self.sources.text(file).unwrap_or_default());
        let names = NameTable::new(&self.config, &self.schema, &self.sources, &self.names);
        Resolver::new(names, file, Some(lang)).document(raw)
    }

    /// Links the first use of each term in a page's words to its record in the glossary. `own` is the record that the
    /// page is about.
    pub fn mark_terms(&self, words: &mut Document<Target>, lang: Lang, own: Option<RecordId>) {
        self.glossary.mark(words, lang, own, &self.records);
    }

    /// The address of an asset in the output.
    pub fn asset_url(path: &ContentPath) -> UrlPath {
        UrlPath::new(format!("assets/{path}"))
    }
}

/// One record: what is the same in both languages, and its two sides.
#[derive(Debug)]
pub struct Record {
    /// The record's id: `agreements/exchange-of-service`.
    pub id: String,
    /// Its type.
    pub kind: TypeId,
    /// The file of facts, or of the first side if it has none: the place for mistakes of the whole record.
    pub file: ContentPath,
    /// What every record may say about itself.
    pub base: Base,
    /// The facts, in the order in which the type declares them.
    pub facts: Vec<Fact>,
    /// The sides; a missing one was allowed by the site's policy.
    pub sides: PerLang<Option<Side>>,
    /// The address of the notice that is in place of a missing side.
    pub placeholder_url: PerLang<Option<UrlPath>>,
}

impl Record {
    /// The side in a language.
    pub fn side(&self, lang: Lang) -> Option<&Side> {
        self.sides.get(lang).as_ref()
    }

    /// The facts of both kinds in a language, in the order in which the type declares them.
    pub fn facts_in(&self, lang: Lang) -> Vec<&Fact> {
        let own = self.side(lang).map_or(&[][..], |side| &side.facts);
        let mut facts: Vec<&Fact> = self.facts.iter().chain(own).collect();
        facts.sort_by_key(|fact| fact.field);
        facts
    }

    /// The first value of a field that has no language.
    pub fn fact(&self, field: usize) -> Option<&Value> {
        Fact::of(&self.facts, field)?.values.first()
    }
}

/// What every record may say about itself, whatever its type.
#[derive(Clone, Debug, Default)]
pub struct Base {
    /// Whether the record is kept for reference only.
    pub archived: bool,
    /// When the record was first published.
    pub published_on: Option<(Date, Span)>,
    /// When the record last changed in substance: the date that it gives itself, or that of a later note of change.
    pub modified_on: Option<(Date, Span)>,
    /// The notes of change, the latest first.
    pub changes: Vec<Note>,
    /// When someone must have reviewed the record.
    pub review_by: Option<(Date, Span)>,
    /// When the record expires.
    pub expires_on: Option<(Date, Span)>,
    /// Who answers for the record.
    pub owner: Option<RecordId>,
}

/// One side of a record.
#[derive(Debug)]
pub struct Side {
    /// The file.
    pub file: ContentPath,
    /// The title.
    pub title: String,
    /// A shorter title, for menus and breadcrumbs.
    pub short_title: Option<String>,
    /// The title inside a sentence.
    pub inline_title: Option<String>,
    /// A sentence that says what the page is about.
    pub summary: String,
    /// Other words under which the page is to be found.
    pub keywords: Vec<String>,
    /// The page's address.
    pub url: UrlPath,
    /// What gives the page its address: the slug, or else the title.
    pub address_span: Span,
    /// Old addresses that lead to this page.
    pub aliases: Vec<Alias>,
    /// The facts that have a language.
    pub facts: Vec<Fact>,
}

/// An old address of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alias {
    /// The address, without its query.
    pub url: UrlPath,
    /// What follows the question mark, percent-encoded as browsers send it.
    pub query: Option<String>,
    /// Where it is written in the page's file.
    pub span: Span,
}

/// With its query, without a first slash.
impl fmt::Display for Alias {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.query {
            Some(query) => write!(f, "{}?{query}", self.url),
            None => write!(f, "{}", self.url),
        }
    }
}

/// The landing page of a section, or a home page.
#[derive(Debug, Default)]
pub struct Landing {
    /// The title.
    pub title: String,
    /// A sentence that says what the page is about.
    pub summary: String,
    /// Further words by which the search finds the page.
    pub keywords: Vec<String>,
    /// The page's address.
    pub url: UrlPath,
    /// Old addresses that lead to this page.
    pub aliases: Vec<Alias>,
    /// The file of its words, if there is one.
    pub file: Option<ContentPath>,
}

/// A section: the landing pages of a type.
#[derive(Clone, Debug)]
pub struct Section {
    /// The type whose records the section holds.
    pub kind: TypeId,
    /// Its landing page in each language.
    pub sides: PerLang<Arc<Landing>>,
}

/// What a field says.
#[derive(Debug)]
pub struct Fact {
    /// The field, by its position in its type or group.
    pub field: usize,
    /// Where the field is in its file.
    pub span: Span,
    /// What it says; never empty.
    pub values: Vec<Value>,
}

impl Fact {
    /// What a field says, among facts in the order in which the type declares them.
    pub fn of(facts: &[Self], field: usize) -> Option<&Self> {
        facts.binary_search_by_key(&field, |fact| fact.field).ok().map(|at| &facts[at])
    }
}

/// One value of a field.
#[derive(Debug)]
pub enum Value {
    /// A line of text.
    Text(String),
    /// Markdown.
    Markdown(Document<Target>),
    /// A number, exact or not.
    Number(Quantity),
    /// An amount of money, exact or not.
    Money(Money),
    /// Yes or no.
    Boolean(bool),
    /// A date.
    Date(Date),
    /// One of the field's choices, by position.
    Choice(usize),
    /// A published record.
    Reference(RecordId),
    /// A web address.
    Url(String),
    /// An email address.
    Email(String),
    /// A telephone number.
    Phone(Phone),
    /// A language's BCP 47 code.
    Language(String),
    /// An asset and its size in bytes.
    File(ContentPath, u64),
    /// The fields of a group.
    Group(Vec<Fact>),
    /// A value for each language, inside a group of the facts.
    PerLang(Box<PerLang<Value>>),
}

impl Value {
    /// The value in a language.
    pub fn in_lang(&self, lang: Lang) -> &Self {
        match self {
            Self::PerLang(sides) => sides.get(lang),
            value => value,
        }
    }
}

/// Where a link leads. One that leads nowhere is a mistake, and its words are words like any others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// To a page of this site in the language the link is in, or to a heading on it.
    Page {
        /// The page.
        page: PageRef,
        /// The heading's id.
        fragment: Option<String>,
    },
    /// To a heading of the same page.
    Heading(String),
    /// To the record of the glossary that explains the words. It is added, not written.
    Term(RecordId),
    /// To a file of the site.
    Asset(ContentPath),
    /// Out of the site.
    External(String),
}

/// A page of the site, in whatever language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PageRef {
    /// The home page.
    Home,
    /// The landing page of a type's section.
    Section(TypeId),
    /// A record's page.
    Record(RecordId),
}

/// A record that refers to another one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Backlink {
    /// The type of the referring record.
    pub kind: TypeId,
    /// The field that refers, by its path of positions: a field of the type, then fields of groups.
    pub field: Vec<usize>,
    /// The referring record.
    pub from: RecordId,
}
