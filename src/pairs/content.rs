//! What a unit says in full: [`Content`], collected from the inlines of a block, and its mark.

use std::ops::Range;
use std::sync::Arc;

use super::fingerprint::{self, Sequence, Token};
use super::outline::{Kind, Mark, Unit};
use crate::diagnostic::Span;
use crate::document::{AlertKind, Element, Inline, InlineKind, RawLink};
use crate::layout::{self, WrittenLink};
use crate::path::ContentPath;

/// What a unit says in full.
#[derive(Clone, Debug, Default)]
pub struct Content {
    /// Its text; an object replacement character stands for code and for each reference to a footnote.
    pub text: String,
    /// Its pieces of text as they are in the file, and whether they are marked as another language.
    pub runs: Vec<Run>,
    /// Its pieces of code.
    pub code: Vec<String>,
    /// Where its links lead.
    pub links: Vec<Link>,
    /// How many references to footnotes it has.
    pub footnotes: usize,
    /// The list that it is an item of.
    pub list: Option<ListKind>,
    /// The box that it opens.
    pub alert: Option<AlertKind>,
    /// Where the group of values that it is in begins, if it is a value of one: `{label: …, url: …}`.
    pub group: Option<u32>,
    /// Where the text of each of its cells ends, if it is a row of a table.
    pub cells: Vec<usize>,
}

/// What kind of list an item is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ListKind {
    /// With bullets.
    Bullets,
    /// With numbers.
    Numbers,
    /// Of tasks, each done or not.
    Tasks {
        /// Whether this one is done.
        done: bool,
    },
}

/// A piece of text as it is in the file.
#[derive(Clone, Debug)]
pub struct Run {
    /// The bytes of the unit's text.
    pub range: Range<usize>,
    /// Where it is in the file.
    pub span: Span,
    /// The language that it is marked as.
    pub foreign: Option<String>,
}

/// Where a link leads, in normal form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// What is linked to.
    pub target: LinkTarget,
    /// The heading.
    pub fragment: Option<String>,
    /// Where it is.
    pub span: Span,
    /// Whether it is an address among the words, which counts as one of them.
    pub bare: bool,
}

/// What is linked to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LinkTarget {
    /// A page of the site, by id; empty for the page itself.
    Page(String),
    /// A file of the site.
    File(String),
    /// An address elsewhere.
    Address(String),
    /// A picture.
    Image(String),
}

/// Replaces what is not text in a text.
pub(crate) const OBJECT: char = '\u{fffc}';

/// Adds what inlines say to a unit's content. Emphasis says nothing of its own.
pub(super) fn gather(file: &ContentPath, inlines: &[Inline<RawLink>], foreign: Option<&str>, content: &mut Content) {
    for inline in inlines {
        match &inline.kind {
            InlineKind::Text(text) => {
                let range = content.text.len()..content.text.len() + text.len();
                content.text.push_str(text);
                content.runs.push(Run { range, span: inline.span, foreign: foreign.map(str::to_owned) });
            }
            InlineKind::Code(code) => {
                content.text.push(OBJECT);
                content.code.push(code.clone());
            }
            InlineKind::Emphasis(inner) | InlineKind::Strong(inner) | InlineKind::Strikethrough(inner) => {
                gather(file, inner, foreign, content);
            }
            InlineKind::Element { element, inlines: inner } => {
                gather(file, inner, foreign, content);
                if let Element::Abbreviation { title } = element
                    && !title.is_empty()
                {
                    content.text.push_str(" (");
                    content.text.push_str(title);
                    content.text.push(')');
                }
            }
            InlineKind::Address { target, text } => {
                content.links.push(Link { bare: true, ..link(file, target, inline.span, LinkTarget::Address) });
                let range = content.text.len()..content.text.len() + text.len();
                content.text.push_str(text);
                content.runs.push(Run { range, span: inline.span, foreign: foreign.map(str::to_owned) });
            }
            InlineKind::Link { target, inlines: inner } => {
                content.links.push(link(file, target, inline.span, LinkTarget::Address));
                gather(file, inner, foreign, content);
            }
            InlineKind::Image { target, alt } => {
                content.links.push(link(file, target, inline.span, LinkTarget::Image));
                content.text.push_str(alt);
            }
            InlineKind::Foreign { lang, inlines: inner } => gather(file, inner, Some(lang), content),
            InlineKind::FootnoteReference(_) => content.footnotes += 1,
            InlineKind::SoftBreak | InlineKind::HardBreak => {
                content.text.push(' ');
            }
        }
    }
}

/// The normal form of a link: `../partners/csc.md` and `partners/csc` are the same page. It is hashed into
/// `pairs.lock`, so it must never change.
fn link(file: &ContentPath, RawLink(written): &RawLink, span: Span, elsewhere: fn(String) -> LinkTarget) -> Link {
    let is_image = matches!(elsewhere(String::new()), LinkTarget::Image(_));
    let (path, fragment) = match WrittenLink::parse(written) {
        WrittenLink::External | WrittenLink::Unsafe(_) => {
            return Link { target: elsewhere(written.clone()), fragment: None, span, bare: false };
        }
        WrittenLink::Empty => ("", None),
        WrittenLink::Heading(fragment) => ("", Some(fragment)),
        WrittenLink::Local { path, fragment } => (path, fragment),
    };
    let beside = |path: &str| file.join(path).map_or_else(|| path.to_owned(), |path| path.as_str().to_owned());
    let target = if is_image {
        LinkTarget::Image(beside(path))
    } else if layout::has_file_ending(path) {
        LinkTarget::File(beside(path))
    } else {
        LinkTarget::Page(layout::linked_id(file, path).unwrap_or_else(|| path.trim_end_matches(".md").to_owned()))
    };
    Link { target, fragment: fragment.map(str::to_owned), span, bare: false }
}

impl Content {
    /// The text of one of its pieces.
    pub fn text_of(&self, run: &Run) -> &str {
        &self.text[run.range.clone()]
    }

    /// The unit that says this.
    pub(super) fn into_unit(self, kind: Kind, span: Span) -> Unit {
        let (mut words, mut numbers, mut links) = (Sequence::default(), Sequence::default(), Sequence::default());
        let mut code = self.code.iter();
        for token in fingerprint::tokens(&self.text) {
            match token {
                Token::Word(word) => words.push(word),
                Token::Number(number) => {
                    words.push("0");
                    numbers.push(number);
                }
                Token::Mark(OBJECT) => {
                    words.push("`");
                    words.push(code.next().map_or("", String::as_str));
                }
                Token::Mark(mark) => words.push(mark.encode_utf8(&mut [0; 4])),
            }
        }
        for _ in 0..self.footnotes {
            words.push("[^]");
        }
        for link in self.links.iter().filter(|link| !link.bare) {
            let (LinkTarget::Page(target)
            | LinkTarget::File(target)
            | LinkTarget::Address(target)
            | LinkTarget::Image(target)) = &link.target;
            links.push(target);
            if let Some(fragment) = &link.fragment {
                links.push("#");
                links.push(fragment);
            }
        }
        let mark = Mark { kind, words: words.words(), numbers: numbers.extra(), links: links.extra() };
        Unit { mark, span, content: Arc::new(self) }
    }
}
