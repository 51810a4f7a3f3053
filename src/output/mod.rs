//! The output as a table of contents: every file that is to be written, known before any of it is made.
//!
//! [`plan`] lists the files, each path with one owner (`claims`); [`make`] makes the bytes of one. Building makes and writes all of them in parallel without
//! ever holding them together; the preview makes just the one that is asked for.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::document::Document;
use crate::lang::Lang;
use crate::path::{ContentPath, OutputPath};
use crate::render::index_entries::TakeWords;
use crate::render::markdown::MarkdownPage;
use crate::render::{self, Page, markdown, open_data, theme::Theme};
use crate::schema::TypeId;
use crate::search::index::{self, OutputFile, Wording};
use crate::site::{RecordId, Site, Target};

mod claims;
pub mod deploy;
pub mod disk;
pub mod gzip;
pub mod headers;
pub mod inputs;
pub mod lost;
pub mod manifest;
mod old_addresses;
pub mod path;
pub mod questions;
pub mod server;

/// A file of the output.
#[derive(Clone, Debug)]
pub enum Artifact {
    /// A page.
    Page(Page),
    /// The list of pages for search engines.
    Sitemap,
    /// A part of it, counted from 1.
    SitemapPart(usize),
    /// The feed of a language's changes, of everything or of a section.
    Feed(Option<TypeId>, Lang),
    /// A page as Markdown.
    Markdown(MarkdownPage),
    /// The list of the pages in Markdown, in a language or leading to both.
    MarkdownList(Option<Lang>),
    /// A contact's card for an address book.
    Card(RecordId, Lang),
    /// A type's table in a language.
    Csv(TypeId, Lang),
    /// A type's records with both languages.
    TypeJson(TypeId),
    /// A record with both languages.
    RecordJson(RecordId),
    /// A long list for the script that filters it.
    List(TypeId, Lang),
    /// The rules for a server.
    Server(server::Rules),
    /// A file of the theme.
    Theme(crate::path::UrlPath),
    /// An asset, copied from the content folder.
    Asset(ContentPath),
}

/// The files of the output by path, except those of the search index.
pub type Plan = BTreeMap<OutputPath, Artifact>;

/// What is to be written, each path with one owner, and the mistakes where that is not possible. Without a theme, whose
/// mistakes are reported elsewhere, only the theme's own files are missing.
pub fn plan(site: &Site, theme: Option<&Theme>) -> (Plan, Diagnostics) {
    let mut files: Vec<(String, Artifact)> =
        render::pages(site).into_iter().map(|(url, page)| (url.file(), Artifact::Page(page))).collect();
    if site.config.markdown_pages {
        files.extend(
            markdown::pages(site).map(|(url, page)| (render::markdown_url(url).file(), Artifact::Markdown(page))),
        );
        let lists = std::iter::once(None).chain(Lang::BOTH.map(Some));
        files.extend(lists.map(|lang| (markdown::list_url(site, lang).file(), Artifact::MarkdownList(lang))));
    }
    if site.config.base_url.is_some() {
        files.push(("sitemap.xml".to_owned(), Artifact::Sitemap));
        let parts = 1..=render::sitemap::parts(site);
        files.extend(parts.map(|part| (render::sitemap::part_url(part).file(), Artifact::SitemapPart(part))));
        for kind in std::iter::once(None).chain(site.sections.iter().map(|section| Some(section.kind))) {
            let feed = |lang| (render::changes::feed_url(site, kind, lang).file(), Artifact::Feed(kind, lang));
            files.extend(Lang::BOTH.map(feed));
        }
    }
    let cards = site.ids().flat_map(|id| Lang::BOTH.map(|lang| (render::vcard::url(site, id, lang), id, lang)));
    files.extend(cards.filter_map(|(url, id, lang)| Some((url?.file(), Artifact::Card(id, lang)))));
    files.extend(server::FILES.map(|(path, rules)| (path.to_owned(), Artifact::Server(rules))));
    for kind in open_data::types(site) {
        files.push((open_data::json_url(site, kind).file(), Artifact::TypeJson(kind)));
        files.extend(Lang::BOTH.map(|lang| (open_data::csv_url(site, kind, lang).file(), Artifact::Csv(kind, lang))));
        let records = site.records_of(kind).map(|(id, _)| id);
        files.extend(records.map(|id| (open_data::record_url(site, id).file(), Artifact::RecordJson(id))));
    }
    let lists = render::lists_with_data(site);
    files.extend(lists.map(|(url, kind, lang)| (url.file(), Artifact::List(kind, lang))));
    let of_theme = theme.into_iter().flat_map(|theme| theme.files().keys());
    files.extend(of_theme.map(|url| (url.file(), Artifact::Theme(url.clone()))));
    files.extend(site.assets.iter().map(|path| (Site::asset_url(path).file(), Artifact::Asset(path.clone()))));
    let (plan, mut mistakes) = claims::settle(site, theme, &files);
    mistakes.extend(old_addresses::ambiguous(site));
    (plan, mistakes)
}

