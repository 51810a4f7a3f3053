//! One path, one owner: [`settle`] takes everything that wants to be written and gives each path to one of them.
//!
//! Two owners of a path, a file where another one needs a folder, names that some systems treat as one, and paths that
//! some systems do not accept are mistakes at the place in the content that the path comes from. Nothing is replaced
//! silently.

use rayon::prelude::*;

use super::path::is_own;
use super::{Artifact, Plan, gzip};
use crate::diagnostic::catalog::{self, Claimant};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, Span};
use crate::lang::Lang;
use crate::layout::SETTINGS;
use crate::path::{ContentPath, OutputPath, folded};
use crate::render::changes::feed_url;
use crate::render::theme::Theme;
use crate::render::{ListFilter, ListPage, Page};
use crate::schema::{TypeId, TypeSource};
use crate::site::lists::{facet_fields, facet_url};
use crate::site::{FacetKey, RecordId, Reserved, Site};

/// Folders whose files have names that nothing else knows, and that servers are told to keep for good.
const RESERVED: [&str; 2] = ["search", "theme"];

/// Files at the root that hosts, crawlers and browsers read for what they do with the whole site. A page under one of these
/// names would change the site, or are where the operator's own belongs.
const OF_HOSTS: [&str; 19] = [
    "_worker.js",
    "_routes.json",
    "netlify.toml",
    "vercel.json",
    "web.config",
    "staticwebapp.config.json",
    "CNAME",
    "robots.txt",
    "ads.txt",
    "app-ads.txt",
    "humans.txt",
    "favicon.ico",
    "crossdomain.xml",
    "clientaccesspolicy.xml",
    "browserconfig.xml",
    "apple-touch-icon.png",
    "security.txt",
    "sw.js",
    "service-worker.js",
];

/// A path and who wants it.
struct Claim {
    /// The path as systems compare it that do not tell capitals from small letters, with a NUL in place of each slash:
    /// then what lies in a folder follows right after a file of the folder's name.
    key: String,
    /// Who comes first has the path; in the order in which the plan names them where this is equal.
    rank: u8,
    wants: Wants,
}

/// What wants a path, by its position.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Wants {
    /// Among the artifacts.
    Artifact(usize),
    /// Among the paths that are kept free.
    Kept(usize),
}

/// Who keeps a path free that is not written in this build, but in another one of the same site: with more records, with
/// an address, on another day.
#[derive(Clone, Copy)]
enum Keeper {
    Program,
    /// A type, for the label of a field by its position.
    Label(TypeId, usize),
    /// A type, for what is below its section.
    Section(TypeId),
}

/// Who wants a path, and where that is written; the program's own files are written nowhere.
#[derive(PartialEq, Eq)]
struct Owner {
    place: Option<Place>,
    claimant: Claimant,
}

/// The files by path, each with one owner, and the claims that cannot be met.
pub(super) fn settle(site: &Site, theme: Option<&Theme>, wanted: &[(String, Artifact)]) -> (Plan, Diagnostics) {
    let table = Table { site, theme, wanted, kept: kept(site) };
    let mut diagnostics = Diagnostics::default();
    let mut claims = table.claims();
    // The keys take nearly all of the time; positions make the order the same each time.
    claims.par_sort_unstable_by(|a, b| (&a.key, a.rank, a.wants).cmp(&(&b.key, b.rank, b.wants)));
    table.clashes(&claims, &mut diagnostics);
    table.siblings(&claims, &mut diagnostics);
    diagnostics.extend(kept_for_others(site, wanted));
    let mut plan = Plan::new();
    for (path, artifact) in wanted {
        match OutputPath::new(path) {
            Ok(own) => {
                if let Some(folder) = reserved(path, artifact) {
                    table.report(artifact, &mut diagnostics, |place, claimant| {
                        catalog::path_reserved(place, claimant, path, folder)
                    });
                }
                plan.entry(own).or_insert_with(|| artifact.clone());
            }
            // A bad path is reported once, for the page, and not again for its Markdown.
            Err(_) if of_bad_page(path, artifact) => {}
            Err(fault) => {
                table.report(artifact, &mut diagnostics, |place, claimant| {
                    catalog::bad_output_path(place, claimant, path, fault)
                });
            }
        }
    }
    (plan, diagnostics)
}

