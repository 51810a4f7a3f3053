//! Views of a record: its own page, and wherever else it is shown.

use serde::Serialize;

use super::{CitationView, LinkView, PageView, SwitchView};

/// `record.html`: one record in one language.
#[derive(Clone, Debug, Serialize)]
pub struct RecordView {
    /// What surrounds the content.
    pub page: PageView,
    /// The record's id, the same in both languages.
    pub id: String,
    /// The record's type.
    pub kind: KindView,
    /// The record's summary, as HTML.
    pub summary_html: String,
    /// What the record's status field says, if its type names one.
    pub status: Option<StatusView>,
    /// The other side, if it changed and this one has not followed yet.
    pub newer: Option<SwitchView>,
    /// Whether the record is archived.
    pub archived: bool,
    /// The headings of the page's words, for "On this page".
    pub contents: Vec<ContentsView>,
    /// The record's facts, in the order in which its type declares them.
    pub facts: Vec<FactView>,
    /// The record's words, as HTML.
    pub body_html: String,
    /// Dated events of the record; empty if there are too few for a timeline.
    pub timelines: Vec<TimelineView>,
    /// Records that refer to this one, by the heading that their field declares.
    pub relations: Vec<RelationView>,
    /// Records that this one refers to and that are shown whole, such as whom to ask.
    pub cards: Vec<CardView>,
    /// The record as a card for an address book, if it is a contact.
    pub vcard: Option<String>,
    /// Records whose words link to this one and that are in no relation above.
    pub mentions: Vec<EntryView>,
    /// The record before this one in the list of its type.
    pub previous: Option<LinkView>,
    /// The record after this one.
    pub next: Option<LinkView>,
    /// Dates and owner of the page itself.
    pub details: DetailsView,
    /// How to cite the page.
    pub citation: CitationView,
}

/// Dated events in chronological order.
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
    /// What else the record says about it.
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
    /// How to show the value: `positive`, `caution`, `negative` or `neutral`.
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
    /// Where the fact is on a record's page: `top` (under the title), `glance` (beside the words) or `page` (below
    /// them).
    pub show: &'static str,
    /// One value, or several where the field may have many.
    pub values: Vec<ValueView>,
}

/// One value of a field.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ValueView {
    /// The field's kind: `text`, `markdown`, `number`, `boolean`, `date`, `choice`, `reference`, `url`, `email`,
    /// `phone`, `language`, `file` or `group`; `missing` for what the type says instead of a missing value.
    pub kind: &'static str,
    /// The value as the page's language writes it, as HTML; for `markdown`, whole blocks. Empty for a group.
    pub html: String,
    /// Where the value leads: references, addresses, email, telephone, files.
    pub href: Option<String>,
    /// The date in ISO form, for `time`.
    pub datetime: Option<String>,
    /// The language behind `href`, if it is not the page's.
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
    /// The record's status, if its type names one.
    pub status: Option<StatusView>,
    /// The facts that the type shows in lists.
    pub facts: Vec<FactView>,
    /// The record's keys by facet, as JSON, for the script that filters a list; absent elsewhere.
    pub keys: Option<String>,
}

/// Dates and owner of a page.
#[derive(Clone, Debug, Default, Serialize)]
pub struct DetailsView {
    /// When the record was first published, ISO.
    pub published: Option<String>,
    /// When the record was last changed in substance, ISO.
    pub modified: Option<String>,
    /// Who answers for the record.
    pub owner: Option<LinkView>,
    /// The notes of change, the latest first.
    pub changes: Vec<NoteView>,
}

/// A note of change.
#[derive(Clone, Debug, Serialize)]
pub struct NoteView {
    /// The date in ISO form.
    pub datetime: String,
    /// The date as the language writes it.
    pub date_html: String,
    /// What changed.
    pub text_html: String,
}
