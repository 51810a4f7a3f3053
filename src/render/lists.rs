//! Pages that list others: home, the landing page of a type, A to Z, the results page.

use super::frame::{self, About, frame};
use super::theme::Theme;
use super::view::{HomeView, IndexView, KindView, ListView, SearchView, SectionView};
use super::{entries, html};
use crate::lang::{Lang, PerLang};
use crate::path::UrlPath;
use crate::schema::TypeId;
use crate::site::{RecordId, Site};

/// The home page of a language.
pub(super) fn home(site: &Site, theme: &Theme, lang: Lang) -> HomeView {
    let landing = site.home.get(lang);
    let from = frame::from(site, theme, &landing.url, lang);
    let about = About {
        kind: "home",
        title: &landing.title,
        description: &landing.summary,
        sides: PerLang::from_fn(|lang| Some(&site.home.get(lang).url)),
        section: None,
        noindex: false,
    };
    let sections = site.config.menu.iter().filter_map(|kind| site.section(*kind));
    let section = |section: &crate::site::Section| {
        let side = section.sides.get(lang);
        SectionView {
            title_html: html::text(lang, &side.title),
            href: from.to(&side.url),
            summary_html: html::text(lang, &side.summary),
            total: listed(site, section.kind, lang).count(),
        }
    };
    HomeView {
        page: frame(from, &about),
        summary_html: html::text(lang, &landing.summary),
        body_html: html::document(from, &landing.body),
        sections: sections.map(section).collect(),
    }
}

/// The landing page and list of a type.
pub(super) fn list(site: &Site, theme: &Theme, kind: TypeId, lang: Lang) -> ListView {
    let sides = site.section(kind).map(|section| &section.sides);
    let nothing = crate::site::Landing::default();
    let landing = sides.map_or(&nothing, |sides| sides.get(lang));
    let from = frame::from(site, theme, &landing.url, lang);
    let about = About {
        kind: "list",
        title: &landing.title,
        description: &landing.summary,
        sides: PerLang::from_fn(|lang| sides.map(|sides| &sides.get(lang).url)),
        section: Some(kind),
        noindex: false,
    };
    let of = site.schema.get(kind);
    ListView {
        page: frame(from, &about),
        kind: KindView {
            name: of.name.clone(),
            label: of.label.get(lang).clone(),
            plural: of.plural.get(lang).clone(),
            href: Some(from.to(&landing.url)),
        },
        summary_html: html::text(lang, &landing.summary),
        body_html: html::document(from, &landing.body),
        total: listed(site, kind, lang).count(),
        groups: entries::groups(from, listed(site, kind, lang)),
    }
}

/// Every page of a language from A to Z.
pub(super) fn index(site: &Site, theme: &Theme, lang: Lang) -> IndexView {
    let url = |lang| &site.reserved.get(lang).index;
    let page = reserved(site, theme, "index", "index_title", lang, &url);
    let from = frame::from(site, theme, url(lang), lang);
    let own = site.ids().filter(|id| site.record(*id).side(lang).is_some());
    IndexView { page, groups: entries::by_letter(from, own) }
}

/// The results page of the search.
pub(super) fn search(site: &Site, theme: &Theme, lang: Lang) -> SearchView {
    let url = |lang| &site.reserved.get(lang).search;
    SearchView { page: reserved(site, theme, "search", "search_title", lang, &url) }
}

/// The frame of a page that no file stands for; its title is among the theme's words.
fn reserved<'a>(
    site: &'a Site,
    theme: &'a Theme,
    kind: &'static str,
    title: &str,
    lang: Lang,
    url: &impl Fn(Lang) -> &'a UrlPath,
) -> super::view::PageView {
    let about = About {
        kind,
        title: theme.strings(lang).get(title),
        description: site.config.description.get(lang),
        sides: PerLang::from_fn(|lang| Some(url(lang))),
        section: None,
        noindex: kind == "search",
    };
    frame(frame::from(site, theme, url(lang), lang), &about)
}

/// The records of a type that have a side in a language.
fn listed(site: &Site, kind: TypeId, lang: Lang) -> impl Iterator<Item = RecordId> {
    site.records_of(kind).filter(move |(_, record)| record.side(lang).is_some()).map(|(id, _)| id)
}
