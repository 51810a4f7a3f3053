//! The pairs of a site as a list of what is to be done: [`Status`], which `report` writes out.
//!
//! What matters comes first: sides that are behind, then missing ones, then what nobody has confirmed. Among equals,
//! the most read pages come first, if the site says how often they are read (`reads.csv`: an id, a comma and a number
//! on each line); otherwise those that have been behind for longest.

use std::collections::BTreeMap;

use super::history::{Edit, Origin};
use super::kept::Kept;
use super::outline::{Name, Section};
use super::sections::Row;
use super::{Change, Pair, Pairs, State};
use crate::diagnostic::catalog;
use crate::format::{Date, Months};
use crate::lang::{Lang, PerLang};
use crate::parse::ParsedFacts;
use crate::path::ContentPath;
use crate::source::Sources;
use crate::source::history::History;

pub use crate::layout::READS;

/// The state of a site's pairs.
#[derive(Clone, Debug, Default)]
pub struct Status {
    /// The records, what matters most first.
    pub records: Vec<Entry>,
    /// The ids of the records that are not published yet.
    pub drafts: Vec<String>,
    /// What is due for review or has expired, the oldest date first.
    pub due: Vec<Due>,
}

/// The state of one record.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The record's id.
    pub id: String,
    /// The state of its sides.
    pub state: State,
    /// The sections that changed.
    pub sections: Vec<Changed>,
    /// Since when a side is behind: the day of the first change after the confirmation, if a history knows it.
    pub since: Option<String>,
    /// When any part of it was last confirmed.
    pub confirmed_on: Option<String>,
    /// How often the record is read, if the site says so.
    pub reads: Option<u64>,
    /// Why a side is missing, if the record says so.
    pub reason: Option<String>,
    /// Who looks after the record, as its facts name them.
    pub owner: Option<String>,
    /// How many words are to be translated: those of the sections that changed in one language, or of the only side.
    pub words: Option<usize>,
}

/// A section that changed on one side.
#[derive(Clone, Debug)]
pub struct Changed {
    /// The side on which it changed.
    pub lang: Lang,
    /// What it is called there.
    pub name: PerLang<String>,
    /// What the other side's section is called, if there is one.
    pub counterpart: Option<PerLang<String>>,
    /// What happened.
    pub what: Vec<super::What>,
    /// The words that changed, if the text that was confirmed is known.
    pub edits: Vec<Edit>,
}

/// A record that someone must look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// The record's id.
    pub id: String,
    /// `review`, `expired`, or `expiry` before that day.
    pub what: &'static str,
    /// The last day.
    pub on: Date,
    /// Whether that day is over.
    pub overdue: bool,
}

/// Where the words of the confirmed state are found.
#[derive(Clone, Copy)]
pub struct Sourced<'a> {
    /// Earlier versions of the files, which also say since when a side is behind.
    pub history: Option<&'a dyn History>,
    /// What was kept when pairs were confirmed.
    pub kept: &'a Kept,
}

/// Which dates are due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deadline {
    /// The day.
    pub as_of: Date,
    /// Also include what falls due until the end of the calendar period that contains the day.
    pub within: Option<Months>,
}

/// The state of the pairs, and what is due.
pub fn status(
    pairs: &Pairs,
    facts: &[(&str, &ParsedFacts)],
    sources: &Sources,
    sourced: Sourced<'_>,
    deadline: Option<Deadline>,
) -> Status {
    let reads = reads(sources);
    let mut origins =
        sourced.history.map(|history| super::history::origins(pairs, sources, history)).unwrap_or_default();
    for (id, pair) in pairs.records.iter().filter(|(_, pair)| matches!(pair.state, State::Outdated(_))) {
        let origin = origins.entry(id.clone()).or_default();
        for lang in Lang::BOTH {
            origin.get_mut(lang).edits.extend(super::history::kept_edits(id, pair, lang, sources, sourced.kept));
        }
    }
    let mut records: Vec<Entry> = pairs
        .records
        .iter()
        .map(|(id, pair)| entry(id, pair, origins.remove(id).unwrap_or_default(), reads.get(id.as_str()).copied()))
        .collect();
    for entry in &mut records {
        entry.words = pairs.records.get(&entry.id).and_then(|pair| super::history::words_to_translate(pair, sources));
    }
    for (id, facts) in facts {
        let owner = facts.facts.get("owner").and_then(|owner| owner.scalar()).map(str::to_owned);
        if let Ok(at) = records.binary_search_by(|entry| entry.id.as_str().cmp(id)) {
            records[at].owner = owner;
        }
        let Some(reason) = facts.facts.get("alone").and_then(|alone| alone.get("reason")?.scalar()) else { continue };
        // The pairs are sorted by their ids.
        let entry = records.binary_search_by(|entry| entry.id.as_str().cmp(id)).ok().map(|at| &mut records[at]);
        if let Some(entry) = entry.filter(|entry| matches!(entry.state, State::Missing(_))) {
            entry.reason = Some(reason.to_owned());
        }
    }
    records.sort_by(|a, b| {
        let rank = |entry: &Entry| match entry.state {
            State::Outdated(_) => 0,
            State::Missing(_) if entry.reason.is_none() => 1,
            State::Unconfirmed => 2,
            State::Missing(_) => 3,
            State::Equal => 4,
        };
        let oldest = |entry: &Entry| (entry.since.is_none(), entry.since.clone());
        (rank(a), b.reads, oldest(a), &a.id).cmp(&(rank(b), a.reads, oldest(b), &b.id))
    });
    let is_draft = |facts: &ParsedFacts| facts.facts.get("state").and_then(|state| state.scalar()) == Some("draft");
    let drafts = facts.iter().filter(|(_, facts)| is_draft(facts)).map(|(id, _)| (*id).to_owned()).collect();
    Status { records, drafts, due: deadline.map(|deadline| due(facts, deadline)).unwrap_or_default() }
}

