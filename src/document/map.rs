//! The same document with other links: [`Document::map_links`].

use super::{
    Block, BlockKind, Cell, Definition, Document, Footnote, Inline, InlineKind, Item, LinkRole, LinkUse, Table,
};

impl<L> Document<L> {
    /// The same document with every link changed by `change`, which also learns how the link is used. Of a link for which
    /// it gives nothing, the words are left, and of a picture its description.
    pub fn map_links<M>(self, mut change: impl FnMut(L, LinkUse) -> Option<M>) -> Document<M> {
        let change: &mut dyn FnMut(L, LinkUse) -> Option<M> = &mut change;
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

type Change<'a, L, M> = &'a mut dyn FnMut(L, LinkUse) -> Option<M>;

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
    let mut mapped = Vec::with_capacity(inlines.len());
    for inline in inlines {
        map_inline(inline, change, &mut mapped);
    }
    mapped
}

fn map_inline<L, M>(Inline { span, kind }: Inline<L>, change: Change<'_, L, M>, mapped: &mut Vec<Inline<M>>) {
    let kind = match kind {
        InlineKind::Text(text) => InlineKind::Text(text),
        InlineKind::Code(text) => InlineKind::Code(text),
        InlineKind::Emphasis(inlines) => InlineKind::Emphasis(map_inlines(inlines, change)),
        InlineKind::Strong(inlines) => InlineKind::Strong(map_inlines(inlines, change)),
        InlineKind::Strikethrough(inlines) => InlineKind::Strikethrough(map_inlines(inlines, change)),
        InlineKind::Element { element, inlines } => {
            InlineKind::Element { element, inlines: map_inlines(inlines, change) }
        }
        InlineKind::Address { target, text } => {
            match change(target, LinkUse { span, role: LinkRole::Link, wordless: false }) {
                Some(target) => InlineKind::Address { target, text },
                None => InlineKind::Text(text),
            }
        }
        InlineKind::Link { target, inlines } => {
            let target = change(target, LinkUse { span, role: LinkRole::Link, wordless: inlines.is_empty() });
            let inlines = map_inlines(inlines, change);
            let Some(target) = target else {
                mapped.extend(inlines);
                return;
            };
            InlineKind::Link { target, inlines }
        }
        InlineKind::Image { target, alt } => {
            match change(target, LinkUse { span, role: LinkRole::Image, wordless: alt.trim().is_empty() }) {
                Some(target) => InlineKind::Image { target, alt },
                None => InlineKind::Text(alt),
            }
        }
        InlineKind::Foreign { lang, inlines } => InlineKind::Foreign { lang, inlines: map_inlines(inlines, change) },
        InlineKind::FootnoteReference(at) => InlineKind::FootnoteReference(at),
        InlineKind::SoftBreak => InlineKind::SoftBreak,
        InlineKind::HardBreak => InlineKind::HardBreak,
    };
    mapped.push(Inline { span, kind });
}
