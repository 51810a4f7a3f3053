//! What is inside a line: text, emphasis, links, pictures, and the few elements of HTML that are understood.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd};

use super::emphasis::Part;
use super::html::{self, TokenKind};
use super::{Inlines, MAX_DEPTH, Reader};
use crate::diagnostic::{Span, Untaken, catalog};
use crate::document::{Element, Inline, InlineKind, RawLink, plain_text};
use crate::source::is_control;

/// The parts of a line while it is read, and the elements of HTML that are open in it.
#[derive(Default)]
pub(super) struct Line {
    parts: Vec<Part>,
    open: Vec<Open>,
    /// Where the first part begins and the last one ends, in the text being read.
    pub(super) range: Option<Range<usize>>,
}

/// An element that was opened.
struct Open {
    name: String,
    /// `None` if it is too deep: its words are put in its place.
    element: Option<Element>,
    range: Range<usize>,
    /// How many parts come before it.
    at: usize,
}

impl Line {
    pub(super) fn push(&mut self, inline: Inline<RawLink>) {
        self.parts.push(Part::Inline(inline));
    }
}

/// Whether a part of a line shows anything except space.
fn is_seen(inline: &Inline<RawLink>) -> bool {
    let is_space = |c: char| c.is_whitespace() || crate::path::is_invisible(c);
    match &inline.kind {
        InlineKind::Text(text) => !text.chars().all(is_space),
        InlineKind::SoftBreak | InlineKind::HardBreak => false,
        _ => true,
    }
}

/// How far before an end tag to look for something that was meant as its start tag. In bytes.
const LONGEST_TAG: usize = 300;

