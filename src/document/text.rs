//! The words of inlines without their marks: for slugs, titles and lists.

use super::{Inline, InlineKind};

/// The words of inlines as plain text. A link without words of its own adds nothing: its words are its target's.
pub fn plain_text<L>(inlines: &[Inline<L>]) -> String {
    let mut text = String::new();
    write_plain(inlines, &mut text);
    text
}

/// Adds the words of inlines to a text.
pub fn write_plain<L>(inlines: &[Inline<L>], text: &mut String) {
    for inline in inlines {
        match &inline.kind {
            InlineKind::Text(words)
            | InlineKind::Code(words)
            | InlineKind::Address { text: words, .. }
            | InlineKind::Image { alt: words, .. } => text.push_str(words),
            InlineKind::Emphasis(inlines)
            | InlineKind::Strong(inlines)
            | InlineKind::Strikethrough(inlines)
            | InlineKind::Element { inlines, .. }
            | InlineKind::Link { inlines, .. }
            | InlineKind::Foreign { inlines, .. } => write_plain(inlines, text),
            InlineKind::SoftBreak | InlineKind::HardBreak => text.push(' '),
            InlineKind::FootnoteReference(_) => {}
        }
    }
}
