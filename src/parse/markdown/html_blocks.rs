//! Blocks of HTML. `<details>` and `<summary>` are understood; every other tag is reported, and what is between tags is
//! read as the Markdown that it would be without them, so that no word is lost with them.

use std::ops::Range;

use pulldown_cmark::{Event, Parser, TagEnd};

use super::html::{self, Token, TokenKind};
use super::pieces::Pieces;
use super::{Blocks, Inlines, Leaf, MAX_DEPTH, OPTIONS, Reader, definitions};
use crate::diagnostic::{Span, catalog};
use crate::document::{Block, BlockKind, Inline, InlineKind, RawLink};

/// Blocks while they are read, and the `<details>` that are open among them.
#[derive(Default)]
pub(super) struct Stack {
    blocks: Blocks,
    open: Vec<Disclosure>,
    /// How many are open beyond the deepest level: their contents are read as if they were not there.
    beyond: usize,
}

#[derive(Default)]
struct Disclosure {
    span: Span,
    summary: Blocks,
    /// Whether its summary is being read, and where that begins.
    in_summary: Option<Span>,
    blocks: Blocks,
}

impl Stack {
    pub(super) fn push(&mut self, block: Block<RawLink>) {
        match self.open.last_mut() {
            None => self.blocks.push(block),
            Some(Disclosure { in_summary: Some(_), summary, .. }) => summary.push(block),
            Some(disclosure) => disclosure.blocks.push(block),
        }
    }

    pub(super) fn is_in_summary(&self) -> bool {
        self.open.last().is_some_and(|disclosure| disclosure.in_summary.is_some())
    }

    pub(super) fn extend(&mut self, blocks: impl IntoIterator<Item = Block<RawLink>>) {
        blocks.into_iter().for_each(|block| self.push(block));
    }
}

/// How deep `<details>` may be nested, so that there is room for its contents.
const DEEPEST: usize = MAX_DEPTH / 2;

/// Put before words that begin with a tag, so that the parser reads them as words; it has no width.
const WORD: &str = "\u{2060}";

