//! One side of a record as the passages that a translator works on: [`Side`], in the sections and units of its outline.

use std::ops::Range;
use std::sync::Arc;

use super::inlines::{self, Read};
use super::words::{Mark, Words};
use crate::document::{Block, BlockKind, CellPart, Document, Inline, RawLink, cell_parts};
use crate::lang::Lang;
use crate::parse::markdown::{self, At, Source};
use crate::parse::{ParsedFacts, ParsedWords, front_matter};
use crate::path::ContentPath;
use crate::schema::{Field, FieldKind, RecordType};
use crate::source::lines::{line_end, line_start};
use crate::yaml::{Node, Value};

/// One side of a record.
#[derive(Clone, Debug, Default)]
pub(super) struct Side {
    /// The sections, as the side's outline has them.
    pub sections: Vec<Section>,
}

/// A section: the units of the outline, each with the passages in it. Code has none, a row one for each cell.
#[derive(Clone, Debug, Default)]
pub(super) struct Section {
    /// The units.
    pub units: Vec<Unit>,
    /// Where it is, if it is a field of the front matter.
    pub entry: Option<Entry>,
    field: Option<String>,
}

/// Where a field of the front matter is.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    /// The lines of its key and value, without what is behind the value.
    pub lines: Range<usize>,
    /// Its value.
    pub value: Range<usize>,
}

/// A unit of the outline.
#[derive(Clone, Debug, Default)]
pub(super) struct Unit {
    /// What is translated of it.
    pub passages: Vec<Passage>,
    /// Where it ends.
    pub end: usize,
}

/// A passage and where it is.
#[derive(Clone, Debug)]
pub(super) struct Passage {
    /// What it is.
    pub kind: Kind,
    /// What it says.
    pub words: Words,
    /// Its marks, the first of which is 1.
    pub marks: Vec<Mark>,
    /// Where it is.
    pub place: Spot,
}

/// What a passage is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The value of a field.
    Field,
    /// A heading.
    Heading,
    /// A paragraph.
    Paragraph,
    /// An item of a list.
    Item,
    /// A cell of a table.
    Cell,
    /// A term that is defined.
    Term,
    /// A paragraph of a footnote.
    Footnote,
}

impl Kind {
    /// The kind's name in packages.
    pub fn name(self) -> &'static str {
        match self {
            Self::Field => "field",
            Self::Heading => "heading",
            Self::Paragraph => "paragraph",
            Self::Item => "item",
            Self::Cell => "cell",
            Self::Term => "term",
            Self::Footnote => "footnote",
        }
    }
}

/// Where a passage is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Spot {
    /// In the Markdown of the page.
    Body(Range<usize>),
    /// In a value of YAML.
    Value(InValue),
}

/// A part of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct InValue {
    /// Whether it is a value of the facts rather than of the front matter.
    pub in_facts: bool,
    /// Where the value is in its file.
    pub node: Range<usize>,
    /// What it says.
    pub value: Arc<str>,
    /// The part.
    pub inner: Range<usize>,
    /// Whether the part is Markdown.
    pub is_markdown: bool,
}

impl Spot {
    /// Where it begins in its file.
    pub(super) fn start(&self) -> usize {
        match self {
            Self::Body(range) => range.start,
            Self::Value(InValue { node, .. }) => node.start,
        }
    }

    pub(super) fn end(&self) -> usize {
        match self {
            Self::Body(range) => range.end,
            Self::Value(InValue { node, .. }) => node.end,
        }
    }
}

