//! `pairs.lock`: what the two sides of each record said when someone last confirmed that they say the same.
//!
//! ```text
//! agreements/exchange-of-service 2026-01-31 /title v3kQ9aB | v8fT2xY
//! agreements/exchange-of-service 2026-01-31 p9Xw2Lc.8dK1~q0Tz | p1Rz8Yw.8dK1~q0Tz ! links
//! ```
//!
//! One line for each section, which stands for itself: the record's id, the day of the confirmation, the field's name
//! where the section is one, the marks of the English side, those of the French side, and the rules of parity whose
//! differences were accepted. Records are sorted by id, sections keep their order. So what two people confirm can be
//! put together line by line (`merge=union`); where both confirmed one section, the line that fits the text counts.
//!
//! A mark is a letter for the kind of a unit, six signs for its words, after a point four for its numbers, after a tilde
//! four for its links. `-` means no day, or no section on that side.
//!
//! The first format was YAML, a list of sections for each side. It is still read ([`old`]) and never written.

use std::borrow::Cow;
use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};
use serde::Deserialize;

use super::fingerprint;
use super::outline::{Kind, Mark, Name, Outline, Section};
use super::twins;
use crate::diagnostic::{Diagnostics, Place, Span, catalog};
use crate::lang::{Lang, PerLang};
use crate::path::ContentPath;
use crate::source::Sources;

pub use crate::layout::LOCK as FILE;

const HEADER: &str = "\
# What both sides of each record said when they were last confirmed. Written by Diptych; do not edit.
# Ce que disaient les deux versions de chaque fiche à la dernière confirmation. Écrit par Diptych; ne pas modifier.
";

/// The confirmations of a site, by id.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lock {
    /// What was confirmed of each record.
    pub records: BTreeMap<String, Confirmed>,
}

/// What was confirmed of a record.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Confirmed {
    /// Its sections, in their order.
    pub sections: Vec<ConfirmedSection>,
}

/// A section that was confirmed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ConfirmedSection {
    /// The day, where it is known.
    pub on: Option<String>,
    /// The marks of each side that had it, behind the name of a field.
    pub lines: PerLang<Option<String>>,
    /// The rules of parity in which its sides differed and may.
    pub accepted: BTreeSet<String>,
}

impl Confirmed {
    /// The sections of one side, with their positions among all.
    pub(super) fn side(&self, lang: Lang) -> impl Iterator<Item = (usize, &str)> {
        let sections = self.sections.iter().enumerate();
        sections.filter_map(move |(at, section)| Some((at, section.lines.get(lang).as_deref()?)))
    }

    /// The lines of one side.
    pub(super) fn lines(&self, lang: Lang) -> Vec<&str> {
        self.side(lang).map(|(_, line)| line).collect()
    }

    /// What counts of it for the sides as they are: where two people confirmed one section, both lines are there after a
    /// merge, and the one that fits counts.
    pub fn fitting(&self, outlines: PerLang<&Outline>) -> Cow<'_, Self> {
        let mut groups = BTreeMap::<[Option<(Option<String>, u8, u64)>; 2], Vec<usize>>::new();
        for (at, section) in self.sections.iter().enumerate() {
            let name = |line: &Option<String>| line.as_deref().map(|line| Line::read(line).name());
            groups.entry([name(&section.lines.en), name(&section.lines.fr)]).or_default().push(at);
        }
        if groups.values().all(|group| group.len() < 2) {
            return Cow::Borrowed(self);
        }
        let now = outlines.map(|_, outline| lines(outline));
        let lines = now.as_ref().map(|_, now| now.iter().map(String::as_str).collect::<HashSet<_>>());
        let names = now.as_ref().map(|_, now| {
            let mut names = BTreeMap::<_, usize>::new();
            for line in now {
                *names.entry(Line::read(line).name()).or_default() += 1;
            }
            names
        });
        let mut sections: Vec<Option<&ConfirmedSection>> = self.sections.iter().map(Some).collect();
        for (name, group) in groups.iter().filter(|(_, group)| group.len() > 1) {
            let there = |lang, name: &Option<_>| name.as_ref().and_then(|name| names.get(lang).get(name)).copied();
            let count = there(Lang::En, &name[0]).max(there(Lang::Fr, &name[1])).unwrap_or_default();
            let fits = |at: &usize| {
                let confirmed = &self.sections[*at].lines;
                confirmed.iter().all(|(lang, line)| line.as_deref().is_none_or(|line| lines.get(lang).contains(line)))
            };
            let (best, others): (Vec<usize>, Vec<usize>) = group.iter().copied().partition(fits);
            let chosen: Vec<usize> = best.into_iter().chain(others).take(count.max(1)).collect();
            let chosen = chosen.into_iter().map(|at| Some(&self.sections[at])).chain(std::iter::repeat(None));
            for (place, section) in group.iter().zip(chosen) {
                sections[*place] = section;
            }
        }
        Cow::Owned(Self { sections: sections.into_iter().flatten().cloned().collect() })
    }

    /// The last day on which something was confirmed.
    pub fn on(&self) -> Option<&str> {
        self.sections.iter().filter_map(|section| section.on.as_deref()).max()
    }

    /// Its sections, to be found by their sides.
    pub fn by_lines(&self) -> ByLines<'_> {
        let mut sections = HashMap::new();
        for section in &self.sections {
            sections.entry(&section.lines).or_insert(section);
        }
        ByLines(sections)
    }
}

