//! From the [`Site`] to the pages' HTML: [`pages`] lists what is to be written, [`page`] writes one of them.
//!
//! A page is rendered by itself from the site and the theme, so that building can go over all of them in parallel and
//! the preview can make just the one that is looked at. Views ([`view`]) are built in `pages`, `record` and `facts`;
//! words become HTML in `html`; [`theme`] owns the templates.

use crate::diagnostic::Diagnostic;
use crate::lang::Lang;
use crate::path::UrlPath;
use crate::schema::TypeId;
use crate::site::{RecordId, Site};

mod entries;
mod facts;
mod frame;
mod html;
mod links;
mod lists;
mod notice;
mod record;
pub mod search;
pub mod sitemap;
pub mod theme;
pub mod view;
mod whole;

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
    /// The landing page and list of a type.
    List(TypeId, Lang),
    /// One side of a record.
    Record(RecordId, Lang),
    /// What stands in place of a side that a record lacks.
    Notice(RecordId, Lang),
    /// The A to Z index.
    Index(Lang),
    /// The results page of the search.
    Search(Lang),
    /// An old address of a record's side.
    Redirect(RecordId, Lang, UrlPath),
}

/// Every page of the site with its address.
pub fn pages(site: &Site) -> Vec<(UrlPath, Page)> {
    let mut pages = vec![(UrlPath::default(), Page::Choice), (UrlPath::new("404.html"), Page::NotFound)];
    for lang in Lang::BOTH {
        let reserved = site.reserved.get(lang);
        pages.push((reserved.home.clone(), Page::Home(lang)));
        pages.push((reserved.index.clone(), Page::Index(lang)));
        pages.push((reserved.search.clone(), Page::Search(lang)));
        for section in &site.sections {
            pages.push((section.sides.get(lang).url.clone(), Page::List(section.kind, lang)));
        }
        for id in site.ids() {
            if let Some(notice) = site.record(id).notice.get(lang) {
                pages.push((notice.clone(), Page::Notice(id, lang)));
            }
            let Some(side) = site.record(id).side(lang) else { continue };
            pages.push((side.url.clone(), Page::Record(id, lang)));
            for alias in &side.aliases {
                pages.push((alias.clone(), Page::Redirect(id, lang, alias.clone())));
            }
        }
    }
    pages
}

/// The HTML of one page. The only thing that can go wrong is a template.
pub fn page(site: &Site, theme: &Theme, page: &Page) -> Result<String, Diagnostic> {
    match page {
        Page::Choice => theme.render(Lang::En, "choice.html", &whole::choice(site, theme)),
        Page::NotFound => theme.render(Lang::En, "not-found.html", &whole::not_found(site, theme)),
        Page::Home(lang) => theme.render(*lang, "home.html", &lists::home(site, theme, *lang)),
        Page::List(kind, lang) => theme.render(*lang, "list.html", &lists::list(site, theme, *kind, *lang)),
        Page::Record(id, lang) => match record::view(site, theme, *id, *lang) {
            Some(view) => theme.render(*lang, "record.html", &view),
            None => Ok(String::new()),
        },
        Page::Notice(id, lang) => match notice::view(site, theme, *id, *lang) {
            Some(view) => theme.render(*lang, "notice.html", &view),
            None => Ok(String::new()),
        },
        Page::Index(lang) => theme.render(*lang, "index.html", &lists::index(site, theme, *lang)),
        Page::Search(lang) => theme.render(*lang, "search.html", &lists::search(site, theme, *lang)),
        Page::Redirect(id, lang, from) => match whole::redirect(site, *id, *lang, from) {
            Some(view) => theme.render(*lang, "redirect.html", &view),
            None => Ok(String::new()),
        },
    }
}
