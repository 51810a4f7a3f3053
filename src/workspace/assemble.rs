//! What is made from all records together: names and addresses, every record resolved against them, and the lists,
//! orders and relations that a page needs ([`Assembly`]).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{Entry, Settings, Touched, map_all};
use crate::check;
use crate::diagnostic::{Diagnostic, Place, Span, catalog};
use crate::format::Date;
use crate::lang::{Lang, PerLang};
use crate::layout::{self, LANDING};
use crate::output::{self, Plan};
use crate::path::ContentPath;
use crate::render::theme::Theme;
use crate::render::vcard;
use crate::schema::TypeId;
use crate::site::candidate::Standing;
use crate::site::names::{NameTable, Names, Seen};
use crate::site::resolve::{self, Resolved, SortKey};
use crate::site::{
    Glossary, Landing, List, Order, Record, RecordId, Relations, Reserved, Section, Site, addresses, backlinks, lists,
};
use crate::source::Sources;

/// What is made from all records together.
#[derive(Default)]
pub(super) struct Assembly {
    names: Arc<Names>,
    records: Vec<Arc<ResolvedRecord>>,
    /// Records that are not published, by id: for their mistakes, and for the preview.
    drafts: BTreeMap<Arc<str>, Resolved<Record>>,
    order: Arc<Order>,
    free_pages: Arc<PerLang<Vec<RecordId>>>,
    relations: Arc<Relations>,
    glossary: Arc<Glossary>,
    lists: Arc<Vec<List>>,
    assets: Arc<BTreeSet<ContentPath>>,
    site: Option<Arc<Site>>,
    plan: Arc<Plan>,
    plan_mistakes: Vec<Diagnostic>,
    is_plan_stale: bool,
    kind_mistakes: Vec<Diagnostic>,
    landing_mistakes: Vec<Diagnostic>,
    list_mistakes: Vec<Diagnostic>,
    circles: Vec<Diagnostic>,
    glossary_mistakes: Vec<Diagnostic>,
    asset_mistakes: Vec<Diagnostic>,
}

/// A record and its place in alphabetical lists.
struct ResolvedRecord {
    resolved: Resolved<Record>,
    key: PerLang<SortKey>,
}

impl ResolvedRecord {
    fn record(&self) -> &Record {
        &self.resolved.page
    }
}

/// What has to be made again because a record changed in something it depends on.
#[expect(clippy::struct_excessive_bools, reason = "each result is stale or not by itself")]
struct Stale {
    order: bool,
    relations: bool,
    glossary: bool,
    /// Which records have a card for an address book.
    cards: bool,
    lists: bool,
    assets: bool,
}

type Entries = BTreeMap<Arc<str>, Entry>;

/// The published records by id, with what they are.
struct Published<'a> {
    id: &'a Arc<str>,
    entry: &'a Entry,
    kind: TypeId,
    archived: bool,
}

impl Assembly {
    /// The site as it was assembled last.
    pub(super) fn site(&self) -> Option<&Arc<Site>> {
        self.site.as_ref()
    }

    /// The mistakes of the records and of what is made from them.
    pub(super) fn mistakes(&self) -> impl Iterator<Item = &Diagnostic> {
        let of_site = self.plan_mistakes.iter().chain(&self.landing_mistakes).chain(&self.list_mistakes);
        let of_records = self.records.iter().flat_map(|record| record.resolved.mistakes.iter());
        let of_site = of_site.chain(&self.circles).chain(&self.glossary_mistakes);
        of_site.chain(&self.asset_mistakes).chain(&self.kind_mistakes).chain(of_records)
    }

    /// The mistakes of the drafts.
    pub(super) fn mistakes_of_drafts(&self) -> impl Iterator<Item = &Diagnostic> {
        self.drafts.values().flat_map(|draft| draft.mistakes.iter())
    }

