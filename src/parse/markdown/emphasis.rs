//! Emphasis that the letter of `CommonMark` leaves as asterisks: `d’**« accord »**et`.
//!
//! By its rules, an asterisk between a punctuation mark and a letter opens or closes only towards the letter, which
//! fails beside guillemets and parentheses inside a word. The intention is clear if a run of asterisks before a word is
//! followed by one of the same length after a word; nothing else uses such a pair.

use std::ops::Range;

use super::{Inlines, Reader};
use crate::diagnostic::{Span, Untaken, catalog};
use crate::document::{Inline, InlineKind, RawLink};

/// A part of a line while it is read.
pub(super) enum Part {
    /// An inline that is complete.
    Inline(Inline<RawLink>),
    /// Asterisks that the parser left.
    Stars {
        /// How many.
        count: usize,
        /// Where in the text being read.
        range: Range<usize>,
    },
}

/// Asterisks that may open emphasis.
struct Opening {
    count: usize,
    range: Range<usize>,
    /// Which of the inlines they are.
    at: usize,
}

impl Reader<'_, '_, '_> {
    /// The inlines that the parts form: asterisks in pairs are emphasis, all others are text.
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
        // The inlines so far, and the openings among them.
        let mut inlines = Inlines::new();
        let mut open: Vec<Opening> = Vec::new();
        let mut parts = parts.into_iter().peekable();
        while let Some(part) = parts.next() {
            let (count, range) = match part {
                Part::Inline(inline) => {
                    inlines.push(inline);
                    continue;
                }
                Part::Stars { count, range } => (count, range),
            };
            let ends_word = self.written[..range.start].chars().next_back().is_some_and(|c| !c.is_whitespace());
            let begins_word = self.written[range.end..].chars().next().is_some_and(|c| !c.is_whitespace());
            let opening = open.iter().rposition(|open| open.count == count && inlines.len() > open.at + 1);
            if let Some(opening) = opening.filter(|_| ends_word && count <= 3) {
                open.truncate(opening + 1);
                let Some(Opening { range: begin, at, .. }) = open.pop() else { continue };
                let inner = merged(inlines.split_off(at + 1));
                inlines.pop();
                inlines.push(emphasized(count, inner, self.span(&(begin.start..range.end))));
                self.plain.retain(|plain| *plain != begin);
                continue;
            }
            // `**Total: *5 million**`: one of two asterisks is left, and the emphasis begins with the other. Before
            // bold words, it is the mark of a note.
            let is_part = |inline: &Inline<RawLink>| {
                inline.span.start == self.span(&range).end && matches!(inline.kind, InlineKind::Emphasis(_))
            };
            if matches!(parts.peek(), Some(Part::Inline(inline)) if is_part(inline)) {
                self.did_not_take(&range, &Untaken::Emphasis("*".repeat(count)));
            }
            if begins_word {
                open.push(Opening { count, range: range.clone(), at: inlines.len() });
            }
            self.plain.push(range.clone());
            inlines.push(Inline { span: self.span(&range), kind: InlineKind::Text("*".repeat(count)) });
        }
        let inlines = merged(inlines);
        self.finish(inlines)
    }

    /// Reports emphasis that took effect but was hardly meant.
    pub(super) fn odd_emphasis(&mut self, is_strong: bool, range: &Range<usize>, inlines: &Inlines) {
        let written = &self.written[range.clone()];
        if written.chars().all(|c| "*_/.: ".contains(c)) && inlines.iter().all(is_text) {
            self.did_not_take(range, &Untaken::Blank);
            return;
        }
        if let Some((inner, severity)) = nested(is_strong, inlines).zip(self.policy()) {
            self.report(inner.span, |place| catalog::markdown(place, &Untaken::EmphasisNested, severity));
        }
        if !is_strong && self.is_inside_word(range) {
            self.did_not_take(&(range.start..range.start + 1), &Untaken::EmphasisInWord);
        }
    }

    /// Whether an asterisk opens emphasis between the letters and figures of a word: `2*3*4`.
    fn is_inside_word(&self, range: &Range<usize>) -> bool {
        let written = &self.written[range.clone()];
        let Some(inner) = written.strip_prefix('*').and_then(|rest| rest.strip_suffix('*')) else { return false };
        let is_in_word = |before: Option<char>, after: Option<char>| {
            before.is_some_and(char::is_alphanumeric) && after.is_some_and(char::is_alphanumeric)
        };
        let opens = is_in_word(self.written[..range.start].chars().next_back(), inner.chars().next());
        let closes = is_in_word(inner.chars().next_back(), self.written[range.end..].chars().next());
        opens && (closes || inner.starts_with(|c: char| c.is_ascii_digit()))
    }
}

fn emphasized(count: usize, inner: Inlines, span: Span) -> Inline<RawLink> {
    let kind = match count {
        1 => InlineKind::Emphasis(inner),
        2 => InlineKind::Strong(inner),
        _ => InlineKind::Emphasis(vec![Inline { span, kind: InlineKind::Strong(inner) }]),
    };
    Inline { span, kind }
}

/// The first emphasis in emphasis of its own kind, which only happens if asterisks close in another place than their
/// writer thought. After a space it begins where its writer put it.
fn nested(is_strong: bool, inlines: &Inlines) -> Option<&Inline<RawLink>> {
    let is_same = |inline: &&Inline<RawLink>| match inline.kind {
        InlineKind::Emphasis(_) => !is_strong,
        InlineKind::Strong(_) => is_strong,
        _ => false,
    };
    let ends_in_word = |inline: &Inline<RawLink>| match &inline.kind {
        InlineKind::Text(text) => text.ends_with(|c: char| !c.is_whitespace()),
        _ => false,
    };
    let pairs = inlines.iter().zip(inlines.iter().skip(1));
    pairs.filter(|(before, _)| ends_in_word(before)).map(|(_, inner)| inner).find(is_same)
}

/// Whether an inline is plain text.
fn is_text(inline: &Inline<RawLink>) -> bool {
    matches!(inline.kind, InlineKind::Text(_))
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
