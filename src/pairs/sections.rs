//! The sections of a record side by side, each with its state ([`sections`]): what is confirmed, and what an editor
//! shows as rows.

use std::collections::{BTreeSet, HashMap};

use super::lock::{self, Confirmed};
use super::outline::{Name, Outline, Section};
use super::status::section_name;
use super::twins::{self, Old};
use super::{Behind, Pair, State, What};
use crate::lang::{Lang, PerLang};
use crate::path;

/// The name of what is before the first heading.
pub const INTRODUCTION: &str = "introduction";

/// The name of all footnotes.
pub const FOOTNOTES: &str = "footnotes";

/// One section of a record, on the sides that have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// What programs call the section: a field's name, a heading's id, [`INTRODUCTION`] or [`FOOTNOTES`].
    pub key: String,
    /// What it is called on each side that has it.
    pub title: PerLang<Option<String>>,
    /// The state of its two sides.
    pub state: State,
    /// The changes of each side that concern it, by position among the changes of that side.
    pub changes: PerLang<Option<usize>>,
    /// Where it is on each side that has it.
    pub now: PerLang<Option<usize>>,
    /// Which confirmed section each side was.
    pub was: PerLang<Option<usize>>,
    /// Everything that it may be called, in small letters: its key, its heading in either language, its ids.
    names: BTreeSet<String>,
    is_field: bool,
}

/// The sections of a record in their order: those of the English side, each French one without a counterpart after the
/// one that precedes it, and last those that are gone. `outlines` are those of the record as it is; `confirmed` is the
/// part of its lock entry that counts.
pub fn sections(outlines: &PerLang<Outline>, pair: Option<&Pair>, confirmed: Option<&Confirmed>) -> Vec<Row> {
    let old =
        PerLang::from_fn(|lang| confirmed.map(|confirmed| Old::of(confirmed, lang, &twins::lines(outlines.get(lang)))));
    let changes = PerLang::from_fn(|lang| {
        let changes = pair.into_iter().flat_map(|pair| pair.changes.get(lang)).enumerate();
        changes.map(|(at, change)| ((change.now, change.was.filter(|_| change.now.is_none())), at)).collect::<Changes>()
    });
    let mut rows: Vec<Row> =
        twins::of(outlines.as_ref(), confirmed).into_iter().map(|twins| row(twins.at, outlines, &changes)).collect();
    let headings: BTreeSet<String> = rows.iter().filter(|row| !row.is_field).map(|row| row.key.clone()).collect();
    for row in &mut rows {
        if row.is_field && headings.contains(&row.key) {
            row.key.insert(0, '/');
        }
        for lang in Lang::BOTH {
            let was = row.now.get(lang).zip(old.get(lang).as_ref()).and_then(|(now, old)| old.of[now]);
            *row.was.get_mut(lang) = was;
        }
    }
    for lang in Lang::BOTH {
        // A section removed on one side belongs to the one that the other side still has, or has removed too.
        let twins = rows.iter().enumerate().rev().filter(|(_, row)| row.now.get(lang).or(*row.was.get(lang)).is_none());
        let twins = twins.filter_map(|(at, row)| Some(((*row.was.get(lang.other()))?, at)));
        let twins: HashMap<usize, usize> = twins.collect();
        for (gone, at) in old.get(lang).iter().flat_map(|old| &old.gone) {
            let change = changes.get(lang).get(&(None, Some(*at))).copied();
            match twins.get(gone) {
                Some(twin) => {
                    let row = &mut rows[*twin];
                    *row.was.get_mut(lang) = Some(*gone);
                    *row.changes.get_mut(lang) = change;
                }
                None => rows.push(removed(lang, *gone, change)),
            }
        }
    }
    for row in &mut rows {
        row.state = state(row, pair);
    }
    rows
}

/// The changes of a side, by where a section is now, or was if it is gone.
type Changes = HashMap<(Option<usize>, Option<usize>), usize>;

fn row(now: PerLang<Option<usize>>, outlines: &PerLang<Outline>, changes: &PerLang<Changes>) -> Row {
    let here = PerLang::from_fn(|lang| now.get(lang).and_then(|at| outlines.get(lang).sections.get(at)));
    let change = |lang| now.get(lang).and_then(|at| changes.get(lang).get(&(Some(at), None)).copied());
    let keys = here.as_ref().map(|_, section| section.map(key));
    let title = here.as_ref().map(|lang, section| section.map(|section| section_name(section).get(lang).clone()));
    let names = keys.iter().chain(title.iter()).filter_map(|(_, name)| name.as_deref().map(plain)).collect();
    Row {
        key: keys.en.or(keys.fr).unwrap_or_default(),
        is_field: here.iter().any(|(_, section)| section.is_some_and(|section| matches!(section.name, Name::Field(_)))),
        title,
        state: State::Equal,
        changes: PerLang::from_fn(change),
        now,
        was: PerLang::default(),
        names,
    }
}

