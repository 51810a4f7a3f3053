//! What a site is made of: its record types and their fields ([`Schema`]) and its settings ([`Config`]).
//!
//! Types are data, read from `types/*.yaml`; nothing about any of them is written in Rust. [`load`] reads them,
//! [`config`] reads `site.yaml`, both through [`reader`].

use std::collections::HashMap;
use std::sync::OnceLock;

use regex::Regex;

use crate::diagnostic::{KnownNames, Place, Span};
use crate::format::Unit;
use crate::lang::PerLang;
use crate::path::{ContentPath, PathPart};

pub mod config;
pub mod editors;
pub mod help;
pub mod load;
mod named;
pub mod policies;
pub mod reader;
pub mod web;
pub mod wording;

pub use config::Config;
pub use named::Named;
pub use policies::{Policies, RulePolicies, TypePolicies};

/// The parts of an address that every section has below it: further pages of its list, and what expires soon.
pub const LIST_PARTS: PerLang<[&str; 3]> =
    PerLang { en: ["page", "expiring", "as-one-document"], fr: ["page", "echeance", "en-un-document"] };

/// The record types of a site, by name.
#[derive(Clone, Debug, Default)]
pub struct Schema {
    types: Vec<RecordType>,
    by_folder: HashMap<String, TypeId>,
    by_name: HashMap<String, TypeId>,
    folders: KnownNames,
    section_folders: KnownNames,
}

/// A record type of a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TypeId(usize);

impl Schema {
    /// Takes types in the order of their names.
    fn new(mut types: Vec<RecordType>) -> Self {
        types.sort_by(|a, b| a.name.cmp(&b.name));
        let (mut by_folder, mut by_name) = (HashMap::new(), HashMap::new());
        for (at, kind) in types.iter().enumerate() {
            by_folder.entry(kind.folder.to_string()).or_insert(TypeId(at));
            by_name.entry(kind.name.clone()).or_insert(TypeId(at));
        }
        let folders = KnownNames::new(types.iter().map(|kind| kind.folder.as_str()));
        let sections = types.iter().filter(|kind| !kind.is_free());
        let section_folders = KnownNames::new(sections.map(|kind| kind.folder.as_str()));
        Self { types, by_folder, by_name, folders, section_folders }
    }

    /// One type.
    pub fn get(&self, id: TypeId) -> &RecordType {
        &self.types[id.0]
    }

    /// All types, by name.
    pub fn iter(&self) -> impl Iterator<Item = (TypeId, &RecordType)> {
        self.types.iter().enumerate().map(|(at, record_type)| (TypeId(at), record_type))
    }

    /// The type whose records are in a folder.
    pub fn by_folder(&self, folder: &str) -> Option<TypeId> {
        self.by_folder.get(folder).copied()
    }

    /// The type of a name.
    pub fn by_name(&self, name: &str) -> Option<TypeId> {
        self.by_name.get(name).copied()
    }

    /// The folders of all types.
    pub fn folders(&self) -> &KnownNames {
        &self.folders
    }

    /// The folders of the types that have a section.
    pub fn section_folders(&self) -> &KnownNames {
        &self.section_folders
    }
}

/// A type of record.
#[derive(Clone, Debug)]
pub struct RecordType {
    /// The type's name: `agreement`.
    pub name: String,
    /// The folder of its records: `agreements`.
    pub folder: PathPart,
    /// What one record is called.
    pub label: PerLang<String>,
    /// What several are called.
    pub plural: PerLang<String>,
    /// The section's part of an address; empty for free pages, which are right below the language.
    pub slug: PerLang<String>,
    /// The fields, in the order in which they are shown.
    pub fields: Named<Field>,
    /// Date fields in the order in which their dates must lie.
    pub date_order: Vec<String>,
    /// The fields shown in lists, as positions in `fields`.
    pub list: Vec<usize>,
    /// The choice that is the record's status, as a position in `fields`.
    pub status: Option<usize>,
    /// The field whose values are the headings of the type's list, as a position in `fields`.
    pub group_by: Option<usize>,
    /// The fields shown where a record of the type is shown on another one's page as a card, as positions in `fields`.
    pub card: Vec<usize>,
    /// What the type's records are to machines.
    pub schema_org: Option<SchemaOrg>,
    /// What pages lead to where they use it first, where the type's records explain words.
    pub glossary: Option<Explains>,
    /// Up to how many records the section is also published as one document; none where it is not.
    pub document: Option<usize>,
    /// What the type does otherwise than its site.
    pub policies: TypePolicies,
    /// Where the type says what gives its pages and files their addresses.
    pub source: TypeSource,
    known_facts: OnceLock<KnownNames>,
    known_words: OnceLock<KnownNames>,
}

/// Where a type says what gives its pages and files their addresses.
#[derive(Clone, Debug)]
pub struct TypeSource {
    /// The type's file.
    pub file: ContentPath,
    /// The name of its folder.
    pub folder: Span,
    /// Its part of an address.
    pub slug: Span,
    /// Whether the section is also one document.
    pub document: Span,
    /// The label of each field, in the order of the fields.
    pub labels: Vec<Span>,
}

