//! One file at a time, from text to structure: [`parse`]. Nothing is looked up in another file here.
//!
//! Parsing never fails: it returns what could be read and what is wrong with it.

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, Diagnostics, Place, Severity, Span, catalog};
use crate::document::{Document, RawLink};
use crate::lang::Lang;
use crate::path::ContentPath;
use crate::schema;
use crate::source::Sources;
use crate::yaml::{self, Node};
use rayon::prelude::*;

pub mod front_matter;
mod heading_ids;
pub mod markdown;

/// What the files of a content folder say, each by itself.
#[derive(Debug, Default)]
pub struct Parsed {
    /// The pages of words, by path.
    pub words: Vec<ParsedWords>,
    /// The files of facts, by path.
    pub facts: Vec<ParsedFacts>,
    /// The files that are there and cannot be understood.
    pub unread: UnparsableFiles,
}

/// Files that are there and cannot be understood: that they cannot is their only mistake, so nobody misses what they say.
#[derive(Debug, Default)]
pub struct UnparsableFiles(BTreeSet<(String, Option<Lang>)>);

impl UnparsableFiles {
    /// Whether a record's facts are among them.
    pub fn facts(&self, id: &str) -> bool {
        self.has(id, None)
    }

    /// Whether one side of a record is.
    pub fn words(&self, id: &str, lang: Lang) -> bool {
        self.has(id, Some(lang))
    }

    /// Whether any file of a record is.
    pub fn any(&self, id: &str) -> bool {
        self.facts(id) || Lang::BOTH.iter().any(|lang| self.words(id, *lang))
    }

    fn has(&self, id: &str, lang: Option<Lang>) -> bool {
        !self.0.is_empty() && self.0.contains(&(id.to_owned(), lang))
    }
}

/// One page of words: `agreements/exchange-of-service.fr.md`.
#[derive(Clone, Debug)]
pub struct ParsedWords {
    /// The file.
    pub path: ContentPath,
    /// The record's id: the path without its endings.
    pub id: String,
    /// The page's language.
    pub lang: Lang,
    /// The block at the top of the page.
    pub front: Node,
    /// The Markdown below it.
    pub body: Document<RawLink>,
}

/// One file of facts: `agreements/exchange-of-service.yaml`.
#[derive(Clone, Debug)]
pub struct ParsedFacts {
    /// The file.
    pub path: ContentPath,
    /// The record's id: the path without its ending.
    pub id: String,
    /// What it says.
    pub facts: Node,
}

enum File {
    Words(ParsedWords),
    Facts(ParsedFacts),
    Unread(String, Option<Lang>),
    Nothing,
}

/// Parses every page and every file of facts.
pub fn parse(sources: &Sources, raw_html: Option<Severity>) -> (Parsed, Diagnostics) {
    let texts: Vec<_> = sources.texts().iter().collect();
    let files: Vec<(File, Diagnostics)> =
        texts.into_par_iter().map(|(path, text)| parse_file(path, text, raw_html)).collect();
    let (mut parsed, mut diagnostics) = (Parsed::default(), Diagnostics::default());
    for file in files {
        match diagnostics.absorb(file) {
            File::Words(words) => parsed.words.push(words),
            File::Facts(facts) => parsed.facts.push(facts),
            File::Unread(id, lang) => {
                parsed.unread.0.insert((id, lang));
            }
            File::Nothing => {}
        }
    }
    (parsed, diagnostics)
}

fn parse_file(path: &ContentPath, text: &str, raw_html: Option<Severity>) -> (File, Diagnostics) {
    let name = path.as_str();
    if let Some(stem) = name.strip_suffix(".md") {
        for (lang, ending) in [(Lang::En, ".en"), (Lang::Fr, ".fr")] {
            if let Some(id) = stem.strip_suffix(ending) {
                return words(path, id, lang, text, raw_html);
            }
        }
        return nothing(catalog::language_missing(Place::new(path, Span::START), stem));
    }
    let folder = path.folder();
    if folder == schema::load::FOLDER || name == schema::config::FILE || !is_yaml(name) {
        return (File::Nothing, Diagnostics::default());
    }
    match name.strip_suffix(".yaml").filter(|_| !folder.is_empty()) {
        Some(id) => {
            let (node, diagnostics) = yaml::parse(path, text, 0);
            let file = match node {
                Some(facts) => File::Facts(ParsedFacts { path: path.clone(), id: id.to_owned(), facts }),
                None => File::Unread(id.to_owned(), None),
            };
            (file, diagnostics)
        }
        None => nothing(catalog::unread_file(Place::new(path, Span::START))),
    }
}

fn is_yaml(name: &str) -> bool {
    name.ends_with(".yaml") || name.ends_with(".yml")
}

fn words(path: &ContentPath, id: &str, lang: Lang, text: &str, raw_html: Option<Severity>) -> (File, Diagnostics) {
    let mut diagnostics = Diagnostics::default();
    let Some((front, body_start)) = diagnostics.absorb(front_matter::parse(path, text)) else {
        return (File::Unread(id.to_owned(), Some(lang)), diagnostics);
    };
    let source =
        markdown::Source { file: path, at: markdown::At::Offset(Span::new(body_start..body_start).start), raw_html };
    let body = diagnostics.absorb(markdown::parse(&source, &text[body_start..]));
    let words = ParsedWords { path: path.clone(), id: id.to_owned(), lang, front, body };
    (File::Words(words), diagnostics)
}

fn nothing(diagnostic: Diagnostic) -> (File, Diagnostics) {
    (File::Nothing, std::iter::once(diagnostic).collect())
}

/// Parses one page after another, keeping only what `keep` makes of each, and every file of facts. Mistakes are told of
/// files that could not be read at all.
pub fn each<T: Send>(
    sources: &Sources,
    keep: impl Fn(ParsedWords) -> T + Sync,
) -> (Vec<T>, Vec<ParsedFacts>, Diagnostics) {
    let texts: Vec<_> = sources.texts().iter().collect();
    let read: Vec<_> = texts
        .into_par_iter()
        .map(|(path, text)| {
            let (file, told) = parse_file(path, text, None);
            if let File::Words(words) = file {
                (Some(keep(words)), None, Diagnostics::default())
            } else if let File::Facts(facts) = file {
                (None, Some(facts), Diagnostics::default())
            } else {
                (None, None, told)
            }
        })
        .collect();
    let (mut pages, mut facts, mut diagnostics) = (Vec::new(), Vec::new(), Diagnostics::default());
    for (page, file, told) in read {
        pages.extend(page);
        facts.extend(file);
        diagnostics.extend(told);
    }
    (pages, facts, diagnostics)
}

/// Parses one page of words, if the file is one.
pub fn page(path: &ContentPath, text: &str) -> Option<ParsedWords> {
    match parse_file(path, text, None) {
        (File::Words(words), _) => Some(words),
        _ => None,
    }
}
