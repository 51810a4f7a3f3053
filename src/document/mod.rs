//! A page's words as a tree of blocks and inlines: [`Document`].
//!
//! `L` is what a link holds: the text a writer wrote ([`RawLink`]) after parsing, a target that is known to exist after
//! resolving. Rendering cannot receive an unresolved link. Everything that reads words (HTML, search, parity between
//! the sides) walks this one value; `parse::markdown` alone makes it.

use crate::diagnostic::Span;

mod text;
mod typeset;
mod visit;

pub use text::{plain_text, write_plain};
pub use typeset::typeset;

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

/// A block and where it stands in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block<L> {
    /// Where it stands.
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
        /// The first number, where the list is numbered.
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
    /// The cells of the head row.
    pub head: Vec<Vec<Inline<L>>>,
    /// The cells of the other rows.
    pub rows: Vec<Vec<Vec<Inline<L>>>>,
}

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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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

/// An inline and where it stands in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inline<L> {
    /// Where it stands.
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
    /// Text that no longer holds.
    Strikethrough(Vec<Inline<L>>),
    /// A link; without words of its own it takes the target's title.
    Link {
        /// Where it leads.
        target: L,
        /// Its words.
        inlines: Vec<Inline<L>>,
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

/// How a link or picture stands in the words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LinkUse {
    /// Where it stands in the file.
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
    /// The same document with every link changed by `change`, which also learns how the link is used.
    pub fn map_links<M>(self, mut change: impl FnMut(L, LinkUse) -> M) -> Document<M> {
        let change: &mut dyn FnMut(L, LinkUse) -> M = &mut change;
        let blocks = map_blocks(self.blocks, change);
        let footnotes = self.footnotes.into_iter();
        let footnotes = footnotes
            .map(|Footnote { label, blocks, references }| Footnote {
                label,
                blocks: map_blocks(blocks, change),
                references,
            })
            .collect();
        Document { blocks, footnotes }
    }

    /// The document's headings at its top level, in order: level, id, words.
    pub fn headings(&self) -> impl Iterator<Item = (u8, &str, &[Inline<L>])> {
        self.blocks.iter().filter_map(|block| match &block.kind {
            BlockKind::Heading { level, id, inlines } => Some((*level, id.as_str(), inlines.as_slice())),
            _ => None,
        })
    }
}

type Change<'a, L, M> = &'a mut dyn FnMut(L, LinkUse) -> M;

fn map_blocks<L, M>(blocks: Vec<Block<L>>, change: Change<'_, L, M>) -> Vec<Block<M>> {
    blocks.into_iter().map(|block| Block { span: block.span, kind: map_block(block.kind, change) }).collect()
}

fn map_block<L, M>(kind: BlockKind<L>, change: Change<'_, L, M>) -> BlockKind<M> {
    match kind {
        BlockKind::Heading { level, id, inlines } => {
            BlockKind::Heading { level, id, inlines: map_inlines(inlines, change) }
        }
        BlockKind::Paragraph(inlines) => BlockKind::Paragraph(map_inlines(inlines, change)),
        BlockKind::Plain(inlines) => BlockKind::Plain(map_inlines(inlines, change)),
        BlockKind::List { start, items } => {
            let item = |Item { done, blocks }| Item { done, blocks: map_blocks(blocks, change) };
            BlockKind::List { start, items: items.into_iter().map(item).collect() }
        }
        BlockKind::Table(Table { alignments, head, rows }) => {
            let mut cells = |row: Vec<Vec<Inline<L>>>| -> Vec<Vec<Inline<M>>> {
                row.into_iter().map(|cell| map_inlines(cell, change)).collect()
            };
            let head = cells(head);
            BlockKind::Table(Table { alignments, head, rows: rows.into_iter().map(cells).collect() })
        }
        BlockKind::Code { language, text } => BlockKind::Code { language, text },
        BlockKind::Quote(blocks) => BlockKind::Quote(map_blocks(blocks, change)),
        BlockKind::Alert { kind, blocks } => BlockKind::Alert { kind, blocks: map_blocks(blocks, change) },
        BlockKind::Definitions(definitions) => {
            let definition = |Definition { term, details }: Definition<L>| Definition {
                term: map_inlines(term, change),
                details: details.into_iter().map(|blocks| map_blocks(blocks, change)).collect(),
            };
            BlockKind::Definitions(definitions.into_iter().map(definition).collect())
        }
        BlockKind::Rule => BlockKind::Rule,
    }
}

fn map_inlines<L, M>(inlines: Vec<Inline<L>>, change: Change<'_, L, M>) -> Vec<Inline<M>> {
    inlines.into_iter().map(|inline| Inline { span: inline.span, kind: map_inline(inline, change) }).collect()
}

fn map_inline<L, M>(inline: Inline<L>, change: Change<'_, L, M>) -> InlineKind<M> {
    match inline.kind {
        InlineKind::Text(text) => InlineKind::Text(text),
        InlineKind::Code(text) => InlineKind::Code(text),
        InlineKind::Emphasis(inlines) => InlineKind::Emphasis(map_inlines(inlines, change)),
        InlineKind::Strong(inlines) => InlineKind::Strong(map_inlines(inlines, change)),
        InlineKind::Strikethrough(inlines) => InlineKind::Strikethrough(map_inlines(inlines, change)),
        InlineKind::Link { target, inlines } => {
            let link = LinkUse { span: inline.span, role: LinkRole::Link, wordless: inlines.is_empty() };
            InlineKind::Link { target: change(target, link), inlines: map_inlines(inlines, change) }
        }
        InlineKind::Image { target, alt } => {
            let link = LinkUse { span: inline.span, role: LinkRole::Image, wordless: alt.trim().is_empty() };
            InlineKind::Image { target: change(target, link), alt }
        }
        InlineKind::Foreign { lang, inlines } => InlineKind::Foreign { lang, inlines: map_inlines(inlines, change) },
        InlineKind::FootnoteReference(at) => InlineKind::FootnoteReference(at),
        InlineKind::SoftBreak => InlineKind::SoftBreak,
        InlineKind::HardBreak => InlineKind::HardBreak,
    }
}
