//! What a page is made of: paragraphs, lists, quotations, code.

use std::ops::Range;

use pulldown_cmark::{BlockQuoteKind, CodeBlockKind, Event, Tag, TagEnd};

use super::html_blocks::Stack;
use super::inlines::Line;
use super::{Blocks, Inlines, Leaf, MAX_DEPTH, Reader};
use crate::diagnostic::{Untaken, catalog};
use crate::document::{AlertKind, Block, BlockKind, Definition, Item, RawLink};
use crate::source::lines::line_start;

impl Reader<'_, '_, '_> {
    /// Whether one more element may be entered; otherwise reports that and skips it.
    pub(super) fn enter(&mut self, end: Option<TagEnd>) -> bool {
        if self.shared.depth < MAX_DEPTH {
            self.shared.depth += 1;
            return true;
        }
        let mut open = 1;
        let mut reported = false;
        while let Some((event, range)) = self.events.next() {
            self.account(&range);
            if !std::mem::replace(&mut reported, true) {
                self.report(self.span(&range), catalog::nested_too_deep);
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
    pub(super) fn blocks(&mut self, end: Option<TagEnd>) -> Blocks {
        if !self.enter(end) {
            return Blocks::new();
        }
        let mut stack = Stack::default();
        let mut loose: Option<Line> = None;
        // Where the numbered list right above begins.
        let mut numbered = None;
        while let Some((event, range)) = self.events.next() {
            if let Some(column) = numbered.take().filter(|_| matches!(event, Event::Start(Tag::List(None)))) {
                self.indented_item(self.sign(range.start), column);
            }
            if matches!(event, Event::Start(Tag::List(Some(_)))) {
                numbered = Some(self.column(self.sign(range.start)));
            }
            match event {
                Event::End(tag) if Some(tag) == end => break,
                Event::Start(Tag::HtmlBlock) => {
                    self.flush(&mut loose, &mut stack);
                    self.html_block(&mut stack);
                }
                Event::Start(tag) if is_block(&tag) => {
                    self.flush(&mut loose, &mut stack);
                    let span = self.span(&range);
                    let kind = match tag {
                        // The summary of a part that readers open is one line, however it was written.
                        Tag::Heading { .. } if stack.is_in_summary() => {
                            Some(BlockKind::Paragraph(self.leaf(tag.to_end(), Leaf::Heading)))
                        }
                        tag => self.block(tag, &range),
                    };
                    stack.extend(kind.map(|kind| Block { span, kind }));
                }
                Event::Rule => {
                    self.flush(&mut loose, &mut stack);
                    stack.push(Block { span: self.span(&range), kind: BlockKind::Rule });
                }
                Event::TaskListMarker(done) => {
                    self.account(&range);
                    self.task = Some(done);
                }
                Event::End(_) => {}
                // An item of a tight list holds its words without a paragraph.
                event => {
                    if loose.is_none() {
                        self.begin(Leaf::Paragraph);
                    }
                    let mut line = loose.take().unwrap_or_default();
                    self.inline(event, range, &mut line);
                    loose = Some(line);
                }
            }
        }
        self.flush(&mut loose, &mut stack);
        let mut blocks = self.unclosed(stack);
        self.shared.depth -= 1;
        blocks.shrink_to_fit();
        blocks
    }

    fn flush(&mut self, loose: &mut Option<Line>, stack: &mut Stack) {
        let Some(line) = loose.take() else { return };
        let range = line.range.clone().unwrap_or_default();
        let inlines = self.line(line);
        self.untaken();
        if !inlines.is_empty() {
            stack.push(Block { span: self.span(&range), kind: BlockKind::Plain(inlines) });
        }
    }

    /// Begins a block of words.
    fn begin(&mut self, leaf: Leaf) {
        self.leaf = leaf;
        self.plain.clear();
    }

    /// The words up to the end of an element that holds only words.
    pub(super) fn leaf(&mut self, end: TagEnd, leaf: Leaf) -> Inlines {
        self.begin(leaf);
        let inlines = self.inlines(end);
        self.untaken();
        inlines
    }

    fn block(&mut self, tag: Tag<'_>, range: &Range<usize>) -> Option<BlockKind<RawLink>> {
        let end = tag.to_end();
        Some(match tag {
            Tag::Paragraph => {
                let inlines = self.leaf(end, Leaf::Paragraph);
                // A comment alone does not make a paragraph.
                return (!inlines.is_empty()).then_some(BlockKind::Paragraph(inlines));
            }
            Tag::Heading { level, .. } => {
                let inlines = self.leaf(end, Leaf::Heading);
                return self.heading(level, inlines, range);
            }
            Tag::BlockQuote(None) => BlockKind::Quote(self.blocks(Some(end))),
            Tag::BlockQuote(Some(kind)) => {
                let sign = self.written[range.clone()].find(']').map_or(0, |end| end + 1);
                self.account(&(range.start..range.start + sign));
                BlockKind::Alert { kind: alert_kind(kind), blocks: self.blocks(Some(end)) }
            }
            Tag::CodeBlock(kind) => self.code(kind, end, range),
            Tag::List(start) => BlockKind::List { start, items: self.items(end) },
            Tag::Table(alignments) => self.table(&alignments),
            Tag::DefinitionList => BlockKind::Definitions(self.definitions(end)),
            Tag::FootnoteDefinition(label) => {
                let blocks = self.blocks(Some(end));
                self.footnote(label.into_string(), range, blocks);
                return None;
            }
            _ => {
                self.raw_text(end);
                return None;
            }
        })
    }

    fn code(&mut self, kind: CodeBlockKind<'_>, end: TagEnd, range: &Range<usize>) -> BlockKind<RawLink> {
        let CodeBlockKind::Fenced(info) = kind else {
            let text = self.raw_text(end);
            if looks_like_words(&text) {
                let line = self.written[range.clone()].trim_end().lines().next().map_or(0, str::len);
                self.did_not_take(&(range.start..range.start + line), &Untaken::IndentedWords);
            }
            return BlockKind::Code { language: String::new(), text };
        };
        let language = info.split_whitespace().next().unwrap_or_default().to_owned();
        let first = self.written[range.clone()].lines().next().unwrap_or_default();
        let line = range.start..range.start + first.len();
        self.account(&line);
        self.no_control_by_reference(&language, &line);
        let rest = info.trim().strip_prefix(&*language).unwrap_or_default().trim();
        if let Some(severity) = self.policy().filter(|_| rest.contains(char::is_alphanumeric)) {
            self.report(self.span(&line), |place| catalog::code_info(place, rest, severity));
        }
        let sign = first.trim_start();
        let sign = &sign[..sign.len() - sign.trim_start_matches(['`', '~']).len()];
        let last = self.written[range.clone()].trim_end().lines().skip(1).last().unwrap_or_default();
        let last = last.trim_start_matches(['>', ' ', '\t']);
        if !(last.starts_with(sign) && last.trim_end().chars().all(|c| sign.starts_with(c))) {
            self.did_not_take(&line, &Untaken::Fence(sign.to_owned()));
        }
        BlockKind::Code { language, text: self.raw_text(end) }
    }

    /// Reports an item that is indented, but less than what belongs to the item above it. `column` is where the first
    /// item of the list begins.
    fn indented_item(&mut self, at: usize, column: usize) {
        if self.column(at) > column {
            self.did_not_take(&(at..at + 1), &Untaken::IndentedItem);
        }
    }

    /// Where the sign is of the item that begins here, after its indentation.
    fn sign(&self, at: usize) -> usize {
        let rest = &self.written[at..];
        at + rest.len() - rest.trim_start_matches([' ', '\t']).len()
    }

    /// How far into its line a place is, in bytes.
    fn column(&self, at: usize) -> usize {
        at - line_start(self.written, at)
    }

    fn items(&mut self, end: TagEnd) -> Vec<Item<RawLink>> {
        let mut items = Vec::new();
        let mut column = None;
        let mut numbers = Vec::new();
        while let Some((event, range)) = self.events.next() {
            match event {
                Event::End(tag) if tag == end => break,
                Event::Start(Tag::Item) => {
                    let sign = self.sign(range.start);
                    let first = *column.get_or_insert(self.column(sign));
                    self.indented_item(sign, first);
                    let digits = self.written[sign..].bytes().take_while(u8::is_ascii_digit).count();
                    self.account(&(sign..sign + digits));
                    numbers.push(sign..sign + digits);
                    items.push(self.item());
                }
                _ => {}
            }
        }
        self.numbers(&numbers);
        items.shrink_to_fit();
        items
    }

    /// Reports the first number in a list that readers do not see: for them, the list counts up from its first item.
    /// The same number before each item is a way to leave the counting to the program.
    fn numbers(&mut self, written: &[Range<usize>]) {
        let number = |range: &Range<usize>| self.written[range.clone()].parse::<u64>().ok();
        let Some(first) = written.first().and_then(number) else { return };
        if written.iter().all(|range| number(range) == Some(first)) {
            return;
        }
        let shown = (first..).zip(written).find(|(shown, range)| number(range) != Some(*shown));
        if let Some((shown, range)) = shown {
            let written = self.written[range.clone()].to_owned();
            self.did_not_take(range, &Untaken::ItemNumber { written, shown });
        }
    }

    fn item(&mut self) -> Item<RawLink> {
        let around = self.task.take();
        let blocks = self.blocks(Some(TagEnd::Item));
        Item { done: std::mem::replace(&mut self.task, around), blocks }
    }

    fn definitions(&mut self, end: TagEnd) -> Vec<Definition<RawLink>> {
        let mut definitions = Vec::<Definition<RawLink>>::new();
        while let Some((event, _)) = self.events.next() {
            match event {
                Event::End(tag) if tag == end => break,
                Event::Start(tag @ Tag::DefinitionListTitle) => {
                    let term = self.leaf(tag.to_end(), Leaf::Term);
                    definitions.push(Definition { term, details: Vec::new() });
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

    /// The text up to the end of an element, as its writer wrote it.
    pub(super) fn raw_text(&mut self, end: TagEnd) -> String {
        let mut text = String::new();
        while let Some((event, range)) = self.events.next() {
            match event {
                Event::End(tag) if tag == end => break,
                Event::Text(part) => {
                    self.account(&range);
                    text.push_str(&self.as_written(part, &range));
                }
                _ => {}
            }
        }
        text
    }
}

/// Whether code is really a passage that was pasted with its indentation: sentences and items, and nothing that only
/// code has.
fn looks_like_words(text: &str) -> bool {
    let is_code = |c: char| "{}=<>$\\_|@`~^".contains(c);
    let Some(first) = text.lines().find(|line| !line.trim().is_empty()) else { return false };
    let first = first.trim_start();
    let item = first.trim_start_matches(|c: char| c.is_ascii_digit() || "-*+•.)#".contains(c));
    let is_item = item.len() < first.len() && item.starts_with([' ', '\u{a0}', '\t']);
    let words = first.split_whitespace().filter(|word| word.chars().any(char::is_alphabetic)).count();
    let begins = first.starts_with(|c: char| c.is_uppercase() || "«“\"’".contains(c));
    !text.contains(is_code) && !text.contains("--") && words > 0 && (is_item || (begins && words > 1) || words > 4)
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