impl Reader<'_, '_, '_> {
    /// Reads a block of HTML to its end.
    pub(super) fn html_block(&mut self, stack: &mut Stack) {
        let mut html = String::new();
        let mut pieces = Pieces::default();
        while let Some((event, range)) = self.events.next() {
            match event {
                Event::End(TagEnd::HtmlBlock) => break,
                Event::Html(part) | Event::Text(part) | Event::InlineHtml(part) => {
                    pieces.push(html.len(), self.whole(&range).start);
                    html.push_str(&self.as_written(part, &range));
                }
                _ => {}
            }
        }
        // Words between inline tags are read together with their tags.
        let mut words: Option<Range<usize>> = None;
        for Token { range, kind } in html::tokens(&html) {
            let is_word = match &kind {
                TokenKind::Text => true,
                TokenKind::Open { name, .. } | TokenKind::Close { name } => html::is_inline(name),
                _ => false,
            };
            if is_word {
                words = Some(words.map_or(range.start, |words| words.start)..range.end);
                continue;
            }
            self.between(&html, words.take(), &pieces, stack);
            let whole = pieces.range(&range);
            self.shared.account.add(whole.clone());
            let span = self.shared.span(&whole);
            match kind {
                TokenKind::OpenComment => self.report(span, catalog::comment_unclosed),
                TokenKind::Machine => self.raw_html(span, ""),
                TokenKind::Open { name, attributes } => self.open_block(&name, &attributes, span, stack),
                TokenKind::Close { name } => self.close_block(&name, span, stack),
                TokenKind::Comment | TokenKind::Text => {}
            }
        }
        self.between(&html, words, &pieces, stack);
    }

    fn open_block(&mut self, name: &str, attributes: &[(String, String)], span: Span, stack: &mut Stack) {
        match name {
            "details" if stack.beyond > 0 || self.shared.depth >= DEEPEST => {
                if stack.beyond == 0 {
                    self.report(span, catalog::nested_too_deep);
                }
                stack.beyond += 1;
            }
            "summary" if stack.beyond > 0 => {}
            "details" => {
                self.attributes(name, attributes, span);
                self.shared.depth += 1;
                stack.open.push(Disclosure { span, ..Disclosure::default() });
            }
            "summary" => match stack.open.last_mut() {
                Some(disclosure) if disclosure.in_summary.is_none() => {
                    disclosure.in_summary = Some(span);
                    self.attributes(name, attributes, span);
                }
                _ => self.unknown_element(span, name),
            },
            _ => self.unknown_element(span, name),
        }
    }

    fn close_block(&mut self, name: &str, span: Span, stack: &mut Stack) {
        match (name, stack.open.last_mut()) {
            ("details", _) if stack.beyond > 0 => stack.beyond -= 1,
            ("summary", _) if stack.beyond > 0 => {}
            ("summary", Some(Disclosure { in_summary: in_summary @ Some(_), .. })) => *in_summary = None,
            ("details", Some(_)) => {
                let closed = stack.open.pop();
                self.shared.depth -= 1;
                stack.extend(closed.map(|disclosure| self.disclosure(disclosure)));
            }
            ("details", _) => self.report(span, |place| catalog::html_unopened(place, name)),
            _ => self.unknown_end(span, name),
        }
    }

    /// Closes what is still open at the end of the blocks, and reports it.
    pub(super) fn unclosed(&mut self, mut stack: Stack) -> Blocks {
        while let Some(disclosure) = stack.open.pop() {
            self.shared.depth -= 1;
            self.report(disclosure.span, |place| catalog::html_unclosed(place, "details"));
            let block = self.disclosure(disclosure);
            stack.push(block);
        }
        stack.blocks
    }

    fn disclosure(&mut self, disclosure: Disclosure) -> Block<RawLink> {
        let Disclosure { span, summary, in_summary, blocks } = disclosure;
        if let Some(span) = in_summary {
            self.report(span, |place| catalog::html_unclosed(place, "summary"));
        }
        let mut line = Inlines::new();
        let mut rest = Blocks::new();
        for block in summary {
            match block.kind {
                BlockKind::Paragraph(inlines) | BlockKind::Plain(inlines) => {
                    if !line.is_empty() {
                        line.push(Inline { span: block.span, kind: InlineKind::SoftBreak });
                    }
                    line.extend(inlines);
                }
                kind => rest.push(Block { span: block.span, kind }),
            }
        }
        if line.is_empty() {
            self.report(span, catalog::details_without_summary);
        }
        rest.extend(blocks);
        Block { span, kind: BlockKind::Details { summary: line, blocks: rest } }
    }

    /// Reads the text between tags as Markdown.
    fn between(&mut self, html: &str, words: Option<Range<usize>>, pieces: &Pieces, stack: &mut Stack) {
        let Some(words) = words.filter(|words| !html[words.clone()].trim().is_empty()) else { return };
        let (mut text, mut places) = (String::new(), Pieces::default());
        let is_tag = html[words.clone()].trim_start().starts_with('<');
        if is_tag {
            places.push(0, pieces.place(words.start));
            text.push_str(WORD);
        }
        // HTML is indented as its writer likes; in Markdown that would be code.
        let lines = html[words.clone()].split_inclusive('\n');
        let indent = |line: &str| line.len() - line.trim_start_matches([' ', '\t']).len();
        let common = lines.clone().filter(|line| !line.trim().is_empty()).map(indent).min().unwrap_or(0);
        let mut at = words.start;
        for line in lines {
            let cut = if is_tag { indent(line) } else { indent(line).min(common) };
            places.push(text.len(), pieces.place(at + cut));
            text.push_str(&line[cut..]);
            at += line.len();
        }
        if text.contains('[') {
            // The lines that say where references lead are elsewhere.
            text.push_str("\n\n");
            for range in self.shared.links.ranges().collect::<Vec<_>>() {
                places.push(text.len(), range.start);
                text.push_str(self.shared.whole.get(range).unwrap_or_default());
                text.push('\n');
            }
        }
        let prepared = definitions::prepare(&text);
        let mut reader = Reader {
            shared: &mut *self.shared,
            written: &text,
            prepared: &prepared,
            pieces: places,
            events: Parser::new_ext(&prepared, OPTIONS).into_offset_iter(),
            task: None,
            in_link: self.in_link,
            leaf: Leaf::Paragraph,
            has_torn_code: false,
            in_numbered: false,
            prefix: if is_tag { WORD.len() } else { 0 },
            text_end: 0,
            plain: Vec::new(),
        };
        let blocks = reader.blocks(None);
        let is_empty = |block: &Block<RawLink>| match &block.kind {
            BlockKind::Paragraph(inlines) => inlines.iter().all(|inline| {
                matches!(inline.kind, InlineKind::HardBreak | InlineKind::SoftBreak)
                    || matches!(&inline.kind, InlineKind::Text(text) if text.is_empty())
            }),
            _ => false,
        };
        stack.extend(blocks.into_iter().filter(|block| !is_empty(block)));
    }
}