/// What the settings keep for others, and the site has itself.
fn kept_for_others(site: &Site, wanted: &[(String, Artifact)]) -> Diagnostics {
    let mut diagnostics = Diagnostics::default();
    let file = ContentPath::new(SETTINGS);
    for (kept, span) in &site.config.keep {
        if is_own(kept) {
            let own = kept.folders().last().unwrap_or(kept.as_str());
            diagnostics.push(catalog::kept_of_site(Place::new(&file, *span), kept.as_str(), own));
            continue;
        }
        let is_in_the_way =
            |path: &&str| OutputPath::new(path).is_ok_and(|path| path.is_within(kept) || kept.is_within(&path));
        let mut all = RESERVED.into_iter().chain(wanted.iter().map(|(path, _)| path.as_str()));
        // Beside what the program puts into a folder of its own there may be other files.
        let own = all.find(|path| is_in_the_way(path) && !(RESERVED.contains(path) && kept.as_str() != *path));
        if let Some(own) = own {
            diagnostics.push(catalog::kept_of_site(Place::new(&file, *span), kept.as_str(), own));
        }
    }
    diagnostics
}

/// Whether a path belongs to the Markdown of a page whose own path is bad too.
fn of_bad_page(path: &str, artifact: &Artifact) -> bool {
    let page = path.strip_suffix(".md").filter(|_| matches!(artifact, Artifact::Markdown(_)));
    page.is_some_and(|page| OutputPath::new(page).is_err())
}

/// The folder or file that a path must not lie in or be, if it does.
fn reserved(path: &str, artifact: &Artifact) -> Option<&'static str> {
    let first = path.split('/').next().unwrap_or_default();
    match artifact {
        Artifact::Page(Page::Redirect(..)) => {
            RESERVED.into_iter().chain(OF_HOSTS).find(|name| name.eq_ignore_ascii_case(first))
        }
        // All others begin with a language, or are in a folder or a file of the program.
        Artifact::Page(
            Page::Choice
            | Page::NotFound
            | Page::Home(_)
            | Page::List(..)
            | Page::Facet(..)
            | Page::Document(..)
            | Page::Record(..)
            | Page::Notice(..)
            | Page::Changes(_)
            | Page::Data(_)
            | Page::Index(..)
            | Page::Search(_),
        )
        | Artifact::Sitemap
        | Artifact::SitemapPart(_)
        | Artifact::Feed(..)
        | Artifact::Markdown(_)
        | Artifact::MarkdownList(_)
        | Artifact::Card(..)
        | Artifact::Csv(..)
        | Artifact::TypeJson(_)
        | Artifact::RecordJson(_)
        | Artifact::List(..)
        | Artifact::Server(_)
        | Artifact::Theme(_)
        | Artifact::Asset(_) => None,
    }
}

struct Table<'a> {
    site: &'a Site,
    theme: Option<&'a Theme>,
    wanted: &'a [(String, Artifact)],
    kept: Vec<(String, Keeper)>,
}

/// The paths that are kept free whether or not this build writes them.
fn kept(site: &Site) -> Vec<(String, Keeper)> {
    let mut kept =
        vec![(super::path::MANIFEST.to_owned(), Keeper::Program), ("sitemap.xml".to_owned(), Keeper::Program)];
    for lang in Lang::BOTH {
        kept.push((feed_url(site, None, lang).file(), Keeper::Program));
        for section in &site.sections {
            kept.push((feed_url(site, Some(section.kind), lang).file(), Keeper::Program));
            let url = &section.sides.get(lang).url;
            let fields = facet_fields(&site.schema.get(section.kind).fields);
            kept.extend(
                fields.map(|(at, field)| (facet_url(url, field, lang).file(), Keeper::Label(section.kind, at))),
            );
            kept.push((Reserved::expiring(url, lang).file(), Keeper::Section(section.kind)));
            kept.push((Reserved::document(url, lang).file(), Keeper::Section(section.kind)));
        }
    }
    kept
}

