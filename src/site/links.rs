//! What the names in links and references mean: [`NameTable`] knows every page, heading and asset of the site.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use percent_encoding::percent_decode_str;

use super::gather::{Gathered, LANDING};
use super::{PageRef, RecordId, Target, addresses};
use crate::diagnostic::{Diagnostics, Place, Span, catalog};
use crate::document::{Document, LinkRole, RawLink, typeset};
use crate::lang::{Lang, PerLang};
use crate::parse::{ParsedWords, UnparsableFiles};
use crate::path::{ContentPath, UrlPath};
use crate::schema::{Schema, TypeId};
use crate::source::Sources;

/// The headings of a page, by language; `None` where the page has no side in it.
type Headings = PerLang<Option<Vec<String>>>;

/// Everything that a link or reference can name.
pub(super) struct NameTable<'a> {
    pub schema: &'a Schema,
    pub assets: &'a BTreeMap<ContentPath, u64>,
    /// The files that are there and cannot be read.
    pub unreadable: &'a BTreeSet<ContentPath>,
    ids: Vec<String>,
    kinds: Vec<TypeId>,
    by_id: HashMap<String, RecordId>,
    drafts: BTreeSet<String>,
    unread: &'a UnparsableFiles,
    /// The records that may stand in one language.
    alone: BTreeSet<RecordId>,
    by_address: HashMap<UrlPath, RecordId>,
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
        sources: &'a Sources,
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
        Self {
            schema,
            assets: sources.assets(),
            unreadable: sources.unreadable(),
            unread,
            ids: records.iter().map(|record| record.id.clone()).collect(),
            kinds: records.iter().map(|record| record.kind).collect(),
            by_id: ids().map(|(id, record)| (record.id.clone(), id)).collect(),
            drafts: gathered.drafts.clone(),
            alone: ids().filter(|(_, record)| record.alone).map(|(id, _)| id).collect(),
            by_address: ids().flat_map(|(id, _)| [(urls[id.0].en.clone(), id), (urls[id.0].fr.clone(), id)]).collect(),
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

    pub(super) fn ids(&self) -> impl Iterator<Item = &str> {
        self.ids.iter().map(String::as_str)
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
        let section = |lang| self.schema.iter().find(|(kind, _)| addresses::section(self.schema, *kind, lang) == url);
        Lang::BOTH.into_iter().find_map(section).map(|(_, kind)| kind.folder.to_string())
    }
}

fn headings(words: &ParsedWords) -> Vec<String> {
    words.body.headings().map(|(_, id, _)| id.to_owned()).collect()
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
        let own: Vec<String> = document.headings().map(|(_, id, _)| id.to_owned()).collect();
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

    fn target(&mut self, written: &str, span: Span, own_headings: &[String]) -> Target {
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
            if own_headings.iter().any(|id| id == fragment) {
                return Target::Heading(fragment.to_owned());
            }
            let page = self.file.as_str();
            self.diagnostics.push(catalog::dead_heading(
                place,
                fragment,
                page,
                own_headings.iter().map(String::as_str),
            ));
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
            if [path, &*decoded].into_iter().filter_map(beside).any(|path| names.unreadable.contains(&path)) {
                return Target::Broken;
            }
            self.diagnostics.push(if names.is_draft(&id) {
                catalog::link_to_draft(place, &id)
            } else if address.starts_with("en/") || address.starts_with("fr/") {
                catalog::link_to_address(place, path, names.page_at(address).as_deref())
            } else if path.contains('.') && !path.ends_with(".md") {
                let known: Vec<&str> = names.assets.keys().map(ContentPath::file_name).collect();
                catalog::missing_asset(place, path, known)
            } else {
                catalog::broken_link(place, &id, names.ids())
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
        if let Some(fragment) = fragment.filter(|fragment| !headings.iter().any(|id| id == fragment)) {
            self.diagnostics.push(catalog::dead_heading(place, fragment, &id, headings.iter().map(String::as_str)));
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
