//! One side of a record as a list of sections and the units in them: [`outline`].
//!
//! A section is a field of the front matter, or what is under one heading. A unit is what a writer changes at once:
//! a heading, a paragraph, an item of a list, a row of a table, a block of code.

use std::sync::{Arc, LazyLock};

use super::content::{Content, ListKind, OBJECT, Run, gather};
use crate::diagnostic::Span;
use crate::document::{AlertKind, Block, BlockKind, CellPart, Inline, RawLink, cell_parts, plain_text};
use crate::lang::Lang;
use crate::parse::{ParsedWords, front_matter};
use crate::path::ContentPath;
use crate::yaml::{Node, Value};

/// One side, section by section: fields by name, then the words in their order.
#[derive(Clone, Debug, Default)]
pub struct Outline {
    /// The sections.
    pub sections: Vec<Section>,
}

/// A part of a side.
#[derive(Clone, Debug)]
pub struct Section {
    /// What it is called.
    pub name: Name,
    /// The id of its heading on the page.
    pub id: Option<String>,
    /// Where it begins: its heading, or the field's value.
    pub span: Span,
    /// What is in it; a heading is its own section's first unit.
    pub units: Vec<Unit>,
    /// Whether it is among the facts of the record: then its units do, and the section itself has no place in the file
    /// of words.
    pub in_facts: bool,
}

/// What a section is called.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Name {
    /// The name of a field.
    Field(String),
    /// What is before the first heading.
    Opening,
    /// The words of a heading.
    Heading(String),
    /// All footnotes.
    Footnotes,
}

/// What a unit is. The letter of each is what `pairs.lock` has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A heading and its level.
    Heading(u8),
    /// A paragraph.
    Paragraph,
    /// An item of a list.
    Item,
    /// An item of a numbered list.
    NumberedItem,
    /// An item of a list inside another.
    InnerItem,
    /// A paragraph of a quotation or note.
    Quote,
    /// A row of a table.
    Row,
    /// A block of code.
    Code,
    /// A term that is defined.
    Term,
    /// A footnote.
    Footnote,
    /// A break between two subjects.
    Break,
    /// A value of a field.
    Value,
}

impl Kind {
    /// The letter in `pairs.lock`.
    pub(super) fn letter(self) -> char {
        match self {
            Self::Heading(level) => char::from(b'0' + level.min(6)),
            Self::Paragraph => 'p',
            Self::Item => 'i',
            Self::NumberedItem => 'n',
            Self::InnerItem => 'k',
            Self::Quote => 'q',
            Self::Row => 't',
            Self::Code => 'c',
            Self::Term => 'd',
            Self::Footnote => 'f',
            Self::Break => 'r',
            Self::Value => 'v',
        }
    }

    /// The kind of a letter.
    pub(super) fn of_letter(letter: char) -> Option<Self> {
        let level = letter.to_digit(10).and_then(|level| u8::try_from(level).ok());
        let kinds = [
            Self::Paragraph,
            Self::Item,
            Self::NumberedItem,
            Self::InnerItem,
            Self::Quote,
            Self::Row,
            Self::Code,
            Self::Term,
            Self::Footnote,
            Self::Break,
            Self::Value,
        ];
        level.map(Self::Heading).or_else(|| kinds.into_iter().find(|kind| kind.letter() == letter))
    }
}

/// What a unit says, in short.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Mark {
    /// What the unit is.
    pub kind: Kind,
    /// Its words, whatever its numbers and links.
    pub words: u64,
    /// Its numbers.
    pub numbers: Option<u32>,
    /// Where its links lead, and its pictures.
    pub links: Option<u32>,
}

/// A paragraph, item, row …
#[derive(Clone, Debug)]
pub struct Unit {
    /// What it says, in short.
    pub mark: Mark,
    /// Where it is in the file.
    pub span: Span,
    /// What it says in full; empty once it has been looked at.
    pub content: Arc<Content>,
}

/// What is behind each cell in the text of a row. The text of a cell may hold the same.
pub const CELL_BORDER: &str = " | ";

/// The content of every unit that has been looked at: there are millions of them on a large site.
static NOTHING: LazyLock<Arc<Content>> = LazyLock::new(Arc::default);

