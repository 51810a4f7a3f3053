//! Views of a section as one document, and of how a page is cited.

use serde::Serialize;

use super::{ContentsView, FactView, KindView, PageView, StatusView};

/// `document.html`: every record of a type, one after the other.
#[derive(Clone, Debug, Serialize)]
pub struct DocumentView {
    /// What surrounds the content.
    pub page: PageView,
    /// The type.
    pub kind: KindView,
    /// The section's summary, as HTML.
    pub summary_html: String,
    /// How many records there are.
    pub total: usize,
    /// The records with their headings, each with its number.
    pub contents: Vec<ContentsView>,
    /// The words of the section's landing page, as HTML; empty where it has none.
    pub introduction_html: String,
    /// The records, in the order of the section's list.
    pub parts: Vec<PartView>,
    /// How to cite the document; its date is that of the latest change.
    pub citation: CitationView,
}

/// A record in a document.
#[derive(Clone, Debug, Serialize)]
pub struct PartView {
    /// Its id on the page; the ids of everything in it begin with this.
    pub id: String,
    /// Its number.
    pub number: String,
    /// Its title, as HTML.
    pub title_html: String,
    /// Its summary, as HTML.
    pub summary_html: String,
    /// What its status field says, if its type names one.
    pub status: Option<StatusView>,
    /// Whether it is archived.
    pub archived: bool,
    /// Its facts.
    pub facts: Vec<FactView>,
    /// Its words, as HTML, with numbered headings one level below those of its page.
    pub body_html: String,
    /// Its page.
    pub href: String,
    /// The absolute address of its page; absent if the site has no `base_url`.
    pub address: Option<String>,
}

/// How to cite a page: title, publisher, date, address.
#[derive(Clone, Debug, Serialize)]
pub struct CitationView {
    /// The page's title, as HTML.
    pub title_html: String,
    /// Who answers for the page, or the site.
    pub publisher_html: String,
    /// When it was last changed.
    pub date: Option<DatedView>,
    /// The page's absolute address; absent if the site has no `base_url`.
    pub address: Option<String>,
}

/// A date.
#[derive(Clone, Debug, Serialize)]
pub struct DatedView {
    /// In ISO form.
    pub datetime: String,
    /// As the language writes it.
    pub date_html: String,
}