/// The sections that were confirmed, by their sides.
#[derive(Default)]
pub struct ByLines<'a>(HashMap<&'a PerLang<Option<String>>, &'a ConfirmedSection>);

impl ByLines<'_> {
    /// Whether nothing was confirmed.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The section whose sides were confirmed together as they are.
    pub fn get(&self, lines: &PerLang<Option<String>>) -> Option<&ConfirmedSection> {
        self.0.get(lines).copied()
    }
}

/// Reads the confirmations; a site without any has an empty lock.
pub fn read(sources: &Sources) -> (Lock, Diagnostics) {
    let file = ContentPath::new(FILE);
    let mut diagnostics = Diagnostics::default();
    let text = sources.text(&file).unwrap_or_default();
    let mut lines = Vec::new();
    let mut from = 0;
    for line in text.split_inclusive('\n') {
        let written = line.trim_end();
        if !written.is_empty() && !written.starts_with('#') {
            lines.push((from, written));
        }
        from += line.len();
    }
    let unreadable =
        |at: usize, line: &str| catalog::lock_unreadable(Place::new(&file, Span::new(at..at + line.len())));
    let is_mark = |line: &str| ["<<<<<<<", "=======", ">>>>>>>", "|||||||"].iter().any(|mark| line.starts_with(mark));
    if let Some((at, line)) = lines.iter().find(|(_, line)| is_mark(line)) {
        diagnostics.push(unreadable(*at, line));
        return (Lock::default(), diagnostics);
    }
    if lines.first().is_some_and(|(_, line)| !line.contains('|')) {
        match old::read(text) {
            Ok(lock) => return (lock, diagnostics),
            Err(at) => diagnostics.push(unreadable(at.min(text.len()), "")),
        }
        return (Lock::default(), diagnostics);
    }
    let mut lock = Lock::default();
    let mut known = HashMap::new();
    for (at, line) in lines {
        let Some((id, section)) = section(line) else {
            diagnostics.push(unreadable(at, line));
            continue;
        };
        let sections = &mut lock.records.entry(id.clone()).or_default().sections;
        if section.lines == PerLang::default() {
            sections.push(section);
            continue;
        }
        match known.entry((id, section.lines.clone())) {
            Entry::Vacant(place) => {
                place.insert(sections.len());
                sections.push(section);
            }
            // The same, confirmed twice.
            Entry::Occupied(place) => {
                let known = &mut sections[*place.get()];
                known.accepted.extend(section.accepted);
                known.on = known.on.take().max(section.on);
            }
        }
    }
    (lock, diagnostics)
}

/// What ends the name of a record, or would be taken for something else at the beginning of a line.
const IN_IDS: &AsciiSet = &CONTROLS.add(b' ').add(b'%').add(b'#').add(b'|').add(b':');

