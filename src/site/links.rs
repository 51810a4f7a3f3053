//! What the names in links and references mean: [`NameTable`] knows every page, heading and asset of the site.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use percent_encoding::percent_decode_str;

use super::gather::{Gathered, LANDING};
use super::{PageRef, RecordId, Target, addresses};
use crate::diagnostic::{Diagnostics, KnownNames, Place, Span, catalog};
use crate::document::{Document, LinkRole, RawLink, typeset};
use crate::lang::{Lang, PerLang};
use crate::parse::{ParsedWords, UnparsableFiles};
use crate::path::{ContentPath, UrlPath};
use crate::schema::{Schema, TypeId};

/// The headings of a page, by language; `None` where the page has no side in it.
type Headings = PerLang<Option<KnownNames>>;

/// Everything that a link or reference can name.
pub(super) struct NameTable<'a> {
    pub schema: &'a Schema,
    pub assets: &'a BTreeMap<ContentPath, u64>,
    ids: Vec<String>,
    kinds: Vec<TypeId>,
    by_id: HashMap<String, RecordId>,
    /// The records by their ids without the folder.
    by_name: HashMap<String, Vec<RecordId>>,
    /// What was made for who writes a wrong name, see [`Self::known_in`].
    known_in: Mutex<BTreeMap<Option<Vec<TypeId>>, Arc<KnownNames>>>,
    asset_names: OnceLock<KnownNames>,
    drafts: BTreeSet<String>,
    unread: &'a UnparsableFiles,
    /// The records that may stand in one language.
    alone: BTreeSet<RecordId>,
    by_address: HashMap<UrlPath, RecordId>,
    section_at: HashMap<UrlPath, TypeId>,
    record_headings: Vec<Headings>,
    section_headings: BTreeMap<TypeId, Headings>,
    home_headings: Headings,
}

/// What the names of one page have led to.
pub(super) struct Resolver<'a> {
    pub names: &'a NameTable<'a>,
    pub file: &'a ContentPath,
    /// The language that links lead to; `None` in the facts, which have none.
    pub lang: Option<Lang>,
    pub diagnostics: Diagnostics,
    /// The assets used.
    pub assets: Vec<ContentPath>,
    /// The records that the words link to.
    pub linked: Vec<RecordId>,
}

impl<'a> NameTable<'a> {
    pub(super) fn new(
        schema: &'a Schema,
        assets: &'a BTreeMap<ContentPath, u64>,
        gathered: &Gathered,
        unread: &'a UnparsableFiles,
        urls: &[PerLang<UrlPath>],
    ) -> Self {
        let records = &gathered.records;
        let sections = schema.iter().filter(|(_, kind)| !kind.is_free()).map(|(kind, _)| {
            // A section has a page in both languages even where no file gives it words.
            let own = gathered.sections.get(&kind);
            let headings = PerLang::from_fn(|lang| {
                Some(own.and_then(|sides| sides.get(lang).as_ref()).map(headings).unwrap_or_default())
            });
            (kind, headings)
        });
        let ids = || records.iter().enumerate().map(|(at, record)| (RecordId(at), record));
        let mut section_at = HashMap::new();
        for lang in Lang::BOTH {
            for (kind, _) in schema.iter() {
                section_at.entry(addresses::section(schema, kind, lang)).or_insert(kind);
            }
        }
        let mut by_name = HashMap::<String, Vec<RecordId>>::new();
        for (id, record) in ids() {
            if let Some((_, name)) = record.id.split_once('/').filter(|(_, name)| !name.contains('/')) {
                by_name.entry(name.to_owned()).or_default().push(id);
            }
        }
        Self {
            schema,
            assets,
            unread,
            ids: records.iter().map(|record| record.id.clone()).collect(),
            kinds: records.iter().map(|record| record.kind).collect(),
            by_id: ids().map(|(id, record)| (record.id.clone(), id)).collect(),
            by_name,
            known_in: Mutex::default(),
            asset_names: OnceLock::new(),
            drafts: gathered.drafts.clone(),
            alone: ids().filter(|(_, record)| record.alone).map(|(id, _)| id).collect(),
            by_address: ids().flat_map(|(id, _)| [(urls[id.0].en.clone(), id), (urls[id.0].fr.clone(), id)]).collect(),
            section_at,
            record_headings: records
                .iter()
                .map(|record| PerLang::from_fn(|lang| record.words.get(lang).as_ref().map(headings)))
                .collect(),
            section_headings: sections.collect(),
            home_headings: PerLang::from_fn(|lang| {
                Some(gathered.home.get(lang).as_ref().map(headings).unwrap_or_default())
            }),
        }
    }