fn entry(id: &str, pair: &Pair, mut origin: PerLang<Origin>, reads: Option<u64>) -> Entry {
    let rows = if pair.changes == PerLang::default() { Vec::new() } else { pair.rows() };
    let mut sections = Vec::new();
    for lang in Lang::BOTH {
        let edits = &mut origin.get_mut(lang).edits;
        for (at, change) in pair.changes.get(lang).iter().enumerate() {
            let row = rows.iter().find(|row| *row.changes.get(lang) == Some(at));
            let title = row.map(|row| row.title.clone()).unwrap_or_default();
            sections.push(Changed {
                lang,
                name: change_name(row, change),
                counterpart: title.en.zip(title.fr).map(|(en, fr)| PerLang { en: fr, fr: en }),
                what: change.what.clone(),
                edits: edits.remove(&at).unwrap_or_default(),
            });
        }
    }
    let since = [&origin.en.since, &origin.fr.since].into_iter().flatten().min().cloned();
    let since = since.filter(|_| matches!(pair.state, State::Outdated(_)));
    Entry {
        id: id.to_owned(),
        state: pair.state,
        sections,
        since,
        confirmed_on: pair.confirmed_on.clone(),
        reads,
        reason: None,
        owner: None,
        words: None,
    }
}

/// What a section is called, in each language of messages.
pub fn section_name(section: &Section) -> PerLang<String> {
    match &section.name {
        Name::Field(name) => catalog::field(name),
        Name::Heading(text) => PerLang { en: text.clone(), fr: text.clone() },
        Name::Opening => catalog::opening().map(|_, name| name.to_owned()),
        Name::Footnotes => catalog::footnotes().map(|_, name| name.to_owned()),
    }
}

/// What a changed section is called in each language: its name there, or the one that the other side has.
pub fn change_name(row: Option<&Row>, change: &Change) -> PerLang<String> {
    let title = row.map(|row| row.title.clone()).unwrap_or_default();
    match (title.en, title.fr) {
        (None, None) => catalog::section_that_was(change.was.map_or(0, |was| was + 1)),
        (en, fr) => PerLang { en: en.clone().or(fr.clone()).unwrap_or_default(), fr: fr.or(en).unwrap_or_default() },
    }
}

fn reads(sources: &Sources) -> BTreeMap<&str, u64> {
    let text = sources.text(&ContentPath::new(READS)).unwrap_or_default();
    let line = |line: &'_ str| -> Option<(usize, u64)> {
        let at = line.rfind([',', ';'])?;
        Some((at, line[at + 1..].trim().parse().ok()?))
    };
    text.lines().filter_map(|text| line(text).map(|(at, reads)| (text[..at].trim().trim_matches('"'), reads))).collect()
}

fn due(facts: &[(&str, &ParsedFacts)], Deadline { as_of, within }: Deadline) -> Vec<Due> {
    let mut due = Vec::new();
    for (id, facts) in facts {
        let date = |name| facts.facts.get(name)?.scalar()?.trim().parse::<Date>().ok();
        let state = facts.facts.get("state").and_then(|state| state.scalar());
        if matches!(state, Some("draft" | "archived")) {
            continue;
        }
        for (name, before, after) in [("review_by", "review", "review"), ("expires_on", "expiry", "expired")] {
            let Some(on) = date(name) else { continue };
            let overdue = on.certainly_before(as_of);
            if overdue || within.is_some_and(|period| on.falls_by_the_end_of(period, as_of)) {
                due.push(Due { id: (*id).to_owned(), what: if overdue { after } else { before }, on, overdue });
            }
        }
    }
    due.sort_by_key(|due| (due.on.to_string(), due.id.clone()));
    due
}

impl Status {
    /// How many records are in which state: equal, outdated, missing, unconfirmed.
    pub fn counts(&self) -> [(&'static str, usize); 4] {
        ["equal", "outdated", "missing", "unconfirmed"]
            .map(|name| (name, self.records.iter().filter(|entry| entry.state.name() == name).count()))
    }
}