    /// Assembles the site again.
    pub(super) fn refresh(
        &mut self,
        settings: &Settings,
        sources: &Arc<Sources>,
        entries: &Entries,
        touched: &Touched,
        as_of: Option<Date>,
    ) {
        let published: Vec<Published<'_>> = entries
            .iter()
            .filter_map(|(id, entry)| match entry.role.standing {
                Standing::Published { kind, archived, .. } => Some(Published { id, entry, kind, archived }),
                Standing::Home | Standing::Landing(_) | Standing::Draft(_) | Standing::Nothing => None,
            })
            .collect();
        let before = Arc::clone(&self.names);
        let everything = touched.settings || touched.assets || self.site.is_none();
        // Names also remember what was asked about the assets.
        if touched.seen || everything {
            self.names = Arc::new(names(settings, entries, &published));
        }
        let seen = if everything { Seen::Everything } else { self.names.since(&before) };

        let names = Arc::clone(&self.names);
        let table = NameTable::new(&settings.config, &settings.schema, sources, &names);
        let stale = self.resolve(table, &before, &seen, &published, touched, as_of);
        let draft_assets = self.resolve_drafts(table, &seen, entries, touched);
        let (sections, home, landings) = landings(settings, entries, table);
        self.landing_mistakes = landings.iter().flat_map(|landing| landing.mistakes.iter()).cloned().collect();

        let records: Vec<Arc<Record>> = self.records.iter().map(|record| Arc::clone(&record.resolved.page)).collect();
        if stale.order {
            let keys: Vec<&PerLang<SortKey>> = self.records.iter().map(|record| &record.key).collect();
            self.order = Arc::new(Order::new(&keys));
        }
        if stale.relations {
            let all: Vec<_> = self.records.iter().map(|record| (record.record(), &record.resolved.linked)).collect();
            self.relations = Arc::new(Relations::new(&settings.schema, &all));
        }
        if stale.relations || !self.circles.is_empty() {
            self.circles = check::circles(&settings.schema, &records).into_iter().collect();
        }
        if stale.glossary {
            let place = |record: &Record, lang: Lang, name: &str| {
                let side = entries.get(record.id.as_str())?.reading.written.sides.get(lang).as_ref()?;
                side.front.get(name).map(|node| node.span)
            };
            let (glossary, mistakes) = Glossary::new(&settings.schema, &records, place);
            self.glossary = Arc::new(glossary);
            self.glossary_mistakes = mistakes.into_iter().collect();
        }
        if stale.order || stale.lists {
            let made = lists::lists(&settings.schema, &records, &sections, &self.order.rank, as_of);
            self.lists = Arc::new(made.0);
            let free = |lang| free_pages(settings, &records, &self.order, lang);
            self.free_pages = Arc::new(PerLang::from_fn(free));
            self.list_mistakes = made.1.into_iter().collect();
        }
        let landing_assets = landings.iter().flat_map(|landing| &landing.assets);
        if stale.assets
            || draft_assets
            || landing_assets.clone().any(|asset| !self.assets.contains(asset))
            || touched.has_landing()
        {
            let of_records = self.records.iter().flat_map(|record| &record.resolved.assets);
            self.assets = Arc::new(of_records.chain(landing_assets).cloned().collect());
            let waiting: BTreeSet<_> = self.drafts.values().flat_map(|draft| &draft.assets).collect();
            let is_used = |path: &ContentPath| self.assets.contains(path) || waiting.contains(path);
            let unused = sources.assets().keys().filter(|path| !is_used(path));
            self.asset_mistakes = unused.map(|path| catalog::unused_asset(Place::new(path, Span::START))).collect();
            self.is_plan_stale = true;
        }
        self.is_plan_stale |=
            everything || stale.order || stale.cards || stale.lists || !self.names.has_same_addresses(&before);
        let stale_sides = published.iter().enumerate().filter_map(|(at, published)| {
            let judged = published.entry.judged.as_ref()?;
            let side = judged.pair.state.behind().filter(|_| published.entry.reading.policies.outdated_notice)?;
            Some((RecordId(at), side))
        });
        self.site = Some(Arc::new(Site {
            config: Arc::clone(&settings.config),
            schema: Arc::clone(&settings.schema),
            records,
            drafts: self.drafts.values().map(|draft| Arc::clone(&draft.page)).collect(),
            sections,
            lists: Arc::clone(&self.lists),
            home,
            reserved: PerLang::from_fn(Reserved::new),
            assets: Arc::clone(&self.assets),
            free_pages: Arc::clone(&self.free_pages),
            order: Arc::clone(&self.order),
            relations: Arc::clone(&self.relations),
            glossary: Arc::clone(&self.glossary),
            stale_sides: stale_sides.collect(),
            names: Arc::clone(&self.names),
            sources: Arc::clone(sources),
        }));
    }