    pub(super) fn id(&self, id: &str) -> Option<RecordId> {
        self.by_id.get(id).copied()
    }

    pub(super) fn name(&self, id: RecordId) -> &str {
        &self.ids[id.0]
    }

    pub(super) fn kind(&self, id: RecordId) -> TypeId {
        self.kinds[id.0]
    }

    pub(super) fn is_draft(&self, id: &str) -> bool {
        self.drafts.contains(id)
    }

    /// Whether a record has a file that cannot be understood: then nothing is known of what it says.
    pub(super) fn is_unread(&self, id: &str) -> bool {
        self.unread.any(id)
    }

    /// Whether a record's facts are such a file.
    pub(super) fn lacks_facts(&self, id: &str) -> bool {
        self.unread.facts(id)
    }

    /// The folders of some types (none: of all), in the order of their names.
    pub(super) fn folders_of(&self, types: &[TypeId]) -> impl Iterator<Item = &str> {
        let kinds: BTreeSet<TypeId> = if types.is_empty() {
            self.schema.iter().map(|(kind, _)| kind).collect()
        } else {
            types.iter().copied().collect()
        };
        kinds.into_iter().map(|kind| self.schema.get(kind).folder.as_str())
    }

    /// The records that have this name in any folder.
    pub(super) fn ids_of(&self, name: &str) -> &[RecordId] {
        self.by_name.get(name).map(Vec::as_slice).unwrap_or_default()
    }

    /// The ids of all records; or the names, without their folder, of those of some types (none: of any).
    pub(super) fn known_in(&self, types: Option<&[TypeId]>) -> Arc<KnownNames> {
        let mut made = self.known_in.lock().unwrap_or_else(PoisonError::into_inner);
        let known = made.entry(types.map(<[TypeId]>::to_vec));
        let known = known.or_insert_with(|| {
            let ids = self.ids.iter().map(String::as_str);
            let Some(types) = types else { return Arc::new(KnownNames::new(ids)) };
            let folders: BTreeSet<&str> = self.folders_of(types).collect();
            let in_folder = ids.filter_map(|id| id.split_once('/')).filter(|(folder, _)| folders.contains(folder));
            Arc::new(KnownNames::new(in_folder.map(|(_, name)| name)))
        });
        Arc::clone(known)
    }

    /// The names of all assets.
    pub(super) fn asset_names(&self) -> &KnownNames {
        self.asset_names.get_or_init(|| KnownNames::new(self.assets.keys().map(ContentPath::file_name)))
    }

    /// The page that an id in a link names.
    fn page(&self, id: &str) -> Option<PageRef> {
        if let Some(record) = self.id(id) {
            return Some(PageRef::Record(record));
        }
        if id == LANDING {
            return Some(PageRef::Home);
        }
        let folder = id.strip_suffix("/_index").unwrap_or(id);
        let kind = self.schema.by_folder(folder)?;
        (!self.schema.get(kind).is_free()).then_some(PageRef::Section(kind))
    }

    fn headings(&self, page: PageRef) -> &Headings {
        match page {
            PageRef::Home => &self.home_headings,
            PageRef::Section(kind) => &self.section_headings[&kind],
            PageRef::Record(id) => &self.record_headings[id.0],
        }
    }

    /// The id of the page at an address that a writer named by mistake.
    fn page_at(&self, address: &str) -> Option<String> {
        let url = UrlPath::page(address.trim_end_matches("index.html").split('/'));
        if let Some(id) = self.by_address.get(&url) {
            return Some(self.name(*id).to_owned());
        }
        self.section_at.get(&url).map(|kind| self.schema.get(*kind).folder.clone())
    }
}

fn headings(words: &ParsedWords) -> KnownNames {
    KnownNames::new(words.body.headings().map(|(_, id, _)| id))
}

impl<'a> Resolver<'a> {
    pub(super) fn new(names: &'a NameTable<'a>, file: &'a ContentPath, lang: Option<Lang>) -> Self {
        Self { names, file, lang, diagnostics: Diagnostics::default(), assets: Vec::new(), linked: Vec::new() }
    }

    pub(super) fn place(&self, span: Span) -> Place {
        Place::new(self.file, span)
    }

    /// The same words with every link resolved, as their language is set.
    pub(super) fn document(&mut self, document: Document<RawLink>) -> Document<Target> {
        let mut document = self.linked_document(document);
        typeset(&mut document, self.lang.unwrap_or(Lang::En));
        document
    }

