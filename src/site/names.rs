//! What the rest of a site can see of each page: [`Names`], compared to find what a change affects; and the
//! [`NameTable`] in which links and references are looked up.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::anchors::Anchors;
use super::candidate::{Standing, WrittenRecord};
use super::links::Looked;
use super::{PageRef, RecordAddresses, RecordId, addresses};
use crate::diagnostic::KnownNames;
use crate::lang::{Lang, PerLang};
use crate::layout::{self, LANDING};
use crate::parse::{Rules, Unparsable};
use crate::path::{ContentPath, UrlPath, slug};
use crate::schema::{Config, Schema, TypeId};
use crate::source::{Asset, Sources};

/// The ids of the headings of a page, by language; `None` if the page has no side in it.
type Headings = PerLang<Option<Arc<Anchors>>>;

/// What links and references can name, and what they must know about it.
#[derive(Debug, Default)]
pub struct Names {
    ids: Vec<Arc<str>>,
    kinds: Vec<TypeId>,
    by_id: HashMap<Arc<str>, RecordId>,
    drafts: BTreeSet<Arc<str>>,
    unparsable: BTreeMap<Arc<str>, Unparsable>,
    records: Vec<Visible>,
    sections: BTreeMap<TypeId, Headings>,
    home: Headings,
    addresses: Vec<RecordAddresses>,
    by_address: OnceLock<HashMap<UrlPath, RecordId>>,
    /// The records by the last part of their addresses, which is made from their titles; `None` if two have the same.
    by_title: OnceLock<HashMap<Box<str>, Option<RecordId>>>,
    /// The records by their ids without the folder.
    by_name: OnceLock<HashMap<Box<str>, Vec<RecordId>>>,
    /// The names of the records of some types, for suggestions: [`NameTable::known_in`].
    known_in: Mutex<BTreeMap<Option<Vec<TypeId>>, Arc<KnownNames>>>,
    known_assets: OnceLock<KnownNames>,
}

/// What other pages can see of a record, its address left out.
#[derive(Debug, PartialEq, Eq)]
struct Visible {
    headings: Headings,
    /// Whether it may have only one side.
    alone: bool,
}

/// Which pages look different to other pages than before.
#[derive(Debug, PartialEq, Eq)]
pub enum Seen {
    /// Records were added, removed or changed their type: every name may mean something else.
    Everything,
    /// Only these pages; `addresses` if a record has another address.
    Pages {
        /// The pages.
        pages: BTreeSet<PageRef>,
        /// Whether a record has another address.
        addresses: bool,
        /// Whether the set of unreadable files has changed.
        unparsable: bool,
    },
}

impl Seen {
    /// Whether a page that has looked at this in others must be resolved again.
    pub fn concerns(&self, looked: &Looked) -> bool {
        match self {
            Self::Everything => true,
            Self::Pages { pages, addresses, unparsable } => {
                *addresses && looked.addresses
                    || *unparsable && looked.unknown
                    || looked.pages.iter().any(|page| pages.contains(page))
            }
        }
    }
}