/// The sections of a side, without what the record's facts say in its language.
pub fn outline(words: &ParsedWords) -> Outline {
    let mut outline = Outline::default();
    let mut fields = Vec::new();
    for entry in words.front.mapping().unwrap_or_default() {
        if front_matter::is_own(&entry.key) {
            continue;
        }
        let mut units = Vec::new();
        field_values(&entry.value, &mut units);
        let name = Name::Field(entry.key.clone());
        fields.push(Section { name, id: None, span: entry.value.span, units, in_facts: false });
    }
    fields.sort_by(by_name);
    outline.sections = fields;
    let mut writer = Writer { file: &words.path, sections: &mut outline.sections, open: None, alert: None };
    writer.blocks(&words.body.blocks, Around::Nothing);
    if !words.body.footnotes.is_empty() {
        let span =
            words.body.footnotes.iter().find_map(|note| note.blocks.first()).map_or(Span::START, |block| block.span);
        writer.begin(Name::Footnotes, span);
        for footnote in &words.body.footnotes {
            writer.blocks(&footnote.blocks, Around::Footnote);
        }
    }
    outline
}

fn by_name(a: &Section, b: &Section) -> std::cmp::Ordering {
    match (&a.name, &b.name) {
        (Name::Field(a), Name::Field(b)) => a.cmp(b),
        (Name::Field(_), _) => std::cmp::Ordering::Less,
        (_, Name::Field(_)) => std::cmp::Ordering::Greater,
        _ => std::cmp::Ordering::Equal,
    }
}

impl Section {
    /// What the lock holds of it.
    pub fn line(&self) -> String {
        super::lock::line(self)
    }
}

impl Outline {
    /// Adds what the record's facts say in a language.
    pub fn add_facts(&mut self, facts: &Node, lang: Lang) {
        let before = self.sections.len();
        for entry in facts.mapping().unwrap_or_default() {
            let mut units = Vec::new();
            in_language(&entry.value, lang, &mut units);
            if units.is_empty() {
                continue;
            }
            let name = Name::Field(entry.key.clone());
            self.sections.push(Section { name, id: None, span: Span::START, units, in_facts: true });
        }
        if self.sections.len() > before {
            self.sections.sort_by(by_name);
        }
    }

    /// What is in the file of words.
    pub fn units_of_words(&self) -> impl Iterator<Item = &Unit> + Clone {
        self.sections.iter().filter(|section| !section.in_facts).flat_map(|section| &section.units)
    }

    /// Forgets the texts and keeps what tells whether they change.
    pub fn drop_texts(&mut self) {
        for unit in self.sections.iter_mut().flat_map(|section| &mut section.units) {
            unit.content = Arc::clone(&NOTHING);
        }
    }
}

/// The single values of a field, as units. Those of a list or group are known as its items: how many there are counts.
fn field_values(node: &Node, units: &mut Vec<Unit>) {
    let is_many = match &node.value {
        Value::Sequence(_) => true,
        // A value that is written in both languages at once is one value.
        Value::Mapping(_) => node.get("en").is_none() && node.get("fr").is_none(),
        Value::Null | Value::Scalar(_) => false,
    };
    values(node, is_many.then_some(ListKind::Bullets), units);
}

/// The single values in a node, as units.
fn values(node: &Node, list: Option<ListKind>, units: &mut Vec<Unit>) {
    match &node.value {
        Value::Null => {}
        Value::Scalar(text) => {
            let run = Run { range: 0..text.len(), span: node.span, foreign: None };
            let content = Content { text: text.clone(), runs: vec![run], list, ..Content::default() };
            units.push(content.into_unit(Kind::Value, node.span));
        }
        Value::Sequence(items) => items.iter().for_each(|item| values(item, list, units)),
        Value::Mapping(entries) => {
            let first = units.len();
            for entry in entries {
                values(&entry.value, list, units);
            }
            join(node, &mut units[first..]);
        }
    }
}

/// Notes that values are of one group, if they are of no smaller one.
fn join(group: &Node, units: &mut [Unit]) {
    for unit in units.iter_mut().filter(|unit| unit.content.group.is_none()) {
        Arc::make_mut(&mut unit.content).group = Some(group.span.start);
    }
}

/// The values of one language among facts.
fn in_language(node: &Node, lang: Lang, units: &mut Vec<Unit>) {
    if let Some(own) = node.in_language(lang) {
        if let Some(own) = own {
            field_values(own, units);
        }
        return;
    }
    match &node.value {
        Value::Null | Value::Scalar(_) => {}
        Value::Sequence(items) => items.iter().for_each(|item| in_language(item, lang, units)),
        Value::Mapping(entries) => {
            let first = units.len();
            for entry in entries {
                in_language(&entry.value, lang, units);
            }
            join(node, &mut units[first..]);
        }
    }
}

/// What a block is in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Around {
    Nothing,
    List { numbered: bool, inner: bool, list: ListKind },
    Quote,
    Footnote,
}

struct Writer<'a> {
    file: &'a ContentPath,
    sections: &'a mut Vec<Section>,
    /// The section being written.
    open: Option<usize>,
    /// The box that the next unit opens.
    alert: Option<AlertKind>,
}

