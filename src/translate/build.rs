//! Finds for each passage of a record its translation, or where that would be: [`Builder`], section by section.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use super::comparison::{Comparison, Files, Group, Pair, Part, digest};
use super::place::record_type;
use super::side::{self, Entry, Passage, Side, Spot};
use super::words::{self, Mark, MarkKind, Piece};
use crate::lang::{Lang, PerLang};
use crate::pairs::Outline;
use crate::pairs::counterparts::{Counterpart, counterparts};
use crate::pairs::history::edits;
use crate::pairs::kept::Kept;
use crate::pairs::lock::Confirmed;
use crate::pairs::sections::Row;
use crate::parse::{ParsedRecord, front_matter};
use crate::source::lines::{line_end, line_start};
use crate::workspace::Workspace;

/// The passages of both sides.
pub(super) struct Sides {
    pub source: Side,
    pub target: Side,
}

/// Reads the passages of both sides.
pub(super) fn sides(workspace: &Workspace, id: &str, parsed: &ParsedRecord, files: &Files, from: Lang) -> Sides {
    let kind = record_type(workspace, id);
    let target_text = files.target.1.as_deref();
    let words = |lang: Lang| {
        let text = if lang == from { Some(&*files.source) } else { target_text };
        parsed.words.get(lang).as_ref().zip(text)
    };
    let read = |lang| side::side(kind, words(lang), parsed.facts.as_ref(), lang);
    Sides { source: read(from), target: read(from.other()) }
}

/// Whether the passages were read in the sections and units that the outline has.
pub(super) fn agrees(side: &Side, outline: &Outline) -> bool {
    side.sections.len() == outline.sections.len()
        && side.sections.iter().zip(&outline.sections).all(|(own, outline)| own.units.len() == outline.units.len())
}

/// Adds the sections of a record to its comparison, one after the other.
pub(super) struct Builder<'a> {
    pub comparison: &'a mut Comparison,
    pub sides: &'a Sides,
    pub outlines: &'a PerLang<Outline>,
    pub confirmed: Option<&'a Confirmed>,
    pub kept: &'a Kept,
    /// Where the last section of the words ends in the translation.
    pub last: Option<usize>,
}