/// One line of the file.
fn section(line: &str) -> Option<(String, ConfirmedSection)> {
    let (id, rest) = line.split_once(' ')?;
    let (on, rest) = rest.split_once(' ')?;
    let (rest, accepted) = rest.split_once(" ! ").unwrap_or((rest, ""));
    let (en, fr) = rest.split_once('|')?;
    let (field, en) = match en.trim().strip_prefix('/').map(|field| field.split_once(' ').unwrap_or((field, ""))) {
        Some((field, en)) => (Some(field), en),
        None => (None, en.trim()),
    };
    let side = |marks: &str| {
        let field = field.map(|field| format!("/{field}"));
        let marks = Some(marks.trim()).filter(|marks| !marks.is_empty()).map(str::to_owned);
        (marks.as_deref() != Some("-")).then(|| field.into_iter().chain(marks).collect::<Vec<_>>().join(" "))
    };
    let section = ConfirmedSection {
        on: (on != "-").then(|| on.to_owned()),
        lines: PerLang { en: side(en), fr: side(fr) },
        accepted: accepted.split_ascii_whitespace().map(|rule| format!("parity-{rule}")).collect(),
    };
    Some((percent_decode_str(id).decode_utf8().ok()?.into_owned(), section))
}

impl Lock {
    /// The text of the file.
    pub fn write(&self) -> String {
        let mut text = HEADER.to_owned();
        for (id, confirmed) in &self.records {
            for section in &confirmed.sections {
                section.write(id, &mut text);
            }
        }
        text
    }
}

impl ConfirmedSection {
    fn write(&self, id: &str, text: &mut String) {
        text.extend(utf8_percent_encode(id, IN_IDS));
        text.push(' ');
        text.push_str(self.on.as_deref().unwrap_or("-"));
        let lines = self.lines.as_ref().map(|_, line| line.as_deref());
        let field = lines.en.or(lines.fr).filter(|line| line.starts_with('/')).map(|line| first(line).0);
        for (sign, line) in [("", lines.en), (" |", lines.fr)] {
            text.push_str(sign);
            if let (Some(field), "") = (field, sign) {
                text.push(' ');
                text.push_str(field);
            }
            let marks = line.map_or("-", |line| if field.is_some() { first(line).1 } else { line });
            if !marks.is_empty() {
                text.push(' ');
                text.push_str(marks);
            }
        }
        if !self.accepted.is_empty() {
            text.push_str(" !");
            for rule in &self.accepted {
                text.push(' ');
                text.push_str(rule.strip_prefix("parity-").unwrap_or(rule));
            }
        }
        text.push('\n');
    }
}

/// The first part of a line, and the rest.
fn first(line: &str) -> (&str, &str) {
    line.split_once(' ').unwrap_or((line, ""))
}

/// The lines of a side.
pub(super) fn lines(outline: &Outline) -> Vec<String> {
    outline.sections.iter().map(line).collect()
}

/// The line of a section.
pub(super) fn line(section: &Section) -> String {
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

/// A unit's mark as it is in the file.
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

    /// What names the section: a field, or the level and words of its heading; the rest has one name.
    fn name(&self) -> (Option<String>, u8, u64) {
        let heading = self.marks.first().and_then(|mark| match mark.kind {
            Kind::Heading(level) => Some((level, mark.words)),
            // Footnotes are no introduction.
            Kind::Footnote => Some((7, 0)),
            _ => None,
        });
        let (level, words) = heading.unwrap_or_default();
        (self.field.clone(), level, words)
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

/// The first format of the file.
mod old {
    use super::{BTreeMap, BTreeSet, Confirmed, ConfirmedSection, Deserialize, Line, Lock, PerLang, twins};

    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Record {
        on: Option<String>,
        en: Vec<String>,
        fr: Vec<String>,
    }

    /// Reads a whole file, or says where it cannot be read.
    pub(super) fn read(text: &str) -> Result<Lock, usize> {
        let records: Result<BTreeMap<String, Record>, _> = serde_yaml::from_str(text);
        let records = records.map_err(|error| error.location().map_or(0, |location| location.index()))?;
        Ok(Lock { records: records.into_iter().map(|(id, record)| (id, record.into_confirmed())).collect() })
    }

    impl Record {
        fn into_confirmed(self) -> Confirmed {
            let read = |lines: &[String]| lines.iter().map(|line| Line::read(line)).collect::<Vec<_>>();
            let rows = twins::side_by_side(&read(&self.en), &read(&self.fr));
            let section = |row: twins::Twins| ConfirmedSection {
                on: self.on.clone(),
                lines: PerLang {
                    en: row.at.en.map(|at| self.en[at].clone()),
                    fr: row.at.fr.map(|at| self.fr[at].clone()),
                },
                accepted: BTreeSet::new(),
            };
            Confirmed { sections: rows.into_iter().map(section).collect() }
        }
    }
}
