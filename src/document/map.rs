//! The same document with other links: [`Document::map_links`].

use super::{
    Block, BlockKind, Cell, Definition, Document, Footnote, Inline, InlineKind, Item, LinkRole, LinkUse, Table,
};

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
            let mut cells =
                |row: Vec<Cell<L>>| -> Vec<Cell<M>> { row.into_iter().map(|cell| map_blocks(cell, change)).collect() };
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
        BlockKind::Details { summary, blocks } => {
            BlockKind::Details { summary: map_inlines(summary, change), blocks: map_blocks(blocks, change) }
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
        InlineKind::Element { element, inlines } => {
            InlineKind::Element { element, inlines: map_inlines(inlines, change) }
        }
        InlineKind::Address { target, text } => {
            let link = LinkUse { span: inline.span, role: LinkRole::Link, wordless: false };
            InlineKind::Address { target: change(target, link), text }
        }
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
