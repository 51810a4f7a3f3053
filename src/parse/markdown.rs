//! Markdown to [`Document`]: `CommonMark` with tables, footnotes, definition lists, heading ids, alerts and task lists.
//! Owns `pulldown-cmark`.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use pulldown_cmark::{BlockQuoteKind, CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::heading_ids::HeadingIds;
use crate::diagnostic::{Diagnostic, Diagnostics, Place, Severity, Span, catalog};
use crate::document::{
    AlertKind, Alignment, Block, BlockKind, Definition, Document, Footnote, Inline, InlineKind, Item, RawLink, Table,
    plain_text,
};
use crate::path::{self, ContentPath};

/// Where a piece of Markdown comes from.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// The file.
    pub file: &'a ContentPath,
    /// Where in the file.
    pub at: At,
    /// What to do about HTML. Tags are never let through: no code comes from content.
    pub raw_html: Option<Severity>,
}

/// How places in the Markdown map to places in the file.
#[derive(Clone, Copy, Debug)]
pub enum At {
    /// The Markdown is a part of the file that begins at this byte.
    Offset(u32),
    /// The Markdown is a value of YAML, whose escapes hide the exact places: everything is told at the value.
    Value(Span),
}

/// What is understood beyond `CommonMark`.
pub(super) const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_HEADING_ATTRIBUTES)
    .union(Options::ENABLE_GFM)
    .union(Options::ENABLE_DEFINITION_LIST);

/// Parses Markdown.
pub fn parse(source: &Source<'_>, text: &str) -> (Document<RawLink>, Diagnostics) {
    let mut builder = Builder {
        source,
        text,
        events: Parser::new_ext(text, OPTIONS).into_offset_iter(),
        diagnostics: Diagnostics::default(),
        heading_ids: HeadingIds::default(),
        last_level: 1,
        depth: 0,
        task: None,
        references: Vec::new(),
        labels: HashMap::new(),
        definitions: BTreeMap::new(),
    };
    let blocks = builder.blocks(None);
    let footnotes = builder.footnotes();
    let mut document = Document { blocks, footnotes };
    builder.heading_ids.settle(&mut document);
    (document, builder.diagnostics)
}

/// Deeper than anyone writes, and far from the end of the stack.
const MAX_DEPTH: usize = 64;

type Blocks = Vec<Block<RawLink>>;
type Inlines = Vec<Inline<RawLink>>;

struct Builder<'a, 'text> {
    source: &'a Source<'a>,
    text: &'text str,
    events: pulldown_cmark::OffsetIter<'text>,
    diagnostics: Diagnostics,
    heading_ids: HeadingIds,
    last_level: u8,
    /// How many elements the one being read lies in.
    depth: usize,
    /// Whether the item being read is a task, and done.
    task: Option<bool>,
    /// The labels that the text refers to, in order of first reference, with the number of references and the first.
    references: Vec<(String, usize, Span)>,
    /// Where each label stands among the references.
    labels: HashMap<String, usize>,
    definitions: BTreeMap<String, (Span, Blocks)>,
}

impl Builder<'_, '_> {
    fn span(&self, range: &Range<usize>) -> Span {
        match self.source.at {
            At::Offset(offset) => Span::new(range.clone()).shifted(offset),
            At::Value(span) => span,
        }
    }

    fn tell(&mut self, span: Span, mistake: impl FnOnce(Place) -> Diagnostic) {
        self.diagnostics.push(mistake(Place::new(self.source.file, span)));
    }

    /// Whether one more element may be entered; tells where it may not, and passes over it.
    fn enter(&mut self, end: Option<TagEnd>) -> bool {
        if self.depth < MAX_DEPTH {
            self.depth += 1;
            return true;
        }
        let mut open = 1;
        let mut told = false;
        while let Some((event, range)) = self.events.next() {
            if !std::mem::replace(&mut told, true) {
                let span = self.span(&range);
                self.tell(span, catalog::nested_too_deep);
            }
            match event {
                Event::Start(_) => open += 1,
                Event::End(_) => open -= 1,
                _ => {}
            }
            if open == 0 && end.is_some() {
                break;
            }
        }
        false
    }

