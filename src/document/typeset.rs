//! Sets the typography of a document once, before anything reads it: pages and search then show the same text.

use super::{Block, BlockKind, Document, Element, Inline, InlineKind};
use crate::lang::Lang;
use crate::typography::{OPAQUE, Typographer};

/// Sets every text of a document by the rules of its language. Code and addresses stay as they are; a passage marked as
/// the other language follows its rules; any other foreign passage stays as it was written.
pub fn typeset<L>(document: &mut Document<L>, lang: Lang) {
    let footnotes = document.footnotes.iter_mut().map(|footnote| &mut footnote.blocks);
    for block in document.blocks.iter_mut().chain(footnotes.flatten()) {
        self::block(block, lang);
    }
}

fn blocks<L>(blocks: &mut [Block<L>], lang: Lang) {
    for block in blocks {
        self::block(block, lang);
    }
}

fn block<L>(block: &mut Block<L>, lang: Lang) {
    match &mut block.kind {
        BlockKind::Heading { inlines, .. } | BlockKind::Paragraph(inlines) | BlockKind::Plain(inlines) => {
            line(inlines, lang);
        }
        BlockKind::List { items, .. } => {
            for item in items {
                blocks(&mut item.blocks, lang);
            }
        }
        BlockKind::Table(table) => {
            for cell in table.head.iter_mut().chain(table.rows.iter_mut().flatten()) {
                blocks(cell, lang);
            }
        }
        BlockKind::Quote(inner) | BlockKind::Alert { blocks: inner, .. } => blocks(inner, lang),
        BlockKind::Definitions(definitions) => {
            for definition in definitions {
                line(&mut definition.term, lang);
                for detail in &mut definition.details {
                    blocks(detail, lang);
                }
            }
        }
        BlockKind::Details { summary, blocks: inner } => {
            line(summary, lang);
            blocks(inner, lang);
        }
        BlockKind::Code { .. } | BlockKind::Rule => {}
    }
}

fn line<L>(inlines: &mut [Inline<L>], lang: Lang) {
    self::inlines(inlines, &mut Typographer::new(lang), "");
}

/// Sets inlines that are followed by the text `after` in the same block.
fn inlines<L>(inlines: &mut [Inline<L>], typographer: &mut Typographer, after: &str) {
    for at in 0..inlines.len() {
        let (done, rest) = inlines.split_at_mut(at + 1);
        let following = first_text(rest).unwrap_or(after);
        match &mut done[at].kind {
            InlineKind::Text(text) => {
                let set = typographer.text_before(text, following);
                if let std::borrow::Cow::Owned(set) = set {
                    *text = set;
                }
            }
            InlineKind::Element { element: Element::Keyboard, .. } => typographer.opaque(),
            InlineKind::Element { element: Element::Abbreviation { title }, inlines: inner } => {
                if let std::borrow::Cow::Owned(set) = Typographer::new(typographer.lang()).text_before(title, "") {
                    *title = set;
                }
                self::inlines(inner, typographer, following);
            }
            InlineKind::Emphasis(inner)
            | InlineKind::Strong(inner)
            | InlineKind::Strikethrough(inner)
            | InlineKind::Element { inlines: inner, .. }
            | InlineKind::Link { inlines: inner, .. }
                if !inner.is_empty() =>
            {
                self::inlines(inner, typographer, following);
            }
            InlineKind::Foreign { lang, inlines: inner } => {
                typographer.opaque();
                if let Some(lang) = lang.split('-').next().and_then(|code| code.parse().ok()) {
                    line(inner, lang);
                }
            }
            InlineKind::SoftBreak => {
                let _ = typographer.text_before("\n", following);
            }
            InlineKind::HardBreak => typographer.line_break(),
            InlineKind::Code(_)
            | InlineKind::Address { .. }
            | InlineKind::Image { .. }
            | InlineKind::FootnoteReference(_)
            // Without words of their own.
            | InlineKind::Emphasis(_)
            | InlineKind::Strong(_)
            | InlineKind::Strikethrough(_)
            | InlineKind::Element { .. }
            | InlineKind::Link { .. } => typographer.opaque(),
        }
    }
}

/// The text that inlines begin with, as it was typed.
fn first_text<L>(inlines: &[Inline<L>]) -> Option<&str> {
    match &inlines.first()?.kind {
        InlineKind::Text(text) => Some(text),
        InlineKind::Emphasis(inner)
        | InlineKind::Strong(inner)
        | InlineKind::Strikethrough(inner)
        | InlineKind::Element { inlines: inner, .. }
        | InlineKind::Link { inlines: inner, .. } => first_text(inner).or(Some(OPAQUE)),
        InlineKind::SoftBreak | InlineKind::HardBreak => Some("\n"),
        InlineKind::Code(_)
        | InlineKind::Address { .. }
        | InlineKind::Image { .. }
        | InlineKind::Foreign { .. }
        | InlineKind::FootnoteReference(_) => Some(OPAQUE),
    }
}