impl TypeSource {
    /// A place in the type's file.
    pub fn place(&self, span: Span) -> Place {
        Place::new(&self.file, span)
    }
}

impl RecordType {
    /// What can be in a record's facts.
    pub fn known_facts(&self) -> &KnownNames {
        self.known_facts
            .get_or_init(|| named::known(&[], self.fields.iter().filter(|field| !field.localized), &load::BASE_FACTS))
    }

    /// What can be in the front matter of its words.
    pub fn known_words(&self) -> &KnownNames {
        self.known_words
            .get_or_init(|| named::known(&load::BASE_WORDS, self.fields.iter().filter(|field| field.localized), &[]))
    }

    /// Whether the type's records are free pages, without a section of their own.
    pub fn is_free(&self) -> bool {
        self.slug.en.is_empty()
    }
}

/// A field of a type or of a group.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "the modifiers of a field are independent of one another")]
pub struct Field {
    /// The field's name in the files.
    pub name: String,
    /// What its values are.
    pub kind: FieldKind,
    /// Whether every record must say it.
    pub required: bool,
    /// Whether it may have several values.
    pub many: bool,
    /// Whether each language has its own: then it is in the words, or, inside a group of the facts, as `{en, fr}`.
    pub localized: bool,
    /// Whether lists and search can be filtered by it.
    pub facet: bool,
    /// What readers see before the value.
    pub label: PerLang<String>,
    /// What writers are told about it.
    pub help: Option<PerLang<String>>,
    /// For a reference: the heading of the list of referring records on the target's page.
    pub inverse: Option<PerLang<String>>,
    /// The bounds of a number, of the number of values, or of the length of a text in characters.
    pub bounds: Bounds,
    /// What a text must look like.
    pub pattern: Option<Regex>,
    /// What readers are told where a record does not say it.
    pub when_missing: Option<PerLang<String>>,
    /// Where on a record's page the field is shown.
    pub show: Show,
}

/// Where on a record's page a field is shown: the same for all records of a type, whatever they say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Show {
    /// Under the title: how to reach what the page is about, or where to read it.
    Top,
    /// Beside the words.
    Glance,
    /// Below the words.
    #[default]
    Page,
    /// A reference: whom to ask, under the title.
    Card,
    /// A group with a date: its entries are events in the order of time.
    Timeline,
    /// Not on the page: in open data, search and filters only.
    Data,
}

impl Show {
    /// The place's name in type files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Top => "top",
            Self::Glance => "glance",
            Self::Page => "page",
            Self::Card => "card",
            Self::Timeline => "timeline",
            Self::Data => "data",
        }
    }

    /// Every place.
    pub const ALL: [Self; 6] = [Self::Top, Self::Glance, Self::Page, Self::Card, Self::Timeline, Self::Data];

    /// Where a field is if its type does not say: what can be taken in at a glance beside the words, what has to be
    /// read below them.
    pub fn of(kind: &FieldKind, many: bool) -> Self {
        match kind {
            FieldKind::Group(fields) => {
                let reaches = |field: &Field| matches!(field.kind, FieldKind::Email | FieldKind::Phone);
                if fields.iter().any(reaches) { Self::Top } else { Self::Page }
            }
            FieldKind::Markdown => Self::Page,
            FieldKind::Text if many => Self::Page,
            FieldKind::Text
            | FieldKind::Number(_)
            | FieldKind::Money
            | FieldKind::Boolean
            | FieldKind::Date
            | FieldKind::Choice(_)
            | FieldKind::Reference(_)
            | FieldKind::Url
            | FieldKind::Email
            | FieldKind::Phone
            | FieldKind::Language
            | FieldKind::File => Self::Glance,
        }
    }

    /// Whether a type file may put a field of a kind here; nothing is known of the kind where it is a mistake itself.
    pub fn takes(self, kind: Option<&FieldKind>) -> bool {
        match self {
            Self::Glance | Self::Page | Self::Data => true,
            Self::Top => matches!(kind, Some(FieldKind::Group(_) | FieldKind::Url)),
            Self::Card => matches!(kind, Some(FieldKind::Reference(_))),
            Self::Timeline => {
                let fields = kind.and_then(FieldKind::fields);
                fields.is_some_and(|fields| fields.iter().any(|field| matches!(field.kind, FieldKind::Date)))
            }
        }
    }
}

/// What the records of a type explain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Explains {
    /// Terms by their titles, and short forms.
    Terms,
    /// Short forms only, such as those of organizations.
    ShortForms,
}

impl Explains {
    /// The name in type files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Terms => "terms",
            Self::ShortForms => "short_forms",
        }
    }

    /// Every one.
    pub const ALL: [Self; 2] = [Self::Terms, Self::ShortForms];
}