    /// The blocks up to the end of the given element, or of the text.
    fn blocks(&mut self, end: Option<TagEnd>) -> Blocks {
        if !self.enter(end) {
            return Blocks::new();
        }
        let mut blocks = Blocks::new();
        let mut loose: Option<(Span, Inlines)> = None;
        while let Some((event, range)) = self.events.next() {
            let span = self.span(&range);
            match event {
                Event::End(tag) if Some(tag) == end => break,
                Event::Start(tag) if is_block(&tag) => {
                    flush(&mut loose, &mut blocks);
                    let kind = self.block(tag, span);
                    blocks.extend(kind.map(|kind| Block { span, kind }));
                }
                Event::Rule => {
                    flush(&mut loose, &mut blocks);
                    blocks.push(Block { span, kind: BlockKind::Rule });
                }
                Event::Html(html) => self.html(&html, span),
                Event::TaskListMarker(done) => self.task = Some(done),
                Event::End(_) => {}
                // The item of a tight list holds its words without a paragraph.
                event => {
                    let (whole, inlines) = loose.get_or_insert((span, Vec::new()));
                    whole.end = span.end;
                    let inlines = std::mem::take(inlines);
                    let more = self.inline(event, range, inlines);
                    if let Some((_, inlines)) = &mut loose {
                        *inlines = more;
                    }
                }
            }
        }
        flush(&mut loose, &mut blocks);
        self.depth -= 1;
        blocks.shrink_to_fit();
        blocks
    }

    fn block(&mut self, tag: Tag<'_>, span: Span) -> Option<BlockKind<RawLink>> {
        let end = tag.to_end();
        Some(match tag {
            Tag::Paragraph => BlockKind::Paragraph(self.inlines(end)),
            Tag::Heading { level, id, .. } => {
                let inlines = self.inlines(end);
                return self.heading(level, id.as_deref(), inlines, span);
            }
            Tag::BlockQuote(None) => BlockKind::Quote(self.blocks(Some(end))),
            Tag::BlockQuote(Some(kind)) => BlockKind::Alert { kind: alert_kind(kind), blocks: self.blocks(Some(end)) },
            Tag::CodeBlock(kind) => {
                let language = match kind {
                    CodeBlockKind::Fenced(info) => info.split_whitespace().next().unwrap_or_default().to_owned(),
                    CodeBlockKind::Indented => String::new(),
                };
                BlockKind::Code { language, text: self.raw_text(end) }
            }
            Tag::List(start) => BlockKind::List { start, items: self.items(end) },
            Tag::Table(alignments) => self.table(&alignments),
            Tag::DefinitionList => BlockKind::Definitions(self.definitions(end)),
            Tag::FootnoteDefinition(label) => {
                let blocks = self.blocks(Some(end));
                self.definitions.insert(label.into_string(), (span, blocks));
                return None;
            }
            Tag::HtmlBlock => {
                let html = self.raw_text(end);
                self.html(&html, span);
                return None;
            }
            _ => {
                self.raw_text(end);
                return None;
            }
        })
    }

    fn heading(
        &mut self,
        level: HeadingLevel,
        id: Option<&str>,
        inlines: Inlines,
        span: Span,
    ) -> Option<BlockKind<RawLink>> {
        let mut level = level as u8;
        if level == 1 {
            self.tell(span, catalog::heading_level_one);
            level = 2;
        } else if level > self.last_level + 1 {
            let (found, expected) = (level, self.last_level + 1);
            self.tell(span, |place| catalog::heading_skipped(place, found, expected));
        }
        self.last_level = level;
        let words = plain_text(&inlines);
        if words.trim().is_empty() {
            self.tell(span, catalog::heading_empty);
            return None;
        }
        let id = match id {
            Some(id) if !path::is_slug(id) => {
                let proposal = path::slug(id);
                self.tell(span, |place| catalog::bad_heading_id(place, id, &proposal));
                proposal
            }
            Some(id) => id.to_owned(),
            None => String::new(),
        };
        let id = if id.is_empty() {
            self.heading_ids.make(path::slug(&words))
        } else {
            let (settled, is_taken) = self.heading_ids.choose(&id);
            if is_taken {
                self.tell(span, |place| catalog::duplicate_heading_id(place, &id));
            }
            settled
        };
        Some(BlockKind::Heading { level, id, inlines })
    }

    fn items(&mut self, end: TagEnd) -> Vec<Item<RawLink>> {
        let mut items = Vec::new();
        while let Some((event, _)) = self.events.next() {
            match event {
                Event::End(tag) if tag == end => break,
                Event::Start(Tag::Item) => items.push(self.item()),
                _ => {}
            }
        }
        items.shrink_to_fit();
        items
    }

    fn item(&mut self) -> Item<RawLink> {
        let around = self.task.take();
        let blocks = self.blocks(Some(TagEnd::Item));
        Item { done: std::mem::replace(&mut self.task, around), blocks }
    }

