//! Reads passages of Markdown as words and marks: [`read`].

use std::ops::Range;

use super::words::{Mark, MarkKind, Piece, Words};
use crate::document::{Element, Inline, InlineKind, RawLink};
use crate::layout::{self, WrittenLink};
use crate::path::ContentPath;

/// A passage as it is in a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Read {
    /// What it says. The first mark is 1.
    pub words: Words,
    /// Its marks.
    pub marks: Vec<Mark>,
    /// Where it is.
    pub range: Range<usize>,
}

/// Reads a passage. `inlines` are from `text`, a page of `file`.
pub(super) fn read(file: &ContentPath, text: &str, inlines: &[Inline<RawLink>]) -> Option<Read> {
    let (first, last) = (inlines.first()?, inlines.last()?);
    let start = with_escape(text, first.span.range().start, 0);
    let mut reader = Reader { file, text, pieces: Vec::new(), marks: Vec::new(), is_mixed: false };
    reader.inlines(inlines, start);
    if reader.is_mixed {
        return None;
    }
    let range = start..last.span.range().end;
    text.get(range.clone())?;
    Some(Read { words: Words { pieces: reader.pieces }.tidied(), marks: reader.marks, range })
}

/// Where a piece begins, with the backslash before it.
fn with_escape(text: &str, start: usize, from: usize) -> usize {
    let before = text.get(from..start).unwrap_or_default();
    let is_sign = text.get(start..).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_punctuation()));
    let slashes = before.bytes().rev().take_while(|byte| *byte == b'\\').count();
    if is_sign && slashes % 2 == 1 { start - 1 } else { start }
}

struct Reader<'t> {
    file: &'t ContentPath,
    text: &'t str,
    pieces: Vec<Piece>,
    marks: Vec<Mark>,
    /// Whether a comment is among signs that cannot be told apart from it; such a passage is left to people.
    is_mixed: bool,
}

impl Reader<'_> {
    fn raw(&self, range: Range<usize>) -> &str {
        self.text.get(range).unwrap_or_default()
    }

    fn words(&mut self, text: &str) {
        self.pieces.push(Piece::Text(text.to_owned()));
    }

    fn mark(&mut self, kind: MarkKind, open: String, close: String) -> u32 {
        self.marks.push(Mark { kind, open, close });
        u32::try_from(self.marks.len()).unwrap_or(u32::MAX)
    }

    fn alone(&mut self, kind: MarkKind, range: Range<usize>) {
        let raw = self.raw(range).to_owned();
        let mark = self.mark(kind, raw, String::new());
        self.pieces.push(Piece::Alone(mark));
    }

    fn inlines(&mut self, inlines: &[Inline<RawLink>], from: usize) {
        let mut at = from;
        for (nth, inline) in inlines.iter().enumerate() {
            let span = inline.span.range();
            let start = with_escape(self.text, span.start, at);
            self.gap(at..start);
            at = span.end.max(at);
            match &inline.kind {
                InlineKind::Text(text) => self.plain(text, span),
                InlineKind::Address { text, .. } => self.words(text),
                InlineKind::SoftBreak => self.words(" "),
                InlineKind::HardBreak => {
                    // With what is at the beginning of the next line.
                    let next = inlines.get(nth + 1).map(|next| with_escape(self.text, next.span.range().start, at));
                    at = next.filter(|next| *next > at).unwrap_or(at);
                    self.alone(MarkKind::LineBreak, span.start..at);
                }
                InlineKind::Code(code) => self.alone(MarkKind::Code(code.clone()), span),
                InlineKind::FootnoteReference(note) => self.alone(MarkKind::Note(*note), span),
                InlineKind::Emphasis(inner) => self.paired(MarkKind::Emphasis, inner, span),
                InlineKind::Strong(inner) => self.paired(MarkKind::Strong, inner, span),
                InlineKind::Strikethrough(inner) => self.paired(MarkKind::Strikethrough, inner, span),
                InlineKind::Element { element, inlines } => self.paired(element_kind(element), inlines, span),
                InlineKind::Foreign { lang, inlines } => self.paired(MarkKind::Foreign(lang.clone()), inlines, span),
                InlineKind::Link { target: RawLink(written), inlines } => {
                    let kind = MarkKind::Link { written: written.clone(), target: target(self.file, written) };
                    if self.raw(span.clone()).starts_with('<') {
                        self.alone(kind, span);
                    } else {
                        self.paired(kind, inlines, span);
                    }
                }
                InlineKind::Image { target: RawLink(written), alt } => self.image(written, alt, span),
            }
        }
    }

    /// A text, which may go on behind comments.
    fn plain(&mut self, text: &str, span: Range<usize>) {
        if !self.raw(span.clone()).contains("<!--") {
            return self.words(text);
        }
        self.is_mixed |= self.raw(span.clone()).contains(['\\', '&']);
        let mut at = span.start;
        while let Some(open) = self.raw(at..span.end).find("<!--").map(|step| at + step) {
            let length = self.raw(open..span.end).find("-->").map_or(span.end - open, |length| length + "-->".len());
            let before = self.raw(at..open).to_owned();
            self.words(&before);
            at = open + length;
            self.alone(MarkKind::Hidden, open..at);
        }
        let rest = self.raw(at..span.end).to_owned();
        self.words(&rest);
    }

    /// What is between two inlines and is in neither: nothing, a line's beginning, or a comment.
    fn gap(&mut self, range: Range<usize>) {
        let raw = self.raw(range.clone());
        let rest = raw.trim_matches(|c: char| c.is_whitespace() || c == '>' || c == '\\');
        if rest.contains('<') {
            let from = range.start + raw.find('<').unwrap_or_default();
            self.alone(MarkKind::Hidden, from..from + raw.trim_end().len() - (from - range.start));
        }
    }

    fn paired(&mut self, kind: MarkKind, inner: &[Inline<RawLink>], span: Range<usize>) {
        let (Some(first), Some(last)) = (inner.first(), inner.last()) else { return self.alone(kind, span) };
        let (from, to) = (first.span.range().start.max(span.start), last.span.range().end.min(span.end));
        let from = with_escape(self.text, from, span.start);
        if from >= to {
            return self.alone(kind, span);
        }
        let (open, close) = (self.raw(span.start..from).to_owned(), self.raw(to..span.end).to_owned());
        let mark = self.mark(kind, open, close);
        self.pieces.push(Piece::Open(mark));
        self.inlines(inner, from);
        self.pieces.push(Piece::Close(mark));
    }

    /// A picture: what it shows is words.
    fn image(&mut self, written: &str, alt: &str, span: Range<usize>) {
        let raw = self.raw(span.clone());
        let kind = MarkKind::Image(written.to_owned());
        match end_of_label(raw).filter(|_| !alt.trim().is_empty()) {
            Some(end) => {
                let (open, close) = (raw[..2].to_owned(), raw[end..].to_owned());
                let mark = self.mark(kind, open, close);
                self.pieces.push(Piece::Open(mark));
                self.words(alt);
                self.pieces.push(Piece::Close(mark));
            }
            None => self.alone(kind, span),
        }
    }
}

