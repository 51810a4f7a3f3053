//! Puts translated words in their places: [`Comparison::filled`] gives what the files will say.
//!
//! What comes of it is read again before it is given away: every passage must say what it is to say, the translated
//! ones and all others. So a sign in a translation that Markdown would take for something is escaped, and what cannot
//! be written at all is refused; no passage is ever changed by another one.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::comparison::{self, Comparison, Group, Pair};
use super::side::{self, InValue, Kind, Passage, Side, Spot};
use super::values;
use super::words::Words;
use crate::layout;
use crate::parse::{self, ParsedFacts};
use crate::path::ContentPath;
use crate::schema::RecordType;
use crate::source::lines::line_start;
use crate::workspace::Workspace;
use crate::yaml;

/// A file of the translation and what it will say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filled {
    /// The file.
    pub path: ContentPath,
    /// Whether it is a new one.
    pub is_new: bool,
    /// What it will say.
    pub text: String,
}

/// A passage, by its position, that cannot be written in its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unwritable(pub usize);

/// So many passages are escaped one after the other, each time with a look at the whole; beyond, all are.
const SINGLY: usize = 32;

/// The text that takes the place of a part of another one.
type Change = (Range<usize>, String);

/// A passage as it is to be read again: its file, its place, what it says, and its position if it is translated.
type Expected = ((bool, usize, usize, usize), String, Option<usize>);

impl Comparison {
    /// What the files of the translation say with these passages translated.
    pub fn filled(
        &self,
        workspace: &Workspace,
        translated: &BTreeMap<usize, Words>,
    ) -> Result<Vec<Filled>, Unwritable> {
        let kind = record_type(workspace, &self.id);
        let groups: Vec<&Group> =
            self.groups.iter().filter(|group| group.pairs.iter().any(|at| translated.contains_key(at))).collect();
        let expected = self.expected(kind, translated, &groups);
        let mut escaped = BTreeSet::new();
        loop {
            let filled = Filling { comparison: self, translated, groups: &groups, escaped: &escaped }.fill();
            let Some(at) = self.first_difference(kind, &filled, &expected) else { return Ok(filled) };
            // What reads otherwise may come from what is before it.
            let before = expected[..(at + 1).min(expected.len())].iter().rev().filter_map(|(_, _, pair)| *pair);
            let behind = expected[at.min(expected.len())..].iter().filter_map(|(_, _, pair)| *pair);
            let next = before.clone().chain(behind.clone()).find(|pair| !escaped.contains(pair));
            match next {
                Some(pair) if escaped.len() < SINGLY => escaped.extend([pair]),
                Some(_) => escaped.extend(expected.iter().filter_map(|(_, _, pair)| *pair)),
                None => return Err(Unwritable(before.chain(behind).next().unwrap_or_default())),
            }
        }
    }

    /// All passages of the translation as they are to be read again, in their order.
    fn expected(
        &self,
        kind: Option<&RecordType>,
        translated: &BTreeMap<usize, Words>,
        groups: &[&Group],
    ) -> Vec<Expected> {
        let shape = |at: usize| self.pairs[at].shape(translated.get(&at));
        let replaced = |spot: &Spot| {
            !is_in_facts(spot)
                && groups.iter().any(|group| group.replaces.contains(&spot.start()) && !group.replaces.is_empty())
        };
        let own: BTreeMap<(bool, usize, usize), usize> = self
            .pairs
            .iter()
            .enumerate()
            .filter(|(at, pair)| translated.contains_key(at) && pair.group.is_none())
            .filter_map(|(at, pair)| Some((order(&pair.target.as_ref()?.place), at)))
            .collect();
        let mut expected: Vec<Expected> = Vec::new();
        let side = self.target_side(kind, self.files.target.1.as_deref(), None);
        for passage in passages(&side).filter(|passage| !replaced(&passage.place)) {
            let (facts, start, inner) = order(&passage.place);
            let pair = own.get(&(facts, start, inner)).copied();
            let said = pair.map_or_else(|| passage.words.shape(|mark| passage.marks.get(mark as usize - 1)), shape);
            expected.push(((facts, start, 1, inner), said, pair));
        }
        let mut nth = 0;
        for group in groups {
            let mut pairs = group.pairs.clone();
            pairs.sort_by_key(|at| order(&self.pairs[*at].source.place));
            for at in pairs {
                nth += 1;
                expected.push(((false, group.replaces.start, 0, nth), shape(at), Some(at)));
            }
        }
        expected.sort_by_key(|(order, _, _)| *order);
        expected
    }

