//! What templates see: the contract with theme authors, version [`CONTRACT`].
//!
//! A template receives one of the views below as its variables, and `strings`, the theme's words in the page's
//! language. Nothing else reaches it. Every `href` is relative to the page (or absolute where it leaves the site), so
//! the output works in any folder. A field called `…_html` is finished, escaped HTML (print it with `| safe`); every
//! other field is plain text.
//!
//! | template | view | written to |
//! | --- | --- | --- |
//! | `choice.html` | [`ChoiceView`] | `/` |
//! | `home.html` | [`HomeView`] | `/en/` |
//! | `list.html` | [`ListView`] | `/en/agreements/` |
//! | `record.html` | [`RecordView`] | `/en/agreements/exchange-of-service/` |
//! | `index.html` | [`IndexView`] | `/en/index/` (A to Z) |
//! | `search.html` | [`SearchView`] | `/en/search/` |
//! | `not-found.html` | [`NotFoundView`] | `/404.html` |
//! | `notice.html` | [`NoticeView`] | in place of a side that a record lacks |
//! | `redirect.html` | [`RedirectView`] | every alias |

use serde::Serialize;

use super::theme::Strings;
use crate::lang::Lang;

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
    /// What stands in the browser's title bar: the page's title and the site's name.
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
    /// The page's absolute address; absent where the site has no `base_url`.
    pub canonical: Option<String>,
    /// The page's absolute addresses by language, this one included; empty where the site has no `base_url`.
    pub alternates: Vec<AlternateView>,
    /// Whether search engines are asked to pass this page over.
    pub noindex: bool,
    /// The site's main sections.
    pub menu: Vec<MenuItemView>,
    /// The pages above this one, the home page first; the page itself is left out.
    pub breadcrumb: Vec<LinkView>,
    /// The same page in the other language; absent where there is none.
    pub switch: Option<SwitchView>,
    /// The search form's way.
    pub search: SearchFormView,
    /// Free pages (about, accessibility statement …) for the footer.
    pub footer: Vec<LinkView>,
    /// The kind of page: `home`, `list`, `record`, `index`, `search`.
    pub kind: &'static str,
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
    /// `page` where the link leads to this very page, `true` where this page lies below it, absent elsewhere: the
    /// value of `aria-current`.
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

/// The way to the same page in the other language.
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
    /// The A to Z index, which serves without JavaScript.
    pub index: String,
    /// The search script (an ES module).
    pub script: String,
}

/// `record.html`: one record in one language.
#[derive(Clone, Debug, Serialize)]
pub struct RecordView {
    /// What stands around the content.
    pub page: PageView,
    /// The record's id, the same in both languages.
    pub id: String,
    /// The record's type.
    pub kind: KindView,
    /// The record's summary, as HTML.
    pub summary_html: String,
    /// What the record's status field says, where its type names one.
    pub status: Option<StatusView>,
    /// The other side, where it changed and this one did not follow yet.
    pub newer: Option<SwitchView>,
    /// Whether the record is archived.
    pub archived: bool,
    /// The headings of the page's words, for "On this page".
    pub contents: Vec<ContentsView>,
    /// The record's facts, in the order in which its type declares them.
    pub facts: Vec<FactView>,
    /// The record's words, as HTML.
    pub body_html: String,
    /// Records that refer to this one, by the heading that their field declares.
    pub relations: Vec<RelationView>,
    /// Records whose words link to this one and that stand in no relation above.
    pub mentions: Vec<EntryView>,
    /// Dates and owner of the page itself.
    pub details: DetailsView,
}

/// A record's type.
#[derive(Clone, Debug, Serialize)]
pub struct KindView {
    /// The type's name in the schema, the same in both languages: `agreement`.
    pub name: String,
    /// What one record of the type is called.
    pub label: String,
    /// What several are called.
    pub plural: String,
    /// The list of the type's records; absent for free pages.
    pub href: Option<String>,
}

/// What a status field says.
#[derive(Clone, Debug, Serialize)]
pub struct StatusView {
    /// The field's label ("Status").
    pub label: String,
    /// The value in words ("In force").
    pub text: String,
    /// The value's key in the schema.
    pub key: String,
    /// How the value is to be shown: `positive`, `caution`, `negative` or `neutral`.
    pub tone: &'static str,
}

/// An entry of "On this page".
#[derive(Clone, Debug, Serialize)]
pub struct ContentsView {
    /// The heading, as HTML without links.
    pub title_html: String,
    /// The heading's address on the page (`#heading`).
    pub href: String,
    /// The headings one level below.
    pub children: Vec<ContentsView>,
}

/// A field and what it says.
#[derive(Clone, Debug, Serialize)]
pub struct FactView {
    /// The field's name in the schema.
    pub name: String,
    /// The field's label.
    pub label: String,
    /// One value, or several where the field may have many.
    pub values: Vec<ValueView>,
}