    /// The files to be written, except those of the index.
    pub(super) fn files(&self) -> &Arc<Plan> {
        &self.plan
    }

    /// Plans the files of the output and checks the assets among them, if those may have changed. Mistakes are searched
    /// for again each time, since their places move with the texts.
    pub(super) fn plan(&mut self, sources: &Sources, theme: Option<&Theme>, touched: &Touched) {
        let Some(site) = &self.site else { return };
        if self.is_plan_stale || touched.theme || !self.plan_mistakes.is_empty() {
            let (plan, mistakes) = output::plan(site, theme);
            self.plan = Arc::new(plan);
            self.plan_mistakes = mistakes.into_iter().collect();
        }
        if self.is_plan_stale || touched.assets || !self.kind_mistakes.is_empty() {
            self.kind_mistakes = check::assets(site, sources).into_iter().collect();
        }
        self.is_plan_stale = false;
    }

    /// Resolves the drafts that changed, or that see a change in others; returns whether they now use different assets.
    fn resolve_drafts(&mut self, table: NameTable<'_>, seen: &Seen, entries: &Entries, touched: &Touched) -> bool {
        let assets = |drafts: &BTreeMap<Arc<str>, Resolved<Record>>| -> BTreeSet<ContentPath> {
            drafts.values().flat_map(|draft| draft.assets.iter().cloned()).collect()
        };
        let mut before = std::mem::take(&mut self.drafts);
        let used = assets(&before);
        for (id, entry) in entries {
            let Standing::Draft(kind) = entry.role.standing else { continue };
            let kept = before.remove(id).filter(|draft| !touched.ids.contains(id) && !seen.concerns(&draft.looked));
            let draft = kept.unwrap_or_else(|| {
                let addresses = entry.role.request.of_draft();
                let mut draft = resolve::record(table, id, &entry.reading.written, (kind, false), &addresses);
                draft.mistakes.extend(check::record(table, &draft.page, None));
                draft
            });
            self.drafts.insert(Arc::clone(id), draft);
        }
        used != assets(&self.drafts)
    }