impl Names {
    /// Collects the names of all ids, in their order. The addresses are added by [`Names::with_addresses`].
    pub fn new<'a>(all: impl Iterator<Item = (&'a Arc<str>, Standing, &'a WrittenRecord)>, schema: &Schema) -> Self {
        let mut names = Self::default();
        for (kind, _) in schema.iter().filter(|(_, kind)| !kind.is_free()) {
            // A section has a page in both languages even if no file gives it words.
            names.sections.insert(kind, PerLang::from_fn(|_| Some(Arc::default())));
        }
        names.home = PerLang::from_fn(|_| Some(Arc::default()));
        for (id, standing, written) in all {
            if written.unparsable.any() {
                names.unparsable.insert(Arc::clone(id), written.unparsable);
            }
            let headings =
                || written.sides.as_ref().map(|_, side| side.as_ref().map(|side| Arc::clone(&side.headings)));
            let of_landing = || headings().map(|_, own| Some(own.unwrap_or_default()));
            match standing {
                Standing::Home => names.home = of_landing(),
                Standing::Landing(kind) => {
                    names.sections.entry(kind).and_modify(|own| *own = of_landing());
                }
                Standing::Published { kind, alone, .. } => {
                    names.by_id.insert(Arc::clone(id), RecordId(names.ids.len()));
                    names.ids.push(Arc::clone(id));
                    names.kinds.push(kind);
                    names.records.push(Visible { headings: headings(), alone });
                }
                Standing::Draft(_) => {
                    names.drafts.insert(Arc::clone(id));
                }
                Standing::Nothing => {}
            }
        }
        names
    }

    /// The same names with the addresses of the records, in their order.
    pub fn with_addresses(self, addresses: Vec<RecordAddresses>) -> Self {
        Self { addresses, ..self }
    }

    /// The addresses of a record.
    pub fn addresses(&self, id: RecordId) -> &RecordAddresses {
        &self.addresses[id.0]
    }

    /// What looks different to other pages than with the names `before`.
    pub fn since(&self, before: &Self) -> Seen {
        if std::ptr::eq(self, before) {
            return Seen::Pages { pages: BTreeSet::new(), addresses: false, unparsable: false };
        }
        if self.ids != before.ids || self.kinds != before.kinds || self.drafts != before.drafts {
            return Seen::Everything;
        }
        let records = (0..self.ids.len()).filter(|at| self.records[*at] != before.records[*at]);
        let mut pages: BTreeSet<PageRef> = records.map(|at| PageRef::Record(RecordId(at))).collect();
        let sections = self.sections.iter().filter(|(kind, own)| before.sections.get(kind) != Some(*own));
        pages.extend(sections.map(|(kind, _)| PageRef::Section(*kind)));
        if self.home != before.home {
            pages.insert(PageRef::Home);
        }
        let unparsable = self.unparsable != before.unparsable;
        Seen::Pages { pages, addresses: self.addresses != before.addresses, unparsable }
    }

    /// Whether there are the same records at the same addresses.
    pub fn has_same_addresses(&self, other: &Self) -> bool {
        std::ptr::eq(self, other) || self.ids == other.ids && self.addresses == other.addresses
    }

    /// The record of an id.
    pub fn id(&self, id: &str) -> Option<RecordId> {
        self.by_id.get(id).copied()
    }

    /// The ids of the records, in order.
    pub fn ids(&self) -> &[Arc<str>] {
        &self.ids
    }
}

/// Everything that a link or reference can name.
#[derive(Clone, Copy)]
pub struct NameTable<'a> {
    /// The record types.
    pub schema: &'a Schema,
    /// The assets.
    pub assets: &'a BTreeMap<ContentPath, Asset>,
    /// The size in bytes above which a picture on a page is too heavy; 0 for no limit.
    pub heaviest_picture: u64,
    /// How problems in the Markdown of a field are judged.
    pub rules: Rules,
    /// The files that exist and cannot be read.
    pub unreadable: &'a BTreeSet<ContentPath>,
    sources: &'a Sources,
    names: &'a Names,
}

impl<'a> NameTable<'a> {
    /// The names of a site with these settings, types and files.
    pub fn new(config: &Config, schema: &'a Schema, sources: &'a Sources, names: &'a Names) -> Self {
        Self {
            schema,
            assets: sources.assets(),
            heaviest_picture: config.heaviest_picture,
            rules: Rules::of(&config.policies),
            unreadable: sources.unreadable(),
            sources,
            names,
        }
    }

