//! Markdown to [`Document`]: `CommonMark` with tables, footnotes, definition lists, heading ids, alerts and task lists,
//! a few elements of HTML, and bare addresses as links.
//!
//! Every word of the text ends up in the document or in a mistake that says where it went. That does not depend on
//! knowing every construct that loses words: each reader says which bytes it has dealt with, and what is left over at
//! the end is reported ([`account`]).

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use pulldown_cmark::{Options, Parser};

use crate::diagnostic::{Diagnostic, Diagnostics, Place, Severity, Span, catalog};
use crate::document::{Block, Document, Inline, RawLink};
use crate::path::ContentPath;
use crate::schema::Policies;

mod account;
mod addresses;
mod blocks;
mod cells;
mod definitions;
mod emphasis;
mod footnotes;
mod heading_ids;
mod headings;
mod html;
mod html_blocks;
mod inlines;
mod pieces;
pub(in crate::parse) mod untaken;

use account::Account;
use footnotes::Notes;
use heading_ids::HeadingIds;
use pieces::Pieces;

/// Where a piece of Markdown comes from.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// The file.
    pub file: &'a ContentPath,
    /// Where in the file.
    pub at: At<'a>,
    /// How to judge it; `None` if it is read again and mistakes are not wanted.
    pub rules: Option<Rules>,
}

/// How severe a site considers problems in Markdown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rules {
    /// About HTML. Tags are never passed on: no code comes from content.
    pub raw_html: Option<Severity>,
    /// About Markdown that did not take and is shown as characters.
    pub markdown: Option<Severity>,
}

impl Rules {
    /// Those of a site.
    pub fn of(policies: &Policies) -> Self {
        Self { raw_html: policies.raw_html, markdown: policies.markdown }
    }
}

impl Default for Rules {
    fn default() -> Self {
        Self { raw_html: Some(Severity::Error), markdown: Some(Severity::Warning) }
    }
}

/// How places in the Markdown map to places in the file.
#[derive(Clone, Copy, Debug)]
pub enum At<'a> {
    /// The Markdown is a part of the file that begins at this byte.
    Offset(u32),
    /// The Markdown is a YAML value whose lines are in the file as they are, after their indentation. Pairs of where a
    /// line begins in the text and in the file, in bytes; the first one begins the text.
    Lines(&'a [(u32, u32)]),
    /// The Markdown is a YAML value that is written differently in the file: everything is reported at the value.
    Value(Span),
}

/// Parses Markdown.
pub fn parse(source: &Source<'_>, text: &str) -> (Document<RawLink>, Diagnostics) {
    let mut shared = Shared {
        source,
        whole: text,
        diagnostics: Diagnostics::default(),
        heading_ids: HeadingIds::default(),
        last_level: 1,
        depth: 0,
        notes: Notes::default(),
        account: Account::default(),
        links: footnotes::Links::default(),
        parted_notes: OnceCell::new(),
        reported: BTreeMap::new(),
    };
    let prepared = definitions::prepare(text);
    let parser = Parser::new_ext(&prepared, OPTIONS);
    shared.links = footnotes::Links::of(&parser);
    let mut reader = Reader {
        shared: &mut shared,
        written: text,
        prepared: &prepared,
        pieces: Pieces::default(),
        events: parser.into_offset_iter(),
        task: None,
        in_link: false,
        leaf: Leaf::Paragraph,
        has_torn_code: false,
        in_numbered: false,
        prefix: 0,
        text_end: 0,
        plain: Vec::new(),
    };
    let blocks = reader.blocks(None);
    let footnotes = shared.footnotes();
    shared.unused_links();
    shared.lost_words();
    let mut document = Document { blocks, footnotes };
    shared.heading_ids.settle(&mut document);
    (document, shared.diagnostics)
}

/// Attributes of headings are read here: what is in braces and is not an id are words.
pub(super) const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_GFM)
    .union(Options::ENABLE_DEFINITION_LIST);

/// Deeper than anyone writes, and far from the end of the stack.
const MAX_DEPTH: usize = 64;

type Blocks = Vec<Block<RawLink>>;
type Inlines = Vec<Inline<RawLink>>;

