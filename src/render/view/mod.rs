//! What templates see: the contract with theme authors, version [`CONTRACT`].
//!
//! A template receives one of the views below as its variables, and `strings`, the theme's words in the page's
//! language. Nothing else reaches it. Every `href` is relative to the page (or absolute if it leaves the site), so the
//! output works in any folder. A field called `…_html` is finished, escaped HTML (print it with `| safe`); every other
//! field is plain text.
//!
//! | template | view | written to |
//! | --- | --- | --- |
//! | `choice.html` | [`ChoiceView`] | `/` |
//! | `home.html` | [`HomeView`] | `/en/` |
//! | `list.html` | [`ListView`] | `/en/agreements/`, `/en/agreements/page/2/`, `/en/agreements/status/in-force/` |
//! | `record.html` | [`RecordView`] | `/en/agreements/exchange-of-service/` |
//! | `document.html` | [`DocumentView`] | `/en/agreements/as-one-document/` |
//! | `changes.html` | [`ChangesView`] | `/en/changes/` |
//! | `data.html` | [`DataView`] | `/en/data/` |
//! | `facet.html` | [`FacetView`] | `/en/agreements/status/` |
//! | `index.html` | [`IndexView`] | `/en/a-z/` |
//! | `search.html` | [`SearchView`] | `/en/search/` |
//! | `not-found.html` | [`NotFoundView`] | `/404.html` |
//! | `notice.html` | [`NoticeView`] | in place of a side that a record lacks |
//! | `redirect.html` | [`RedirectView`] | every alias |

use serde::Serialize;

use super::theme::Strings;
use crate::lang::Lang;

mod document;
mod list;
mod record;

pub use document::*;
pub use list::*;
pub use record::*;

/// The version of this contract; a theme names the one it was written for in `theme.yaml`.
pub const CONTRACT: u32 = 1;

/// What every page of one language has around its content, as `page`.
#[derive(Clone, Debug, Serialize)]
pub struct PageView {
    /// The page's language.
    pub lang: Lang,
    /// The page's heading, plain.
    pub title: String,
    /// The page's heading as HTML.
    pub title_html: String,
    /// What is in the browser's title bar: the page's title and the site's name.
    pub head_title: String,
    /// One or two sentences for search engines; the record's summary.
    pub description: String,
    /// The site's name in the page's language.
    pub site_name: String,
    /// From this page to the output's root, with a last slash (`../../`); empty at the root.
    pub root: String,
    /// The home page of this language.
    pub home: String,
    /// The theme's style sheet.
    pub stylesheet: String,
    /// The page's absolute address; absent if the site has no `base_url`.
    pub canonical: Option<String>,
    /// The page's absolute addresses by language, this one included; empty if the site has no `base_url`.
    pub alternates: Vec<AlternateView>,
    /// The same page as Markdown; absent if it has none.
    pub markdown: Option<String>,
    /// Whether search engines are asked not to list this page.
    pub noindex: bool,
    /// The site's main sections.
    pub menu: Vec<MenuItemView>,
    /// The pages above this one, the home page first; the page itself is left out.
    pub breadcrumb: Vec<LinkView>,
    /// The same page in the other language; absent if there is none.
    pub switch: Option<SwitchView>,
    /// Where readers who want an answer from a person are sent: the section of the site's contacts.
    pub contact: Option<String>,
    /// The search form.
    pub search: SearchFormView,
    /// Free pages (about, accessibility statement …) for the footer, sixteen at most.
    pub footer: Vec<LinkView>,
    /// The page of recent changes.
    pub changes: String,
    /// The Atom feed of the same; absent if the site has no `base_url`.
    pub feed: Option<String>,
    /// The page about open data.
    pub data: String,
    /// What the page may load, for `meta http-equiv="Content-Security-Policy"`; servers send the same.
    pub policy: String,
    /// Structured data (JSON-LD), finished for one script element of type `application/ld+json`.
    pub structured_data: Option<String>,
    /// "Report a problem on this page"; absent if the site configures none.
    pub feedback: Option<FeedbackView>,
    /// The kind of page: `home`, `list`, `facet`, `document`, `record`, `notice`, `index`, `changes`, `data`, `search`.
    pub kind: &'static str,
}

/// The ways to report a problem on a page.
#[derive(Clone, Debug, Serialize)]
pub struct FeedbackView {
    /// Where the form posts to; absent if reports go by email.
    pub endpoint: Option<String>,
    /// The page's address, for the report.
    pub page: String,
    /// Where readers who want an answer are sent; absent if the site has no contacts.
    pub contact: Option<String>,
    /// What may be wrong: the theme's words `feedback_choice_<key>`, for the keys that `feedback_choices` lists.
    pub choices: Vec<FeedbackChoiceView>,
}

/// Something that may be wrong with a page.
#[derive(Clone, Debug, Serialize)]
pub struct FeedbackChoiceView {
    /// The key, the same in both languages.
    pub key: String,
    /// What is wrong, in words.
    pub text: String,
    /// A link that opens an email about it; absent with an endpoint.
    pub mailto: Option<String>,
}

/// A page in one language, for `link rel=alternate`.
#[derive(Clone, Debug, Serialize)]
pub struct AlternateView {
    /// A language code, or `x-default`.
    pub hreflang: &'static str,
    /// The absolute address.
    pub href: String,
}

