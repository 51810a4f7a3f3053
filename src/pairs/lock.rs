//! `pairs.lock`: what the two sides of each record said when someone last confirmed that they say the same.
//!
//! ```yaml
//! agreements/exchange-of-service:
//!   on: 2026-01-31
//!   en:
//!   - /title v3kQ9aB
//!   - p9Xw2Lc.8dK1~q0Tz
//!   - 2bT7mQe i1Rz8Yw i4Fv0Nd
//!   fr:
//!   - …
//! ```
//!
//! One line for each section, so that two people who confirm different records or sections merge without a conflict.
//! A line is the section's marks: a letter for the kind of each unit, six signs for its words, after a point four for
//! its numbers, after a tilde four for its links. `on` is there only where the confirmation was given a date.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::fingerprint;
use super::outline::{Kind, Mark, Name, Outline, Section};
use crate::diagnostic::{Diagnostics, Place, Span, catalog};
use crate::lang::PerLang;
use crate::path::ContentPath;
use crate::source::Sources;

pub use crate::layout::LOCK as FILE;

const HEADER: &str = "\
# What both sides of each record said when `diptych confirm` was last run. Written by Diptych; do not edit.
# Ce que disaient les deux versions de chaque fiche à la dernière confirmation. Écrit par Diptych; ne pas modifier.
";

/// The confirmations of a site, by id.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lock {
    /// What was confirmed of each record.
    pub records: BTreeMap<String, Confirmed>,
}

/// What was confirmed of a record.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Confirmed {
    /// The day, where one was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<String>,
    /// The sections of the English side.
    pub en: Vec<String>,
    /// The sections of the French side.
    pub fr: Vec<String>,
}

impl Confirmed {
    /// The confirmation of a pair as it stands.
    pub fn new(sides: &PerLang<&Outline>, on: Option<String>) -> Self {
        Self { on, en: lines(sides.en), fr: lines(sides.fr) }
    }
}

/// Reads the confirmations; a site without any has an empty lock.
pub fn read(sources: &Sources) -> (Lock, Diagnostics) {
    let file = ContentPath::new(FILE);
    let mut diagnostics = Diagnostics::default();
    let text = sources.text(&file).unwrap_or_default();
    if text.lines().all(|line| line.trim().is_empty() || line.starts_with('#')) {
        return (Lock::default(), diagnostics);
    }
    match serde_yaml::from_str(text) {
        Ok(records) => (Lock { records }, diagnostics),
        Err(error) => {
            let at = error.location().map_or(0, |location| location.index().min(text.len()));
            diagnostics.push(catalog::lock_unreadable(Place::new(&file, Span::new(at..at))));
            (Lock::default(), diagnostics)
        }
    }
}

impl Lock {
    /// The text of the file.
    pub fn write(&self) -> Result<String, serde_yaml::Error> {
        let body = if self.records.is_empty() { String::new() } else { serde_yaml::to_string(&self.records)? };
        Ok(format!("{HEADER}{body}"))
    }
}

/// The lines of a side.
pub(super) fn lines(outline: &Outline) -> Vec<String> {
    outline.sections.iter().map(line).collect()
}

fn line(section: &Section) -> String {
    let mut line = match &section.name {
        Name::Field(name) => format!("/{name}"),
        Name::Opening | Name::Heading(_) | Name::Footnotes => String::new(),
    };
    for unit in &section.units {
        if !line.is_empty() {
            line.push(' ');
        }
        write(unit.mark, &mut line);
    }
    line
}

/// A unit's mark as it stands in the file.
pub fn written(mark: Mark) -> String {
    let mut written = String::new();
    write(mark, &mut written);
    written
}

fn write(Mark { kind, words, numbers, links }: Mark, line: &mut String) {
    line.push(kind.letter());
    fingerprint::write(words, fingerprint::WORDS_BITS, line);
    if let Some(numbers) = numbers {
        line.push('.');
        fingerprint::write_extra(numbers, line);
    }
    if let Some(links) = links {
        line.push('~');
        fingerprint::write_extra(links, line);
    }
}

/// A line of the lock, read again.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Line {
    /// The field's name, where the section is one.
    pub field: Option<String>,
    /// The units. A mark that cannot be read equals no unit.
    pub marks: Vec<Mark>,
}

impl Line {
    pub(super) fn read(line: &str) -> Self {
        let mut parts = line.split_ascii_whitespace().peekable();
        let field = parts.next_if(|part| part.starts_with('/')).map(|part| part[1..].to_owned());
        Self { field, marks: parts.map(|part| mark(part).unwrap_or(UNREADABLE)).collect() }
    }

    pub(super) fn of(section: &Section) -> Self {
        let field = match &section.name {
            Name::Field(name) => Some(name.clone()),
            _ => None,
        };
        Self { field, marks: section.units.iter().map(|unit| unit.mark).collect() }
    }
}

const UNREADABLE: Mark = Mark { kind: Kind::Paragraph, words: u64::MAX, numbers: None, links: None };

fn mark(text: &str) -> Option<Mark> {
    let mut letters = text.chars();
    let kind = Kind::of_letter(letters.next()?)?;
    let rest = letters.as_str();
    let (rest, links) = match rest.split_once('~') {
        Some((rest, links)) => (rest, Some(fingerprint::read(links).and_then(|links| u32::try_from(links).ok())?)),
        None => (rest, None),
    };
    let (words, numbers) = match rest.split_once('.') {
        Some((rest, numbers)) => {
            (rest, Some(fingerprint::read(numbers).and_then(|numbers| u32::try_from(numbers).ok())?))
        }
        None => (rest, None),
    };
    Some(Mark { kind, words: fingerprint::read(words)?, numbers, links })
}
