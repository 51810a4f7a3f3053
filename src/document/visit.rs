//! Goes through a document without changing it: [`Document::links`], and the parts of a cell ([`cell_parts`]).

use super::{Block, BlockKind, Document, Inline, InlineKind, Item, LinkRole, LinkUse};

impl<L> Document<L> {
    /// Every link and picture in the order of the page, with how it is used.
    pub fn links(&self) -> Vec<(&L, LinkUse)> {
        let mut links = Vec::new();
        blocks(&self.blocks, &mut links);
        for footnote in &self.footnotes {
            blocks(&footnote.blocks, &mut links);
        }
        links
    }
}

type Links<'a, L> = Vec<(&'a L, LinkUse)>;

fn blocks<'a, L>(all: &'a [Block<L>], links: &mut Links<'a, L>) {
    for block in all {
        match &block.kind {
            BlockKind::Heading { inlines: words, .. } | BlockKind::Paragraph(words) | BlockKind::Plain(words) => {
                inlines(words, links);
            }
            BlockKind::List { items, .. } => items.iter().for_each(|item| blocks(&item.blocks, links)),
            BlockKind::Table(table) => {
                table.head.iter().chain(table.rows.iter().flatten()).for_each(|cell| blocks(cell, links));
            }
            BlockKind::Quote(inner) | BlockKind::Alert { blocks: inner, .. } => blocks(inner, links),
            BlockKind::Definitions(definitions) => {
                for definition in definitions {
                    inlines(&definition.term, links);
                    definition.details.iter().for_each(|detail| blocks(detail, links));
                }
            }
            BlockKind::Details { summary, blocks: inner } => {
                inlines(summary, links);
                blocks(inner, links);
            }
            BlockKind::Code { .. } | BlockKind::Rule => {}
        }
    }
}

/// A part of a cell.
#[derive(Debug)]
pub enum CellPart<'a, L> {
    /// Words.
    Words(&'a [Inline<L>]),
    /// A list, whose items hold parts of the same kinds.
    List(&'a [Item<L>]),
}

/// What a cell holds, or an item of a list in it, in order. No other block is in a cell.
pub fn cell_parts<L>(blocks: &[Block<L>]) -> impl Iterator<Item = CellPart<'_, L>> {
    blocks.iter().filter_map(|block| match &block.kind {
        BlockKind::Paragraph(words) | BlockKind::Plain(words) => Some(CellPart::Words(words)),
        BlockKind::List { items, .. } => Some(CellPart::List(items)),
        BlockKind::Heading { .. }
        | BlockKind::Table(_)
        | BlockKind::Code { .. }
        | BlockKind::Quote(_)
        | BlockKind::Alert { .. }
        | BlockKind::Definitions(_)
        | BlockKind::Details { .. }
        | BlockKind::Rule => None,
    })
}

/// Every heading in a block, in order: its id and its words.
pub(super) fn headings<'a, L>(block: &'a Block<L>, found: &mut Vec<(&'a str, &'a [Inline<L>])>) {
    let mut all = |blocks: &'a [Block<L>]| blocks.iter().for_each(|block| headings(block, found));
    match &block.kind {
        BlockKind::Heading { id, inlines, .. } => found.push((id, inlines)),
        BlockKind::List { items, .. } => items.iter().for_each(|item| all(&item.blocks)),
        BlockKind::Quote(blocks) | BlockKind::Alert { blocks, .. } | BlockKind::Details { blocks, .. } => all(blocks),
        BlockKind::Table(table) => table.head.iter().chain(table.rows.iter().flatten()).for_each(|cell| all(cell)),
        BlockKind::Definitions(definitions) => {
            definitions.iter().flat_map(|definition| &definition.details).for_each(|blocks| all(blocks));
        }
        BlockKind::Paragraph(_) | BlockKind::Plain(_) | BlockKind::Code { .. } | BlockKind::Rule => {}
    }
}

fn inlines<'a, L>(all: &'a [Inline<L>], links: &mut Links<'a, L>) {
    for inline in all {
        match &inline.kind {
            InlineKind::Link { target, inlines: words } => {
                let link = LinkUse { span: inline.span, role: LinkRole::Link, wordless: words.is_empty() };
                links.push((target, link));
                inlines(words, links);
            }
            InlineKind::Address { target, .. } => {
                links.push((target, LinkUse { span: inline.span, role: LinkRole::Link, wordless: false }));
            }
            InlineKind::Image { target, alt } => {
                let wordless = alt.trim().is_empty();
                links.push((target, LinkUse { span: inline.span, role: LinkRole::Image, wordless }));
            }
            InlineKind::Emphasis(inner)
            | InlineKind::Strong(inner)
            | InlineKind::Strikethrough(inner)
            | InlineKind::Element { inlines: inner, .. }
            | InlineKind::Foreign { inlines: inner, .. } => inlines(inner, links),
            InlineKind::Text(_)
            | InlineKind::Code(_)
            | InlineKind::FootnoteReference(_)
            | InlineKind::SoftBreak
            | InlineKind::HardBreak => {}
        }
    }
}
