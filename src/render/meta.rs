//! What a page says of itself to its frame and to search engines ([`PageMeta`]).

use crate::lang::PerLang;
use crate::path::UrlPath;
use crate::schema::TypeId;
use crate::site::RecordId;

/// The kinds of pages that have a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PageKind {
    Home,
    List,
    Facet,
    Document,
    Record,
    Notice,
    Changes,
    Data,
    Index,
    Search,
}

impl PageKind {
    /// The name that templates and styles know.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Home => "home",
            Self::List => "list",
            Self::Facet => "facet",
            Self::Document => "document",
            Self::Record => "record",
            Self::Notice => "notice",
            Self::Changes => "changes",
            Self::Data => "data",
            Self::Index => "index",
            Self::Search => "search",
        }
    }
}

/// What a page says of itself to its frame.
pub(super) struct PageMeta<'a> {
    pub kind: PageKind,
    pub title: &'a str,
    /// What the browser's title bar says in place of the title.
    pub head_title: Option<&'a str>,
    pub description: &'a str,
    /// The page's address in each language it exists in.
    pub sides: PerLang<Option<&'a UrlPath>>,
    /// The section that the page lies in or is.
    pub section: Option<TypeId>,
    /// The page between the section and this one: its title and address.
    pub above: Option<(&'a str, &'a UrlPath)>,
    pub noindex: bool,
    /// The record that the page shows.
    pub record: Option<RecordId>,
}
