//! Pages in both languages or in none: the choice at the root, the page that is not there, redirects.

use super::frame;
use super::theme::Theme;
use super::view::{AlternateView, ChoiceSideView, ChoiceView, NotFoundSideView, NotFoundView, RedirectView};
use super::{html, policy};
use crate::lang::{Lang, PerLang};
use crate::path::UrlPath;
use crate::site::{Destination, PageRef, Site};

/// The choice of language at the root.
pub(super) fn choice(site: &Site, theme: &Theme) -> ChoiceView {
    let root = UrlPath::default();
    let homes = PerLang::from_fn(|lang| Some(&site.home.get(lang).url));
    let mut alternates = frame::alternates(site, homes);
    let base = site.config.base_url.as_ref();
    alternates.extend(base.map(|base| AlternateView { hreflang: "x-default", href: root.absolute(base) }));
    let side = |lang: Lang| ChoiceSideView {
        lang,
        site_name: site.config.name.get(lang).clone(),
        description: site.config.description.get(lang).clone(),
        home: root.link_to(&site.home.get(lang).url),
        footer: frame::footer(site, lang, |url| root.link_to(url)),
        strings: theme.strings(lang).clone(),
    };
    ChoiceView {
        policy: policy::policy(&site.config),
        root: root.to_root(),
        stylesheet: root.link_to(theme.stylesheet()),
        alternates,
        sides: Lang::BOTH.map(side).to_vec(),
    }
}

/// The page for an address that does not exist.
pub(super) fn not_found(site: &Site, theme: &Theme) -> NotFoundView {
    // Shown at any address, it cannot use relative links: they start at the root of the site's `base_url`.
    let root = site.config.base_url.as_deref().map_or("/", path_of);
    let to = |url: &UrlPath| url.absolute(root);
    let side = |lang: Lang| {
        let reserved = site.reserved.get(lang);
        NotFoundSideView {
            lang,
            site_name: site.config.name.get(lang).clone(),
            home: to(&reserved.home),
            search: to(&reserved.search),
            index: to(&reserved.index),
            menu: frame::menu(site, lang, to, |_| None),
            footer: frame::footer(site, lang, to),
            strings: theme.strings(lang).clone(),
        }
    };
    NotFoundView {
        policy: policy::policy(&site.config),
        root: root.to_owned(),
        stylesheet: to(theme.stylesheet()),
        sides: Lang::BOTH.map(side).to_vec(),
    }
}

/// The path of an absolute address, with a last slash: `/kb/` of `https://example.org/kb/`.
pub fn path_of(base: &str) -> &str {
    let rest = base.split_once("://").map_or(base, |(_, rest)| rest);
    rest.find('/').map_or("/", |at| &rest[at..])
}

/// An old address of a page.
pub(super) fn redirect(site: &Site, page: PageRef, lang: Lang, old: &UrlPath) -> Option<RedirectView> {
    let Destination { title, url, .. } = site.destination(page, lang)?;
    Some(RedirectView {
        policy: policy::policy(&site.config),
        lang,
        title: title.to_owned(),
        title_html: html::text(lang, title),
        href: old.link_to(url),
        canonical: site.config.base_url.as_ref().map(|base| url.absolute(base)),
    })
}
