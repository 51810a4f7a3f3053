//! One record at a time, from texts to structure: [`record`]. Nothing is looked up in the files of another record.
//!
//! Parsing never fails: it returns what could be read and what is wrong with it.

use crate::diagnostic::{Diagnostic, Diagnostics, Place, Severity, Span, catalog};
use crate::document::{Document, RawLink};
use crate::lang::{Lang, PerLang};
use crate::layout::{ContentKind, LANDING, copy_of, other_language, right_name};
use crate::path::{ContentPath, slug};
use crate::source::Sources;
use crate::yaml::{self, Node};

pub mod destinations;
pub mod front_matter;
pub mod markdown;

pub use markdown::Rules;

/// What the files of one record, or of a landing page, say.
#[derive(Debug, Default)]
pub struct ParsedRecord {
    /// The facts.
    pub facts: Option<ParsedFacts>,
    /// The sides.
    pub words: PerLang<Option<ParsedWords>>,
    /// The files that exist and cannot be understood.
    pub unparsable: Unparsable,
}

/// Which files of a record exist and cannot be understood. That is reported as their only mistake; what they say is not
/// reported as missing.
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

/// Parses the files of a record by the rules of its site; without `rules`, mistakes are not wanted.
pub fn record(id: &str, sources: &Sources, rules: Option<Rules>) -> (ParsedRecord, Diagnostics) {
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
        let words = diagnostics.absorb(words(path, lang, text, rules));
        *parsed.unparsable.words.get_mut(lang) = words.is_none();
        *parsed.words.get_mut(lang) = words;
    }
    (parsed, diagnostics)
}

/// The mistake of a text that belongs to no record and is read by nothing.
pub fn stray(path: &ContentPath) -> Option<Diagnostic> {
    let place = Place::new(path, Span::START);
    match ContentKind::of(path) {
        ContentKind::NoLanguage { .. } | ContentKind::Misnamed if let Some(original) = copy_of(path) => {
            Some(catalog::copied_file(place, &original))
        }
        ContentKind::NoLanguage { stem } if path.folder().is_empty() && stem != LANDING => {
            Some(catalog::unread_note(place))
        }
        ContentKind::NoLanguage { stem } => Some(match (path.folder().parse::<Lang>(), other_language(stem)) {
            (Ok(lang), _) => catalog::folder_of_language(place, path.file_name(), lang),
            (_, Some((stem, code))) => catalog::other_language(place, stem, code),
            _ => catalog::language_missing(place, stem),
        }),
        ContentKind::Misnamed => Some(catalog::misnamed_file(place, &right_name(path)?)),
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

fn words(path: ContentPath, lang: Lang, text: &str, rules: Option<Rules>) -> (Option<ParsedWords>, Diagnostics) {
    let mut diagnostics = Diagnostics::default();
    if rules.is_some()
        && let Some(conflict) = yaml::merge_conflict(&path, text)
    {
        diagnostics.push(conflict);
        return (None, diagnostics);
    }
    let Some((front, start)) = diagnostics.absorb(front_matter::parse(&path, text)) else {
        return (None, diagnostics);
    };
    if let Some(severity) = rules.and_then(|rules| rules.markdown) {
        titles(&path, text, &front, severity, &mut diagnostics);
    }
    let (body, reported) = body(&path, text, start, rules);
    let title = front.get("title").and_then(Node::scalar).unwrap_or_default();
    diagnostics.extend(reported.iter().map(|mistake| repeated_title(text, title, mistake)));
    (Some(ParsedWords { path, lang, front, body }), diagnostics)
}

/// Turns the mistake of a heading with one # into another one if the heading repeats the title.
fn repeated_title(text: &str, title: &str, mistake: &Diagnostic) -> Diagnostic {
    let written = text.get(mistake.place.span.range()).unwrap_or_default().trim_end();
    let words = written.strip_prefix('#').filter(|_| mistake.name == "heading-level-one");
    let is_title = words.is_some_and(|words| !title.is_empty() && slug(words) == slug(title));
    if is_title { catalog::heading_repeats_title(mistake.place.clone(), written) } else { mistake.clone() }
}

/// Reports markup in the lines of the front matter that are plain text.
fn titles(path: &ContentPath, file: &str, front: &Node, severity: Severity, diagnostics: &mut Diagnostics) {
    for key in ["title", "short_title", "inline_title", "summary"] {
        let Some((node, text)) = front.get(key).and_then(|node| Some((node, node.scalar()?))) else { continue };
        let Some((range, untaken)) = markdown::untaken::in_title(text) else { continue };
        let span = node.span.narrowed(file, text, &range);
        diagnostics.push(catalog::markdown(Place::new(path, span), &untaken, severity));
    }
}

fn body(path: &ContentPath, text: &str, start: usize, rules: Option<Rules>) -> (Document<RawLink>, Diagnostics) {
    let at = markdown::At::Offset(Span::new(start..start).start);
    markdown::parse(&markdown::Source { file: path, at, rules }, &text[start..])
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
