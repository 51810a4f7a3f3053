//! Confirming as a judgement: what is recorded of a pair, or the objections to it ([`judge`]).

use std::collections::{BTreeSet, HashMap};

use super::lock::{ByLines, Confirmed, ConfirmedSection};
use super::outline::Outline;
use super::sections::{self, Row};
use super::{Pair, State, language};
use crate::diagnostic::{Diagnostic, KnownNames};
use crate::lang::{Lang, PerLang};
use crate::path::ContentPath;

/// What somebody asks to record of a pair.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// The sections, by heading or id; all of them if empty.
    pub sections: Vec<String>,
    /// Whether to ignore errors, places still to be filled in, and pages in the wrong language.
    pub even_so: bool,
    /// The day to write beside what is new.
    pub on: Option<String>,
    /// Whether to write the day beside everything that is recorded, even if nothing changed.
    pub on_everything: bool,
}

/// What is known about a pair.
pub struct Standing<'a> {
    /// How it compares with what was confirmed.
    pub pair: &'a Pair,
    /// Its sides as they are.
    pub outlines: &'a PerLang<Outline>,
    /// What was confirmed.
    pub confirmed: Option<&'a Confirmed>,
    /// The errors in its files.
    pub errors: Vec<Diagnostic>,
    /// Its files in which something is still to be filled in.
    pub unfilled: BTreeSet<ContentPath>,
    /// What differs between its sides, as parity finds it.
    pub differences: Vec<Differing>,
}

/// A difference between the sides that can be accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Differing {
    /// The rule.
    pub rule: &'static str,
    /// The sections in which it shows, by position among [`sections::sections`].
    pub rows: Vec<usize>,
    /// The difference as it would be reported.
    pub reported: Diagnostic,
}

/// What is recorded of a pair.
#[derive(Clone, Debug)]
pub struct Recorded {
    /// What the lock says about it from now on.
    pub confirmed: Confirmed,
    /// Its sections that were not confirmed as they are.
    pub sections: Vec<Row>,
    /// What differs and is accepted with it.
    pub accepted: Vec<Diagnostic>,
}

/// An objection to recording a pair.
#[derive(Clone, Debug)]
pub enum Objection {
    /// There is no side in this language.
    MissingSide(Lang),
    /// A section changed in this language only.
    ChangedAlone {
        /// The section.
        row: Row,
        /// The language.
        lang: Lang,
    },
    /// A file of the pair has an error.
    Error(Diagnostic),
    /// These files of the pair still have places to fill in.
    Unfilled(BTreeSet<ContentPath>),
    /// Both sides are in this language.
    SameLanguage(Lang),
    /// Both sides have the same words.
    Copies,
    /// There is no section of this name.
    UnknownSection {
        /// What was written.
        written: String,
        /// The section that may be meant.
        nearest: Option<String>,
        /// The sections that exist.
        known: Vec<String>,
    },
}

/// Returns what is recorded of a pair, or all objections to it.
pub fn judge(standing: &Standing<'_>, request: &Request) -> Result<Recorded, Vec<Objection>> {
    let Standing { pair, outlines, .. } = standing;
    let confirmed = standing.confirmed.map(|confirmed| confirmed.fitting(outlines.as_ref()));
    let confirmed = confirmed.as_deref();
    if let State::Missing(lang) = pair.state {
        return Err(vec![Objection::MissingSide(lang)]);
    }
    let rows = sections::sections(outlines, Some(pair), confirmed);
    let mut objections = Vec::new();
    let chosen = chosen(&rows, request, &mut objections);
    if !request.even_so {
        objections.extend(standing.errors.iter().cloned().map(Objection::Error));
        if !standing.unfilled.is_empty() {
            objections.push(Objection::Unfilled(standing.unfilled.clone()));
        }
        objections.extend(same_language(outlines));
    }
    if request.sections.is_empty() && confirmed.is_some() {
        let alone = rows
            .iter()
            .filter_map(|row| Some(Objection::ChangedAlone { row: row.clone(), lang: row.changed_alone()? }));
        objections.extend(alone);
    }
    if objections.is_empty() { Ok(record(standing, confirmed, request, &rows, &chosen)) } else { Err(objections) }
}

