//! One side of a record as a list of sections and the units in them: [`outline`].
//!
//! A section is a field of the front matter, or what stands under one heading. A unit is what a writer changes at once:
//! a heading, a paragraph, an item of a list, a row of a table, a block of code.

use super::fingerprint::{self, Sequence, Token};
use crate::diagnostic::Span;
use crate::document::{Block, BlockKind, Inline, InlineKind, RawLink, plain_text};
use crate::lang::Lang;
use crate::parse::ParsedWords;
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
    /// Where it begins: its heading, or the field's value.
    pub span: Span,
    /// What stands in it; a heading is its own section's first unit.
    pub units: Vec<Unit>,
}

/// What a section is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Name {
    /// The name of a field.
    Field(String),
    /// What stands before the first heading.
    Opening,
    /// The words of a heading.
    Heading(String),
    /// All footnotes.
    Footnotes,
}

/// What a unit is. The letter of each stands in `pairs.lock`.
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
    /// Where it stands in the file.
    pub span: Span,
    /// What it says in full; empty once it has been looked at.
    pub content: Content,
}

/// What a unit says in full.
#[derive(Clone, Debug, Default)]
pub struct Content {
    /// Its text; an object replacement character stands for code and for each reference to a footnote.
    pub text: String,
    /// Its pieces of text as they stand in the file, and whether they are marked as another language.
    pub runs: Vec<Run>,
    /// Its pieces of code.
    pub code: Vec<String>,
    /// Where its links lead.
    pub links: Vec<Link>,
    /// How many references to footnotes it has.
    pub footnotes: usize,
}

/// A piece of text as it stands in the file.
#[derive(Clone, Debug)]
pub struct Run {
    /// The text.
    pub text: String,
    /// Where it stands.
    pub span: Span,
    /// The language that it is marked as.
    pub foreign: Option<String>,
}

/// Where a link leads, in one way of writing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// What is linked to.
    pub target: LinkTarget,
    /// The heading.
    pub fragment: Option<String>,
    /// Where it stands.
    pub span: Span,
}

/// What is linked to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LinkTarget {
    /// A page of the site, by id; empty for the page itself.
    Page(String),
    /// A file of the site.
    File(String),
    /// An address elsewhere.
    Address(String),
    /// A picture.
    Image(String),
}

/// Stands in a text for what is no text.
pub(crate) const OBJECT: char = '\u{fffc}';

/// Fields of the front matter that each language has for itself: changing one says nothing about the other.
const OWN: [&str; 4] = ["slug", "aliases", "keywords", "parity"];