    fn table(&mut self, alignments: &[pulldown_cmark::Alignment]) -> BlockKind<RawLink> {
        let alignments = alignments.iter().map(|alignment| match alignment {
            pulldown_cmark::Alignment::None => Alignment::None,
            pulldown_cmark::Alignment::Left => Alignment::Left,
            pulldown_cmark::Alignment::Center => Alignment::Center,
            pulldown_cmark::Alignment::Right => Alignment::Right,
        });
        let mut table = Table { alignments: alignments.collect(), head: Vec::new(), rows: Vec::new() };
        let mut in_head = false;
        while let Some((event, _)) = self.events.next() {
            match event {
                Event::End(TagEnd::Table) => break,
                Event::Start(Tag::TableHead) => in_head = true,
                Event::Start(Tag::TableRow) => {
                    in_head = false;
                    table.rows.push(Vec::new());
                }
                Event::Start(Tag::TableCell) => {
                    let cell = self.inlines(TagEnd::TableCell);
                    match table.rows.last_mut() {
                        Some(row) if !in_head => row.push(cell),
                        _ => table.head.push(cell),
                    }
                }
                _ => {}
            }
        }
        BlockKind::Table(table)
    }

    fn definitions(&mut self, end: TagEnd) -> Vec<Definition<RawLink>> {
        let mut definitions = Vec::<Definition<RawLink>>::new();
        while let Some((event, _)) = self.events.next() {
            match event {
                Event::End(tag) if tag == end => break,
                Event::Start(tag @ Tag::DefinitionListTitle) => {
                    definitions.push(Definition { term: self.inlines(tag.to_end()), details: Vec::new() });
                }
                Event::Start(tag @ Tag::DefinitionListDefinition) => {
                    let blocks = self.blocks(Some(tag.to_end()));
                    if let Some(definition) = definitions.last_mut() {
                        definition.details.push(blocks);
                    }
                }
                _ => {}
            }
        }
        definitions
    }

    /// The inlines up to the end of the given element.
    fn inlines(&mut self, end: TagEnd) -> Inlines {
        let mut inlines = Inlines::new();
        if !self.enter(Some(end)) {
            return inlines;
        }
        while let Some((event, range)) = self.events.next() {
            if event == Event::End(end) {
                break;
            }
            inlines = self.inline(event, range, inlines);
        }
        self.depth -= 1;
        tight(inlines)
    }

    /// Adds what one event begins to the inlines.
    fn inline(&mut self, event: Event<'_>, range: Range<usize>, mut inlines: Inlines) -> Inlines {
        let span = self.span(&range);
        let kind = match event {
            Event::Text(text) => {
                self.missing_footnote(range.start);
                // The parser splits text at every sign that might have had a meaning.
                if let Some(Inline { span: before, kind: InlineKind::Text(words) }) = inlines.last_mut() {
                    words.push_str(&text);
                    before.end = span.end;
                    return inlines;
                }
                InlineKind::Text(text.into_string())
            }
            Event::Code(text) => InlineKind::Code(text.into_string()),
            Event::SoftBreak => InlineKind::SoftBreak,
            Event::HardBreak => InlineKind::HardBreak,
            Event::InlineHtml(html) | Event::Html(html) => {
                self.html(&html, span);
                return inlines;
            }
            Event::TaskListMarker(done) => {
                self.task = Some(done);
                return inlines;
            }
            Event::FootnoteReference(label) => InlineKind::FootnoteReference(self.reference(&label, span)),
            Event::Start(tag) => match self.nested(tag, span) {
                Some(kind) => kind,
                None => return inlines,
            },
            _ => return inlines,
        };
        inlines.push(Inline { span, kind });
        inlines
    }

    fn nested(&mut self, tag: Tag<'_>, span: Span) -> Option<InlineKind<RawLink>> {
        let end = tag.to_end();
        let inlines = self.inlines(end);
        Some(match tag {
            Tag::Emphasis => InlineKind::Emphasis(inlines),
            Tag::Strong => InlineKind::Strong(inlines),
            Tag::Strikethrough => InlineKind::Strikethrough(inlines),
            Tag::Link { dest_url, .. } => match dest_url.strip_prefix("lang:") {
                Some(lang) => InlineKind::Foreign { lang: self.foreign_lang(lang, span), inlines },
                None => InlineKind::Link { target: RawLink(dest_url.into_string()), inlines },
            },
            Tag::Image { dest_url, .. } => {
                InlineKind::Image { target: RawLink(dest_url.into_string()), alt: plain_text(&inlines) }
            }
            _ => return None,
        })
    }

    fn foreign_lang(&mut self, code: &str, span: Span) -> String {
        let mut parts = code.split('-');
        let sound = parts.next().is_some_and(|first| matches!(first.len(), 2 | 3))
            && code
                .split('-')
                .all(|part| (2..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()));
        if !sound {
            self.tell(span, |place| catalog::bad_foreign_lang(place, code));
        }
        code.to_owned()
    }

