//! Where links lead, seen from one page: [`PageContext`].

use super::theme::Theme;
use crate::lang::Lang;
use crate::path::UrlPath;
use crate::schema::TypeId;
use crate::site::{PageRef, RecordId, Side, Site, Target};

/// The address of the Markdown of a page: what the convention asks for where an address has no name of a file.
pub fn markdown_url(page: &UrlPath) -> UrlPath {
    UrlPath::new(format!("{page}index.html.md"))
}

/// The page that links are on.
#[derive(Clone, Copy)]
pub(super) struct PageContext<'a> {
    pub site: &'a Site,
    pub theme: &'a Theme,
    pub url: &'a UrlPath,
    pub lang: Lang,
    /// What the page is written as.
    form: Form,
    /// The records that the page holds whole: their type, and the one that is being written.
    within: Option<(TypeId, Option<RecordId>)>,
}

/// What a page is written as; its links lead to pages of the same form.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Html,
    /// Read away from the site: links are absolute where the site has a `base_url`.
    Markdown,
}

/// A link as a page shows it.
pub(super) struct Link {
    /// The address, relative to the page.
    pub href: String,
    /// What the target is called, for a link without words of its own.
    pub title: String,
    /// What it is called inside a sentence, where that differs.
    pub inline_title: Option<String>,
    /// The language behind the link, where it is not the page's.
    pub hreflang: Option<Lang>,
    /// The absolute address, for paper: where the page is a document and the target another page of the site.
    pub address: Option<String>,
}

impl Link {
    /// What to call the target where a sentence begins, or inside one.
    pub(super) fn name(&self, opens: bool) -> &str {
        self.inline_title.as_deref().filter(|_| !opens).unwrap_or(&self.title)
    }
}

impl<'a> PageContext<'a> {
    /// The context of the page at an address.
    pub(super) fn new(site: &'a Site, theme: &'a Theme, url: &'a UrlPath, lang: Lang) -> Self {
        Self { site, theme, url, lang, form: Form::Html, within: None }
    }

    /// The same page as Markdown.
    pub(super) fn as_markdown(self) -> Self {
        Self { form: Form::Markdown, ..self }
    }

    /// The same page while it writes one of the records of a type that it holds whole, or what is before them.
    pub(super) fn within(self, kind: TypeId, own: Option<RecordId>) -> Self {
        Self { within: Some((kind, own)), ..self }
    }

    /// Whether the page holds records whole.
    pub(super) fn is_document(self) -> bool {
        self.within.is_some()
    }

    /// So many levels deeper than on a page of its own is what is written now.
    pub(super) fn levels_down(self) -> u8 {
        u8::from(matches!(self.within, Some((_, Some(_)))))
    }

    /// What every id begins with that is written now. No address has a dot, so that no two records share an id.
    pub(super) fn scope(self) -> String {
        match self.within {
            None => String::new(),
            Some((_, own)) => format!("{}.", own.and_then(|own| self.anchor(own)).unwrap_or("_introduction")),
        }
    }

    /// The id of a record that the page holds whole: the last part of its own address.
    pub(super) fn anchor(self, id: RecordId) -> Option<&'a str> {
        let (kind, _) = self.within?;
        let record = self.site.records.get(id.0).filter(|record| record.kind == kind)?;
        record.side(self.lang)?.url.as_str().trim_end_matches('/').rsplit('/').next()
    }

    /// The absolute address of a page of the site, where this page may be read on paper and the site has a `base_url`.
    pub(super) fn address(self, url: &UrlPath) -> Option<String> {
        let base = self.site.config.base_url.as_ref().filter(|_| self.is_document())?;
        Some(url.absolute(base))
    }

    /// The link to an address of the site.
    pub(super) fn to(self, url: &UrlPath) -> String {
        match self.form {
            Form::Html => self.url.link_to(url),
            Form::Markdown if url.as_str().is_empty() || url.as_str().ends_with('/') => self.file(&markdown_url(url)),
            Form::Markdown => self.file(url),
        }
    }

    /// The link to an address as it is, whatever this page is written as: absolute where the site has a `base_url`.
    pub(super) fn file(self, url: &UrlPath) -> String {
        self.site.config.base_url.as_ref().map_or_else(|| self.url.link_to(url), |base| url.absolute(base))
    }

    /// The side of a record in this page's language: what lists offer.
    pub(super) fn side(self, id: RecordId) -> Option<(&'a Side, Lang)> {
        self.site.record(id).side(self.lang).map(|side| (side, self.lang))
    }

    /// The side of a record that a link leads to: its own, or the only one there is.
    fn linked_side(self, id: RecordId) -> Option<(&'a Side, Lang)> {
        let other = || self.site.record(id).side(self.lang.other()).map(|side| (side, self.lang.other()));
        self.side(id).or_else(other)
    }

    /// The link to a record, with the language behind it where it is not the page's.
    pub(super) fn to_record(self, id: RecordId) -> Option<Link> {
        let (side, lang) = self.linked_side(id)?;
        let anchor = self.anchor(id);
        Some(Link {
            href: anchor.map_or_else(|| self.to(&side.url), |anchor| format!("#{anchor}")),
            title: side.title.clone(),
            inline_title: side.inline_title.clone(),
            hreflang: (lang != self.lang).then_some(lang),
            address: if anchor.is_none() { self.address(&side.url) } else { None },
        })
    }

    /// The link to whatever a writer named.
    pub(super) fn resolve(self, target: &Target) -> Link {
        let titled =
            |href: String, title: String| Link { href, title, inline_title: None, hreflang: None, address: None };
        let plain = |href: String| titled(href, String::new());
        match target {
            Target::Heading(id) => plain(format!("#{id}")),
            Target::Asset(path) => {
                let url = Site::asset_url(path);
                Link { address: self.address(&url), ..titled(self.to(&url), path.file_name().to_owned()) }
            }
            Target::External(url) => plain(url.clone()),
            Target::Term(id) => self.to_record(*id).unwrap_or_else(|| plain(String::new())),
            Target::Page { page, fragment } => {
                let mut link = match (*page, self.site.landing(*page, self.lang)) {
                    (_, Some(landing)) => Link {
                        address: self.address(&landing.url),
                        ..titled(self.to(&landing.url), landing.title.clone())
                    },
                    (PageRef::Record(id), None) => self.to_record(id).unwrap_or_else(|| plain(String::new())),
                    (_, None) => plain(String::new()),
                };
                if let Some(fragment) = fragment {
                    // A heading of a record that this page holds.
                    link.href.push(if link.href.starts_with('#') { '.' } else { '#' });
                    link.href.push_str(fragment);
                }
                link
            }
        }
    }
}
