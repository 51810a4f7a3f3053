//! What is elsewhere on the page: footnotes ([`Notes`]) and the lines that say where references lead ([`Links`]).

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;

use pulldown_cmark::Parser;

use super::{Blocks, Reader, Shared};
use crate::diagnostic::{Span, catalog};
use crate::document::{Footnote, RawLink};

/// The footnotes found so far.
#[derive(Default)]
pub(super) struct Notes {
    /// The labels that the text refers to, in order of first reference, with the number of references and the first.
    references: Vec<(String, usize, Span)>,
    /// Where each label is among the references.
    labels: HashMap<String, usize>,
    definitions: BTreeMap<String, (Span, Blocks)>,
}

/// The lines that say where references lead: `[label]: address "title"`.
#[derive(Default)]
pub(super) struct Links {
    /// Each label with its line, and whether it has a title.
    lines: Vec<(String, Range<usize>, bool)>,
    used: HashSet<String>,
}

impl Links {
    /// The lines of a document.
    pub(super) fn of(parser: &Parser<'_>) -> Self {
        let all = parser.reference_definitions().iter();
        let mut lines: Vec<_> =
            all.map(|(label, link)| (folded(label), link.span.clone(), link.title.is_some())).collect();
        lines.sort_by_key(|(_, range, _)| range.start);
        Self { lines, used: HashSet::new() }
    }

    /// Says that a link refers to a label.
    pub(super) fn refer(&mut self, label: &str) {
        self.used.insert(folded(label));
    }

    /// Where the lines are.
    pub(super) fn ranges(&self) -> impl Iterator<Item = Range<usize>> {
        self.lines.iter().map(|(_, range, _)| range.clone())
    }
}

/// The form in which labels are compared.
fn folded(label: &str) -> String {
    label.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

impl Shared<'_> {
    /// Takes the footnotes, and reports those that do not fit together.
    pub(super) fn footnotes(&mut self) -> Vec<Footnote<RawLink>> {
        let Notes { references, mut definitions, .. } = std::mem::take(&mut self.notes);
        let mut footnotes = Vec::new();
        for (label, references, span) in references {
            let blocks = definitions.remove(&label).map(|(_, blocks)| blocks);
            if blocks.is_none() {
                self.report(span, |place| catalog::footnote_missing(place, &label));
            }
            footnotes.push(Footnote { label, blocks: blocks.unwrap_or_default(), references });
        }
        for (label, (span, _)) in definitions {
            self.report(span, |place| catalog::footnote_unused(place, &label));
        }
        footnotes
    }

    /// Whether a line begins like a footnote, except for a space before its colon.
    fn has_parted_note(&self, label: &str) -> bool {
        let labels = self.parted_notes.get_or_init(|| {
            let label = |line: &str| {
                let (label, rest) = line.trim_start_matches(['>', ' ']).strip_prefix("[^")?.split_once(']')?;
                gap_before_colon(rest).map(|_| label.to_owned())
            };
            self.whole.lines().filter_map(label).collect()
        });
        labels.contains(label)
    }

    /// Reports lines that say where references lead and that no link refers to. `[//]: # (…)` is a comment.
    pub(super) fn unused_links(&mut self) {
        let Links { lines, used } = std::mem::take(&mut self.links);
        let Some(severity) = self.source.rules.map(|rules| rules.markdown) else { return };
        for (label, range, has_title) in lines {
            self.account.add(range.clone());
            let line = self.whole[range.clone()].trim_end().len();
            let span = self.span(&(range.start..range.start + line));
            let is_comment = label == "//" || label == "comment";
            match severity {
                Some(severity) if !used.contains(&label) && !is_comment => {
                    self.report(span, |place| catalog::reference_unused(place, &label, severity));
                }
                Some(severity) if has_title && !is_comment => {
                    self.report(span, |place| catalog::link_title(place, severity));
                }
                _ => {}
            }
        }
    }
}

impl Reader<'_, '_, '_> {
    /// The number of the footnote that a label refers to.
    pub(super) fn reference(&mut self, label: &str, span: Span) -> usize {
        let notes = &mut self.shared.notes;
        if let Some(at) = notes.labels.get(label) {
            notes.references[*at].1 += 1;
            return *at;
        }
        let at = notes.references.len();
        notes.labels.insert(label.to_owned(), at);
        notes.references.push((label.to_owned(), 1, span));
        at
    }

    /// Adds a footnote. If several have the same label, the first one counts.
    pub(super) fn footnote(&mut self, label: String, range: &Range<usize>, blocks: Blocks) {
        let span = self.span(range);
        let sign = self.written[range.clone()].find("]:").map_or(0, |end| end + "]:".len());
        self.account(&(range.start..range.start + sign));
        match self.shared.notes.definitions.get(&label) {
            Some((first, _)) => {
                let first = *first;
                self.account(range);
                let file = self.shared.source.file;
                self.report(span, |place| {
                    catalog::footnote_twice(place, &label, crate::diagnostic::Place::new(file, first))
                });
            }
            None => {
                self.shared.notes.definitions.insert(label, (span, blocks));
            }
        }
    }

    /// Reports a reference to a missing footnote, which the parser reads as text.
    pub(super) fn missing_footnote(&mut self, at: usize) {
        let Some(rest) = self.written[at..].strip_prefix("[^").filter(|_| !self.written[..at].ends_with('\\')) else {
            return;
        };
        let end = rest.find([']', '\n', ' ', '[']).unwrap_or(rest.len());
        let label = &rest[..end];
        if !rest[end..].starts_with(']') || label.is_empty() {
            return;
        }
        let range = at..at + "[^]".len() + label.len();
        if !self.shared.has_parted_note(label) {
            let span = self.span(&range);
            self.report(span, |place| catalog::footnote_missing(place, label));
        } else if let Some(gap) = gap_before_colon(&rest[end + 1..]) {
            let span = self.span(&(range.start..range.end + gap + 1));
            self.report(span, |place| catalog::footnote_parted(place, label));
        }
    }
}

/// The length in bytes of the space before a colon, as French has one, at the beginning of a text.
fn gap_before_colon(text: &str) -> Option<usize> {
    let rest = text.trim_start_matches([' ', '\u{a0}', '\u{202f}']);
    (rest.len() < text.len() && rest.starts_with(':')).then(|| text.len() - rest.len())
}