/// What all readers of one document share.
struct Shared<'a> {
    source: &'a Source<'a>,
    /// The text as its writer wrote it.
    whole: &'a str,
    diagnostics: Diagnostics,
    heading_ids: HeadingIds,
    last_level: u8,
    /// How many elements the current one is nested in.
    depth: usize,
    notes: Notes,
    account: Account,
    /// The lines that say where references lead.
    links: footnotes::Links,
    /// The labels of footnotes with a space before their colon; made when one is missing.
    parted_notes: OnceCell<BTreeSet<String>>,
    /// How many elements of each name were reported and have not closed: their ends are not reported again.
    reported: BTreeMap<String, usize>,
}

/// Reads one text: the whole document, or what is between the tags of a block of HTML.
struct Reader<'s, 'a, 't> {
    shared: &'s mut Shared<'a>,
    /// The text, and the text as the parser sees it: of the same length, with some signs replaced so that they mean
    /// nothing.
    written: &'t str,
    prepared: &'t str,
    /// Where its parts are in the whole document.
    pieces: Pieces,
    events: pulldown_cmark::OffsetIter<'t>,
    /// Whether the item being read is a task, and done.
    task: Option<bool>,
    /// Whether a link is being read.
    in_link: bool,
    /// What the words being read are in.
    leaf: Leaf,
    /// Whether a bar splits code in the row being read.
    has_torn_code: bool,
    /// Whether the list in the cell being read is numbered.
    in_numbered: bool,
    /// How many bytes at the beginning are not the writer's.
    prefix: usize,
    /// Where the last piece of text ended: a backslash between it and the next one is an escape.
    text_end: usize,
    /// The parts of the block being read that are text, with nothing escaped or replaced.
    plain: Vec<std::ops::Range<usize>>,
}

/// What words are in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Leaf {
    Paragraph,
    Heading,
    Term,
    Cell,
}

impl Shared<'_> {
    /// The place in the file of a range of the document.
    fn span(&self, range: &std::ops::Range<usize>) -> Span {
        match self.source.at {
            At::Offset(offset) => Span::new(range.clone()).shifted(offset),
            At::Lines(lines) => {
                let place = |at: usize| {
                    let at = u32::try_from(at).unwrap_or(u32::MAX);
                    let line = lines.partition_point(|(start, _)| *start <= at).saturating_sub(1);
                    lines.get(line).map_or(0, |(start, in_file)| in_file + (at - start)) as usize
                };
                let last = range.end.saturating_sub(1).max(range.start);
                Span::new(place(range.start)..place(last) + usize::from(range.end > range.start))
            }
            At::Value(span) => span,
        }
    }

    fn report(&mut self, span: Span, mistake: impl FnOnce(Place) -> Diagnostic) {
        if self.source.rules.is_some() {
            self.diagnostics.push(mistake(Place::new(self.source.file, span)));
        }
    }
}

impl Reader<'_, '_, '_> {
    /// The range of the document that a range of this text is.
    fn whole(&self, range: &std::ops::Range<usize>) -> std::ops::Range<usize> {
        self.pieces.range(range)
    }

    /// The place in the file of a range of this text.
    fn span(&self, range: &std::ops::Range<usize>) -> Span {
        self.shared.span(&self.whole(range))
    }

    /// Says that a range of this text has been dealt with.
    fn account(&mut self, range: &std::ops::Range<usize>) {
        if self.shared.source.rules.is_none() {
            return;
        }
        let range = self.whole(range);
        self.shared.account.add(range);
    }

    fn report(&mut self, span: Span, mistake: impl FnOnce(Place) -> Diagnostic) {
        self.shared.report(span, mistake);
    }

    /// Reports an element that is left out, unless the site allows it.
    fn unknown_element(&mut self, span: Span, tag: &str) {
        *self.shared.reported.entry(tag.to_owned()).or_default() += 1;
        self.raw_html(span, tag);
    }

    /// Reports the end of an element that is left out, unless its beginning was reported.
    fn unknown_end(&mut self, span: Span, tag: &str) {
        match self.shared.reported.get_mut(tag) {
            Some(open) if *open > 0 => *open -= 1,
            _ => self.raw_html(span, &format!("/{tag}")),
        }
    }

    /// Reports HTML that is left out, unless the site allows it.
    fn raw_html(&mut self, span: Span, tag: &str) {
        if let Some(severity) = self.shared.source.rules.and_then(|rules| rules.raw_html) {
            self.report(span, |place| catalog::raw_html(place, tag, severity));
        }
    }

    /// What the site does about Markdown that did not take.
    fn policy(&self) -> Option<Severity> {
        self.shared.source.rules.and_then(|rules| rules.markdown)
    }
}

#[cfg(test)]
mod tests;

#[cfg(test)]
mod words_kept;