impl Table<'_> {
    fn claims(&self) -> Vec<Claim> {
        let key = |path: &str| folded(path).replace('/', "\0");
        let artifact = |(at, (path, artifact)): (usize, &(String, Artifact))| Claim {
            key: key(path),
            rank: rank(artifact),
            wants: Wants::Artifact(at),
        };
        let mut claims: Vec<Claim> = self.wanted.par_iter().enumerate().map(artifact).collect();
        let keeper = |(at, (path, keeper)): (usize, &(String, Keeper))| Claim {
            key: key(path),
            rank: u8::from(!matches!(keeper, Keeper::Program)),
            wants: Wants::Kept(at),
        };
        claims.extend(self.kept.iter().enumerate().map(keeper));
        claims
    }

    /// Goes over the claims in the order of their keys, in which those that clash are side by side.
    fn clashes(&self, claims: &[Claim], diagnostics: &mut Diagnostics) {
        for group in claims.chunk_by(|a, b| a.key == b.key) {
            let [first, others @ ..] = group else { continue };
            for other in others {
                self.clash(first, other, diagnostics);
            }
        }
        for (file, next) in claims.iter().zip(claims.iter().skip(1)) {
            let inside = next.key.strip_prefix(file.key.as_str()).is_some_and(|rest| rest.starts_with('\0'));
            if inside {
                let (file, inner, path) = (self.owner(file.wants), self.owner(next.wants), self.path(file.wants));
                report_clash(file, inner, diagnostics, |place, claimant, other| {
                    catalog::path_file_and_folder(place, claimant, &path, other)
                });
            }
        }
    }

    fn clash(&self, first: &Claim, second: &Claim, diagnostics: &mut Diagnostics) {
        if self.is_reported_elsewhere(first.wants, second.wants) {
            return;
        }
        let (path, other_path) = (self.path(second.wants), self.path(first.wants));
        let are_pages = [first, second].iter().all(|claim| match claim.wants {
            Wants::Artifact(at) => matches!(self.wanted[at].1, Artifact::Page(_)),
            Wants::Kept(at) => !matches!(self.kept[at].1, Keeper::Program),
        });
        // A path that is kept free for what has it in this build is no second claim.
        let is_kept = [first, second].iter().any(|claim| matches!(claim.wants, Wants::Kept(_)));
        let (first, second) = (self.owner(first.wants), self.owner(second.wants));
        if is_kept && first == second {
            return;
        }
        report_clash(second, first, diagnostics, |place, claimant, other| {
            if path != other_path {
                catalog::path_case(place, claimant, &path, &other_path, other)
            } else if are_pages {
                catalog::duplicate_address(place, claimant, path.trim_end_matches("index.html"), other)
            } else {
                catalog::path_taken(place, claimant, &path, other)
            }
        });
    }

    /// Whether a clash is a mistake that is reported elsewhere, where a type is read, a list is made or pages clash:
    /// two types of one folder, two facets of one label, two values that read alike, the Markdown of two pages.
    fn is_reported_elsewhere(&self, first: Wants, second: Wants) -> bool {
        let field = |wants| match wants {
            Wants::Kept(at) => matches!(self.kept[at].1, Keeper::Label(..)),
            Wants::Artifact(at) => matches!(self.wanted[at].1, Artifact::Page(Page::Facet(..))),
        };
        let markdown = |wants| matches!(self.artifact(wants), Some(Artifact::Markdown(_)));
        let data = |wants| matches!(self.artifact(wants), Some(Artifact::Csv(..) | Artifact::TypeJson(_)));
        let value = |wants| match self.artifact(wants) {
            Some(Artifact::Page(Page::List(ListPage { kind, filter: ListFilter::Value(facet, value), .. }, _))) => {
                let facet = self.site.list(*kind).and_then(|list| list.facets.get(*facet))?;
                let has_words = matches!(facet.values[*value].0, FacetKey::Choice(_) | FacetKey::Record(_));
                has_words.then_some((*kind, facet.field))
            }
            _ => None,
        };
        field(first) && field(second)
            || data(first) && data(second)
            || markdown(first) && markdown(second)
            || value(first).is_some_and(|first| Some(first) == value(second))
    }

    fn artifact(&self, wants: Wants) -> Option<&Artifact> {
        match wants {
            Wants::Artifact(at) => Some(&self.wanted[at].1),
            Wants::Kept(_) => None,
        }
    }

    /// A file whose name is that of another one's compressed sibling: `a.csv.gz` beside `a.csv`. It is a clash whether or
    /// not the site is built with siblings, so that `check` says the same as any build.
    fn siblings(&self, claims: &[Claim], diagnostics: &mut Diagnostics) {
        for claim in claims.iter().filter(|claim| claim.key.contains(".gz")) {
            for (end, _) in claim.key.match_indices(".gz") {
                let plain = &claim.key[..end];
                let is_part = matches!(claim.key.as_bytes().get(end + 3), None | Some(0));
                if !is_part || !gzip::is_text(plain) {
                    continue;
                }
                if let Ok(at) = claims.binary_search_by(|other| other.key.as_str().cmp(plain)) {
                    let (path, other) = (self.path(claim.wants), self.path(claims[at].wants));
                    report_clash(
                        self.owner(claim.wants),
                        self.owner(claims[at].wants),
                        diagnostics,
                        |place, claimant, place_of| catalog::path_of_sibling(place, claimant, &path, &other, place_of),
                    );
                }
            }
        }
    }

    fn path(&self, wants: Wants) -> String {
        match wants {
            Wants::Artifact(at) => self.wanted[at].0.clone(),
            Wants::Kept(at) => self.kept[at].0.clone(),
        }
    }

    fn report(
        &self,
        artifact: &Artifact,
        diagnostics: &mut Diagnostics,
        mistake: impl FnOnce(Place, Claimant) -> Diagnostic,
    ) {
        let Owner { place, claimant } = self.owner_of(artifact);
        diagnostics.extend(place.map(|place| mistake(place, claimant)));
    }

    fn owner(&self, wants: Wants) -> Owner {
        match wants {
            Wants::Artifact(at) => self.owner_of(&self.wanted[at].1),
            Wants::Kept(at) => match self.kept[at].1 {
                Keeper::Program => program(),
                Keeper::Label(kind, field) => self.of_type(kind, |source| source.labels.get(field).copied()),
                Keeper::Section(kind) => self.of_type(kind, |source| Some(source.slug)),
            },
        }
    }

    fn owner_of(&self, artifact: &Artifact) -> Owner {
        match artifact {
            Artifact::Page(page) => self.of_page(page),
            Artifact::Markdown(page) => self.of_page(&page.html()),
            Artifact::Csv(kind, _) | Artifact::TypeJson(kind) | Artifact::List(kind, _) => {
                self.of_type(*kind, |source| Some(source.folder))
            }
            Artifact::RecordJson(id) => {
                let place = Place::new(&self.site.record(*id).file, Span::START);
                Owner { place: Some(place), claimant: Claimant::File }
            }
            Artifact::Theme(url) => {
                let file = self.theme.and_then(|theme| theme.origin(url));
                Owner { place: file.map(|file| Place::new(file, Span::START)), claimant: Claimant::File }
            }
            Artifact::Card(id, lang) => self.of_side(*id, *lang),
            Artifact::Asset(path) => Owner { place: Some(Place::new(path, Span::START)), claimant: Claimant::File },
            Artifact::Sitemap
            | Artifact::SitemapPart(_)
            | Artifact::Feed(..)
            | Artifact::MarkdownList(_)
            | Artifact::Server(_) => program(),
        }
    }

    fn of_page(&self, page: &Page) -> Owner {
        match page {
            Page::Record(id, lang) => self.of_side(*id, *lang),
            Page::Notice(id, lang) => self.of_side(*id, lang.other()),
            Page::Redirect(page, lang, url) => {
                let place = self.site.destination(*page, *lang).and_then(|page| {
                    let alias = page.aliases.iter().find(|alias| alias.query.is_none() && alias.url == *url)?;
                    Some(Place::new(page.file, alias.span))
                });
                Owner { place, claimant: Claimant::OldAddress }
            }
            Page::List(page, lang) => match page.filter {
                ListFilter::All | ListFilter::Expiring => self.of_type(page.kind, |source| Some(source.slug)),
                ListFilter::Value(facet, value) => {
                    let facet = self.site.list(page.kind).map(|list| &list.facets[facet]);
                    match facet.map(|facet| (&facet.values[value].0, facet.field)) {
                        Some((FacetKey::Record(id), _)) => self.of_side(*id, *lang),
                        Some((_, field)) => self.of_type(page.kind, |source| source.labels.get(field).copied()),
                        None => program(),
                    }
                }
            },
            Page::Document(kind, _) => self.of_type(*kind, |source| Some(source.slug)),
            Page::Facet(kind, facet, _) => {
                let field = self.site.list(*kind).map(|list| list.facets[*facet].field);
                self.of_type(*kind, |source| source.labels.get(field?).copied())
            }
            Page::Choice
            | Page::NotFound
            | Page::Home(_)
            | Page::Changes(_)
            | Page::Data(_)
            | Page::Index(..)
            | Page::Search(_) => program(),
        }
    }

    /// A side of a record, or the other one where it is missing.
    fn of_side(&self, id: RecordId, lang: Lang) -> Owner {
        let record = self.site.record(id);
        let side = record.side(lang).or_else(|| record.side(lang.other()));
        let place = side.map(|side| Place::new(&side.file, side.address_span));
        Owner { place, claimant: Claimant::Page }
    }

    fn of_type(&self, kind: TypeId, span: impl FnOnce(&TypeSource) -> Option<Span>) -> Owner {
        let source = &self.site.schema.get(kind).source;
        let place = source.place(span(source).unwrap_or(Span::START));
        Owner { place: Some(place), claimant: Claimant::Type }
    }
}