/// What a type's records are to machines, by the names of schema.org. Only what is sure: a type that fits none of these
/// says nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SchemaOrg {
    /// A way to reach someone.
    ContactPoint,
    /// A word and what it means.
    DefinedTerm,
    /// A law.
    Legislation,
    /// A body of people.
    Organization,
    /// What a government does for people.
    GovernmentService,
}

impl SchemaOrg {
    /// The name in type files and in structured data.
    pub const fn name(self) -> &'static str {
        match self {
            Self::ContactPoint => "ContactPoint",
            Self::DefinedTerm => "DefinedTerm",
            Self::Legislation => "Legislation",
            Self::Organization => "Organization",
            Self::GovernmentService => "GovernmentService",
        }
    }

    /// Every one.
    pub const ALL: [Self; 5] =
        [Self::ContactPoint, Self::DefinedTerm, Self::Legislation, Self::Organization, Self::GovernmentService];
}

/// The least and the greatest allowed.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Bounds {
    /// The least, itself allowed.
    pub min: Option<f64>,
    /// The greatest, itself allowed.
    pub max: Option<f64>,
}

impl Bounds {
    /// Whether a value lies within.
    pub fn allow(self, value: f64) -> bool {
        self.min.is_none_or(|min| value >= min) && self.max.is_none_or(|max| value <= max)
    }
}

/// What the values of a field are.
#[derive(Clone, Debug)]
pub enum FieldKind {
    /// A line of text.
    Text,
    /// Markdown.
    Markdown,
    /// A number, exact or with a comparator, with the unit it counts.
    Number(Option<PerLang<Unit>>),
    /// An amount of money, exact or with a comparator.
    Money,
    /// Yes or no.
    Boolean,
    /// A date: a year, a month or a day.
    Date,
    /// One of the given choices.
    Choice(Named<Choice>),
    /// A record of one of the given types.
    Reference(Vec<TypeId>),
    /// A web address.
    Url,
    /// An e-mail address.
    Email,
    /// A telephone number.
    Phone,
    /// A language, as a BCP 47 code.
    Language,
    /// A file beside the record.
    File,
    /// Fields that belong together.
    Group(Named<Field>),
}

/// The ways to say how a number is meant.
pub const COMPARATORS: [&str; 7] = ["about", "more_than", "less_than", "at_least", "at_most", "from", "to"];

impl FieldKind {
    /// The fields that a value has itself, if its kind has any.
    pub const fn fields(&self) -> Option<&Named<Field>> {
        match self {
            Self::Group(fields) => Some(fields),
            Self::Text
            | Self::Markdown
            | Self::Number(_)
            | Self::Money
            | Self::Boolean
            | Self::Date
            | Self::Choice(_)
            | Self::Reference(_)
            | Self::Url
            | Self::Email
            | Self::Phone
            | Self::Language
            | Self::File => None,
        }
    }

    /// The kind's name in type files.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Markdown => "markdown",
            Self::Number(_) => "number",
            Self::Money => "money",
            Self::Boolean => "boolean",
            Self::Date => "date",
            Self::Choice(_) => "choice",
            Self::Reference(_) => "reference",
            Self::Url => "url",
            Self::Email => "email",
            Self::Phone => "phone",
            Self::Language => "language",
            Self::File => "file",
            Self::Group(_) => "group",
        }
    }

    /// The modifiers that mean something for this kind of field, besides those of every field.
    pub const fn modifiers(&self) -> &'static [&'static str] {
        match self {
            Self::Text => &["pattern", "min", "max"],
            Self::Number(_) => &["unit", "min", "max"],
            Self::Money => &["min", "max"],
            Self::Boolean | Self::Date | Self::Language => &["facet"],
            Self::Choice(_) => &["facet", "choices"],
            Self::Reference(_) => &["facet", "to", "inverse"],
            Self::Group(_) => &["fields"],
            Self::Markdown | Self::Url | Self::Email | Self::Phone | Self::File => &[],
        }
    }

    /// The names of all kinds.
    pub const NAMES: [&'static str; 14] = [
        "text",
        "markdown",
        "number",
        "money",
        "boolean",
        "date",
        "choice",
        "reference",
        "url",
        "email",
        "phone",
        "language",
        "file",
        "group",
    ];
}

/// One of the values of a choice.
#[derive(Clone, Debug)]
pub struct Choice {
    /// The key written in files.
    pub key: String,
    /// What readers see.
    pub label: PerLang<String>,
    /// How a status is shown.
    pub tone: Tone,
}

/// How a status is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Neither good nor bad.
    #[default]
    Neutral,
    /// In force, open.
    Positive,
    /// About to change, to be read with care.
    Caution,
    /// Over, closed.
    Negative,
}

impl Tone {
    /// The tone's name in type files and views.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Neutral => "neutral",
            Self::Positive => "positive",
            Self::Caution => "caution",
            Self::Negative => "negative",
        }
    }

    /// Every tone.
    pub const ALL: [Self; 4] = [Self::Neutral, Self::Positive, Self::Caution, Self::Negative];
}