impl Reader<'_, '_, '_> {
    /// The inlines up to the end of the given element.
    pub(super) fn inlines(&mut self, end: TagEnd) -> Inlines {
        if !self.enter(Some(end)) {
            return Inlines::new();
        }
        let mut line = Line::default();
        while let Some((event, range)) = self.events.next() {
            if event == Event::End(end) {
                break;
            }
            self.inline(event, range, &mut line);
        }
        self.shared.depth -= 1;
        self.line(line)
    }

    /// The inlines of a line that is complete.
    pub(super) fn line(&mut self, mut line: Line) -> Inlines {
        for open in std::mem::take(&mut line.open) {
            self.unclosed_element(&open);
        }
        self.settle(line.parts)
    }

    fn unclosed_element(&mut self, open: &Open) {
        self.shared.depth -= usize::from(open.element.is_some());
        let span = self.span(&open.range);
        self.report(span, |place| catalog::html_unclosed(place, &open.name));
    }

    /// Adds what one event begins to a line.
    pub(super) fn inline(&mut self, event: Event<'_>, range: Range<usize>, line: &mut Line) {
        let start = line.range.as_ref().map_or(range.start, |whole| whole.start);
        line.range = Some(start..range.end);
        let span = self.span(&range);
        let kind = match event {
            Event::Text(text) => return self.text(&text, range, line),
            Event::Code(text) => {
                self.account(&range);
                InlineKind::Code(self.as_written(text, &range))
            }
            Event::SoftBreak | Event::HardBreak => {
                self.account(&range);
                self.plain.push(range.clone());
                if event == Event::SoftBreak { InlineKind::SoftBreak } else { InlineKind::HardBreak }
            }
            Event::InlineHtml(html) | Event::Html(html) => return self.tag(&html, &range, line),
            Event::TaskListMarker(done) => {
                self.account(&range);
                self.task = Some(done);
                return;
            }
            Event::FootnoteReference(label) => {
                self.account(&range);
                InlineKind::FootnoteReference(self.reference(&label, span))
            }
            Event::Start(tag) => match self.nested(tag, &range) {
                Some(kind) => kind,
                None => return,
            },
            _ => return,
        };
        line.push(Inline { span, kind });
    }

    fn text(&mut self, text: &str, range: Range<usize>, line: &mut Line) {
        let is_escaped = range.start > self.text_end && self.written[..range.start].ends_with('\\');
        self.text_end = range.end;
        self.account(&range);
        if range.end <= self.prefix {
            return;
        }
        let is_plain = self.prepared.get(range.clone()) == Some(text);
        if is_plain && !is_escaped && text == "*" {
            match line.parts.last_mut() {
                Some(Part::Stars { count, range: before }) if before.end == range.start => {
                    *count += 1;
                    before.end = range.end;
                }
                _ => line.parts.push(Part::Stars { count: 1, range }),
            }
            return;
        }
        self.missing_footnote(range.start);
        if !is_plain {
            self.no_control_by_reference(text, &range);
        }
        let written = if is_plain { &self.written[range.clone()] } else { text };
        let written = written.get(self.prefix.saturating_sub(range.start)..).unwrap_or_default();
        if is_plain {
            let first = if is_escaped { text.chars().next().map_or(0, char::len_utf8) } else { 0 };
            self.plain.push(range.start.max(self.prefix) + first..range.end);
        }
        let inline = Inline { span: self.span(&range), kind: InlineKind::Text(written.to_owned()) };
        line.push(inline);
    }

    /// Reports a character that no page can hold and that a reference such as `&#7;` names. One that is in the text
    /// itself is reported where the file is read.
    pub(super) fn no_control_by_reference(&mut self, read: &str, range: &Range<usize>) {
        let by_reference =
            |c: &char| is_control(*c) && !self.written.get(range.clone()).is_some_and(|raw| raw.contains(*c));
        if let Some(c) = read.chars().find(by_reference) {
            self.report(self.span(range), |place| catalog::control_character(place, c, None));
        }
    }

    /// The parser's text as the writer wrote it.
    pub(super) fn as_written(&self, text: CowStr<'_>, range: &Range<usize>) -> String {
        // The parser's text is in its place as a whole, unless it was changed: then a replaced sign is not part of it.
        let prepared = &self.prepared[range.clone()];
        match prepared.find(&*text).filter(|_| self.prepared.len() == self.written.len()) {
            Some(at) => self.written[range.start + at..range.start + at + text.len()].to_owned(),
            None => text.into_string(),
        }
    }

    fn nested(&mut self, tag: Tag<'_>, range: &Range<usize>) -> Option<InlineKind<RawLink>> {
        let end = tag.to_end();
        let is_link = matches!(tag, Tag::Link { .. });
        let around = self.in_link;
        self.in_link |= is_link;
        let mut inlines = self.inlines(end);
        self.in_link = around;
        // Invisible text cannot name a link.
        if is_link && !inlines.iter().any(is_seen) {
            inlines.clear();
        }
        match &tag {
            Tag::Link { link_type, title, id, dest_url } | Tag::Image { link_type, title, id, dest_url } => {
                self.no_control_by_reference(dest_url, range);
                self.destination(*link_type, title, id, range, inlines.last().map(|last| last.span));
            }
            Tag::Emphasis | Tag::Strong => self.odd_emphasis(matches!(tag, Tag::Strong), range, &inlines),
            _ => {}
        }
        Some(match tag {
            Tag::Emphasis => InlineKind::Emphasis(inlines),
            Tag::Strong => InlineKind::Strong(inlines),
            Tag::Strikethrough => InlineKind::Strikethrough(inlines),
            Tag::Link { link_type: LinkType::Email, dest_url, .. } => {
                InlineKind::Link { target: RawLink(format!("mailto:{dest_url}")), inlines }
            }
            Tag::Link { dest_url, .. } => match dest_url.strip_prefix("lang:") {
                Some(lang) => InlineKind::Foreign { lang: self.foreign_lang(lang, range), inlines },
                None => InlineKind::Link { target: RawLink(dest_url.into_string()), inlines },
            },
            Tag::Image { dest_url, .. } => {
                InlineKind::Image { target: RawLink(dest_url.into_string()), alt: plain_text(&inlines) }
            }
            _ => return None,
        })
    }

    /// Accounts for where a link leads, and reports a title, which nobody sees.
    fn destination(&mut self, kind: LinkType, title: &str, label: &str, range: &Range<usize>, words: Option<Span>) {
        let is_reference = matches!(kind, LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut);
        if is_reference {
            self.shared.links.refer(label);
        }
        if kind == LinkType::Shortcut {
            self.parted_label(range);
        }
        // What follows the words is the address: "](address "title")" or "][label]".
        let whole = self.whole(range);
        let end = match (words, self.shared.source.at) {
            (Some(words), super::At::Offset(offset)) => (words.end - offset) as usize,
            _ => whole.start,
        };
        let end = end.clamp(whole.start, whole.end);
        self.shared.account.add(end..whole.end);
        if let Some(severity) = self.policy().filter(|_| !title.is_empty() && !is_reference) {
            let span = self.shared.span(&whole);
            self.report(span, |place| catalog::link_title(place, severity));
        }
    }

    /// Reports a space between words in brackets and the label that says where they lead: `[words] [1]`.
    fn parted_label(&mut self, range: &Range<usize>) {
        let before = &self.written[..range.start];
        let words = before.trim_end_matches(' ');
        let Some(inner) = words.strip_suffix(']').filter(|_| words.len() < before.len()) else { return };
        let open = inner.rfind(['[', ']', '\n']).filter(|at| inner[*at..].starts_with('['));
        let is_plain = |at: &usize| !inner[..*at].ends_with(['\\', ']', '!']) && !inner.ends_with('\\');
        if open.filter(is_plain).is_some_and(|at| !inner[at + 1..].starts_with('^')) {
            self.did_not_take(&(words.len()..before.len()), &Untaken::LabelParted);
        }
    }

    fn foreign_lang(&mut self, code: &str, range: &Range<usize>) -> String {
        let mut parts = code.split('-');
        let sound = parts.next().is_some_and(|first| matches!(first.len(), 2 | 3))
            && code
                .split('-')
                .all(|part| (2..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()));
        if !sound {
            self.report(self.span(range), |place| catalog::bad_foreign_lang(place, code));
        }
        code.to_owned()
    }

    /// Reads one tag among words. Unknown ones are reported; words that they separated stay apart.
    fn tag(&mut self, text: &str, range: &Range<usize>, line: &mut Line) {
        self.account(range);
        for token in html::tokens(text) {
            let span = self.span(&(range.start + token.range.start..range.start + token.range.end));
            let range = range.start + token.range.start..range.start + token.range.end;
            match token.kind {
                TokenKind::Comment => {}
                TokenKind::OpenComment | TokenKind::Machine => self.raw_html(span, ""),
                TokenKind::Text => self.text(&text[token.range], range, line),
                TokenKind::Open { name, attributes } => self.open(&name, &attributes, range, line),
                TokenKind::Close { name } => self.close(&name, &range, line),
            }
        }
    }

    fn open(&mut self, name: &str, attributes: &[(String, String)], range: Range<usize>, line: &mut Line) {
        let span = self.span(&range);
        let title = attributes.iter().find(|(name, _)| name == "title").map(|(_, title)| html::value(title));
        self.no_control_by_reference(title.as_deref().unwrap_or_default(), &range);
        let element = match name {
            "br" => {
                line.push(Inline { span, kind: InlineKind::HardBreak });
                None
            }
            "sup" => Some(Element::Superscript),
            "sub" => Some(Element::Subscript),
            "kbd" => Some(Element::Keyboard),
            "abbr" => Some(Element::Abbreviation { title: title.unwrap_or_default() }),
            _ if self.list_tag(name, true, span, line) => None,
            _ => {
                self.unknown_element(span, name);
                if !html::is_inline(name) {
                    line.push(Inline { span, kind: InlineKind::SoftBreak });
                }
                return;
            }
        };
        self.attributes(name, attributes, span);
        if let Some(element) = element {
            let element = (self.shared.depth < MAX_DEPTH).then_some(element);
            match element {
                Some(_) => self.shared.depth += 1,
                None if line.open.last().is_some_and(|around| around.element.is_none()) => {}
                None => self.report(span, catalog::nested_too_deep),
            }
            line.open.push(Open { name: name.to_owned(), element, range, at: line.parts.len() });
        }
    }

    /// Reports attributes that are left out.
    pub(super) fn attributes(&mut self, name: &str, attributes: &[(String, String)], span: Span) {
        let kept = |attribute: &str| name == "abbr" && attribute == "title";
        let left_out = attributes.iter().find(|(attribute, _)| !kept(attribute));
        if let (Some((attribute, _)), Some(severity)) =
            (left_out, self.shared.source.rules.and_then(|rules| rules.raw_html))
        {
            self.report(span, |place| catalog::html_attribute(place, name, attribute, severity));
        }
    }

    /// Whether the start tag a little before is not really a tag, which is reported there.
    fn opens_as_text(&self, name: &str, at: usize) -> bool {
        let before = &self.written[self.written.floor_char_boundary(at.saturating_sub(LONGEST_TAG))..at];
        let opening = before.rfind(&format!("<{name} ")).map(|at| &before[at..]);
        let is_reported = self.shared.source.rules.is_some_and(|rules| rules.markdown.is_some());
        is_reported && opening.is_some_and(|since| !since.contains("</") && since.contains('='))
    }

    fn close(&mut self, name: &str, range: &Range<usize>, line: &mut Line) {
        let span = self.span(range);
        let Some(at) = line.open.iter().rposition(|open| open.name == name) else {
            if self.list_tag(name, false, span, line) {
                return;
            }
            if matches!(name, "sup" | "sub" | "kbd" | "abbr") {
                if self.opens_as_text(name, range.start) {
                    return;
                }
                self.report(span, |place| catalog::html_unopened(place, name));
                return;
            }
            self.unknown_end(span, name);
            if !html::is_inline(name) {
                line.push(Inline { span, kind: InlineKind::SoftBreak });
            }
            return;
        };
        for open in line.open.split_off(at + 1) {
            self.unclosed_element(&open);
        }
        let Some(open) = line.open.pop() else { return };
        let Some(mut element) = open.element else { return };
        self.shared.depth -= 1;
        let inner = line.parts.split_off(open.at.min(line.parts.len()));
        let mut inlines = self.settle(inner);
        let span = self.span(&(open.range.start..range.end));
        // An abbreviation without words of its own says what it stands for.
        if let (true, Element::Abbreviation { title }) = (inlines.is_empty(), &mut element)
            && !title.is_empty()
        {
            inlines.push(Inline { span, kind: InlineKind::Text(std::mem::take(title)) });
        }
        if !inlines.is_empty() {
            line.push(Inline { span, kind: InlineKind::Element { element, inlines } });
        }
    }
}