/// Where the bracket is that closes what `![` opened.
fn end_of_label(raw: &str) -> Option<usize> {
    let mut depth = 0;
    let mut escaped = false;
    for (at, c) in raw.char_indices().skip(1) {
        match c {
            _ if std::mem::take(&mut escaped) => {}
            '\\' => escaped = true,
            '[' => depth += 1,
            ']' if depth == 1 => return Some(at),
            ']' => depth -= 1,
            _ => {}
        }
    }
    None
}

fn element_kind(element: &Element) -> MarkKind {
    MarkKind::Element(match element {
        Element::Superscript => "sup",
        Element::Subscript => "sub",
        Element::Keyboard => "kbd",
        Element::Abbreviation { .. } => "abbr",
    })
}

/// What a link names, in one way of writing in both languages.
fn target(file: &ContentPath, written: &str) -> String {
    match WrittenLink::parse(written) {
        WrittenLink::Local { path, .. } if !layout::has_file_ending(path) => {
            layout::linked_id(file, path).unwrap_or_else(|| path.to_owned())
        }
        WrittenLink::Heading(_) => "#".to_owned(),
        _ => written.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Diagnostics;
    use crate::document::BlockKind;
    use crate::parse::markdown::{self, At, Source};

    fn words(text: &str) -> Read {
        let file = ContentPath::new("a/x.en.md");
        let source = Source { file: &file, at: At::Offset(0), rules: None };
        let (document, _): (_, Diagnostics) = markdown::parse(&source, text);
        let BlockKind::Paragraph(inlines) = &document.blocks[0].kind else { panic!("{document:?}") };
        read(&file, text, inlines).unwrap()
    }

    #[test]
    fn marks_are_numbers_and_are_written_again_as_they_were() {
        for (text, plain) in [
            (
                "The [Correctional Service](partners/csc) of *Canada*.",
                "The {1}Correctional Service{/1} of {2}Canada{/2}.",
            ),
            ("See [](partners/csc), `code`, and **[a *b*](c)**!", "See {1/}, {2/}, and {3}{4}a {5}b{/5}{/4}{/3}!"),
            ("![What it shows](a.png) x<sup>2</sup><br>y", "{1}What it shows{/1} x{2}2{/2}{3/}y"),
            ("a \\*b\\* *\\[c\\]* &amp; d", "a *b* {1}[c]{/1} & d"),
            ("a <!-- seen --> b", "a {1/} b"),
            ("one\ntwo  \nthree <https://example.org>", "one two{1/}three {2/}"),
            ("literal {1} and {{2/}", "literal {{1} and {{{2/}"),
        ] {
            let read = words(text);
            assert_eq!(read.words.written(), plain, "{text}");
            assert_eq!(Words::read(plain), read.words, "{plain}");
            let marks: Vec<_> = read.marks.iter().map(|mark| (mark.open.clone(), mark.close.clone())).collect();
            let own = |escaped| read.words.markdown(|mark| marks.get(mark as usize - 1), escaped, false);
            let again = words(&own(true));
            assert_eq!(again.words.written(), plain, "{}", own(true));
        }
    }

    #[test]
    fn spaces_are_outside_of_marks() {
        assert_eq!(Words::read("  a {1} b {/1}c  {2/} ").written(), "a {1}b{/1} c {2/}");
    }

    #[test]
    fn marks_must_begin_and_end_and_are_once() {
        assert_eq!(Words::read("{1}a{/1} {2/}").unpaired(), None);
        assert_eq!(Words::read("{1}a{/2}").unpaired(), Some(2));
        assert_eq!(Words::read("{1}a").unpaired(), Some(1));
        assert_eq!(Words::read("{1}a{/1}{1}b{/1}").unpaired(), Some(1));
        assert_eq!(Words::read("{1}{2}a{/1}{/2}").unpaired(), Some(1));
    }
}