impl Writer<'_> {
    fn begin(&mut self, name: Name, span: Span) {
        self.sections.push(Section { name, id: None, span, units: Vec::new(), in_facts: false });
        self.open = Some(self.sections.len() - 1);
    }

    fn push(&mut self, mut unit: Unit) {
        if let Some(kind) = self.alert.take() {
            Arc::make_mut(&mut unit.content).alert = Some(kind);
        }
        if self.open.is_none() {
            self.begin(Name::Opening, unit.span);
        }
        if let Some(section) = self.open.and_then(|at| self.sections.get_mut(at)) {
            section.units.push(unit);
        }
    }

    fn line(&mut self, kind: Kind, span: Span, inlines: &[Inline<RawLink>], list: Option<ListKind>) {
        let mut content = Content { list, ..Content::default() };
        gather(self.file, inlines, None, &mut content);
        self.push(content.into_unit(kind, span));
    }

    /// Adds what a cell says, its lists too, to the content of its row.
    fn cell(&self, blocks: &[Block<RawLink>], content: &mut Content) {
        for part in cell_parts(blocks) {
            match part {
                CellPart::Words(inlines) => gather(self.file, inlines, None, content),
                CellPart::List(items) => {
                    for item in items {
                        content.text.push(' ');
                        self.cell(&item.blocks, content);
                    }
                }
            }
        }
    }

    fn blocks(&mut self, blocks: &[Block<RawLink>], around: Around) {
        let mut first = true;
        for block in blocks {
            self.block(block, around, std::mem::take(&mut first));
        }
    }

    fn block(&mut self, block: &Block<RawLink>, around: Around, first: bool) {
        let span = block.span;
        match &block.kind {
            BlockKind::Heading { level, id, inlines } => {
                self.begin(Name::Heading(plain_text(inlines)), span);
                if let Some(section) = self.sections.last_mut() {
                    section.id = Some(id.clone());
                }
                self.line(Kind::Heading(*level), span, inlines, None);
            }
            BlockKind::Paragraph(inlines) | BlockKind::Plain(inlines) => {
                let kind = match around {
                    Around::List { inner: true, .. } if first => Kind::InnerItem,
                    Around::List { numbered: true, .. } if first => Kind::NumberedItem,
                    Around::List { .. } if first => Kind::Item,
                    Around::Nothing | Around::List { .. } => Kind::Paragraph,
                    Around::Quote => Kind::Quote,
                    Around::Footnote => Kind::Footnote,
                };
                let list = match around {
                    Around::List { list, .. } if first => Some(list),
                    _ => None,
                };
                self.line(kind, span, inlines, list);
            }
            BlockKind::List { start, items } => {
                let inner = matches!(around, Around::List { .. });
                for item in items {
                    let list = match (item.done, start) {
                        (Some(done), _) => ListKind::Tasks { done },
                        (None, Some(_)) => ListKind::Numbers,
                        (None, None) => ListKind::Bullets,
                    };
                    self.blocks(&item.blocks, Around::List { numbered: start.is_some(), inner, list });
                }
            }
            BlockKind::Table(table) => {
                for row in std::iter::once(&table.head).chain(&table.rows) {
                    let mut content = Content::default();
                    for cell in row {
                        self.cell(cell, &mut content);
                        content.cells.push(content.text.len());
                        content.text.push_str(CELL_BORDER);
                    }
                    let span = row.iter().flatten().next().map_or(span, |block| block.span);
                    self.push(content.into_unit(Kind::Row, span));
                }
            }
            BlockKind::Code { language, text } => {
                let mut content = Content::default();
                content.code.push(language.clone());
                content.code.extend(text.lines().map(str::to_owned));
                content.text.extend(content.code.iter().map(|_| OBJECT));
                self.push(content.into_unit(Kind::Code, span));
            }
            BlockKind::Quote(blocks) => self.blocks(blocks, Around::Quote),
            BlockKind::Alert { kind, blocks } => {
                self.alert = Some(*kind);
                self.blocks(blocks, Around::Quote);
                // An empty one has no unit to be at.
                self.alert = None;
            }
            BlockKind::Definitions(definitions) => {
                for definition in definitions {
                    let span = definition.term.first().map_or(span, |inline| inline.span);
                    self.line(Kind::Term, span, &definition.term, None);
                    for detail in &definition.details {
                        self.blocks(detail, Around::Nothing);
                    }
                }
            }
            BlockKind::Details { summary, blocks } => {
                if !summary.is_empty() {
                    self.line(Kind::Paragraph, span, summary, None);
                }
                self.blocks(blocks, around);
            }
            BlockKind::Rule => self.push(Content::default().into_unit(Kind::Break, span)),
        }
    }
}
