//! The home page of a language.

use super::frame::frame;
use super::links::PageContext;
use super::meta::{PageKind, PageMeta};
use super::theme::Theme;
use super::view::{HomeView, SectionView};
use super::{changes, html};
use crate::lang::{Lang, PerLang};
use crate::site::{Section, Site};

/// How many of the latest changes the home page shows.
const LATEST: usize = 5;

/// The home page of a language.
pub(super) fn home(site: &Site, theme: &Theme, lang: Lang) -> HomeView {
    let landing = site.home.get(lang);
    let from = PageContext::new(site, theme, &landing.url, lang);
    let about = PageMeta {
        kind: PageKind::Home,
        title: &landing.title,
        head_title: None,
        description: &landing.summary,
        sides: PerLang::from_fn(|lang| Some(&site.home.get(lang).url)),
        section: None,
        above: None,
        noindex: false,
        record: None,
    };
    let section = |section: &Section| {
        let side = section.sides.get(lang);
        SectionView {
            title_html: html::text(lang, &side.title),
            href: from.to(&side.url),
            summary_html: html::text(lang, &side.summary),
            total: site.listed(section.kind, lang).len(),
        }
    };
    HomeView {
        page: frame(from, &about),
        summary_html: html::text(lang, &landing.summary),
        body_html: html::landing(from, landing),
        sections: site.sections_in_order().map(section).collect(),
        latest: changes::latest(from, LATEST),
    }
}