/// The sections of a side. `facts` are the record's, of which the values in this side's language count.
pub fn outline(words: &ParsedWords, facts: Option<&Node>) -> Outline {
    let mut outline = Outline::default();
    let mut fields = Vec::new();
    for entry in words.front.mapping().unwrap_or_default() {
        if OWN.contains(&entry.key.as_str()) {
            continue;
        }
        let mut units = Vec::new();
        values(&entry.value, &mut units);
        fields.push(Section { name: Name::Field(entry.key.clone()), span: entry.value.span, units });
    }
    for entry in facts.and_then(Node::mapping).unwrap_or_default() {
        let mut units = Vec::new();
        in_language(&entry.value, words.lang, &mut units);
        if !units.is_empty() {
            // Facts stand in another file: what is said of them is told at the page's first line.
            for unit in &mut units {
                unit.span = Span::START;
                unit.content.runs.clear();
            }
            fields.push(Section { name: Name::Field(entry.key.clone()), span: Span::START, units });
        }
    }
    fields.sort_by(|a, b| match (&a.name, &b.name) {
        (Name::Field(a), Name::Field(b)) => a.cmp(b),
        _ => std::cmp::Ordering::Equal,
    });
    outline.sections = fields;
    let mut writer = Writer { file: &words.path, sections: &mut outline.sections, open: None };
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

impl Outline {
    /// Forgets the texts and keeps what tells whether they change.
    pub fn lighten(&mut self) {
        for unit in self.sections.iter_mut().flat_map(|section| &mut section.units) {
            unit.content = Content::default();
        }
    }
}

/// The single values in a node, as units.
fn values(node: &Node, units: &mut Vec<Unit>) {
    match &node.value {
        Value::Null => {}
        Value::Scalar(text) => {
            let run = Run { text: text.clone(), span: node.span, foreign: None };
            units.push(
                Content { text: text.clone(), runs: vec![run], ..Content::default() }.into_unit(Kind::Value, node.span),
            );
        }
        Value::Sequence(items) => items.iter().for_each(|item| values(item, units)),
        Value::Mapping(entries) => entries.iter().for_each(|entry| values(&entry.value, units)),
    }
}

/// The values of one language among facts: `{en: …, fr: …}`.
fn in_language(node: &Node, lang: Lang, units: &mut Vec<Unit>) {
    match &node.value {
        Value::Null | Value::Scalar(_) => {}
        Value::Sequence(items) => items.iter().for_each(|item| in_language(item, lang, units)),
        Value::Mapping(entries) => {
            if !entries.is_empty() && entries.iter().all(|entry| matches!(entry.key.as_str(), "en" | "fr")) {
                if let Some(own) = node.get(lang.code()) {
                    values(own, units);
                }
                return;
            }
            for entry in entries {
                in_language(&entry.value, lang, units);
            }
        }
    }
}

/// What a block stands in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Around {
    Nothing,
    List { numbered: bool, inner: bool },
    Quote,
    Footnote,
}

struct Writer<'a> {
    file: &'a ContentPath,
    sections: &'a mut Vec<Section>,
    /// The section being written.
    open: Option<usize>,
}

impl Writer<'_> {
    fn begin(&mut self, name: Name, span: Span) {
        self.sections.push(Section { name, span, units: Vec::new() });
        self.open = Some(self.sections.len() - 1);
    }

    fn push(&mut self, unit: Unit) {
        if self.open.is_none() {
            self.begin(Name::Opening, unit.span);
        }
        if let Some(section) = self.open.and_then(|at| self.sections.get_mut(at)) {
            section.units.push(unit);
        }
    }

    fn line(&mut self, kind: Kind, span: Span, inlines: &[Inline<RawLink>]) {
        let mut content = Content::default();
        gather(self.file, inlines, None, &mut content);
        self.push(content.into_unit(kind, span));
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
            BlockKind::Heading { level, inlines, .. } => {
                self.begin(Name::Heading(plain_text(inlines)), span);
                self.line(Kind::Heading(*level), span, inlines);
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
                self.line(kind, span, inlines);
            }
            BlockKind::List { start, items } => {
                let inner = matches!(around, Around::List { .. });
                for item in items {
                    self.blocks(&item.blocks, Around::List { numbered: start.is_some(), inner });
                }
            }
            BlockKind::Table(table) => {
                for row in std::iter::once(&table.head).chain(&table.rows) {
                    let mut content = Content::default();
                    for cell in row {
                        gather(self.file, cell, None, &mut content);
                        content.text.push_str(" | ");
                    }
                    let span = row.iter().flatten().next().map_or(span, |inline| inline.span);
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
            BlockKind::Quote(blocks) | BlockKind::Alert { blocks, .. } => self.blocks(blocks, Around::Quote),
            BlockKind::Definitions(definitions) => {
                for definition in definitions {
                    let span = definition.term.first().map_or(span, |inline| inline.span);
                    self.line(Kind::Term, span, &definition.term);
                    for detail in &definition.details {
                        self.blocks(detail, Around::Nothing);
                    }
                }
            }
            BlockKind::Rule => self.push(Content::default().into_unit(Kind::Break, span)),
        }
    }
}

