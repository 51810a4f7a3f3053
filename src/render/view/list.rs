//! Views of the pages that list records: lists and their parts, the index, changes, data.

use serde::Serialize;

use super::{EntryView, KindView, PageView, StatusView, ValueView};

/// `list.html`: the landing page and list of one type.
#[derive(Clone, Debug, Serialize)]
pub struct ListView {
    /// What surrounds the content.
    pub page: PageView,
    /// The type listed.
    pub kind: KindView,
    /// The landing page's summary, as HTML.
    pub summary_html: String,
    /// The landing page's words, as HTML.
    pub body_html: String,
    /// What the list is filtered by ("In force"); absent if it is the whole list.
    pub narrowed: Option<String>,
    /// How many records there are, on all pages of the list.
    pub total: usize,
    /// Filters from the type's facets; each value has a page of its own. Empty if there are so few records that they
    /// are seen at a glance.
    pub filters: Vec<FilterView>,
    /// For the script that filters the list in place: the address of a list of all its records; absent if all of them
    /// are on the page, with their `keys`.
    pub data: Option<String>,
    /// Links to the groups of the whole list, on whatever page they begin; empty if there is one group.
    pub letters: Vec<LetterView>,
    /// The records of this page: one group without a heading if there are few, under the headings that the type asks
    /// for, or by first letter if there are many.
    pub groups: Vec<GroupView>,
    /// Links to the list's other pages; absent if it has one page.
    pub pagination: Option<PaginationView>,
    /// The list's records over time, as a picture and a table; on its first page only, and if the type's dates have an
    /// order and few enough records have them.
    pub chart: Option<ChartView>,
    /// The whole list as data; on its first page only.
    pub downloads: Vec<DownloadView>,
    /// The whole section as one document, if it has one.
    pub document: Option<String>,
    /// The feed of the list's changes; on its first page only, and if the site has a `base_url`.
    pub feed: Option<String>,
}

/// Records over time: as a picture in units of its own, made of marks only, and as a table.
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
    /// Where it is.
    pub x: u32,
    /// The year.
    pub year: i16,
}

/// A record over time.
#[derive(Clone, Debug, Serialize)]
pub struct ChartRowView {
    /// The record's title or its shorter one, plain: it is above the bar.
    pub title: String,
    /// Where the title begins or ends.
    pub title_x: u32,
    /// `start` or `end`.
    pub anchor: &'static str,
    /// The record's title, as HTML.
    pub title_html: String,
    /// The record's page.
    pub href: String,
    /// The record's status, if its type names one.
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
    /// The dates in the order of the columns, as the language writes them; empty if one is not known.
    pub dates: Vec<ValueView>,
}

/// A download of data.
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
    /// What surrounds the content.
    pub page: PageView,
    /// The JSON of one record, from the output's root, as an example of such addresses; absent if there is none.
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
    /// The downloads.
    pub downloads: Vec<DownloadView>,
    /// The columns of the table.
    pub columns: Vec<ColumnView>,
}

/// A column of a type's table.
#[derive(Clone, Debug, Serialize)]
pub struct ColumnView {
    /// Its header.
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
    /// Whether the list is filtered by it.
    pub active: bool,
    /// Its values; the first, without a key, leads back to the whole list.
    pub values: Vec<FilterValueView>,
    /// The link to all its values, if too many are in use to be listed here.
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
    /// Whether the list is filtered by it.
    pub current: bool,
}

/// The link to all values of a facet.
#[derive(Clone, Debug, Serialize)]
pub struct MoreView {
    /// How many there are.
    pub total: usize,
    /// Their page.
    pub href: String,
}

/// A link to a group of a list.
#[derive(Clone, Debug, Serialize)]
pub struct LetterView {
    /// The group's heading.
    pub heading: String,
    /// Where it begins.
    pub href: String,
}

/// The links between the pages of a list.
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
    /// What surrounds the content.
    pub page: PageView,
    /// The type listed.
    pub kind: KindView,
    /// The values.
    pub values: Vec<FilterValueView>,
}

/// A part of a list.
#[derive(Clone, Debug, Serialize)]
pub struct GroupView {
    /// The group's heading; absent if the list is not divided.
    pub heading: Option<String>,
    /// The group's id on the page; absent if the list is not divided.
    pub id: Option<String>,
    /// The records, in the language's alphabetical order.
    pub entries: Vec<EntryView>,
}

/// `changes.html`: the recent changes.
#[derive(Clone, Debug, Serialize)]
pub struct ChangesView {
    /// What surrounds the content.
    pub page: PageView,
    /// The records by month, the latest first, with the date of the change as their only fact.
    pub groups: Vec<GroupView>,
}

/// `index.html`: every page of one language from A to Z.
#[derive(Clone, Debug, Serialize)]
pub struct IndexView {
    /// What surrounds the content.
    pub page: PageView,
    /// Links to the letters.
    pub letters: Vec<LetterView>,
    /// The pages by first letter. If there are very many, the index shows only the letters and each letter has pages of
    /// its own, with one group without a heading.
    pub groups: Vec<GroupView>,
    /// Links to the letter's other pages; absent if it has one page.
    pub pagination: Option<PaginationView>,
}
