//! Tables, and what their cells hold: a line, or lists, which are written as lines that begin with a sign and end in
//! `<br>`, or with the tags `<ul>`, `<ol>` and `<li>`.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::inlines::Line;
use super::{Blocks, Inlines, Leaf, Reader};
use crate::diagnostic::{Span, Untaken, catalog};
use crate::document::{Alignment, Block, BlockKind, Cell, Inline, InlineKind, Item, RawLink, Table};

/// The bar between backquotes that splits a cell of a row in two.
fn bar_in_code(row: &str) -> Option<usize> {
    let mut opened = None;
    for (at, sign) in row.match_indices(['`', '|']) {
        match (sign, opened) {
            ("`", None) => opened = Some(at),
            ("`", Some(open)) => {
                let inner = &row[open..at];
                let bar = inner.find('|').filter(|bar| !inner[..*bar].ends_with('\\'));
                // A space beside the bar is the end of a cell.
                if let Some(bar) = bar.filter(|bar| !inner[..*bar].ends_with(' ') && !inner[bar + 1..].starts_with(' '))
                {
                    return Some(open + bar);
                }
                opened = None;
            }
            _ => {}
        }
    }
    None
}

impl Reader<'_, '_, '_> {
    pub(super) fn table(&mut self, alignments: &[pulldown_cmark::Alignment]) -> BlockKind<RawLink> {
        let alignments = alignments.iter().map(|alignment| match alignment {
            pulldown_cmark::Alignment::None => Alignment::None,
            pulldown_cmark::Alignment::Left => Alignment::Left,
            pulldown_cmark::Alignment::Center => Alignment::Center,
            pulldown_cmark::Alignment::Right => Alignment::Right,
        });
        let mut table = Table { alignments: alignments.collect(), head: Vec::new(), rows: Vec::new() };
        let mut in_head = false;
        let mut row = 0..0;
        let mut last = 0;
        let mut is_framed = false;
        while let Some((event, range)) = self.events.next() {
            match event {
                Event::End(TagEnd::Table) => break,
                Event::Start(Tag::TableHead) => {
                    in_head = true;
                    is_framed = self.is_framed(&range);
                    (row, last) = (range.clone(), range.start);
                }
                Event::Start(Tag::TableRow) => {
                    in_head = false;
                    if is_framed && !self.is_framed(&range) {
                        let line = self.written[range.clone()].trim_end().len();
                        self.did_not_take(&(range.start..range.start + line), &Untaken::TableRow);
                    }
                    (row, last) = (range.clone(), range.start);
                    let bar = bar_in_code(&self.written[range.clone()]).map(|at| range.start + at);
                    if let Some(bar) = bar {
                        self.did_not_take(&(bar..bar + 1), &Untaken::BarInCode);
                    }
                    self.has_torn_code = bar.is_some();
                    table.rows.push(Vec::new());
                }
                Event::Start(Tag::TableCell) => {
                    last = range.end;
                    let cell = self.cell();
                    match table.rows.last_mut() {
                        Some(row) if !in_head => row.push(cell),
                        _ => table.head.push(cell),
                    }
                }
                Event::End(TagEnd::TableRow | TagEnd::TableHead) => {
                    self.left_over(&(last..row.end.max(last)));
                    self.has_torn_code = false;
                }
                _ => {}
            }
        }
        BlockKind::Table(table)
    }

    /// Whether a row of a table begins and ends with a bar.
    fn is_framed(&self, row: &Range<usize>) -> bool {
        let row = self.written[row.clone()].trim();
        row.starts_with('|') && row.len() > 1 && row.ends_with('|')
    }

    /// Reports the cells of a row for which the table's header row has no column.
    fn left_over(&mut self, range: &Range<usize>) {
        let rest = &self.written[range.clone()];
        let words = rest.trim_matches(|c: char| c.is_whitespace() || c == '|');
        if words.is_empty() {
            return;
        }
        let start = range.start + (words.as_ptr() as usize - rest.as_ptr() as usize);
        let words = start..start + words.len();
        self.account(&words);
        let span = self.span(&words);
        if !self.has_torn_code {
            self.report(span, catalog::cells_too_many);
        }
    }

    /// Reads a list tag in a cell, where Markdown has no lists; returns whether it is one.
    pub(super) fn list_tag(&mut self, name: &str, opens: bool, span: Span, line: &mut Line) -> bool {
        if self.leaf != Leaf::Cell || !matches!(name, "ul" | "ol" | "li") {
            return false;
        }
        let mut push = |kind| line.push(Inline { span, kind });
        match (name, opens) {
            ("li", true) => {
                push(InlineKind::HardBreak);
                let sign = if self.in_numbered { NUMBERED_ITEM } else { ITEM };
                push(InlineKind::Text(sign.to_string()));
            }
            ("li", false) => {}
            _ => {
                push(InlineKind::HardBreak);
                self.in_numbered = opens && name == "ol";
            }
        }
        true
    }

    fn cell(&mut self) -> Cell<RawLink> {
        let inlines = self.leaf(TagEnd::TableCell, Leaf::Cell);
        if inlines.is_empty() {
            return Cell::new();
        }
        lists(inlines)
    }
}