/// Adds what inlines say to a unit's content. Emphasis says nothing of its own.
fn gather(file: &ContentPath, inlines: &[Inline<RawLink>], foreign: Option<&str>, content: &mut Content) {
    for inline in inlines {
        match &inline.kind {
            InlineKind::Text(text) => {
                content.text.push_str(text);
                let foreign = foreign.map(str::to_owned);
                content.runs.push(Run { text: text.clone(), span: inline.span, foreign });
            }
            InlineKind::Code(code) => {
                content.text.push(OBJECT);
                content.code.push(code.clone());
            }
            InlineKind::Emphasis(inner) | InlineKind::Strong(inner) | InlineKind::Strikethrough(inner) => {
                gather(file, inner, foreign, content);
            }
            InlineKind::Link { target, inlines: inner } => {
                content.links.push(link(file, target, inline.span, LinkTarget::Address));
                gather(file, inner, foreign, content);
            }
            InlineKind::Image { target, alt } => {
                content.links.push(link(file, target, inline.span, LinkTarget::Image));
                content.text.push_str(alt);
            }
            InlineKind::Foreign { lang, inlines: inner } => gather(file, inner, Some(lang), content),
            InlineKind::FootnoteReference(_) => content.footnotes += 1,
            InlineKind::SoftBreak | InlineKind::HardBreak => {
                content.text.push(' ');
            }
        }
    }
}

/// A link in one way of writing: `../partners/csc.md` and `partners/csc` are the same page.
fn link(file: &ContentPath, RawLink(written): &RawLink, span: Span, elsewhere: fn(String) -> LinkTarget) -> Link {
    let is_address = written.contains("://") || written.starts_with("mailto:") || written.starts_with("tel:");
    let is_image = matches!(elsewhere(String::new()), LinkTarget::Image(_));
    if is_address {
        return Link { target: elsewhere(written.clone()), fragment: None, span };
    }
    let (path, fragment) = match written.split_once('#') {
        Some((path, fragment)) => (path, Some(fragment.to_owned())),
        None => (written.as_str(), None),
    };
    let beside = |path: &str| file.join(path).map_or_else(|| path.to_owned(), |path| path.as_str().to_owned());
    let target = match path.strip_suffix(".md") {
        _ if is_image => LinkTarget::Image(beside(path)),
        Some(stem) => {
            let stem = stem.strip_suffix(".en").or_else(|| stem.strip_suffix(".fr")).unwrap_or(stem);
            LinkTarget::Page(beside(stem))
        }
        None if path.rsplit('/').next().is_some_and(|name| name.contains('.')) => LinkTarget::File(beside(path)),
        None => LinkTarget::Page(path.trim_matches('/').to_owned()),
    };
    Link { target, fragment, span }
}

impl Content {
    fn into_unit(self, kind: Kind, span: Span) -> Unit {
        let (mut words, mut numbers, mut links) = (Sequence::default(), Sequence::default(), Sequence::default());
        let mut code = self.code.iter();
        for token in fingerprint::tokens(&self.text) {
            match token {
                Token::Word(word) => words.push(word),
                Token::Number(number) => {
                    words.push("0");
                    numbers.push(number);
                }
                Token::Mark(OBJECT) => {
                    words.push("`");
                    words.push(code.next().map_or("", String::as_str));
                }
                Token::Mark(mark) => words.push(mark.encode_utf8(&mut [0; 4])),
            }
        }
        for _ in 0..self.footnotes {
            words.push("[^]");
        }
        for link in &self.links {
            let (LinkTarget::Page(target)
            | LinkTarget::File(target)
            | LinkTarget::Address(target)
            | LinkTarget::Image(target)) = &link.target;
            links.push(target);
            if let Some(fragment) = &link.fragment {
                links.push("#");
                links.push(fragment);
            }
        }
        let mark = Mark { kind, words: words.words(), numbers: numbers.extra(), links: links.extra() };
        Unit { mark, span, content: self }
    }
}