impl Builder<'_> {
    pub(super) fn row(&mut self, row: &Row) {
        let (from, to) = (self.comparison.from, self.comparison.to);
        let target_at = *row.now.get(to);
        let Some(source_at) = *row.now.get(from) else {
            self.ends(target_at);
            return;
        };
        let first = self.comparison.pairs.len();
        let source = &self.sides.source.sections[source_at];
        let target = target_at.map(|at| &self.sides.target.sections[at]);
        let line = |lang: Lang| row.line(lang, self.confirmed);
        let found = match target_at {
            Some(at) => counterparts(
                &self.outlines.get(from).sections[source_at],
                &self.outlines.get(to).sections[at],
                line(from),
                line(to),
            ),
            None => vec![Counterpart::default(); source.units.len()],
        };
        let is_field = row.is_field();
        let same_length = target.is_some_and(|target| target.units.len() == source.units.len());
        // Which value of the facts is which in the other language is known by their positions alone: where one language
        // lacks some, none is taken for another, and people see to it.
        let is_apart = is_field && source.entry.is_none() && !same_length;
        let old = line(from).and_then(|line| self.kept.units(&self.comparison.id, from, line));
        let mut is_beyond = false;
        let mut run: Vec<usize> = Vec::new();
        let mut before_run = None;
        for (at, unit) in source.units.iter().enumerate() {
            let twin = if is_field { Some(at).filter(|_| !is_apart) } else { found[at].twin };
            let twin = twin.and_then(|twin| Some((twin, target?.units.get(twin)?)));
            let fits = twin.is_some_and(|(_, twin)| twin.passages.len() == unit.passages.len());
            // What had no counterpart when both sides were confirmed is said elsewhere: it is not new.
            let is_new = twin.is_none() && found[at].was.is_none();
            let is_left = is_apart || !is_field && target.is_some() && !fits && !is_new;
            is_beyond |= is_left && !unit.passages.is_empty() && !found[at].is_as_it_was;
            if let Some((twin_at, _)) = twin {
                if !is_field && !run.is_empty() {
                    self.group(&std::mem::take(&mut run), before_run, twin_at, target);
                }
                before_run = Some((twin_at, unit.end));
            }
            let old_unit = found[at].was.and_then(|was| old.as_ref()?.get(was).copied());
            for (nth, passage) in unit.passages.iter().enumerate() {
                let own = twin.filter(|_| fits).and_then(|(_, twin)| twin.passages.get(nth));
                let before = old_unit.and_then(|old| of_cell(old, unit.passages.len(), nth));
                self.pair(passage, own, before, found[at].is_as_it_was, first);
                if is_new {
                    run.push(self.comparison.pairs.len() - 1);
                }
            }
        }
        let all: Vec<usize> = (first..self.comparison.pairs.len()).collect();
        if is_field {
            let in_page = source.entry.is_some();
            if in_page && !same_length && self.comparison.files.target.1.is_some() {
                self.entry(&all, source_at, target_at);
            }
        } else if self.comparison.files.target.1.is_some() {
            match target {
                Some(target) => {
                    if !run.is_empty() {
                        self.group(&run, before_run, target.units.len(), Some(target));
                    }
                }
                None => self.section(&all, source_at),
            }
        }
        self.ends(target_at.filter(|_| !is_field));
        let digest = self.digest_of(&all);
        self.comparison.parts.push(Part {
            row: row.clone(),
            digest,
            passages: first..self.comparison.pairs.len(),
            is_beyond,
        });
    }

    /// The digest of what some passages say, with the kind of each.
    fn digest_of(&self, passages: &[usize]) -> String {
        let shape = |at: &usize| {
            let pair = &self.comparison.pairs[*at];
            let shape = pair.words.shape(|mark| pair.source.marks.get(mark as usize - 1));
            format!("{}\u{0}{shape}\u{0}", pair.kind.name())
        };
        digest(&passages.iter().map(shape).collect::<String>())
    }

    /// Remembers where a section of the translation ends.
    fn ends(&mut self, target_at: Option<usize>) {
        let Some(target) = target_at.map(|at| &self.sides.target.sections[at]) else { return };
        if target.entry.is_none() {
            self.last = target.units.iter().map(|unit| unit.end).max().or(self.last);
        }
    }

    fn pair(
        &mut self,
        source: &Passage,
        target: Option<&Passage>,
        before: Option<&str>,
        is_as_it_was: bool,
        first: usize,
    ) {
        let mut marks: BTreeMap<u32, Mark> = (1..).zip(source.marks.iter().cloned()).collect();
        let mut own = BTreeMap::new();
        let present = target.map(|target| {
            let numbers = words::numbers(&source.marks, &target.marks);
            own = numbers.iter().copied().zip(target.marks.iter().cloned()).collect();
            target.words.renumbered(|mark| numbers.get(mark as usize - 1).copied().unwrap_or(mark))
        });
        for (number, mark) in &own {
            marks.entry(*number).or_insert_with(|| mark.clone());
        }
        let before = before.map(str::trim).filter(|before| !before.is_empty() && !is_as_it_was);
        let changes = before.map(|before| edits(before, &said(source))).unwrap_or_default();
        self.comparison.pairs.push(Pair {
            number: self.comparison.pairs.len() - first + 1,
            kind: source.kind,
            words: source.words.clone(),
            present,
            before: before.map(str::to_owned),
            changes,
            is_as_it_was,
            group: None,
            marks,
            source: source.clone(),
            target: target.cloned(),
            own,
        });
    }

    fn push_group(&mut self, source: Range<usize>, replaces: Range<usize>, is_apart: bool, pairs: Vec<usize>) {
        let group = self.comparison.groups.len();
        for at in &pairs {
            self.comparison.pairs[*at].group = Some(group);
        }
        self.comparison.groups.push(Group { source, replaces, is_apart, pairs });
    }

    /// New paragraphs, items or rows in a section that both sides have: they are put in behind what is before them.
    fn group(&mut self, run: &[usize], before: Option<(usize, usize)>, next: usize, target: Option<&side::Section>) {
        let Some((target, text)) = target.zip(self.comparison.files.target.1.clone()) else { return };
        let source_text = Arc::clone(&self.comparison.files.source);
        let places = run.iter().map(|at| &self.comparison.pairs[*at].source.place);
        let start = places.clone().map(Spot::start).min().unwrap_or_default();
        let end = places.map(Spot::end).max().unwrap_or_default();
        let source = line_start(&source_text, start)..line_end(&source_text, end);
        let at = match before.and_then(|(twin, _)| target.units.get(twin)) {
            Some(unit) => side::end_of_lines(&text, unit.end),
            None => {
                let first = target.units.get(next).and_then(|unit| unit.passages.first());
                first.map_or(text.len(), |passage| line_start(&text, passage.place.start()))
            }
        };
        let gap = before.map(|(_, end)| &source_text[end.min(source.start)..source.start]);
        let is_apart = gap.is_none_or(|gap| gap.trim_start_matches([' ', '\t', '\r']).matches('\n').count() > 1);
        self.push_group(source, at..at, is_apart, run.to_vec());
    }

    /// A section that the translation lacks.
    fn section(&mut self, all: &[usize], source_at: usize) {
        let Some(text) = self.comparison.files.target.1.clone() else { return };
        let source_text = Arc::clone(&self.comparison.files.source);
        let units = &self.sides.source.sections[source_at].units;
        let starts = units.iter().flat_map(|unit| &unit.passages).map(|passage| passage.place.start());
        let Some(start) = starts.min() else { return };
        let end = units.iter().map(|unit| unit.end).max().unwrap_or(start);
        let source = line_start(&source_text, start)..side::end_of_lines(&source_text, end);
        let at = match self.last {
            Some(last) => side::end_of_lines(&text, last),
            None => front_matter::body_start(&text).unwrap_or(text.len()),
        };
        self.push_group(source, at..at, true, all.to_vec());
    }

    /// A field that the translation lacks, or that has another number of values.
    fn entry(&mut self, all: &[usize], source_at: usize, target_at: Option<usize>) {
        let Some(text) = self.comparison.files.target.1.clone() else { return };
        let Some(source) = self.sides.source.sections[source_at].entry.clone() else { return };
        let own = target_at.and_then(|at| self.sides.target.sections[at].entry.clone());
        let in_brackets = |text: &str, entry: &Entry| text[entry.value.clone()].starts_with(['[', '{']);
        let (source, replaces) = match own {
            // What is behind the value stays.
            Some(own) if in_brackets(&text, &own) && in_brackets(&self.comparison.files.source, &source) => {
                (source.value, own.value)
            }
            Some(own) => (source.lines, own.lines.start..side::end_of_lines(&text, own.lines.end)),
            None => {
                let end = front_matter::closing_line(&text).unwrap_or_default();
                (source.lines, end..end)
            }
        };
        if !all.is_empty() {
            self.push_group(source, replaces, false, all.to_vec());
        }
    }
}

/// What one of several cells of a row said.
fn of_cell(old: &str, cells: usize, nth: usize) -> Option<&str> {
    if cells < 2 {
        return Some(old.trim_end_matches(" | "));
    }
    let parts: Vec<&str> = old.trim_end_matches(" | ").split(" | ").collect();
    parts.get(nth).copied().filter(|_| parts.len() == cells)
}

/// What a passage says, as the words that were confirmed say it: with its code.
fn said(passage: &Passage) -> String {
    let code = |mark: u32| match passage.marks.get(mark as usize - 1).map(|mark| &mark.kind) {
        Some(MarkKind::Code(code)) => code.as_str(),
        _ => "",
    };
    let piece = |piece: &Piece| match piece {
        Piece::Text(text) => text.clone(),
        Piece::Alone(mark) => code(*mark).to_owned(),
        Piece::Open(_) | Piece::Close(_) => String::new(),
    };
    passage.words.pieces.iter().map(piece).collect()
}
