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
//! | `list.html` | [`ListView`] | `/en/agreements/`, `/en/agreements/page/2/`, `/en/agreements/status/in-force/` |
//! | `record.html` | [`RecordView`] | `/en/agreements/exchange-of-service/` |
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
    /// The page of what was changed last.
    pub changes: String,
    /// The Atom feed of the same; absent where the site has no `base_url`.
    pub feed: Option<String>,
    /// The page about open data.
    pub data: String,
    /// What the page may load, for `meta http-equiv="Content-Security-Policy"`; servers send the same.
    pub policy: String,
    /// Structured data (JSON-LD), finished for one script element of type `application/ld+json`.
    pub structured_data: Option<String>,
    /// "Report a problem on this page"; absent where the site configures none.
    pub feedback: Option<FeedbackView>,
    /// The kind of page: `home`, `list`, `facet`, `record`, `index`, `changes`, `data`, `search`.
    pub kind: &'static str,
}

/// The ways to report a problem on a page.
#[derive(Clone, Debug, Serialize)]
pub struct FeedbackView {
    /// Where the form posts to; absent where reports go by e-mail.
    pub endpoint: Option<String>,
    /// The page's address, for the report.
    pub page: String,
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
    /// A link that opens an e-mail about it; absent with an endpoint.
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
    /// Dated events of the record; empty where there are too few to make a line.
    pub timelines: Vec<TimelineView>,
    /// Records that refer to this one, by the heading that their field declares.
    pub relations: Vec<RelationView>,
    /// Records that this one refers to and that are shown whole, such as whom to ask.
    pub cards: Vec<CardView>,
    /// Records whose words link to this one and that stand in no relation above.
    pub mentions: Vec<EntryView>,
    /// Dates and owner of the page itself.
    pub details: DetailsView,
}

/// Dated events in the order of time.
#[derive(Clone, Debug, Serialize)]
pub struct TimelineView {
    /// What the events have in common.
    pub heading: String,
    /// The heading's id on the page.
    pub id: String,
    /// The events, the earliest first.
    pub events: Vec<EventView>,
}

/// A dated event.
#[derive(Clone, Debug, Serialize)]
pub struct EventView {
    /// The date in ISO form.
    pub datetime: String,
    /// The date as the language writes it.
    pub date_html: String,
    /// What happened.
    pub title_html: String,
    /// The record concerned.
    pub href: Option<String>,
    /// What else is said of it.
    pub text_html: Option<String>,
}

/// A record shown whole on another one's page.
#[derive(Clone, Debug, Serialize)]
pub struct CardView {
    /// The label of the field that refers to it.
    pub heading: String,
    /// The heading's id on the page.
    pub id: String,
    /// The record, with the facts that its type names for cards.
    pub entry: EntryView,
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
    /// The record's keys by facet, as JSON, for the script that narrows a list down; absent elsewhere.
    pub keys: Option<String>,
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
    /// What the list is narrowed down to ("In force"); absent where it is whole.
    pub narrowed: Option<String>,
    /// How many records there are, on all pages of the list.
    pub total: usize,
    /// Ways to narrow the list down, from the type's facets; each value is a page of its own. Empty where the records
    /// are so few that they are seen at a glance.
    pub filters: Vec<FilterView>,
    /// For the script that narrows the list down in place: a list of all its records; absent where all of them stand on
    /// the page, with their `keys`.
    pub data: Option<String>,
    /// The ways to the groups of the whole list, on whatever page they begin; empty where there is one group.
    pub letters: Vec<LetterView>,
    /// The records of this page: one group without a heading while they are few, under the headings that the type asks
    /// for, or by first letter where they are many.
    pub groups: Vec<GroupView>,
    /// The ways to the list's other pages; absent where it has one.
    pub pagination: Option<PaginationView>,
    /// The list's records over time, as a picture and a table; on its first page only, where the type's dates are in
    /// order and few enough records have them.
    pub chart: Option<ChartView>,
    /// The whole list as data; on its first page only.
    pub downloads: Vec<DownloadView>,
}

/// Records over time: a picture in units of its own, made of marks only, and the same as a table.
#[derive(Clone, Debug, Serialize)]
pub struct ChartView {
    /// The picture's width.
    pub width: u32,
    /// The picture's height.
    pub height: u32,
    /// The years along the axis.
    pub ticks: Vec<TickView>,
    /// The table's columns after the record's title: the labels of the dates.
    pub columns: Vec<String>,
    /// The records, the earliest first.
    pub rows: Vec<ChartRowView>,
}

/// A year along the axis.
#[derive(Clone, Debug, Serialize)]
pub struct TickView {
    /// Where it stands.
    pub x: u32,
    /// The year.
    pub year: i16,
}

