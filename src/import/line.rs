//! A line of an old page as Markdown: words, emphasis, links, pictures, code.

use super::marks::{code, destination, escaped, folded, in_cell, line_break, marked_place, understood};
use super::note::{Link, Lost, Note};
use super::said;
use super::template::{self, Part};
use super::tree::{self, Element, Node};
use super::words::{PARTS, Writer};
use super::{convert, language};
use crate::lang::Lang;
use crate::layout::{self, DECORATIVE};

/// Where inlines are, which decides how line breaks are written.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum In {
    Paragraph,
    Line,
    Cell,
}

impl Writer<'_> {
    /// The words of a line.
    pub(super) fn inlines(&mut self, nodes: &[Node], place: In) -> String {
        let mut pieces: Vec<Piece> = Vec::new();
        for node in nodes {
            match node {
                Node::Text(text) => pieces.extend(self.text(text, place)),
                Node::Comment(words) if words.trim().is_empty() => {}
                Node::Comment(words) => self.notes.push(Note::LeftOut(words.trim().to_owned())),
                Node::Element(element) => self.inline(element, place, &mut pieces),
            }
        }
        join(pieces)
    }

    fn text(&mut self, text: &str, within: In) -> Vec<Piece> {
        let mut pieces = Vec::new();
        for part in template::parts(text) {
            match part {
                Part::Words(words) => pieces.push(Piece::Plain(escaped(&folded(words, within)))),
                Part::Place(number) => {
                    let code = self.templates.places.get(number).cloned().unwrap_or_default();
                    self.notes.push(Note::Template(code.clone()));
                    pieces.push(Piece::Place(code));
                }
            }
        }
        // Code right after code is one place.
        let mut merged: Vec<Piece> = Vec::new();
        for piece in pieces {
            if let Piece::Place(code) = &piece {
                let gap = matches!(merged.last(), Some(Piece::Plain(gap)) if gap.trim().is_empty());
                let at = merged.len().checked_sub(1 + usize::from(gap));
                if let Some(Piece::Place(before)) = at.and_then(|at| merged.get_mut(at)) {
                    before.push(' ');
                    before.push_str(code);
                    if gap {
                        merged.pop();
                    }
                    continue;
                }
            }
            merged.push(piece);
        }
        let finish = |piece: Piece| match piece {
            Piece::Place(code) => {
                let marked = marked_place(self.lang, &code);
                Piece::Plain(if within == In::Cell { in_cell(&marked) } else { marked })
            }
            piece => piece,
        };
        merged.into_iter().map(finish).collect()
    }

    /// The language that an element names; `None` if its words are in the page's language, whatever it says.
    pub(super) fn language(element: &Element) -> Option<String> {
        let code = element.get("lang").or_else(|| element.get("xml:lang"))?.trim().replace('_', "-");
        let is_part =
            |part: &str| (2..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
        let is_sound = code.split('-').all(is_part) && matches!(code.split('-').next()?.len(), 2 | 3);
        // The frames of pages often name the wrong one.
        let is_wrong = || {
            let named = layout::language(code.split('-').next().unwrap_or_default());
            named.is_some_and(|named| language::guess(&tree::text(&element.children)) == Some(named.other()))
        };
        (is_sound && !is_wrong()).then_some(code)
    }

    /// Whether a code names the page's language.
    pub(super) fn is_own(&self, code: &str) -> bool {
        code.split('-').next().and_then(layout::language) == Some(self.lang)
    }

    /// Words with their language, if that is not the page's.
    pub(super) fn in_its_language(&self, nodes: &[Node], words: String) -> String {
        match &self.foreign {
            Some(code) if !has_link(nodes) && words.chars().any(char::is_alphabetic) => {
                format!("[{words}](lang:{code})")
            }
            _ => words,
        }
    }

    /// An element in a line in another language than the page's, with its language marked; `None` if it is not one.
    fn foreign_inline(&mut self, element: &Element, within: In) -> Option<Piece> {
        // A link cannot contain a link, and a language is written as one.
        if self.foreign.is_some() || self.in_link || element.name == "a" || has_link(&element.children) {
            return None;
        }
        let code = Self::language(element).filter(|code| !self.is_own(code))?;
        let mut inner = Vec::new();
        self.foreign = Some(code);
        self.inline(element, if within == In::Paragraph { In::Line } else { within }, &mut inner);
        let words = join(inner);
        let (before, words, after) = without_ends(&words);
        let words = self.in_its_language(&[], words.to_owned());
        self.foreign = None;
        Some(Piece::Plain(format!("{before}{words}{after}")))
    }

    fn inline(&mut self, element: &Element, within: In, pieces: &mut Vec<Piece>) {
        if let Some(piece) = self.foreign_inline(element, within) {
            pieces.push(piece);
            return;
        }
        let name = element.name.as_str();
        self.anchor(element);
        match name {
            "em" | "i" | "cite" | "dfn" | "var" => {
                let words = self.inlines(&element.children, within);
                pieces.push(Piece::Marked("*", words));
            }
            "strong" | "b" => {
                let words = self.inlines(&element.children, within);
                pieces.push(Piece::Marked("**", words));
            }
            "del" | "s" | "strike" => {
                let words = self.inlines(&element.children, within);
                pieces.push(Piece::Marked("~~", words));
            }
            "code" | "samp" | "tt" => {
                let text = tree::text(&element.children);
                let text = code(&text);
                pieces.push(Piece::Plain(if within == In::Cell { in_cell(&text) } else { text }));
            }
            "br" => pieces.push(Piece::Plain(match within {
                In::Paragraph => BREAK.to_string(),
                In::Line => " ".to_owned(),
                In::Cell => line_break().to_owned(),
            })),
            "a" => self.anchor_element(element, within, pieces),
            "img" => pieces.extend(self.image(element, within)),
            "sup" if element.has_class("footnote-reference") => {
                let target = tree::first(&element.children, "a").and_then(|a| a.get("href")).unwrap_or_default();
                pieces.push(Piece::Plain(format!("[^{}]", target.trim_start_matches('#'))));
            }
            "sub" | "sup" | "kbd" if understood(name) => {
                let words = self.inlines(&element.children, within);
                pieces.push(Piece::Plain(format!("<{name}>{words}</{name}>")));
            }
            "abbr" | "acronym" => {
                let words = self.inlines(&element.children, within);
                pieces.push(Piece::Plain(match element.get("title").filter(|title| !title.trim().is_empty()) {
                    Some(title) if !understood("abbr") => format!("{words} ({})", escaped(title.trim())),
                    Some(title) => {
                        let title = title.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;");
                        format!(
                            "<abbr title=\"{}\">{words}</abbr>",
                            title.split_whitespace().collect::<Vec<_>>().join(" ")
                        )
                    }
                    None => words,
                }));
            }
            "q" => {
                let words = self.inlines(&element.children, within);
                let (open, close) = if self.lang == Lang::Fr { ("«\u{a0}", "\u{a0}»") } else { ("“", "”") };
                pieces.push(Piece::Plain(format!("{open}{words}{close}")));
            }
            // What is written in it is reported with the words of other attributes.
            "input" => {}
            "svg" | "math" => {
                let words = tree::text(&element.children);
                self.notes.push(Note::LeftOut(format!("<{name}> {}", words.trim())));
            }
            name if tree::WORDLESS.contains(&name) => self.leave_out_code(element),
            _ if is_nothing(element) => {}
            _ if shows_something(element) => {
                let place = self.embedded(element);
                pieces.push(Piece::Plain(if within == In::Cell { in_cell(&place) } else { place }));
            }
            name => {
                let words = self.inlines(&element.children, within);
                // The names that Word gives to words (`o:p`, `st1:place`) mean nothing.
                if !tree::is_inline(name) && !PARTS.contains(&name) && !name.contains(':') {
                    self.notes.push(Note::LeftOut(self.templates.filled(&element.opening())));
                }
                if tree::is_foreign(name) || tree::is_inline(name) && tree::stands_apart(name) {
                    pieces.extend([Piece::Gap, Piece::Plain(words), Piece::Gap]);
                } else {
                    let gap = if tree::is_inline(name) { "" } else { " " };
                    pieces.push(Piece::Plain(format!("{gap}{words}{gap}")));
                }
            }
        }
    }

    fn anchor_element(&mut self, element: &Element, within: In, pieces: &mut Vec<Piece>) {
        let is_inner = std::mem::replace(&mut self.in_link, true);
        let words = self.inlines(&element.children, if within == In::Paragraph { In::Line } else { within });
        self.in_link = is_inner;
        let Some(target) = element.get("href") else {
            pieces.push(Piece::Plain(words));
            return;
        };
        let target = self.filled(target);
        let mut link = (self.link)(&target, &mut self.notes);
        let said = tree::text(&element.children);
        // A link with the name of the other language leads to it, also if it is to another page than this one.
        let is_inner = matches!(&link, Link::To(target) if !target.contains(':') && !target.starts_with(['#', '/']));
        if is_inner && language::named(&said) == Some(self.lang.other()) {
            self.notes.pop_if(|note| matches!(note, Note::Link(Lost::OtherSide, _)));
            self.notes.push(Note::Link(Lost::Version, target));
            link = Link::Version;
        }
        match link {
            Link::To(target) if words.trim().is_empty() => {
                // Nobody could see such a link.
                if target.contains("://") {
                    pieces.push(Piece::Plain(format!("[{}]({})", escaped(&target), destination(&target))));
                }
            }
            Link::To(target) => {
                let (before, words, after) = without_ends(&words);
                pieces.push(Piece::Plain(format!("{before}[{words}]({}){after}", destination(&target))));
            }
            Link::Words => pieces.push(Piece::Plain(words)),
            Link::Version => {
                self.switches.push(said);
                pieces.push(Piece::Plain(words));
            }
        }
    }

    /// Whether a line only leads to other versions: all its words are those of such links, written since there were
    /// `before` of them, or names of languages.
    pub(super) fn is_switch(&self, nodes: &[Node], before: usize) -> bool {
        let words = |text: &str| convert::words(text);
        let mut switches: Vec<String> = self.switches[before..].iter().flat_map(|said| words(said)).collect();
        let is_there = !switches.is_empty();
        let rest = words(&tree::text(nodes)).into_iter().all(|word| {
            let at = switches.iter().position(|own| *own == word);
            at.map(|at| switches.swap_remove(at)).is_some() || language::named(&word).is_some()
        });
        is_there && rest && !tree::elements(nodes).iter().any(|element| element.name == "img")
    }

    fn image(&mut self, element: &Element, within: In) -> Option<Piece> {
        let alt = element.get("alt").unwrap_or_default();
        let alt = self.inlines(&[Node::Text(alt.to_owned())], if within == In::Paragraph { In::Line } else { within });
        let alt = alt.trim();
        if let Some(title) = element.get("title").filter(|title| !title.trim().is_empty() && *title != alt) {
            self.notes.push(Note::LeftOut(self.templates.filled(title)));
        }
        let source = self.filled(element.get("src")?);
        Some(Piece::Plain(match (self.picture)(&source, &mut self.notes) {
            Link::To(target) if target.contains("://") => {
                let words = if alt.is_empty() { escaped(&target) } else { alt.to_owned() };
                format!("[{words}]({})", destination(&target))
            }
            Link::To(target) => {
                let adorns = element.get("role").is_some_and(|role| matches!(role, "none" | "presentation"))
                    || element.get("aria-hidden") == Some("true");
                let mark = if alt.is_empty() && adorns { format!("#{DECORATIVE}") } else { String::new() };
                format!("![{alt}]({})", destination(&format!("{target}{mark}")))
            }
            Link::Words | Link::Version => {
                let text = format!("{}{}", marked_place(self.lang, &source), if alt.is_empty() { "" } else { " " });
                let text = if within == In::Cell { in_cell(&text) } else { text };
                format!("{text}{alt}")
            }
        }))
    }

    /// A target in which template code is as it was.
    fn filled(&self, target: &str) -> String {
        self.templates.filled(&target.replace("%EF%B7%90", "\u{FDD0}").replace("%EF%B7%91", "\u{FDD1}"))
    }
}