/// The blocks of a cell: its lines; those that begin with the sign of an item form lists.
fn lists(inlines: Inlines) -> Blocks {
    let mut lines: Vec<Inlines> = vec![Vec::new()];
    let has_items =
        inlines.iter().any(|inline| matches!(inline.kind, InlineKind::HardBreak)) || sign(&inlines).is_some();
    if !has_items {
        return vec![plain(inlines)];
    }
    for inline in inlines {
        match inline.kind {
            InlineKind::HardBreak => lines.push(Vec::new()),
            _ => lines.last_mut().into_iter().for_each(|line| line.push(inline.clone())),
        }
    }
    let signs: Vec<Option<Sign>> = lines.iter().map(|line| sign(line)).collect();
    // One line with a hyphen before it may be a number or a dialogue; a list has two.
    if signs.iter().flatten().count() < 2 && !signs.iter().flatten().any(|sign| sign.is_sure) {
        let joined = lines.into_iter().enumerate().fold(Inlines::new(), |mut all, (at, line)| {
            if at > 0 {
                let span = line.first().or(all.last()).map(|inline| inline.span).unwrap_or_default();
                all.push(Inline { span, kind: InlineKind::HardBreak });
            }
            all.extend(line);
            all
        });
        return vec![plain(joined)];
    }
    let mut blocks = Blocks::new();
    for (mut line, sign) in lines.into_iter().zip(signs) {
        let Some(span) = line.first().map(|first| first.span) else { continue };
        let Some(Sign { number, length, .. }) = sign else {
            match blocks.last_mut() {
                Some(Block { kind: BlockKind::Plain(before), .. }) => {
                    before.push(Inline { span, kind: InlineKind::HardBreak });
                    before.extend(line);
                }
                _ => blocks.push(plain(line)),
            }
            continue;
        };
        if let Some(Inline { kind: InlineKind::Text(text), .. }) = line.first_mut() {
            text.replace_range(..length, "");
            if text.is_empty() {
                line.remove(0);
            }
        }
        let item = Item { done: None, blocks: vec![plain(line)] };
        match blocks.last_mut() {
            Some(Block { kind: BlockKind::List { start, items }, .. }) if start.is_some() == number.is_some() => {
                items.push(item);
            }
            _ => {
                blocks.push(Block { span, kind: BlockKind::List { start: number, items: vec![item] } });
            }
        }
    }
    blocks
}

/// The sign before an item.
#[derive(Clone, Copy)]
struct Sign {
    /// The item's number, if it has one.
    number: Option<u64>,
    /// How many bytes it takes.
    length: usize,
    /// Whether it comes from a tag and can be nothing else.
    is_sure: bool,
}

/// The signs that stand for `<li>` while a cell is read: no writer types them.
const ITEM: char = '\u{fdd0}';
const NUMBERED_ITEM: char = '\u{fdd1}';

/// The sign that a line begins with.
fn sign(line: &[Inline<RawLink>]) -> Option<Sign> {
    let (first, more) = line.split_first()?;
    let InlineKind::Text(text) = &first.kind else { return None };
    if text.starts_with([ITEM, NUMBERED_ITEM]) {
        let number = text.starts_with(NUMBERED_ITEM).then_some(1);
        return Some(Sign { number, length: ITEM.len_utf8(), is_sure: true });
    }
    let words = text.trim_start();
    let digits = words.bytes().take_while(u8::is_ascii_digit).count();
    let rest = match digits {
        0 => words.strip_prefix(['-', '*', '+', '•', '–', '·'])?,
        1..=3 => words[digits..].strip_prefix(['.', ')'])?,
        _ => return None,
    };
    let item = rest.trim_start();
    let is_item = item.len() < rest.len() && !(item.is_empty() && more.is_empty());
    is_item.then(|| Sign { number: words[..digits].parse().ok(), length: text.len() - item.len(), is_sure: false })
}

fn plain(inlines: Inlines) -> Block<RawLink> {
    let span = inlines
        .first()
        .zip(inlines.last())
        .map(|(first, last)| Span { start: first.span.start, end: last.span.end.max(first.span.end) });
    Block { span: span.unwrap_or_default(), kind: BlockKind::Plain(inlines) }
}