/// The program's own files.
fn program() -> Owner {
    Owner { place: None, claimant: Claimant::File }
}

/// Reports a claim that cannot be met, at its own place or, where it is the program's own, at the other one's.
fn report_clash(
    late: Owner,
    early: Owner,
    diagnostics: &mut Diagnostics,
    mistake: impl FnOnce(Place, Claimant, Option<Place>) -> Diagnostic,
) {
    match (late.place, early.place) {
        (Some(place), other) => {
            let other = other.filter(|other| *other != place);
            diagnostics.push(mistake(place, late.claimant, other));
        }
        (None, Some(place)) => diagnostics.push(mistake(place, early.claimant, None)),
        (None, None) => {}
    }
}

/// Who comes first: the program, then types, records, files, and what gives way.
fn rank(artifact: &Artifact) -> u8 {
    match artifact {
        Artifact::Sitemap
        | Artifact::SitemapPart(_)
        | Artifact::Feed(..)
        | Artifact::MarkdownList(_)
        | Artifact::Server(_) => 0,
        Artifact::Csv(..) | Artifact::TypeJson(_) | Artifact::List(..) => 1,
        Artifact::RecordJson(_) | Artifact::Card(..) | Artifact::Markdown(_) => 2,
        Artifact::Theme(_) | Artifact::Asset(_) => 3,
        Artifact::Page(page) => match page {
            Page::List(page, _) if page.filter != ListFilter::All => 4,
            Page::Document(..) => 4,
            Page::List(..) | Page::Facet(..) => 1,
            Page::Record(..) => 2,
            Page::Notice(..) => 5,
            Page::Redirect(..) => 6,
            Page::Choice
            | Page::NotFound
            | Page::Home(_)
            | Page::Changes(_)
            | Page::Data(_)
            | Page::Index(..)
            | Page::Search(_) => 0,
        },
    }
}