/// The sections that are asked for, by position.
fn chosen(rows: &[Row], request: &Request, objections: &mut Vec<Objection>) -> BTreeSet<usize> {
    if request.sections.is_empty() {
        return (0..rows.len()).collect();
    }
    let mut chosen = BTreeSet::new();
    for written in &request.sections {
        let called = |is_field: bool| {
            (0..rows.len()).filter(move |at| rows[*at].is_field() == is_field && rows[*at].is_called(written))
        };
        let mut found: Vec<usize> = called(false).collect();
        if found.is_empty() || written.trim_start().starts_with('/') {
            found = called(true).collect();
        }
        if found.is_empty() {
            let known: Vec<String> = rows.iter().map(|row| row.key.clone()).collect();
            let titles = rows.iter().flat_map(|row| [&row.title.en, &row.title.fr].into_iter().flatten());
            let names = KnownNames::new(known.iter().map(String::as_str).chain(titles.map(String::as_str)));
            let nearest = names.nearest(written).map(ToString::to_string);
            objections.push(Objection::UnknownSection { written: written.clone(), nearest, known });
        }
        chosen.extend(found);
    }
    chosen
}

fn same_language(outlines: &PerLang<Outline>) -> Option<Objection> {
    let languages = outlines.as_ref().map(|_, outline| language::language(outline));
    match (languages.en, languages.fr) {
        (Some(en), Some(fr)) if en == fr => Some(Objection::SameLanguage(en)),
        _ => language::are_copies(outlines).then_some(Objection::Copies),
    }
}

fn record(
    standing: &Standing<'_>,
    confirmed: Option<&Confirmed>,
    request: &Request,
    rows: &[Row],
    chosen: &BTreeSet<usize>,
) -> Recorded {
    let nothing = Confirmed::default();
    let before = confirmed.unwrap_or(&nothing);
    let by_lines = before.by_lines();
    let mut differing = HashMap::<usize, Vec<&Differing>>::new();
    for difference in &standing.differences {
        for row in difference.rows.iter().copied().collect::<BTreeSet<usize>>() {
            differing.entry(row).or_default().push(difference);
        }
    }
    let mut confirmed = Confirmed::default();
    let mut fresh = Vec::new();
    let mut accepted = Vec::<Diagnostic>::new();
    for (at, row) in rows.iter().enumerate() {
        if !chosen.contains(&at) {
            confirmed.sections.extend(as_before(row, before, &by_lines));
            continue;
        }
        let lines = row.lines(standing.outlines);
        let known = by_lines.get(&lines);
        if known.is_none() {
            fresh.push(row.clone());
        }
        if lines == PerLang::default() {
            continue;
        }
        let here = differing.get(&at).into_iter().flatten();
        let rules = here.clone().map(|differing| differing.rule.to_owned()).collect();
        accepted.extend(here.map(|differing| differing.reported.clone()));
        let on = known.filter(|_| !request.on_everything).and_then(|known| known.on.clone());
        let on = on.or_else(|| request.on.clone());
        confirmed.sections.push(ConfirmedSection { on, lines, accepted: rules });
    }
    accepted.sort_by(|a, b| a.place.cmp(&b.place));
    accepted.dedup();
    Recorded { confirmed, sections: fresh, accepted }
}

/// What had been confirmed of a section that is not asked for.
fn as_before(row: &Row, before: &Confirmed, by_lines: &ByLines<'_>) -> Option<ConfirmedSection> {
    let was = |lang| before.sections.get((*row.was.get(lang))?);
    if row.was.en == row.was.fr
        && let Some(section) = was(Lang::En)
    {
        return Some(section.clone());
    }
    // Sides that were confirmed, but not with each other.
    let lines = PerLang::from_fn(|lang| was(lang).and_then(|section| section.lines.get(lang).clone()));
    let on = Lang::BOTH.into_iter().filter_map(|lang| was(lang)?.on.clone()).min();
    // One side may have been confirmed alone, with its differences.
    let alone = by_lines.get(&lines).map(|section| section.accepted.clone());
    (lines != PerLang::default()).then(|| ConfirmedSection { on, lines, accepted: alone.unwrap_or_default() })
}