/// One value of a field.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ValueView {
    /// The field's kind: `text`, `markdown`, `number`, `boolean`, `date`, `choice`, `reference`, `url`, `email`,
    /// `phone`, `language`, `file` or `group`.
    pub kind: &'static str,
    /// The value as the page's language writes it, as HTML; for `markdown` whole blocks. Empty for a group.
    pub html: String,
    /// Where the value leads: references, addresses, e-mail, telephone, files.
    pub href: Option<String>,
    /// The date in ISO form, for `time`.
    pub datetime: Option<String>,
    /// The language behind `href`, where it is not the page's.
    pub hreflang: Option<String>,
    /// The fields of a group.
    pub facts: Vec<FactView>,
}

/// Records that refer to this one through one field.
#[derive(Clone, Debug, Serialize)]
pub struct RelationView {
    /// The heading that the field declares for this side.
    pub heading: String,
    /// The heading's id on the page.
    pub id: String,
    /// The records, in the language's alphabetical order.
    pub entries: Vec<EntryView>,
}

/// A record in a list.
#[derive(Clone, Debug, Serialize)]
pub struct EntryView {
    /// The record's title, as HTML.
    pub title_html: String,
    /// The record's page.
    pub href: String,
    /// The record's summary, as HTML.
    pub summary_html: String,
    /// What one record of its type is called.
    pub kind: String,
    /// The record's status, where its type names one.
    pub status: Option<StatusView>,
    /// The facts that the type shows in lists.
    pub facts: Vec<FactView>,
}

/// The page about the page.
#[derive(Clone, Debug, Default, Serialize)]
pub struct DetailsView {
    /// When the record was first published, ISO.
    pub published: Option<String>,
    /// When the record was last changed in substance, ISO.
    pub modified: Option<String>,
    /// Who answers for the record.
    pub owner: Option<LinkView>,
}

/// `list.html`: the landing page and list of one type.
#[derive(Clone, Debug, Serialize)]
pub struct ListView {
    /// What stands around the content.
    pub page: PageView,
    /// The type listed.
    pub kind: KindView,
    /// The landing page's summary, as HTML.
    pub summary_html: String,
    /// The landing page's words, as HTML.
    pub body_html: String,
    /// How many records there are.
    pub total: usize,
    /// The records: one group without a heading while they are few, by first letter where they are many.
    pub groups: Vec<GroupView>,
}

/// A part of a list.
#[derive(Clone, Debug, Serialize)]
pub struct GroupView {
    /// The group's heading; absent where the list is one.
    pub heading: Option<String>,
    /// The group's id on the page; absent where the list is one.
    pub id: Option<String>,
    /// The records, in the language's alphabetical order.
    pub entries: Vec<EntryView>,
}

/// `home.html`: the home page of one language.
#[derive(Clone, Debug, Serialize)]
pub struct HomeView {
    /// What stands around the content.
    pub page: PageView,
    /// The home page's summary, as HTML.
    pub summary_html: String,
    /// The home page's words, as HTML.
    pub body_html: String,
    /// The sections of the menu.
    pub sections: Vec<SectionView>,
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

/// `index.html`: every page of one language from A to Z.
#[derive(Clone, Debug, Serialize)]
pub struct IndexView {
    /// What stands around the content.
    pub page: PageView,
    /// The pages by first letter.
    pub groups: Vec<GroupView>,
}

/// `search.html`: the results page. Results come from the search script; without it the A to Z index serves.
#[derive(Clone, Debug, Serialize)]
pub struct SearchView {
    /// What stands around the content.
    pub page: PageView,
}

/// `choice.html`: the choice of language at the root.
#[derive(Clone, Debug, Serialize)]
pub struct ChoiceView {
    /// From this page to the output's root: empty.
    pub root: String,
    /// The theme's style sheet.
    pub stylesheet: String,
    /// The page's absolute addresses by language; empty where the site has no `base_url`.
    pub alternates: Vec<AlternateView>,
    /// One side for each language, English first.
    pub sides: Vec<ChoiceSideView>,
}

/// One language's side of a page that speaks both.
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
    /// The theme's words in this side's language.
    pub strings: Strings,
}

/// `not-found.html`: the page for an address that does not exist, in both languages, since a static server cannot
/// know which the reader wants. Its links start at the site's root, because it is shown at any address.
#[derive(Clone, Debug, Serialize)]
pub struct NotFoundView {
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
    /// The theme's words in this side's language.
    pub strings: Strings,
}

/// `notice.html`: stands where a record has no side in the page's language. Offered by no list, search or switch.
#[derive(Clone, Debug, Serialize)]
pub struct NoticeView {
    /// What stands around the content; its `switch` leads to the side there is.
    pub page: PageView,
    /// The language of the side there is.
    pub lang: Lang,
    /// Its title, as HTML, in its own language.
    pub title_html: String,
    /// Its page.
    pub href: String,
}

/// `redirect.html`: an old address that leads to a page's present one.
#[derive(Clone, Debug, Serialize)]
pub struct RedirectView {
    /// The page's language.
    pub lang: Lang,
    /// The page's title, plain.
    pub title: String,
    /// The page's title, as HTML.
    pub title_html: String,
    /// The present address.
    pub href: String,
    /// The present absolute address; absent where the site has no `base_url`.
    pub canonical: Option<String>,
}
