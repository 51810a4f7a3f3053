//! The output as a table of contents: every file that is to be written, known before any of it is made.
//!
//! [`plan`] lists the files; [`make`] makes the bytes of one. Building makes and writes all of them in parallel without
//! ever holding them together; the preview makes just the one that is asked for.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::diagnostic::Diagnostic;
use crate::lang::Lang;
use crate::path::ContentPath;
use crate::render::{self, Page, data, theme::Theme};
use crate::schema::TypeId;
use crate::search::index::OutputFile;
use crate::site::{RecordId, Site};

pub mod disk;
pub mod gzip;
pub mod server;

/// A file of the output.
#[derive(Clone, Debug)]
pub enum Content {
    /// A page.
    Page(Page),
    /// The list of pages for search engines.
    Sitemap,
    /// The feed of a language's changes.
    Feed(Lang),
    /// A type's table in a language.
    Csv(TypeId, Lang),
    /// A type's records with both languages.
    TypeJson(TypeId),
    /// A record with both languages.
    RecordJson(RecordId),
    /// A long list for the script that narrows it down.
    List(TypeId, Lang),
    /// What a server is told.
    Server(server::Rules),
    /// A file of the theme.
    Theme(crate::path::UrlPath),
    /// An asset, copied from the content folder.
    Asset(ContentPath),
}

/// The files of the output by path, but for those of the search index.
pub fn plan(site: &Site, theme: &Theme) -> BTreeMap<String, Content> {
    let mut files: BTreeMap<String, Content> =
        render::pages(site).into_iter().map(|(url, page)| (url.file(), Content::Page(page))).collect();
    if site.config.base_url.is_some() {
        files.insert("sitemap.xml".to_owned(), Content::Sitemap);
        files.extend(Lang::BOTH.map(|lang| (site.reserved.get(lang).feed.file(), Content::Feed(lang))));
    }
    let servers: [(&str, server::Rules); 4] = [
        ("_headers", server::headers),
        ("_redirects", server::redirects),
        (".htaccess", server::htaccess),
        (".server/nginx.conf", server::nginx),
    ];
    files.extend(servers.map(|(path, rules)| (path.to_owned(), Content::Server(rules))));
    for kind in data::types(site) {
        files.insert(data::json_url(site, kind).file(), Content::TypeJson(kind));
        files.extend(Lang::BOTH.map(|lang| (data::csv_url(site, kind, lang).file(), Content::Csv(kind, lang))));
        let records = site.records_of(kind).map(|(id, _)| id);
        files.extend(records.map(|id| (data::record_url(site, id).file(), Content::RecordJson(id))));
    }
    let lists = render::lists_with_data(site);
    files.extend(lists.map(|(url, kind, lang)| (url.file(), Content::List(kind, lang))));
    files.extend(theme.files().keys().map(|url| (url.file(), Content::Theme(url.clone()))));
    files.extend(site.assets.iter().map(|path| (Site::asset_url(path).file(), Content::Asset(path.clone()))));
    files
}

/// The bytes of a file that is made; `None` for an asset, which is copied.
pub fn make<'a>(site: &'a Site, theme: &'a Theme, content: &Content) -> Result<Option<Cow<'a, [u8]>>, Box<Diagnostic>> {
    Ok(match content {
        Content::Page(page) => Some(Cow::Owned(render::page(site, theme, page)?.into_bytes())),
        Content::Sitemap => render::sitemap::sitemap(site).map(|xml| Cow::Owned(xml.into_bytes())),
        Content::Feed(lang) => render::changes::feed(site, theme, *lang).map(|xml| Cow::Owned(xml.into_bytes())),
        Content::Csv(kind, lang) => Some(Cow::Owned(data::csv(site, theme, *kind, *lang).into_bytes())),
        Content::TypeJson(kind) => Some(Cow::Owned(data::json_of_type(site, *kind).into_bytes())),
        Content::RecordJson(id) => Some(Cow::Owned(data::json_of_record(site, *id).into_bytes())),
        Content::List(kind, lang) => Some(Cow::Owned(render::list_data(site, theme, *kind, *lang).into_bytes())),
        Content::Server(rules) => Some(Cow::Owned(rules(site).into_bytes())),
        Content::Theme(url) => theme.files().get(url).map(|bytes| Cow::Borrowed(bytes.as_slice())),
        Content::Asset(_) => None,
    })
}

/// The search index of both languages, and the engine that reads it in the browser.
pub fn search(site: &Site, theme: &Theme) -> tantivy::Result<Vec<OutputFile>> {
    let build = |lang| {
        let filters = render::search::filters(site, theme, lang);
        crate::search::index::build(lang, &render::search::entries(site, lang), &filters)
    };
    let (en, fr) = rayon::join(|| build(Lang::En), || build(Lang::Fr));
    let (mut files, fr) = (en?, fr?);
    files.extend(fr);
    files.extend(crate::search::index::assets());
    Ok(files)
}
