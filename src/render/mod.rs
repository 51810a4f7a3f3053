//! From the [`Site`] to the pages' HTML: [`pages`] lists what is to be written, [`page`] writes one of them.
//!
//! Each page is rendered from the site and the theme alone, so that building can make them in parallel and the preview
//! can make just the one that is viewed. Views ([`view`]) are built in `pages`, `record` and `facts`; words become HTML
//! in `html`; [`theme`] owns the templates.

use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::lang::Lang;
use crate::path::UrlPath;
use crate::schema::TypeId;
use crate::site::{PageRef, RecordId, Site, Target};

mod bilingual;
mod blocked;
pub mod changes;
mod colours;
mod contrast;
mod document;
mod entries;
pub mod examples;
mod facets;
mod facts;
mod feedback;
mod frame;
mod home;
mod html;
mod index;
pub mod index_entries;
mod index_pages;
mod links;
mod lists;
pub mod markdown;
mod meta;
mod notice;
pub mod open_data;
mod pagination;
pub mod policy;
mod record;
pub mod sitemap;
mod structured;
pub mod theme;
mod theme_files;
mod timeline;
pub mod vcard;
pub mod view;

pub use bilingual::path_of;
pub use index::IndexPage;
use links::PageContext;
pub use links::markdown_url;
pub use lists::{ListFilter, ListPage};
use theme::Theme;

/// A page of the output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Page {
    /// The choice of language at the root.
    Choice,
    /// The page for an address that does not exist.
    NotFound,
    /// A home page.
    Home(Lang),
    /// A page of a type's list; the first one is the section's landing page.
    List(ListPage, Lang),
    /// Every value of a facet of a type, by position.
    Facet(TypeId, usize, Lang),
    /// A whole section as one document.
    Document(TypeId, Lang),
    /// One side of a record.
    Record(RecordId, Lang),
    /// The page in place of a side that a record lacks.
    Notice(RecordId, Lang),
    /// The recent changes.
    Changes(Lang),
    /// The page about open data.
    Data(Lang),
    /// A page of the A to Z index.
    Index(IndexPage, Lang),
    /// The results page of the search.
    Search(Lang),
    /// An old address of a page.
    Redirect(PageRef, Lang, UrlPath),
}

/// Every page of the site with its address.
pub fn pages(site: &Site) -> Vec<(UrlPath, Page)> {
    let mut pages = vec![(UrlPath::default(), Page::Choice), (UrlPath::new("404.html"), Page::NotFound)];
    for lang in Lang::BOTH {
        let reserved = site.reserved.get(lang);
        pages.push((reserved.home.clone(), Page::Home(lang)));
        pages.push((reserved.changes.clone(), Page::Changes(lang)));
        pages.push((reserved.data.clone(), Page::Data(lang)));
        pages.push((reserved.search.clone(), Page::Search(lang)));
        pages.extend(index::pages(site, lang).into_iter().map(|(url, page)| (url, Page::Index(page, lang))));
        pages.extend(lists::pages(site, lang).map(|(url, page)| (url, Page::List(page, lang))));
        pages.extend(document::documents(site, lang).map(|(url, kind)| (url, Page::Document(kind, lang))));
        for list in site.lists.iter() {
            let urls = list.facets.iter().map(|facet| facet.urls.get(lang));
            pages.extend(urls.enumerate().map(|(at, url)| (url.clone(), Page::Facet(list.kind, at, lang))));
        }
        for id in site.ids() {
            if let Some(notice) = site.record(id).placeholder_url.get(lang) {
                pages.push((notice.clone(), Page::Notice(id, lang)));
            }
            let Some(side) = site.record(id).side(lang) else { continue };
            pages.push((side.url.clone(), Page::Record(id, lang)));
        }
        for (page, destination) in site.destinations(lang) {
            // No file can answer a query.
            let aliases = destination.aliases.iter().filter(|alias| alias.query.is_none());
            pages.extend(aliases.map(|alias| (alias.url.clone(), Page::Redirect(page, lang, alias.url.clone()))));
        }
    }
    pages
}

/// The HTML of one page. The only thing that can go wrong is a template.
pub fn page(site: &Site, theme: &Theme, page: &Page) -> Result<String, Box<Diagnostic>> {
    match page {
        Page::Choice => theme.render(Lang::En, "choice.html", &bilingual::choice(site, theme)),
        Page::NotFound => theme.render(Lang::En, "not-found.html", &bilingual::not_found(site, theme)),
        Page::Home(lang) => theme.render(*lang, "home.html", &home::home(site, theme, *lang)),
        Page::List(page, lang) => some(theme, *lang, "list.html", lists::list(site, theme, *page, *lang)),
        Page::Facet(kind, facet, lang) => {
            some(theme, *lang, "facet.html", lists::facet(site, theme, *kind, *facet, *lang))
        }
        Page::Document(kind, lang) => some(theme, *lang, "document.html", document::view(site, theme, *kind, *lang)),
        Page::Record(id, lang) => record_page(site, theme, *id, *lang, side_words(site, *id, *lang)),
        Page::Notice(id, lang) => some(theme, *lang, "notice.html", notice::view(site, theme, *id, *lang)),
        Page::Changes(lang) => theme.render(*lang, "changes.html", &changes::page(site, theme, *lang)),
        Page::Data(lang) => theme.render(*lang, "data.html", &open_data::page(site, theme, *lang)),
        Page::Index(page, lang) => theme.render(*lang, "index.html", &index::index(site, theme, *page, *lang)),
        Page::Search(lang) => theme.render(*lang, "search.html", &index::search(site, theme, *lang)),
        Page::Redirect(page, lang, from) => {
            some(theme, *lang, "redirect.html", bilingual::redirect(site, *page, *lang, from))
        }
    }
}

/// The HTML of the page of a record's side that says these words.
pub fn record_page(
    site: &Site,
    theme: &Theme,
    id: RecordId,
    lang: Lang,
    words: Document<Target>,
) -> Result<String, Box<Diagnostic>> {
    some(theme, lang, "record.html", record::view(site, theme, id, lang, words))
}

/// The words of a record's side; an empty document if it has no side in the language.
fn side_words(site: &Site, id: RecordId, lang: Lang) -> Document<Target> {
    site.record(id).side(lang).map(|side| site.words(&side.file, lang)).unwrap_or_default()
}

/// Renders a page of something that [`pages`] found; what it did not find has no page.
fn some(
    theme: &Theme,
    lang: Lang,
    template: &str,
    view: Option<impl serde::Serialize>,
) -> Result<String, Box<Diagnostic>> {
    view.map_or_else(|| Ok(String::new()), |view| theme.render(lang, template, &view))
}

/// A type's list for the script that filters it, if it takes more than one page.
pub fn list_data(site: &Site, theme: &Theme, kind: TypeId, lang: Lang) -> String {
    facets::data(PageContext::new(site, theme, &lists::landing(site, kind, lang).url, lang), kind)
}

/// The lists that have data for the script, with its address.
pub fn lists_with_data(site: &Site) -> impl Iterator<Item = (UrlPath, TypeId, Lang)> {
    let long = |list: &crate::site::List, lang: Lang| pagination::count(list.records.get(lang).len()) > 1;
    let sides = site.lists.iter().flat_map(|list| Lang::BOTH.map(|lang| (list, lang)));
    sides
        .filter(move |(list, lang)| long(list, *lang))
        .map(|(list, lang)| (lists::data_url(site, list.kind, lang), list.kind, lang))
}