/// Whether an element that HTML does not have is empty: it has neither words nor pictures in it.
fn is_hollow(element: &Element) -> bool {
    tree::is_foreign(&element.name)
        && tree::text(&element.children).trim().is_empty()
        && tree::first(&element.children, "img").is_none()
}

/// Whether an empty element showed something on the old page, so that a marked place takes its place.
pub(super) fn shows_something(element: &Element) -> bool {
    is_hollow(element) && !is_nothing(element)
}

/// Whether an empty element says nothing: it is no component, and has neither words nor an address. Word writes
/// `<o:p></o:p>` after every paragraph.
pub(super) fn is_nothing(element: &Element) -> bool {
    let says = |element: &&Element| {
        let is_component = element.name == tree::COMPONENT || element.name.contains('-');
        let has_address = ["src", "href", "data", "url"].iter().any(|name| element.get(name).is_some());
        is_component || has_address || !said::of(element).is_empty()
    };
    is_hollow(element) && !says(&element) && !tree::elements(&element.children).iter().any(says)
}

/// A piece of a line.
enum Piece {
    /// As it is.
    Plain(String),
    /// Words between two marks.
    Marked(&'static str, String),
    /// Template code.
    Place(String),
    /// Between words that must not become one.
    Gap,
}

/// A line break within a paragraph, until the paragraph is complete: it counts as a space at the ends of words.
const BREAK: char = '\u{2028}';

/// A paragraph with its breaks as Markdown writes them: two breaks begin another paragraph.
pub(super) fn broken(text: &str) -> String {
    let mut whole = String::with_capacity(text.len());
    let mut mark = "";
    for line in text.split(BREAK).map(|line| line.trim_matches([' ', '\n'])) {
        if line.is_empty() {
            mark = if whole.is_empty() { "" } else { "\n\n" };
            continue;
        }
        whole.push_str(mark);
        whole.push_str(line);
        mark = "\\\n";
    }
    whole
}

fn has_link(nodes: &[Node]) -> bool {
    tree::elements(nodes).into_iter().any(|element| element.name == "a" && element.get("href").is_some())
}

/// The pieces in a line, with marks only where Markdown reads them as marks.
fn join(pieces: Vec<Piece>) -> String {
    let mut line = String::new();
    let is_empty = |piece: &Piece| matches!(piece, Piece::Plain(words) if words.is_empty());
    let mut rest = pieces.into_iter().filter(|piece| !is_empty(piece)).peekable();
    while let Some(piece) = rest.next() {
        match piece {
            Piece::Plain(words) if line.ends_with([' ', BREAK]) => line.push_str(words.trim_start_matches(' ')),
            Piece::Plain(words) => line.push_str(&words),
            Piece::Place(code) => line.push_str(&code),
            Piece::Gap => {
                let marks = ['*', '~'];
                let ends_in_word = line.trim_end_matches(marks).ends_with(char::is_alphanumeric);
                let begins_word = match rest.peek() {
                    Some(Piece::Plain(next) | Piece::Marked(_, next)) => {
                        next.trim_start_matches(marks).starts_with(char::is_alphanumeric)
                    }
                    // What follows decides.
                    Some(Piece::Place(_) | Piece::Gap) | None => false,
                };
                if ends_in_word && begins_word {
                    line.push(' ');
                }
            }
            Piece::Marked(mark, mut words) => {
                // Two of the same side by side are one.
                while let Some(Piece::Marked(next, more)) = rest.peek() {
                    if *next != mark {
                        break;
                    }
                    words.push_str(more);
                    rest.next();
                }
                let next = match rest.peek() {
                    Some(Piece::Plain(next) | Piece::Marked(_, next)) => next.chars().next(),
                    Some(Piece::Place(_) | Piece::Gap) | None => None,
                };
                push_marked(&mut line, mark, &words, next);
            }
        }
    }
    line
}

fn push_marked(line: &mut String, mark: &str, words: &str, next: Option<char>) {
    if let Some((first, rest)) = words.split_once(BREAK) {
        // Marks cannot extend beyond the end of a paragraph, and two breaks are one.
        push_marked(line, mark, first, None);
        line.push(BREAK);
        push_marked(line, mark, rest, next);
        return;
    }
    let is_word = |c: char| c.is_alphanumeric();
    let (before, mut inner, after) = without_ends(words);
    let mut after = after.to_owned();
    let mut lead = String::new();
    // A mark beside a sign and a word is not a mark: the sign is outside.
    if after.is_empty() && next.is_some_and(is_word) {
        while let Some(last) = inner.chars().next_back().filter(|last| !is_word(*last)) {
            inner = &inner[..inner.len() - last.len_utf8()];
            after.insert(0, last);
        }
        if inner.ends_with('\\') {
            inner = &inner[..inner.len() - 1];
            after.insert(0, '\\');
        }
    }
    if before.is_empty() && line.chars().next_back().is_some_and(is_word) {
        while let Some(first) = inner.chars().next().filter(|first| !is_word(*first)) {
            inner = &inner[first.len_utf8()..];
            lead.push(first);
        }
    }
    line.push_str(before);
    line.push_str(&lead);
    if inner.is_empty() {
        line.push_str(&after);
        return;
    }
    // A mark must not touch an existing one.
    let clash = line.ends_with(mark.chars().next().unwrap_or_default()) || inner.contains("\n\n");
    if clash {
        line.push_str(inner);
    } else {
        line.push_str(mark);
        line.push_str(inner);
        line.push_str(mark);
    }
    line.push_str(&after);
}

/// The spaces before and after words.
fn without_ends(words: &str) -> (&str, &str, &str) {
    let start = words.len() - words.trim_start().len();
    let end = words.trim_end().len().max(start);
    (&words[..start], &words[start..end], &words[end..])
}