/// The bytes of a file that is made; `None` for an asset, which is copied.
pub fn make<'a>(
    site: &'a Site,
    theme: &'a Theme,
    content: &Artifact,
) -> Result<Option<Cow<'a, [u8]>>, Box<Diagnostic>> {
    Ok(match content {
        Artifact::Page(page) => Some(Cow::Owned(render::page(site, theme, page)?.into_bytes())),
        Artifact::Sitemap => render::sitemap::sitemap(site).map(|xml| Cow::Owned(xml.into_bytes())),
        Artifact::SitemapPart(number) => render::sitemap::part(site, *number).map(|xml| Cow::Owned(xml.into_bytes())),
        Artifact::Feed(kind, lang) => {
            render::changes::feed(site, theme, *kind, *lang).map(|xml| Cow::Owned(xml.into_bytes()))
        }
        Artifact::Markdown(page) => markdown::page(site, theme, *page).map(|text| Cow::Owned(text.into_bytes())),
        Artifact::MarkdownList(lang) => Some(Cow::Owned(markdown::list(site, theme, *lang).into_bytes())),
        Artifact::Card(id, lang) => render::vcard::vcard(site, *id, *lang).map(|card| Cow::Owned(card.into_bytes())),
        Artifact::Csv(kind, lang) => Some(Cow::Owned(open_data::csv(site, theme, *kind, *lang).into_bytes())),
        Artifact::TypeJson(kind) => Some(Cow::Owned(open_data::json_of_type(site, *kind).into_bytes())),
        Artifact::RecordJson(id) => Some(Cow::Owned(open_data::json_of_record(site, *id).into_bytes())),
        Artifact::List(kind, lang) => Some(Cow::Owned(render::list_data(site, theme, *kind, *lang).into_bytes())),
        Artifact::Server(rules) => Some(Cow::Owned(rules(site).into_bytes())),
        Artifact::Theme(url) => theme.files().get(url).map(|bytes| Cow::Borrowed(bytes.as_slice())),
        Artifact::Asset(_) => None,
    })
}

impl Artifact {
    /// The record's side whose words the file is made from, if it is made from those of one.
    pub fn side(&self) -> Option<(RecordId, Lang)> {
        match self {
            Self::Page(Page::Record(id, lang)) | Self::Markdown(MarkdownPage::Record(id, lang)) => Some((*id, *lang)),
            _ => None,
        }
    }
}

/// The bytes of a file that is made from the words of a [`side`](Artifact::side), if those have been read already.
pub fn make_of(
    site: &Site,
    theme: &Theme,
    content: &Artifact,
    words: Document<Target>,
) -> Result<Option<String>, Box<Diagnostic>> {
    Ok(match content {
        Artifact::Page(Page::Record(id, lang)) => Some(render::record_page(site, theme, *id, *lang, words)?),
        Artifact::Markdown(MarkdownPage::Record(id, lang)) => markdown::record_page(site, theme, *id, *lang, words),
        _ => None,
    })
}

/// The search index of both languages, and the engine that reads it in the browser.
pub fn search(site: &Site, theme: &Theme) -> tantivy::Result<Vec<OutputFile>> {
    search_beside(site, theme, &|_, _, _| (), || ()).0
}

/// With up to this many threads, one index is made after the other.
const FEW_THREADS: usize = 3;

/// The same, giving `take` the words of every record's side as they are read, while something else is done in parts, by
/// threads that an index leaves idle, for example while one thread writes what all have analysed.
pub fn search_beside<R: Send>(
    site: &Site,
    theme: &Theme,
    take: TakeWords<'_>,
    beside: impl FnOnce() -> R + Send,
) -> (tantivy::Result<Vec<OutputFile>>, R) {
    let pairs = render::index_entries::terms(site);
    let build = |lang| {
        let filters = render::index_entries::filters(site, theme, lang);
        let [synonyms, foreign] = [lang, lang.other()].map(|lang| render::index_entries::synonyms(site, lang));
        let wording = Wording { synonyms: &synonyms, foreign: &foreign, pairs: &pairs };
        index::build(lang, render::index_entries::windows(site, theme, lang, &pairs, take), &filters, wording)
    };
    let both = || match rayon::current_num_threads() {
        // Two indexes at once take twice the memory, and one is enough to keep a few threads busy.
        ..=FEW_THREADS => (build(Lang::En), build(Lang::Fr)),
        _ => rayon::join(|| build(Lang::En), || build(Lang::Fr)),
    };
    let ((en, fr), done) = rayon::join(both, beside);
    let files = en.and_then(|mut files| {
        files.extend(fr?);
        files.extend(index::assets());
        Ok(files)
    });
    (files, done)
}