/// The passages of a side, and of what the facts say in its language.
pub(super) fn side(
    kind: Option<&RecordType>,
    words: Option<(&ParsedWords, &str)>,
    facts: Option<&ParsedFacts>,
    lang: Lang,
) -> Side {
    let mut side = Side::default();
    let field = |name: &str| kind.and_then(|kind| kind.fields.find(name));
    if let Some((words, text)) = words {
        for entry in words.front.mapping().unwrap_or_default() {
            if front_matter::is_own(&entry.key) {
                continue;
            }
            let mut section = Section { field: Some(entry.key.clone()), ..Section::default() };
            values(&entry.value, field(&entry.key), false, &mut section.units);
            let value = entry.value.span.range();
            let lines = line_start(text, entry.key_span.range().start)..value.end.max(entry.key_span.range().end);
            section.entry = Some(Entry { lines, value });
            side.sections.push(section);
        }
    }
    if let Some(facts) = facts {
        for entry in facts.facts.mapping().unwrap_or_default() {
            let mut section = Section { field: Some(entry.key.clone()), ..Section::default() };
            in_language(&entry.value, field(&entry.key), lang, &mut section.units);
            if !section.units.is_empty() {
                side.sections.push(section);
            }
        }
    }
    side.sections.sort_by(|a, b| a.field.cmp(&b.field));
    if let Some((words, text)) = words {
        let mut walk = Walk { file: &words.path, text, sections: &mut side.sections, is_open: false };
        walk.document(&words.body);
    }
    side
}

/// The end of the line on which a value ends.
pub(super) fn end_of_lines(text: &str, at: usize) -> usize {
    if at > 0 && text[..at].ends_with('\n') { at } else { line_end(text, at) }
}

/// Whether the values of a field are words, and if so whether they are Markdown.
fn is_words(field: Option<&Field>) -> Option<bool> {
    match field.map(|field| &field.kind) {
        None | Some(FieldKind::Text | FieldKind::Group(_) | FieldKind::Url | FieldKind::Email | FieldKind::Phone) => {
            Some(false)
        }
        Some(FieldKind::Markdown) => Some(true),
        Some(
            FieldKind::Number(_)
            | FieldKind::Money
            | FieldKind::Boolean
            | FieldKind::Date
            | FieldKind::Choice(_)
            | FieldKind::Reference(_)
            | FieldKind::Language
            | FieldKind::File,
        ) => None,
    }
}

fn inner<'f>(field: Option<&'f Field>, key: &str) -> Option<&'f Field> {
    match field.and_then(|field| field.kind.fields()) {
        Some(fields) => fields.find(key),
        None => field,
    }
}

/// The single values in a node, as units.
fn values(node: &Node, field: Option<&Field>, in_facts: bool, units: &mut Vec<Unit>) {
    match &node.value {
        Value::Null => {}
        Value::Scalar(text) => {
            let passages = is_words(field).map(|is_markdown| value(node, text, in_facts, is_markdown));
            units.push(Unit { passages: passages.unwrap_or_default(), end: node.span.range().end });
        }
        Value::Sequence(items) => {
            for item in items {
                values(item, field, in_facts, units);
            }
        }
        Value::Mapping(entries) => {
            for entry in entries {
                values(&entry.value, inner(field, &entry.key), in_facts, units);
            }
        }
    }
}

/// The values of one language among facts.
fn in_language(node: &Node, field: Option<&Field>, lang: Lang, units: &mut Vec<Unit>) {
    if let Some(own) = node.in_language(lang) {
        if let Some(own) = own {
            values(own, field, true, units);
        }
        return;
    }
    match &node.value {
        Value::Null | Value::Scalar(_) => {}
        Value::Sequence(items) => items.iter().for_each(|item| in_language(item, field, lang, units)),
        Value::Mapping(entries) => {
            for entry in entries {
                in_language(&entry.value, inner(field, &entry.key), lang, units);
            }
        }
    }
}

/// The passages of a value: one, or those of its Markdown.
fn value(node: &Node, text: &str, in_facts: bool, is_markdown: bool) -> Vec<Passage> {
    let node = node.span.range();
    let value: Arc<str> = text.into();
    let spot = |inner, is_markdown| {
        Spot::Value(InValue { in_facts, node: node.clone(), value: Arc::clone(&value), inner, is_markdown })
    };
    if is_markdown {
        let file = ContentPath::new("value.md");
        let (document, _) = markdown::parse(&Source { file: &file, at: At::Offset(0), rules: None }, text);
        let mut sections = Vec::new();
        Walk { file: &file, text, sections: &mut sections, is_open: false }.document(&document);
        let passages = sections.into_iter().flat_map(|section| section.units).flat_map(|unit| unit.passages);
        return passages
            .map(|passage| {
                let Spot::Body(range) = passage.place else { return passage };
                Passage { kind: Kind::Field, place: spot(range, true), ..passage }
            })
            .collect();
    }
    let words = Words::plain(text);
    if words.is_empty() {
        return Vec::new();
    }
    vec![Passage { kind: Kind::Field, words, marks: Vec::new(), place: spot(0..text.len(), false) }]
}

