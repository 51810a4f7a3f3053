//! Emphasis that the letter of `CommonMark` leaves as asterisks: `d’**« accord »**et`.
//!
//! There an asterisk between a punctuation mark and a letter opens or closes only towards the letter, which fails beside
//! guillemets and parentheses inside a word. What its writer meant is plain where a run of asterisks that stands before
//! a word meets one as long that stands after a word; nothing else uses such a pair.

use super::{Inlines, Reader};
use crate::diagnostic::Span;
use crate::document::{Inline, InlineKind, RawLink};

/// A part of a line while it is read.
pub(super) enum Part {
    /// What is settled.
    Inline(Inline<RawLink>),
    /// Asterisks that the parser left.
    Stars {
        /// How many.
        count: usize,
        /// Where in the text being read.
        range: std::ops::Range<usize>,
    },
}

impl Reader<'_, '_, '_> {
    /// The inlines that parts make: asterisks in pairs are emphasis, all others are text.
    pub(super) fn settle(&mut self, parts: Vec<Part>) -> Inlines {
        if !parts.iter().any(|part| matches!(part, Part::Stars { .. })) {
            let mut inlines = Inlines::with_capacity(parts.len());
            for part in parts {
                if let Part::Inline(inline) = part {
                    push(inline, &mut inlines);
                }
            }
            return self.finish(inlines);
        }
        // The inlines so far, and the openings among them: how many asterisks, and where.
        let mut inlines = Inlines::new();
        let mut open: Vec<(usize, std::ops::Range<usize>, usize)> = Vec::new();
        for part in parts {
            let (count, range) = match part {
                Part::Inline(inline) => {
                    inlines.push(inline);
                    continue;
                }
                Part::Stars { count, range } => (count, range),
            };
            let ends_word = self.written[..range.start].chars().next_back().is_some_and(|c| !c.is_whitespace());
            let begins_word = self.written[range.end..].chars().next().is_some_and(|c| !c.is_whitespace());
            let opening = open.iter().rposition(|(other, _, at)| *other == count && inlines.len() > at + 1);
            if let Some(opening) = opening.filter(|_| ends_word && count <= 3) {
                let (_, begin, at) = open[opening].clone();
                open.truncate(opening);
                let inner = inlines.split_off(at + 1);
                inlines.pop();
                let inner = merged(inner);
                let span = self.span(&(begin.start..range.end));
                let strong = |inner| InlineKind::Strong(inner);
                inlines.push(Inline {
                    span,
                    kind: match count {
                        1 => InlineKind::Emphasis(inner),
                        2 => strong(inner),
                        _ => InlineKind::Emphasis(vec![Inline { span, kind: strong(inner) }]),
                    },
                });
                self.plain.retain(|plain| *plain != begin);
                continue;
            }
            if begins_word {
                open.push((count, range.clone(), inlines.len()));
            }
            self.plain.push(range.clone());
            inlines.push(Inline { span: self.span(&range), kind: InlineKind::Text("*".repeat(count)) });
        }
        let inlines = merged(inlines);
        self.finish(inlines)
    }
}

/// Adds an inline; text that follows text is one text.
pub(super) fn push(inline: Inline<RawLink>, inlines: &mut Inlines) {
    if let (Some(Inline { span, kind: InlineKind::Text(before) }), InlineKind::Text(text)) =
        (inlines.last_mut(), &inline.kind)
    {
        before.push_str(text);
        *span = Span { start: span.start, end: inline.span.end };
        return;
    }
    inlines.push(inline);
}

fn merged(inlines: Inlines) -> Inlines {
    let mut merged = Inlines::with_capacity(inlines.len());
    for inline in inlines {
        push(inline, &mut merged);
    }
    merged
}