    /// Resolves the records that changed, or that see a change in others; returns what must be made again because of
    /// that.
    fn resolve(
        &mut self,
        table: NameTable<'_>,
        before: &Names,
        seen: &Seen,
        published: &[Published<'_>],
        touched: &Touched,
        as_of: Option<Date>,
    ) -> Stale {
        let names = &self.names;
        let concerned = |at: usize| {
            *seen == Seen::Everything
                || touched.ids.contains(published[at].id)
                || names.addresses(RecordId(at)) != before.addresses(RecordId(at))
                || seen.concerns(&self.records[at].resolved.looked)
        };
        let concerned: Vec<usize> = if touched.seen || *seen == Seen::Everything {
            (0..published.len()).filter(|at| concerned(*at)).collect()
        } else {
            touched.ids.iter().filter_map(|id| Some(names.id(id)?.0)).collect()
        };
        let resolve = |at: usize| {
            let Published { id, entry, kind, archived } = &published[at];
            let (written, addresses) = (&entry.reading.written, names.addresses(RecordId(at)));
            let mut resolved = resolve::record(table, id, written, (*kind, *archived), addresses);
            resolved.mistakes.extend(check::record(table, &resolved.page, as_of));
            let key = PerLang::from_fn(|lang| resolve::sort_key(&resolved.page, lang));
            (at, Arc::new(ResolvedRecord { resolved, key }))
        };
        let fresh = map_all(concerned, resolve);
        if *seen == Seen::Everything {
            self.records = fresh.into_iter().map(|(_, record)| record).collect();
            return Stale { order: true, relations: true, glossary: true, cards: true, lists: true, assets: true };
        }
        let mut stale =
            Stale { order: false, relations: false, glossary: false, cards: false, lists: false, assets: false };
        for (at, now) in fresh {
            let before = std::mem::replace(&mut self.records[at], now);
            let now = &self.records[at];
            let outgoing = |record: &ResolvedRecord| backlinks::outgoing(table.schema, record.record());
            stale.order |= before.key != now.key;
            stale.relations |= before.resolved.linked != now.resolved.linked || outgoing(&before) != outgoing(now);
            stale.glossary |= table.schema.get(now.record().kind).glossary.is_some();
            let is_contact = |record: &ResolvedRecord, lang| vcard::is_contact(table.schema, record.record(), lang);
            stale.cards |= Lang::BOTH.into_iter().any(|lang| is_contact(&before, lang) != is_contact(now, lang));
            stale.lists |= !lists::same_in_lists(table.schema, before.record(), now.record());
            stale.assets |= before.resolved.assets != now.resolved.assets;
        }
        stale
    }
}

impl Touched {
    /// Whether the home page or a landing page was read.
    fn has_landing(&self) -> bool {
        self.ids.iter().any(|id| layout::folder_of_landing(id).is_some())
    }
}

/// Collects what pages can see of each other, and gives every record its addresses.
fn names(settings: &Settings, entries: &Entries, published: &[Published<'_>]) -> Names {
    let all = entries.iter().map(|(id, entry)| (id, entry.role.standing, &entry.reading.written));
    let names = Names::new(all, &settings.schema);
    let requests = published.iter().map(|published| &published.entry.role.request);
    names.with_addresses(addresses::assign(&settings.schema, requests))
}

/// The free pages that have a side in a language, in its alphabetical order.
fn free_pages(settings: &Settings, records: &[Arc<Record>], order: &Order, lang: Lang) -> Vec<RecordId> {
    let is_free = |record: &Record| settings.schema.get(record.kind).is_free() && record.side(lang).is_some();
    let mut free: Vec<RecordId> = (0..records.len()).filter(|at| is_free(&records[*at])).map(RecordId).collect();
    free.sort_by_key(|id| order.rank.get(lang)[id.0]);
    free
}

type Landings = (Vec<Section>, PerLang<Arc<Landing>>, Vec<Resolved<Landing>>);

/// The landing pages of the sections and the home pages. They are few, so all are read again each time.
fn landings(settings: &Settings, entries: &Entries, table: NameTable<'_>) -> Landings {
    let Settings { config, schema, .. } = settings;
    let mut all = Vec::new();
    let mut both = |id: &str, url: &dyn Fn(Lang) -> crate::path::UrlPath, otherwise| {
        let written = entries.get(id).map(|entry| &entry.reading.written);
        PerLang::from_fn(|lang| {
            let landing = resolve::landing(table, written, lang, url(lang), otherwise);
            let page = Arc::clone(&landing.page);
            all.push(landing);
            page
        })
    };
    let nothing = PerLang::default();
    let mut sections = Vec::new();
    for (kind, of) in schema.iter().filter(|(_, kind)| !kind.is_free()) {
        let id = format!("{}/{LANDING}", of.folder);
        let sides = both(&id, &|lang| addresses::section(schema, kind, lang), (&of.plural, &nothing));
        sections.push(Section { kind, sides });
    }
    let home = both(LANDING, &|lang| Reserved::new(lang).home, (&config.name, &config.description));
    (sections, home, all)
}