    /// What a file says, as it was written.
    pub(super) fn text(self, file: &ContentPath) -> Option<&'a str> {
        self.sources.text(file)
    }

    pub(super) fn id(self, id: &str) -> Option<RecordId> {
        self.names.id(id)
    }

    /// The id of a record.
    pub fn name(self, id: RecordId) -> &'a str {
        &self.names.ids[id.0]
    }

    pub(super) fn kind(self, id: RecordId) -> TypeId {
        self.names.kinds[id.0]
    }

    pub(super) fn is_draft(self, id: &str) -> bool {
        self.names.drafts.contains(id)
    }

    /// Whether a record has a file that cannot be understood: then nothing is known about what it says.
    pub(super) fn is_unparsable(self, id: &str) -> bool {
        self.names.unparsable.contains_key(id)
    }

    /// The records that have this id without its folder.
    pub(super) fn ids_of(self, name: &str) -> &'a [RecordId] {
        let by_name = self.names.by_name.get_or_init(|| {
            let mut by_name = HashMap::<Box<str>, Vec<RecordId>>::new();
            for (at, id) in self.names.ids.iter().enumerate() {
                if let Some((_, name)) = id.split_once('/') {
                    by_name.entry(name.into()).or_default().push(RecordId(at));
                }
            }
            by_name
        });
        by_name.get(name).map(Vec::as_slice).unwrap_or_default()
    }

    /// The ids of all records; or the names, without their folder, of those of some types (of any type, if empty).
    pub(super) fn known_in(self, types: Option<&[TypeId]>) -> Arc<KnownNames> {
        let mut made = self.names.known_in.lock().unwrap_or_else(PoisonError::into_inner);
        let known = made.entry(types.map(<[TypeId]>::to_vec));
        let known = known.or_insert_with(|| {
            let takes = |at: usize| types.is_none_or(|types| types.is_empty() || types.contains(&self.names.kinds[at]));
            let ids = self.names.ids.iter().enumerate().filter(|(at, _)| takes(*at)).map(|(_, id)| &**id);
            Arc::new(KnownNames::new(ids.map(|id| match id.split_once('/') {
                Some((_, name)) if types.is_some() => name,
                _ => id,
            })))
        });
        Arc::clone(known)
    }

    /// The names of all assets.
    pub(super) fn asset_names(self) -> &'a KnownNames {
        self.names.known_assets.get_or_init(|| KnownNames::new(self.assets.keys().map(ContentPath::file_name)))
    }

    /// The page that an id in a link names.
    pub(super) fn page(self, id: &str) -> Option<PageRef> {
        if let Some(record) = self.id(id) {
            return Some(PageRef::Record(record));
        }
        if id == LANDING {
            return Some(PageRef::Home);
        }
        let folder = layout::folder_of_landing(id).unwrap_or(id);
        let kind = self.schema.by_folder(folder)?;
        (!self.schema.get(kind).is_free()).then_some(PageRef::Section(kind))
    }

    /// The headings of a page in a language, or in the other one if the record may have only one side.
    pub(super) fn headings(self, page: PageRef, lang: Lang) -> Option<&'a Anchors> {
        let headings = match page {
            PageRef::Home => &self.names.home,
            PageRef::Section(kind) => &self.names.sections[&kind],
            PageRef::Record(id) => &self.names.records[id.0].headings,
        };
        let alone = matches!(page, PageRef::Record(id) if self.names.records[id.0].alone);
        let other = || headings.get(lang.other()).as_deref().filter(|_| alone);
        headings.get(lang).as_deref().or_else(other)
    }

    /// The record that is meant by an unknown name: by its path as another system writes it, or by its title or
    /// address.
    pub(super) fn meant(self, file: &ContentPath, written: &str) -> Option<&'a str> {
        let path = written.replace('\\', "/");
        let path = ["/", "./", "content/", "en/", "fr/"]
            .iter()
            .fold(&*path, |path, sign| path.strip_prefix(sign).unwrap_or(path));
        let path = path.trim_end_matches('/').trim_end_matches(".yaml");
        let path = path.strip_suffix(".md").map_or(path, |stem| layout::language_at_end(stem).unwrap_or(stem));
        let beside = || file.join(path).and_then(|path| self.id(path.as_str()));
        if let Some(id) = self.id(path).or_else(beside) {
            return Some(self.name(id));
        }
        let called = slug(path.rsplit('/').next().unwrap_or(path));
        let by_title = self.names.by_title.get_or_init(|| {
            let mut by_title = HashMap::<Box<str>, Option<RecordId>>::new();
            for (at, own) in self.names.addresses.iter().enumerate() {
                for url in [&own.urls.en, &own.urls.fr] {
                    let name = url.as_str().trim_end_matches('/').rsplit('/').next().unwrap_or_default();
                    let record = by_title.entry(name.into()).or_insert(Some(RecordId(at)));
                    *record = record.filter(|known| known.0 == at);
                }
            }
            by_title
        });
        by_title.get(&*called).copied().flatten().map(|id| self.name(id))
    }

    /// The id of the page at an address that a writer named by mistake.
    pub(super) fn page_at(self, address: &str) -> Option<String> {
        let url = UrlPath::page(address.trim_end_matches("index.html").split('/'));
        let by_address = self.names.by_address.get_or_init(|| {
            let all = self.names.addresses.iter().enumerate();
            all.flat_map(|(at, own)| [&own.urls.en, &own.urls.fr].map(|url| (url.clone(), RecordId(at)))).collect()
        });
        if let Some(id) = by_address.get(&url) {
            return Some(self.name(*id).to_owned());
        }
        let section = |lang| self.schema.iter().find(|(kind, _)| addresses::section(self.schema, *kind, lang) == url);
        Lang::BOTH.into_iter().find_map(section).map(|(_, kind)| kind.folder.to_string())
    }
}