    fn raw_text(&mut self, end: TagEnd) -> String {
        let mut text = String::new();
        for (event, _) in self.events.by_ref() {
            match event {
                Event::End(tag) if tag == end => break,
                Event::Text(part) | Event::Html(part) => text.push_str(&part),
                _ => {}
            }
        }
        text
    }

    /// Tells of HTML. A comment is a note among writers: it is left out in silence.
    fn html(&mut self, html: &str, span: Span) {
        let html = html.trim();
        if html.is_empty() || html.starts_with("<!--") && html.ends_with("-->") {
            return;
        }
        if let Some(severity) = self.source.raw_html {
            self.tell(span, |place| catalog::raw_html(place, severity));
        }
    }

    fn reference(&mut self, label: &str, span: Span) -> usize {
        if let Some(at) = self.labels.get(label) {
            self.references[*at].1 += 1;
            return *at;
        }
        let at = self.references.len();
        self.labels.insert(label.to_owned(), at);
        self.references.push((label.to_owned(), 1, span));
        at
    }

    /// Tells of a reference to a footnote that is not there: the parser takes it for text.
    fn missing_footnote(&mut self, at: usize) {
        let Some(rest) = self.text[at..].strip_prefix("[^").filter(|_| !self.text[..at].ends_with('\\')) else {
            return;
        };
        let end = rest.find([']', '\n', ' ', '[']).unwrap_or(rest.len());
        let label = &rest[..end];
        if rest[end..].starts_with(']') && !label.is_empty() {
            let span = self.span(&(at..at + "[^]".len() + label.len()));
            self.tell(span, |place| catalog::footnote_missing(place, label));
        }
    }

    fn footnotes(&mut self) -> Vec<Footnote<RawLink>> {
        let mut footnotes = Vec::new();
        for (label, references, span) in std::mem::take(&mut self.references) {
            let blocks = self.definitions.remove(&label).map(|(_, blocks)| blocks);
            if blocks.is_none() {
                self.tell(span, |place| catalog::footnote_missing(place, &label));
            }
            footnotes.push(Footnote { label, blocks: blocks.unwrap_or_default(), references });
        }
        for (label, (span, _)) in std::mem::take(&mut self.definitions) {
            self.tell(span, |place| catalog::footnote_unused(place, &label));
        }
        footnotes
    }
}

fn flush(loose: &mut Option<(Span, Inlines)>, blocks: &mut Blocks) {
    if let Some((span, inlines)) = loose.take().filter(|(_, inlines)| !inlines.is_empty()) {
        blocks.push(Block { span, kind: BlockKind::Plain(tight(inlines)) });
    }
}

/// Inlines without room to grow: of all words of a site, half of the memory would be such room.
fn tight(mut inlines: Inlines) -> Inlines {
    for inline in &mut inlines {
        if let InlineKind::Text(words) = &mut inline.kind {
            words.shrink_to_fit();
        }
    }
    inlines.shrink_to_fit();
    inlines
}

fn is_block(tag: &Tag<'_>) -> bool {
    !matches!(tag, Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. })
}

fn alert_kind(kind: BlockQuoteKind) -> AlertKind {
    match kind {
        BlockQuoteKind::Note => AlertKind::Note,
        BlockQuoteKind::Tip => AlertKind::Tip,
        BlockQuoteKind::Important => AlertKind::Important,
        BlockQuoteKind::Warning => AlertKind::Warning,
        BlockQuoteKind::Caution => AlertKind::Caution,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<&'static str> {
        let file = ContentPath::new("a.en.md");
        let source = Source { file: &file, at: At::Offset(0), raw_html: Some(Severity::Error) };
        parse(&source, text).1.into_sorted().into_iter().map(|mistake| mistake.name).collect()
    }

    #[test]
    fn nesting_beyond_all_use_is_told_instead_of_ending_the_program() {
        assert_eq!(names(&format!("{}a", "> ".repeat(5_000))), ["nested-too-deep"]);
        assert_eq!(names(&format!("{}{}", "*a ".repeat(5_000), "a*".repeat(5_000))), ["nested-too-deep"]);
    }

    #[test]
    fn comments_are_notes_among_writers_and_tags_are_mistakes() {
        assert!(names("<!-- to be checked -->\n\nText <!-- here too --> text.\n").is_empty());
        assert_eq!(names("<div>Text</div>\n"), ["raw-html"]);
        assert_eq!(names("Text <b>bold</b>.\n"), ["raw-html", "raw-html"]);
    }
}
