//! One record at a time, from texts to structure: [`record`]. Nothing is looked up in the files of another record.
//!
//! Parsing never fails: it returns what could be read and what is wrong with it.

use crate::diagnostic::{Diagnostic, Diagnostics, Place, Severity, Span, catalog};
use crate::document::{Document, RawLink};
use crate::lang::{Lang, PerLang};
use crate::layout::ContentKind;
use crate::path::ContentPath;
use crate::source::Sources;
use crate::yaml::{self, Node};

pub mod destinations;
pub mod front_matter;
mod heading_ids;
pub mod markdown;

/// What the files of one record, or of a landing page, say.
#[derive(Debug, Default)]
pub struct ParsedRecord {
    /// The facts.
    pub facts: Option<ParsedFacts>,
    /// The sides.
    pub words: PerLang<Option<ParsedWords>>,
    /// The files that are there and cannot be understood.
    pub unparsable: Unparsable,
}

/// Which files of a record are there and cannot be understood: that they cannot is their only mistake, so nobody misses
/// what they say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Unparsable {
    /// The facts.
    pub facts: bool,
    /// The sides.
    pub words: PerLang<bool>,
}

impl Unparsable {
    /// Whether any file is.
    pub fn any(self) -> bool {
        self.facts || self.words.en || self.words.fr
    }
}

/// One page of words: `agreements/exchange-of-service.fr.md`.
#[derive(Clone, Debug)]
pub struct ParsedWords {
    /// The file.
    pub path: ContentPath,
    /// The page's language.
    pub lang: Lang,
    /// The block at the top of the page.
    pub front: Node,
    /// The Markdown below it.
    pub body: Document<RawLink>,
}

/// One file of facts: `agreements/exchange-of-service.yaml`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParsedFacts {
    /// The file.
    pub path: ContentPath,
    /// What it says.
    pub facts: Node,
}

/// The path of a record's facts.
pub fn facts_path(id: &str) -> ContentPath {
    ContentPath::new(format!("{id}.yaml"))
}

/// The path of one side of a record.
pub fn words_path(id: &str, lang: Lang) -> ContentPath {
    ContentPath::new(format!("{id}.{lang}.md"))
}

/// Parses the files of a record. `raw_html` is what the site does about HTML.
pub fn record(id: &str, sources: &Sources, raw_html: Option<Severity>) -> (ParsedRecord, Diagnostics) {
    let (mut parsed, mut diagnostics) = (ParsedRecord::default(), Diagnostics::default());
    let path = facts_path(id);
    if let Some(text) = sources.text(&path).filter(|_| matches!(ContentKind::of(&path), ContentKind::Facts { .. })) {
        let facts = diagnostics.absorb(yaml::parse(&path, text, 0));
        parsed.unparsable.facts = facts.is_none();
        parsed.facts = facts.map(|facts| ParsedFacts { path, facts });
    }
    parsed.unparsable.facts |= sources.unreadable().contains(&facts_path(id));
    for lang in Lang::BOTH {
        let path = words_path(id, lang);
        if sources.unreadable().contains(&path) {
            *parsed.unparsable.words.get_mut(lang) = true;
        }
        let Some(text) = sources.text(&path) else { continue };
        let words = diagnostics.absorb(words(path, lang, text, raw_html));
        *parsed.unparsable.words.get_mut(lang) = words.is_none();
        *parsed.words.get_mut(lang) = words;
    }
    (parsed, diagnostics)
}

/// The mistake of a text that belongs to no record and is read by nothing.
pub fn stray(path: &ContentPath) -> Option<Diagnostic> {
    let place = Place::new(path, Span::START);
    match ContentKind::of(path) {
        ContentKind::NoLanguage { stem } => Some(catalog::language_missing(place, stem)),
        ContentKind::UnreadYaml => Some(catalog::unread_file(place)),
        ContentKind::Settings
        | ContentKind::Type
        | ContentKind::Lock
        | ContentKind::Reads
        | ContentKind::Words { .. }
        | ContentKind::Facts { .. }
        | ContentKind::Asset => None,
    }
}

fn words(path: ContentPath, lang: Lang, text: &str, raw_html: Option<Severity>) -> (Option<ParsedWords>, Diagnostics) {
    let mut diagnostics = Diagnostics::default();
    let Some((front, start)) = diagnostics.absorb(front_matter::parse(&path, text)) else {
        return (None, diagnostics);
    };
    let body = diagnostics.absorb(body(&path, text, start, raw_html));
    (Some(ParsedWords { path, lang, front, body }), diagnostics)
}

fn body(path: &ContentPath, text: &str, start: usize, raw_html: Option<Severity>) -> (Document<RawLink>, Diagnostics) {
    let at = markdown::At::Offset(Span::new(start..start).start);
    markdown::parse(&markdown::Source { file: path, at, raw_html }, &text[start..])
}

/// Parses an earlier version of a page of words, if it can be understood.
pub fn page(path: &ContentPath, text: &str) -> Option<ParsedWords> {
    let ContentKind::Words { lang, .. } = ContentKind::of(path) else { return None };
    words(path.clone(), lang, text, None).0
}

/// The Markdown of a page once more, without its mistakes: they were found when the record was parsed.
pub fn body_again(path: &ContentPath, text: &str) -> Document<RawLink> {
    front_matter::body_start(text).map(|start| body(path, text, start, None).0).unwrap_or_default()
}