    /// The first passage that does not read as it is to be.
    fn first_difference(&self, kind: Option<&RecordType>, filled: &[Filled], expected: &[Expected]) -> Option<usize> {
        let text = |path: &ContentPath| filled.iter().find(|file| file.path == *path).map(|file| file.text.as_str());
        let page = text(&self.files.target.0).or(self.files.target.1.as_deref());
        let facts = self.files.facts.as_ref().and_then(|(path, _)| text(path));
        let side = self.target_side(kind, page, facts);
        let mut read: Vec<_> = passages(&side).collect();
        read.sort_by_key(|passage| order(&passage.place));
        let said = |passage: &Passage| passage.words.shape(|mark| passage.marks.get(mark as usize - 1));
        let same =
            |at: usize| expected.get(at).map(|(_, shape, _)| shape) == read.get(at).map(|one| said(one)).as_ref();
        (0..expected.len().max(read.len())).find(|at| !same(*at))
    }

    /// The passages of the translation in these texts.
    fn target_side(&self, kind: Option<&RecordType>, page: Option<&str>, facts: Option<&str>) -> Side {
        let words = page.and_then(|text| Some((parse::page(&self.files.target.0, text)?, text)));
        let facts = self.files.facts.as_ref().and_then(|(path, own)| {
            let facts = yaml::parse(path, facts.unwrap_or(own), 0).0?;
            Some(ParsedFacts { path: path.clone(), facts })
        });
        side::side(kind, words.as_ref().map(|(words, text)| (words, *text)), facts.as_ref(), self.to)
    }
}

impl Pair {
    /// What its translation is to say, with its marks.
    pub fn shape(&self, translated: Option<&Words>) -> String {
        let mark = |number| self.own.get(&number).or_else(|| self.marks.get(&number));
        let words = translated.or(self.present.as_ref()).unwrap_or(&self.words);
        let is_plain = matches!(&self.source.place, Spot::Value(InValue { is_markdown: false, .. }));
        if is_plain { words.text() } else { words.shape(mark) }
    }

    /// The marks that its translation must have.
    pub fn needed(&self) -> impl Iterator<Item = u32> {
        let had = |number: &u32| self.present.is_none() || self.own.contains_key(number);
        let marks = (1..).zip(&self.source.marks).filter(|(_, mark)| mark.kind.is_needed());
        marks.map(|(number, _)| number).filter(had)
    }
}

/// The type whose fields a record has; none for landing pages.
pub(super) fn record_type<'w>(workspace: &'w Workspace, id: &str) -> Option<&'w RecordType> {
    let folder = id.split('/').next().filter(|_| layout::folder_of_landing(id).is_none())?;
    let schema = workspace.schema();
    schema.by_folder(folder).map(|kind| schema.get(kind))
}

fn passages(side: &Side) -> impl Iterator<Item = &Passage> {
    side.sections.iter().flat_map(|section| &section.units).flat_map(|unit| &unit.passages)
}

fn is_in_facts(spot: &Spot) -> bool {
    matches!(spot, Spot::Value(value) if value.in_facts)
}

