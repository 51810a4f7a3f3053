//! The sections of a record side by side, each with its state: what an editor shows as rows ([`sections`]).

use super::lock::Line;
use super::outline::{Name, Outline, Section};
use super::status::{change_name, section_name};
use super::{Behind, Pair, State, changes};
use crate::document::BlockKind;
use crate::lang::{Lang, PerLang};
use crate::parse::ParsedRecord;

/// The name of what stands before the first heading.
pub const INTRODUCTION: &str = "introduction";

/// The name of all footnotes.
pub const FOOTNOTES: &str = "footnotes";

/// One section of a record, on the sides that have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// What the section is called by programs: a field's name, a heading's id, [`INTRODUCTION`] or [`FOOTNOTES`].
    pub key: String,
    /// Whether it is a field.
    pub is_field: bool,
    /// What it is called on each side that has it.
    pub title: PerLang<Option<String>>,
    /// How its two sides stand to each other.
    pub state: State,
    /// The changes of each side that concern it, by position among the changes of that side.
    pub changes: PerLang<Option<usize>>,
}

/// The sections of a record in their order: those of the English side, each French one without a counterpart after the
/// one that stands before it, and last what is gone.
pub fn sections(parsed: &ParsedRecord, outlines: &PerLang<Outline>, pair: Option<&Pair>) -> Vec<Row> {
    let lines = |lang| outlines.get(lang).sections.iter().map(Line::of).collect::<Vec<_>>();
    let twins = changes::counterparts(&lines(Lang::En), &lines(Lang::Fr));
    let section = |lang, at: Option<usize>| at.and_then(|at| outlines.get(lang).sections.get(at));
    let change = |lang, at: Option<usize>| {
        at.and_then(|at| pair?.changes.get(lang).iter().position(|change| change.now == Some(at)))
    };
    let row = |at: PerLang<Option<usize>>| {
        let here = PerLang::from_fn(|lang| section(lang, *at.get(lang)));
        let keys = here.as_ref().map(|lang, section| section.map(|section| key(parsed, lang, section)));
        let changes = PerLang::from_fn(|lang| change(lang, *at.get(lang)));
        Row {
            key: keys.en.or(keys.fr).unwrap_or_default(),
            is_field: here.en.or(here.fr).is_some_and(|section| matches!(section.name, Name::Field(_))),
            title: here.map(|lang, section| section.map(|section| section_name(section).get(lang).clone())),
            state: state(&here, &changes, pair),
            changes,
        }
    };
    let mut places: Vec<PerLang<Option<usize>>> =
        twins.iter().enumerate().map(|(at, twin)| PerLang { en: Some(at), fr: *twin }).collect();
    let mut after = 0;
    for at in 0..outlines.fr.sections.len() {
        match places.iter().position(|place| place.fr == Some(at)) {
            Some(place) => after = place + 1,
            None => {
                places.insert(after, PerLang { en: None, fr: Some(at) });
                after += 1;
            }
        }
    }
    let mut rows: Vec<Row> = places.into_iter().map(row).collect();
    rows.extend(pair.into_iter().flat_map(gone));
    rows
}

fn state(here: &PerLang<Option<&Section>>, changes: &PerLang<Option<usize>>, pair: Option<&Pair>) -> State {
    let state = pair.map_or(State::Unconfirmed, |pair| pair.state);
    match (here.en.is_some(), here.fr.is_some(), state) {
        (_, _, State::Missing(lang)) => State::Missing(lang),
        (false, ..) => State::Missing(Lang::En),
        (_, false, _) => State::Missing(Lang::Fr),
        (.., State::Unconfirmed) => State::Unconfirmed,
        _ => behind(changes.en.is_some(), changes.fr.is_some()).map_or(State::Equal, State::Outdated),
    }
}

fn behind(en_changed: bool, fr_changed: bool) -> Option<Behind> {
    match (en_changed, fr_changed) {
        (true, true) => Some(Behind::Both),
        (true, false) => Some(Behind::Side(Lang::Fr)),
        (false, true) => Some(Behind::Side(Lang::En)),
        (false, false) => None,
    }
}

/// Sections that were confirmed and are no longer there.
fn gone(pair: &Pair) -> impl Iterator<Item = Row> + '_ {
    Lang::BOTH.into_iter().flat_map(move |lang| {
        let all = pair.changes.get(lang).iter().enumerate().filter(|(_, change)| change.now.is_none());
        all.map(move |(at, change)| {
            let mut row = Row {
                key: format!("removed-{lang}-{}", change.was.map_or(0, |was| was + 1)),
                is_field: false,
                title: PerLang::default(),
                state: State::Outdated(Behind::Side(lang.other())),
                changes: PerLang::default(),
            };
            *row.title.get_mut(lang) = Some(change_name(pair, lang, change).get(lang).clone());
            *row.changes.get_mut(lang) = Some(at);
            row
        })
    })
}

/// What a section is called by programs.
fn key(parsed: &ParsedRecord, lang: Lang, section: &Section) -> String {
    match &section.name {
        Name::Field(name) => name.clone(),
        Name::Opening => INTRODUCTION.to_owned(),
        Name::Footnotes => FOOTNOTES.to_owned(),
        Name::Heading(text) => {
            let blocks = parsed.words.get(lang).iter().flat_map(|words| &words.body.blocks);
            let id = blocks.filter(|block| block.span == section.span).find_map(|block| match &block.kind {
                BlockKind::Heading { id, .. } => Some(id.clone()),
                _ => None,
            });
            id.unwrap_or_else(|| crate::path::slug(text))
        }
    }
}