/// An entry of the menu.
#[derive(Clone, Debug, Serialize)]
pub struct MenuItemView {
    /// The words of the link.
    pub title: String,
    /// Where it leads.
    pub href: String,
    /// The value of `aria-current`: `page` if the link leads to this page, `true` if this page is below it, absent
    /// otherwise.
    pub current: Option<&'static str>,
}

/// A link.
#[derive(Clone, Debug, Serialize)]
pub struct LinkView {
    /// The words of the link, as HTML.
    pub title_html: String,
    /// Where it leads.
    pub href: String,
}

/// The link to the same page in the other language.
#[derive(Clone, Debug, Serialize)]
pub struct SwitchView {
    /// The other language.
    pub lang: Lang,
    /// Where it leads.
    pub href: String,
}

/// The search form in the header.
#[derive(Clone, Debug, Serialize)]
pub struct SearchFormView {
    /// The results page, the form's `action`.
    pub action: String,
    /// The A to Z index, which works without JavaScript.
    pub index: String,
    /// The search script (an ES module).
    pub script: String,
}

/// `home.html`: the home page of one language.
#[derive(Clone, Debug, Serialize)]
pub struct HomeView {
    /// What surrounds the content.
    pub page: PageView,
    /// The home page's summary, as HTML.
    pub summary_html: String,
    /// The home page's words, as HTML.
    pub body_html: String,
    /// All sections, those of the menu first.
    pub sections: Vec<SectionView>,
    /// The most recently changed records, with the date of the change as their only fact; empty if no record has a
    /// date.
    pub latest: Vec<EntryView>,
}

/// A section on the home page.
#[derive(Clone, Debug, Serialize)]
pub struct SectionView {
    /// The section's title, as HTML.
    pub title_html: String,
    /// The section's page.
    pub href: String,
    /// The section's summary, as HTML.
    pub summary_html: String,
    /// How many records the section has.
    pub total: usize,
}

/// `search.html`: the results page. Results come from the search script; without it, there is the A to Z index.
#[derive(Clone, Debug, Serialize)]
pub struct SearchView {
    /// What surrounds the content.
    pub page: PageView,
}

/// `choice.html`: the choice of language at the root.
#[derive(Clone, Debug, Serialize)]
pub struct ChoiceView {
    /// What the page may load.
    pub policy: String,
    /// From this page to the output's root: empty.
    pub root: String,
    /// The theme's style sheet.
    pub stylesheet: String,
    /// The page's absolute addresses by language; empty if the site has no `base_url`.
    pub alternates: Vec<AlternateView>,
    /// One side for each language, English first.
    pub sides: Vec<ChoiceSideView>,
}

/// One language's side of a page in both languages.
#[derive(Clone, Debug, Serialize)]
pub struct ChoiceSideView {
    /// The side's language.
    pub lang: Lang,
    /// The site's name.
    pub site_name: String,
    /// The site's description.
    pub description: String,
    /// The home page.
    pub home: String,
    /// Free pages (about, accessibility statement …) for the footer, sixteen at most.
    pub footer: Vec<LinkView>,
    /// The theme's words in this side's language.
    pub strings: Strings,
}

/// `not-found.html`: the page for an address that does not exist, in both languages, since a static server cannot know
/// which one the reader wants. Its links start at the site's root, because it is shown at any address.
#[derive(Clone, Debug, Serialize)]
pub struct NotFoundView {
    /// What the page may load.
    pub policy: String,
    /// The path of the output's root, with a last slash.
    pub root: String,
    /// The theme's style sheet.
    pub stylesheet: String,
    /// One side for each language, English first.
    pub sides: Vec<NotFoundSideView>,
}

/// One language's side of the page for an address that does not exist.
#[derive(Clone, Debug, Serialize)]
pub struct NotFoundSideView {
    /// The side's language.
    pub lang: Lang,
    /// The site's name.
    pub site_name: String,
    /// The home page.
    pub home: String,
    /// The results page.
    pub search: String,
    /// The A to Z index.
    pub index: String,
    /// The site's main sections.
    pub menu: Vec<MenuItemView>,
    /// Free pages (about, accessibility statement …) for the footer, sixteen at most.
    pub footer: Vec<LinkView>,
    /// The theme's words in this side's language.
    pub strings: Strings,
}

/// `notice.html`: the page in place of a side that a record lacks. No list, search or switch offers it.
#[derive(Clone, Debug, Serialize)]
pub struct NoticeView {
    /// What surrounds the content; its `switch` leads to the existing side.
    pub page: PageView,
    /// The language of the existing side.
    pub lang: Lang,
    /// Its title, as HTML, in its own language.
    pub title_html: String,
    /// Its page.
    pub href: String,
}

/// `redirect.html`: an old address that leads to a page's current one.
#[derive(Clone, Debug, Serialize)]
pub struct RedirectView {
    /// What the page may load.
    pub policy: String,
    /// The page's language.
    pub lang: Lang,
    /// The page's title, plain.
    pub title: String,
    /// The page's title, as HTML.
    pub title_html: String,
    /// The current address.
    pub href: String,
    /// The current absolute address; absent if the site has no `base_url`.
    pub canonical: Option<String>,
}