    fn linked_document(&mut self, document: Document<RawLink>) -> Document<Target> {
        let own = KnownNames::new(document.headings().map(|(_, id, _)| id));
        document.map_links(|RawLink(written), link| {
            let target = self.target(&written, link.span, &own);
            let place = self.place(link.span);
            match (link.role, &target) {
                (LinkRole::Image, Target::External(_) | Target::Page { .. } | Target::Heading(_)) => {
                    self.diagnostics.push(catalog::image_elsewhere(place));
                }
                (LinkRole::Image, _) if link.wordless => self.diagnostics.push(catalog::image_without_words(place)),
                (LinkRole::Link, Target::External(_) | Target::Heading(_) | Target::Asset(_)) if link.wordless => {
                    self.diagnostics.push(catalog::link_without_words(place));
                }
                _ => {}
            }
            target
        })
    }

    fn target(&mut self, written: &str, span: Span, own_headings: &KnownNames) -> Target {
        let place = self.place(span);
        if written.is_empty() {
            self.diagnostics.push(catalog::empty_link(place));
            return Target::Broken;
        }
        if let Some(scheme) = scheme(written) {
            if matches!(scheme, "http" | "https" | "mailto" | "tel") {
                return Target::External(written.to_owned());
            }
            self.diagnostics.push(catalog::unsafe_link(place, &written[..=scheme.len()]));
            return Target::Broken;
        }
        if written.starts_with("//") {
            self.diagnostics.push(catalog::unsafe_link(place, "//"));
            return Target::Broken;
        }
        let (path, fragment) = match written.split_once('#') {
            Some((path, fragment)) => (path, Some(fragment)),
            None => (written, None),
        };
        if let ("", Some(fragment)) = (path, fragment) {
            if own_headings.contains(fragment) {
                return Target::Heading(fragment.to_owned());
            }
            let page = self.file.as_str();
            self.diagnostics.push(catalog::dead_heading(place, fragment, page, own_headings));
            return Target::Broken;
        }
        self.page_or_asset(path, fragment, place)
    }

    fn page_or_asset(&mut self, path: &str, fragment: Option<&str>, place: Place) -> Target {
        let decoded = percent_decode_str(path).decode_utf8_lossy();
        let names = self.names;
        let beside = |path: &str| self.file.join(path);
        if let Some(asset) = [path, &*decoded].into_iter().filter_map(beside).find(|p| names.assets.contains_key(p)) {
            self.assets.push(asset.clone());
            return Target::Asset(asset);
        }
        let id = match path.strip_suffix(".md") {
            Some(stem) => {
                let stem = stem.strip_suffix(".en").or_else(|| stem.strip_suffix(".fr")).unwrap_or(stem);
                beside(stem).map(|path| path.as_str().to_owned()).unwrap_or_default()
            }
            None => path.trim_matches('/').to_owned(),
        };
        let Some(page) = names.page(&id) else {
            if names.is_unread(&id) {
                return Target::Broken;
            }
            let address = path.trim_start_matches('/');
            self.diagnostics.push(if names.is_draft(&id) {
                catalog::link_to_draft(place, &id)
            } else if address.starts_with("en/") || address.starts_with("fr/") {
                catalog::link_to_address(place, path, names.page_at(address).as_deref())
            } else if path.contains('.') && !path.ends_with(".md") {
                catalog::missing_asset(place, path, names.asset_names())
            } else {
                catalog::broken_link(place, &id, &names.known_in(None))
            });
            return Target::Broken;
        };
        if let PageRef::Record(id) = page {
            self.linked.push(id);
        }
        let lang = self.lang.unwrap_or(Lang::En);
        let own = names.headings(page).get(lang).as_ref();
        // A record that stands alone with good reason is linked to in the language it has.
        let alone = matches!(page, PageRef::Record(id) if names.alone.contains(&id));
        let other = || names.headings(page).get(lang.other()).as_ref().filter(|_| alone);
        let Some(headings) = own.or_else(other) else {
            if names.is_unread(&id) {
                return Target::Broken;
            }
            self.diagnostics.push(catalog::link_to_missing_side(place, &id));
            return Target::Broken;
        };
        if let Some(fragment) = fragment.filter(|fragment| !headings.contains(fragment)) {
            self.diagnostics.push(catalog::dead_heading(place, fragment, &id, headings));
        }
        Target::Page { page, fragment: fragment.map(str::to_owned) }
    }
}

/// The scheme of an address, lowercase letters at least two long: `C:` is no scheme.
fn scheme(written: &str) -> Option<&str> {
    let (scheme, _) = written.split_once(':')?;
    let sound = scheme.len() > 1
        && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
    sound.then_some(scheme)
}