/// A record over time.
#[derive(Clone, Debug, Serialize)]
pub struct ChartRowView {
    /// The record's title or its shorter one, plain: it stands above the bar.
    pub title: String,
    /// Where the title begins or ends.
    pub title_x: u32,
    /// `start` or `end`.
    pub anchor: &'static str,
    /// The record's title, as HTML.
    pub title_html: String,
    /// The record's page.
    pub href: String,
    /// The record's status, where its type names one.
    pub status: Option<StatusView>,
    /// The line's height in the picture.
    pub y: u32,
    /// Where its bar begins.
    pub x: u32,
    /// How long its bar is.
    pub width: u32,
    /// Whether the bar has no known end.
    pub open: bool,
    /// The events on the bar.
    pub marks: Vec<u32>,
    /// The dates in the order of the columns, as the language writes them; empty where one is not known.
    pub dates: Vec<ValueView>,
}

/// A way to take data away.
#[derive(Clone, Debug, Serialize)]
pub struct DownloadView {
    /// `CSV` (in the page's language) or `JSON` (with both).
    pub format: &'static str,
    /// The file.
    pub href: String,
    /// Its size as the language writes it.
    pub size: String,
}

/// `data.html`: the page about open data.
#[derive(Clone, Debug, Serialize)]
pub struct DataView {
    /// What stands around the content.
    pub page: PageView,
    /// The JSON of one record, from the output's root, to show how such addresses look; absent where there is none.
    pub example: Option<String>,
    /// The types.
    pub types: Vec<DataTypeView>,
}

/// A type's data.
#[derive(Clone, Debug, Serialize)]
pub struct DataTypeView {
    /// The type.
    pub kind: KindView,
    /// The heading's id on the page.
    pub id: String,
    /// How many records there are.
    pub total: usize,
    /// The ways to take them away.
    pub downloads: Vec<DownloadView>,
    /// The columns of the table.
    pub columns: Vec<ColumnView>,
}

/// A column of a type's table.
#[derive(Clone, Debug, Serialize)]
pub struct ColumnView {
    /// What stands at its head.
    pub label: String,
    /// The field's name in the JSON, the same in both languages.
    pub name: String,
    /// The field's kind in the schema; absent for what every record has.
    pub kind: Option<&'static str>,
}

/// A facet of a list.
#[derive(Clone, Debug, Serialize)]
pub struct FilterView {
    /// The facet's name in the schema, the same in both languages and in addresses (`?status=in_force`).
    pub name: String,
    /// The facet's label.
    pub label: String,
    /// Whether the list is narrowed down by it.
    pub active: bool,
    /// Its values; the first, without a key, leads back to the whole list.
    pub values: Vec<FilterValueView>,
    /// The way to all its values, where too many are in use to stand here.
    pub more: Option<MoreView>,
}

/// A value of a facet.
#[derive(Clone, Debug, Serialize)]
pub struct FilterValueView {
    /// The value's key in the schema, the same in both languages; empty for "All".
    pub key: String,
    /// What the value is called.
    pub label: String,
    /// The page of its records.
    pub href: String,
    /// How many records have it.
    pub total: usize,
    /// Whether the list is narrowed down to it.
    pub current: bool,
}

/// The way to all values of a facet.
#[derive(Clone, Debug, Serialize)]
pub struct MoreView {
    /// How many there are.
    pub total: usize,
    /// Their page.
    pub href: String,
}

/// The way to a group of a list.
#[derive(Clone, Debug, Serialize)]
pub struct LetterView {
    /// The group's heading.
    pub heading: String,
    /// Where it begins.
    pub href: String,
}

/// The ways between the pages of a list.
#[derive(Clone, Debug, Serialize)]
pub struct PaginationView {
    /// The page before this one; absent on the first.
    pub previous: Option<String>,
    /// The page after this one; absent on the last.
    pub next: Option<String>,
    /// This page's number.
    pub page: usize,
    /// How many pages there are.
    pub total: usize,
}

/// `facet.html`: every value of a facet.
#[derive(Clone, Debug, Serialize)]
pub struct FacetView {
    /// What stands around the content.
    pub page: PageView,
    /// The type listed.
    pub kind: KindView,
    /// The values.
    pub values: Vec<FilterValueView>,
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
    /// The records changed last, with the date of the change as their only fact; empty where no record has a date.
    pub latest: Vec<EntryView>,
}

/// `changes.html`: what was changed last.
#[derive(Clone, Debug, Serialize)]
pub struct ChangesView {
    /// What stands around the content.
    pub page: PageView,
    /// The records by month, the latest first, with the date of the change as their only fact.
    pub groups: Vec<GroupView>,
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
    /// The ways to the letters.
    pub letters: Vec<LetterView>,
    /// The pages by first letter. Where there are very many, the index shows the letters alone and each letter has
    /// pages of its own, with one group without a heading.
    pub groups: Vec<GroupView>,
    /// The ways to the letter's other pages; absent where it has one.
    pub pagination: Option<PaginationView>,
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
    /// What the page may load.
    pub policy: String,
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
    /// What the page may load.
    pub policy: String,
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