/// The blocks of a page, in the order and the sections of its outline.
struct Walk<'a> {
    file: &'a ContentPath,
    text: &'a str,
    sections: &'a mut Vec<Section>,
    is_open: bool,
}

impl Walk<'_> {
    fn document(&mut self, document: &Document<RawLink>) {
        self.blocks(&document.blocks, Kind::Paragraph);
        if !document.footnotes.is_empty() {
            self.begin();
            for footnote in &document.footnotes {
                self.blocks(&footnote.blocks, Kind::Footnote);
            }
        }
    }

    fn begin(&mut self) {
        self.sections.push(Section::default());
        self.is_open = true;
    }

    fn push(&mut self, unit: Unit) {
        if !self.is_open {
            self.begin();
        }
        if let Some(section) = self.sections.last_mut() {
            section.units.push(unit);
        }
    }

    fn line(&mut self, kind: Kind, inlines: &[Inline<RawLink>], end: usize) {
        let passages: Vec<Passage> = self.passage(kind, inlines).into_iter().collect();
        self.push(Unit { passages, end });
    }

    fn passage(&self, kind: Kind, inlines: &[Inline<RawLink>]) -> Option<Passage> {
        let Read { words, marks, range } = inlines::read(self.file, self.text, inlines)?;
        (!words.is_empty()).then_some(Passage { kind, words, marks, place: Spot::Body(range) })
    }

    fn blocks(&mut self, blocks: &[Block<RawLink>], kind: Kind) {
        for block in blocks {
            self.block(block, kind);
        }
    }

    fn block(&mut self, block: &Block<RawLink>, kind: Kind) {
        let end = block.span.range().end;
        match &block.kind {
            BlockKind::Heading { inlines, .. } => {
                self.begin();
                self.line(Kind::Heading, inlines, end);
            }
            BlockKind::Paragraph(inlines) | BlockKind::Plain(inlines) => self.line(kind, inlines, end),
            BlockKind::List { items, .. } => {
                for item in items {
                    self.blocks(&item.blocks, Kind::Item);
                }
            }
            BlockKind::Table(table) => {
                for row in std::iter::once(&table.head).chain(&table.rows) {
                    let mut passages = Vec::new();
                    for cell in row {
                        self.cell(cell, &mut passages);
                    }
                    let end = passages.last().map_or(end, |passage: &Passage| passage.place.end());
                    self.push(Unit { passages, end });
                }
            }
            BlockKind::Quote(blocks) | BlockKind::Alert { blocks, .. } => self.blocks(blocks, Kind::Paragraph),
            BlockKind::Definitions(definitions) => {
                for definition in definitions {
                    let end = definition.term.last().map_or(end, |inline| inline.span.range().end);
                    self.line(Kind::Term, &definition.term, end);
                    definition.details.iter().for_each(|detail| self.blocks(detail, Kind::Paragraph));
                }
            }
            BlockKind::Details { summary, blocks } => {
                if let Some(last) = summary.last() {
                    self.line(Kind::Paragraph, summary, last.span.range().end);
                }
                self.blocks(blocks, kind);
            }
            BlockKind::Code { .. } | BlockKind::Rule => self.push(Unit { passages: Vec::new(), end }),
        }
    }

    fn cell(&self, cell: &[Block<RawLink>], passages: &mut Vec<Passage>) {
        for part in cell_parts(cell) {
            match part {
                CellPart::Words(inlines) => passages.extend(self.passage(Kind::Cell, inlines)),
                CellPart::List(items) => items.iter().for_each(|item| self.cell(&item.blocks, passages)),
            }
        }
    }
}
