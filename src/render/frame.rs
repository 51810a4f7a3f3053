//! What every page of one language has around its content.

use super::links::{PageContext, markdown_url};
use super::meta::{PageKind, PageMeta};
use super::view::{AlternateView, LinkView, MenuItemView, PageView, SearchFormView, SwitchView};
use super::{feedback, html, policy, structured};
use crate::lang::{Lang, PerLang};
use crate::path::UrlPath;
use crate::schema::TypeId;
use crate::site::{Section, Site};

/// The frame of a page.
pub(super) fn frame(from: PageContext<'_>, about: &PageMeta<'_>) -> PageView {
    let PageContext { site, theme, url, lang, .. } = from;
    let site_name = site.config.name.get(lang).clone();
    let reserved = site.reserved.get(lang);
    let is_home = *url == reserved.home;
    let mut breadcrumb = breadcrumb(from, about.section);
    breadcrumb
        .extend(about.above.map(|(title, url)| LinkView { title_html: html::text(lang, title), href: from.to(url) }));
    let current = |section: &Section| {
        let is_here = about.section == Some(section.kind);
        is_here.then_some(if section.sides.get(lang).url == *url { "page" } else { "true" })
    };
    PageView {
        lang,
        title: about.title.to_owned(),
        title_html: html::text(lang, about.title),
        head_title: if is_home {
            site_name.clone()
        } else {
            format!("{} – {site_name}", about.head_title.unwrap_or(about.title))
        },
        description: about.description.to_owned(),
        site_name,
        root: url.to_root(),
        home: from.to(&reserved.home),
        stylesheet: from.to(theme.stylesheet()),
        canonical: site.config.base_url.as_ref().map(|base| url.absolute(base)),
        alternates: alternates(site, about.sides),
        markdown: has_markdown(from, about).then(|| from.to(&markdown_url(url))),
        noindex: about.noindex,
        menu: menu(site, lang, |url| from.to(url), current),
        structured_data: Some(structured::structured_data(from, about, !breadcrumb.is_empty(), about.record)),
        breadcrumb,
        switch: about.sides.get(lang.other()).map(|url| SwitchView { lang: lang.other(), href: from.to(url) }),
        search: SearchFormView {
            action: from.to(&reserved.search),
            index: from.to(&reserved.index),
            script: from.to(&UrlPath::new("search/search.js")),
        },
        footer: footer(from.site, from.lang, |url| from.to(url)),
        changes: from.to(&reserved.changes),
        feed: site.config.base_url.is_some().then(|| from.to(&reserved.feed)),
        data: from.to(&reserved.data),
        policy: policy::policy(&site.config),
        contact: feedback::contacts(from),
        feedback: feedback::feedback(from, about.title),
        kind: about.kind.name(),
    }
}

/// Whether a page is also published as Markdown: home pages, sections and records are.
fn has_markdown(from: PageContext<'_>, about: &PageMeta<'_>) -> bool {
    let section = || about.section.and_then(|kind| from.site.section(kind));
    let is_published = match about.kind {
        PageKind::Home | PageKind::Record => true,
        PageKind::List => section().is_some_and(|section| section.sides.get(from.lang).url == *from.url),
        PageKind::Facet
        | PageKind::Document
        | PageKind::Notice
        | PageKind::Changes
        | PageKind::Data
        | PageKind::Index
        | PageKind::Search => false,
    };
    from.site.config.markdown_pages && is_published
}

/// The absolute addresses of a page by language; a side that does not exist is never offered.
pub(super) fn alternates(site: &Site, sides: PerLang<Option<&UrlPath>>) -> Vec<AlternateView> {
    let Some(base) = &site.config.base_url else { return Vec::new() };
    let PerLang { en: Some(_), fr: Some(_) } = sides else { return Vec::new() };
    let view = |(lang, url): (Lang, Option<&UrlPath>)| {
        url.map(|url| AlternateView { hreflang: lang.code(), href: url.absolute(base) })
    };
    sides.iter().map(|(lang, url)| (lang, *url)).filter_map(view).collect()
}

/// The site's main sections; `to` writes the address of each, `current` says whether the page is in it.
pub(super) fn menu(
    site: &Site,
    lang: Lang,
    to: impl Fn(&UrlPath) -> String,
    current: impl Fn(&Section) -> Option<&'static str>,
) -> Vec<MenuItemView> {
    let item = |section: &Section| MenuItemView {
        title: section.sides.get(lang).title.clone(),
        href: to(&section.sides.get(lang).url),
        current: current(section),
    };
    site.menu().map(item).collect()
}

/// The pages above this one.
fn breadcrumb(from: PageContext<'_>, section: Option<TypeId>) -> Vec<LinkView> {
    let home = &from.site.reserved.get(from.lang).home;
    if home == from.url {
        return Vec::new();
    }
    let home_title = html::text(from.lang, from.site.config.name.get(from.lang));
    let mut links = vec![LinkView { title_html: home_title, href: from.to(home) }];
    if let Some(section) = section.and_then(|kind| from.site.section(kind)) {
        let side = section.sides.get(from.lang);
        if side.url != *from.url {
            links.push(LinkView { title_html: html::text(from.lang, &side.title), href: from.to(&side.url) });
        }
    }
    links
}

/// The footer of every page has so many free pages; the A to Z index, which follows them there, has the others.
const IN_FOOTER: usize = 16;

/// The first free pages in alphabetical order; `to` writes the address of each.
pub(super) fn footer(site: &Site, lang: Lang, to: impl Fn(&UrlPath) -> String) -> Vec<LinkView> {
    let own = site.free_pages.get(lang).iter().take(IN_FOOTER).filter_map(|id| site.record(*id).side(lang));
    let link = |side: &crate::site::Side| {
        let title = side.short_title.as_ref().unwrap_or(&side.title);
        LinkView { title_html: html::text(lang, title), href: to(&side.url) }
    };
    own.map(link).collect()
}