/// Where a passage is among those of both files.
fn order(spot: &Spot) -> (bool, usize, usize) {
    let inner = match spot {
        Spot::Body(_) => 0,
        Spot::Value(value) => value.inner.start,
    };
    (is_in_facts(spot), spot.start(), inner)
}

struct Filling<'a> {
    comparison: &'a Comparison,
    translated: &'a BTreeMap<usize, Words>,
    groups: &'a [&'a Group],
    /// The passages in which every sign is escaped.
    escaped: &'a BTreeSet<usize>,
}

impl Filling<'_> {
    fn fill(&self) -> Vec<Filled> {
        let Comparison { files, pairs, .. } = self.comparison;
        let mut filled = Vec::new();
        let single = |in_facts: bool| {
            let own = pairs.iter().enumerate().filter(|(_, pair)| pair.group.is_none());
            let own = own.filter_map(|(at, pair)| Some((at, pair.target.as_ref()?, self.translated.get(&at)?)));
            own.filter(move |(_, target, _)| is_in_facts(&target.place) == in_facts)
                .map(|(at, target, words)| (at, &target.place, words.clone()))
                .collect::<Vec<_>>()
        };
        if let Some((path, text)) = &files.facts {
            let changes = self.changes(text, &single(true), &BTreeMap::new());
            if !changes.is_empty() {
                filled.push(Filled { path: path.clone(), is_new: false, text: spliced(text, changes) });
            }
        }
        let path = files.target.0.clone();
        match &files.target.1 {
            Some(text) => {
                let mut changes = self.changes(text, &single(false), &BTreeMap::new());
                let mut taken = BTreeSet::new();
                for group in self.groups {
                    let is_first = taken.insert(group.replaces.start);
                    changes.push((group.replaces.clone(), self.inserted(group, text, is_first)));
                }
                if !changes.is_empty() {
                    filled.push(Filled { path, is_new: false, text: spliced(text, changes) });
                }
            }
            None => {
                if let Some(group) = self.groups.first() {
                    filled.push(Filled { path, is_new: true, text: self.composed(group) });
                }
            }
        }
        filled
    }

    /// What takes the place of passages in a text.
    fn changes(
        &self,
        text: &str,
        passages: &[(usize, &Spot, Words)],
        headings: &BTreeMap<String, String>,
    ) -> Vec<Change> {
        let mut changes = Vec::new();
        let mut values = BTreeMap::<usize, (&InValue, Vec<Change>)>::new();
        for (at, spot, words) in passages {
            match spot {
                Spot::Body(range) => changes.push((range.clone(), self.markdown(*at, words, headings))),
                Spot::Value(value) => {
                    let part = if value.is_markdown { self.markdown(*at, words, headings) } else { words.text() };
                    let parts = &mut values.entry(value.node.start).or_insert_with(|| (value, Vec::new())).1;
                    parts.push((value.inner.clone(), part));
                }
            }
        }
        for (value, parts) in values.into_values() {
            let new = spliced(&value.value, parts);
            let raw = text.get(value.node.clone()).unwrap_or_default();
            let line = line_start(text, value.node.start);
            let indent = text[line..].bytes().take_while(|byte| *byte == b' ').count();
            let written = values::value(&new, raw, indent, is_in_brackets(text, value.node.start));
            changes.push((value.node.clone(), written));
        }
        changes
    }

    fn markdown(&self, at: usize, words: &Words, headings: &BTreeMap<String, String>) -> String {
        let pair = &self.comparison.pairs[at];
        let marks: BTreeMap<u32, (String, String)> = pair
            .marks
            .iter()
            .map(|(number, mark)| {
                let own = pair.own.get(number).map(|own| (own.open.clone(), own.close.clone()));
                (*number, own.unwrap_or_else(|| self.comparison.carried(mark, headings)))
            })
            .collect();
        let is_escaped = self.escaped.contains(&at);
        words.markdown(|number| marks.get(&number), is_escaped, pair.kind == Kind::Cell)
    }

    /// A piece of the source with its words translated.
    fn composed(&self, group: &Group) -> String {
        let Comparison { files, pairs, .. } = self.comparison;
        let words = |at: usize| {
            let pair = &pairs[at];
            self.translated.get(&at).or(pair.present.as_ref()).unwrap_or(&pair.words).clone()
        };
        let headings = self.headings();
        let passages: Vec<(usize, &Spot, Words)> =
            group.pairs.iter().map(|at| (*at, &pairs[*at].source.place, words(*at))).collect();
        let mut changes = self.changes(&files.source, &passages, &headings);
        if files.target.1.is_none() {
            let path = parse::words_path(&self.comparison.id, self.comparison.from);
            changes
                .extend(comparison::own_fields(&path, &files.source).into_iter().map(|range| (range, String::new())));
        }
        changes.retain(|(range, _)| group.source.start <= range.start && range.end <= group.source.end);
        let shifted = |(range, new): Change| (range.start - group.source.start..range.end - group.source.start, new);
        spliced(&files.source[group.source.clone()], changes.into_iter().map(shifted).collect())
    }

    /// The ids that the headings of new sections get, by those that they have in the source.
    fn headings(&self) -> BTreeMap<String, String> {
        let pairs = self.groups.iter().flat_map(|group| &group.pairs).copied();
        let headings = pairs.filter(|at| self.comparison.pairs[*at].kind == Kind::Heading);
        let id = |at: usize| {
            let words = self.translated.get(&at)?;
            Some((self.comparison.part_of(at)?.row.key.clone(), comparison::heading_id(words)))
        };
        headings.filter_map(id).collect()
    }

    /// A piece as it is put into a page, on lines of its own.
    fn inserted(&self, group: &Group, text: &str, is_first: bool) -> String {
        let (before, behind) = (&text[..group.replaces.start], &text[group.replaces.end..]);
        let mut piece = self.composed(group).replace("\r\n", "\n");
        let is_value = !group.replaces.is_empty() && !text[group.replaces.clone()].ends_with('\n');
        if is_value {
            return piece;
        }
        if !piece.ends_with('\n') {
            piece.push('\n');
        }
        if group.is_apart && group.replaces.is_empty() {
            let is_open = !is_first || !(before.is_empty() || before.ends_with("\n\n") || before.ends_with("\r\n\r\n"));
            if is_open {
                piece.insert(0, '\n');
            }
            if !behind.is_empty() && !behind.starts_with(['\n', '\r']) {
                piece.push('\n');
            }
        }
        if !before.is_empty() && !before.ends_with('\n') {
            piece.insert(0, '\n');
        }
        if text.contains("\r\n") { piece.replace('\n', "\r\n") } else { piece }
    }
}

/// Whether a value is in a list in brackets, or in braces.
fn is_in_brackets(text: &str, at: usize) -> bool {
    let mut start = line_start(text, at);
    while start > 0 && text[start..].starts_with([' ', '-', '\t']) {
        start = line_start(text, start - 1);
    }
    let (mut depth, mut quote) = (0_usize, None);
    for c in text[start..at].chars() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (None, '"' | '\'') if depth > 0 => quote = Some(c),
            (None, '[' | '{') => depth += 1,
            (None, ']' | '}') => depth = depth.saturating_sub(1),
            (Some(_) | None, _) => {}
        }
    }
    depth > 0
}

/// A text with parts replaced. Of several at one place, the first comes first.
fn spliced(text: &str, mut changes: Vec<Change>) -> String {
    changes.sort_by_key(|(range, _)| range.start);
    let mut spliced = String::with_capacity(text.len());
    let mut at = 0;
    for (range, new) in changes {
        let Some(kept) = text.get(at..range.start) else { continue };
        spliced.push_str(kept);
        spliced.push_str(&new);
        at = range.end;
    }
    spliced.push_str(text.get(at..).unwrap_or_default());
    spliced
}
