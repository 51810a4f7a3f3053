//! A page's words as a tree of blocks and inlines: [`Document`].
//!
//! `L` is what a link holds: the text a writer wrote ([`RawLink`]) after parsing, a target that is known to exist after
//! resolving. Rendering cannot receive an unresolved link. Everything that reads words (HTML, search, parity between
//! the sides) walks this one value; `parse::markdown` alone makes it.

use crate::diagnostic::Span;

mod map;
mod text;
mod typeset;
mod visit;

pub use text::{plain_text, write_plain};
pub use typeset::typeset;
pub use visit::{CellPart, cell_parts};

/// The words of one side of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document<L> {
    /// The blocks, in order.
    pub blocks: Vec<Block<L>>,
    /// The footnotes, in the order in which the text first refers to them.
    pub footnotes: Vec<Footnote<L>>,
}

/// A footnote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Footnote<L> {
    /// The label that the writer gave it.
    pub label: String,
    /// What it says.
    pub blocks: Vec<Block<L>>,
    /// How many times the text refers to it; at least once.
    pub references: usize,
}

/// A block and where it is in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block<L> {
    /// Where it is.
    pub span: Span,
    /// What it is.
    pub kind: BlockKind<L>,
}

/// What a block is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BlockKind<L> {
    /// A heading of level 2 to 6; the page's title is the only one of level 1.
    Heading {
        /// The level.
        level: u8,
        /// The heading's id on the page, unique there.
        id: String,
        /// Its words.
        inlines: Vec<Inline<L>>,
    },
    /// A paragraph.
    Paragraph(Vec<Inline<L>>),
    /// Text without a paragraph of its own: the item of a tight list.
    Plain(Vec<Inline<L>>),
    /// A list.
    List {
        /// The first number, if the list is numbered.
        start: Option<u64>,
        /// The items.
        items: Vec<Item<L>>,
    },
    /// A table.
    Table(Table<L>),
    /// Code or other text to be shown as it is.
    Code {
        /// The code's language, or nothing.
        language: String,
        /// The text.
        text: String,
    },
    /// A quotation.
    Quote(Vec<Block<L>>),
    /// A note that stands out.
    Alert {
        /// Its kind.
        kind: AlertKind,
        /// What it says.
        blocks: Vec<Block<L>>,
    },
    /// Terms and what they mean.
    Definitions(Vec<Definition<L>>),
    /// A part that a reader opens, under a line that says what it holds.
    Details {
        /// The line that is always shown; empty if the writer gave none.
        summary: Vec<Inline<L>>,
        /// What is shown once it is open.
        blocks: Vec<Block<L>>,
    },
    /// A break between two subjects.
    Rule,
}

/// An item of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item<L> {
    /// For a task: whether it is done.
    pub done: Option<bool>,
    /// What the item says.
    pub blocks: Vec<Block<L>>,
}

/// A table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table<L> {
    /// How each column is aligned.
    pub alignments: Vec<Alignment>,
    /// The cells of the header row.
    pub head: Vec<Cell<L>>,
    /// The cells of the other rows.
    pub rows: Vec<Vec<Cell<L>>>,
}

/// What a cell holds: nothing, one [`BlockKind::Plain`], or lists among several.
pub type Cell<L> = Vec<Block<L>>;

/// How a column is aligned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Alignment {
    /// As the theme does.
    None,
    /// To the left.
    Left,
    /// In the middle.
    Center,
    /// To the right.
    Right,
}

/// A term and what it means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Definition<L> {
    /// The term.
    pub term: Vec<Inline<L>>,
    /// Its meanings.
    pub details: Vec<Vec<Block<L>>>,
}

/// The kinds of note.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum AlertKind {
    /// Useful to know.
    Note,
    /// Good advice.
    Tip,
    /// Needed to succeed.
    Important,
    /// To be careful about.
    Warning,
    /// Dangerous.
    Caution,
}

impl AlertKind {
    /// The kind's name in class names and strings.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Tip => "tip",
            Self::Important => "important",
            Self::Warning => "warning",
            Self::Caution => "caution",
        }
    }
}

/// An inline and where it is in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inline<L> {
    /// Where it is.
    pub span: Span,
    /// What it is.
    pub kind: InlineKind<L>,
}

/// What an inline is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InlineKind<L> {
    /// Text.
    Text(String),
    /// Text to be shown as it is.
    Code(String),
    /// Emphasis.
    Emphasis(Vec<Inline<L>>),
    /// Strong emphasis.
    Strong(Vec<Inline<L>>),
    /// Text that is no longer valid.
    Strikethrough(Vec<Inline<L>>),
    /// Text that a small HTML element sets apart.
    Element {
        /// Which.
        element: Element,
        /// Its words.
        inlines: Vec<Inline<L>>,
    },
    /// A link; without words of its own it takes the target's title.
    Link {
        /// Where it leads.
        target: L,
        /// Its words.
        inlines: Vec<Inline<L>>,
    },
    /// An address that is in the text as it is, and leads there.
    Address {
        /// Where it leads.
        target: L,
        /// The address as it was written.
        text: String,
    },
    /// A picture.
    Image {
        /// The picture.
        target: L,
        /// What it shows, for those who do not see it; empty for a mere ornament.
        alt: String,
    },
    /// A passage in another language, written `[passage](lang:fr)`.
    Foreign {
        /// The language, as a BCP 47 code.
        lang: String,
        /// The passage.
        inlines: Vec<Inline<L>>,
    },
    /// A reference to a footnote, by its position among the document's footnotes.
    FootnoteReference(usize),
    /// A line end that has no meaning.
    SoftBreak,
    /// A line end that counts.
    HardBreak,
}

/// The elements of HTML that set a few words apart and for which Markdown has no sign of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Element {
    /// `<sup>`: raised.
    Superscript,
    /// `<sub>`: lowered.
    Subscript,
    /// `<kbd>`: a key to press. Shown as it was written.
    Keyboard,
    /// `<abbr>`: a short form.
    Abbreviation {
        /// What it stands for; empty if the writer did not say.
        title: String,
    },
}

/// How a link or picture is used in the words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LinkUse {
    /// Where it is in the file.
    pub span: Span,
    /// Whether it leads somewhere or shows something.
    pub role: LinkRole,
    /// Whether it has no words of its own.
    pub wordless: bool,
}

/// What a target is named for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkRole {
    /// To lead there.
    Link,
    /// To show it.
    Image,
}

/// Where a link leads, as the writer wrote it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawLink(pub String);

impl<L> Default for Document<L> {
    fn default() -> Self {
        Self { blocks: Vec::new(), footnotes: Vec::new() }
    }
}

impl<L> Document<L> {
    /// The document's headings at its top level, in order: level, id, words.
    pub fn headings(&self) -> impl Iterator<Item = (u8, &str, &[Inline<L>])> {
        self.blocks.iter().filter_map(|block| match &block.kind {
            BlockKind::Heading { level, id, inlines } => Some((*level, id.as_str(), inlines.as_slice())),
            _ => None,
        })
    }

    /// Every heading that a link can name, wherever it is, in order: its id and its words.
    pub fn anchors(&self) -> Vec<(&str, &[Inline<L>])> {
        let mut anchors = Vec::new();
        for block in self.blocks.iter().chain(self.footnotes.iter().flat_map(|footnote| &footnote.blocks)) {
            visit::headings(block, &mut anchors);
        }
        anchors
    }
}