/// A section that one side, or each, no longer has.
fn removed(lang: Lang, was: usize, change: Option<usize>) -> Row {
    let key = format!("removed-{}", was + 1);
    let mut row = Row {
        names: [key.clone()].into(),
        key,
        title: PerLang::default(),
        state: State::Equal,
        changes: PerLang::default(),
        now: PerLang::default(),
        was: PerLang::default(),
        is_field: false,
    };
    *row.was.get_mut(lang) = Some(was);
    *row.changes.get_mut(lang) = change;
    row
}

fn state(row: &Row, pair: Option<&Pair>) -> State {
    let pair_state = pair.map_or(State::Unconfirmed, |pair| pair.state);
    if let State::Missing(lang) = pair_state {
        return State::Missing(lang);
    }
    let was_there = row.was.en.is_some() || row.was.fr.is_some();
    match (row.now.en, row.now.fr) {
        (None, Some(_)) if row.was.en.is_none() && (row.was.fr.is_none() || !was_there) => State::Missing(Lang::En),
        (Some(_), None) if row.was.fr.is_none() && (row.was.en.is_none() || !was_there) => State::Missing(Lang::Fr),
        _ if !was_there => State::Unconfirmed,
        // Confirmed, but with a section other than the one beside it now.
        (Some(_), Some(_)) if row.was.en != row.was.fr => State::Outdated(Behind::Both),
        _ => match (row.changes.en.is_some(), row.changes.fr.is_some()) {
            (true, true) => State::Outdated(Behind::Both),
            (true, false) => State::Outdated(Behind::Side(Lang::Fr)),
            (false, true) => State::Outdated(Behind::Side(Lang::En)),
            (false, false) => State::Equal,
        },
    }
}

impl Row {
    /// The lines of its sides, as the lock has them.
    pub fn lines(&self, outlines: &PerLang<Outline>) -> PerLang<Option<String>> {
        PerLang::from_fn(|lang| self.now.get(lang).and_then(|at| outlines.get(lang).sections.get(at)).map(lock::line))
    }

    /// What was confirmed of a side, if it was, as the lock has it.
    pub fn line<'c>(&self, lang: Lang, confirmed: Option<&'c Confirmed>) -> Option<&'c str> {
        confirmed?.sections.get((*self.was.get(lang))?)?.lines.get(lang).as_deref()
    }

    /// What happened on a side since it was confirmed.
    pub fn what<'a>(&self, pair: &'a Pair, lang: Lang) -> &'a [What] {
        let change = self.changes.get(lang).and_then(|at| pair.changes.get(lang).get(at));
        change.map_or(&[], |change| &change.what)
    }

    /// Whether a name that someone wrote means this section: its heading in either language, or its id.
    pub fn is_called(&self, written: &str) -> bool {
        let written = plain(written.trim().trim_start_matches(['#', '/']));
        self.names.contains(&written) || plain(self.key.trim_start_matches('/')) == written
    }

    /// The language of the side, if only one changed.
    pub fn changed_alone(&self) -> Option<Lang> {
        match self.state {
            State::Outdated(Behind::Side(lang)) | State::Missing(lang) => Some(lang.other()),
            _ => None,
        }
    }

    /// Whether it is a field of the front matter or of the facts.
    pub fn is_field(&self) -> bool {
        self.is_field
    }
}

/// A name in small letters, with simple spaces and apostrophes.
fn plain(name: &str) -> String {
    let words: Vec<String> = name.split_whitespace().map(|word| word.to_lowercase().replace(['’', '‘'], "'")).collect();
    words.join(" ")
}

/// What programs call a section.
fn key(section: &Section) -> String {
    match &section.name {
        Name::Field(name) => name.clone(),
        Name::Opening => INTRODUCTION.to_owned(),
        Name::Footnotes => FOOTNOTES.to_owned(),
        Name::Heading(text) => section.id.clone().unwrap_or_else(|| path::slug(text)),
    }
}
