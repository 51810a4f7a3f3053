//! Passages that one side tells much shorter than the other: a sentence may have been dropped.
//!
//! French is a quarter longer than English: of 995 sections of public bilingual pages, 96 in 100 have between 1.0 and 1.6
//! letters of French for one of English. That is taken for every site, so that what is said of a record depends on
//! no other.

use super::{Difference, Pair, Rule};
use crate::check::unfilled;
use crate::diagnostic::Span;
use crate::lang::{Lang, PerLang};
use crate::pairs::outline::{Kind, Unit};

/// In a hundred letters of English so many of French, as a rule.
const USUAL: usize = 125;

/// The shorter side has less than so many letters of a hundred that it should have.
const FEW: usize = 68;

/// A shorter passage varies too much, in letters of the longer side.
const SHORTEST: usize = 160;

/// Compares how long two sections are: unit by unit where both have the same ones, else as a whole.
pub(super) fn compare(at: usize, pair: &Pair<'_>, differences: &mut Vec<Difference>) {
    let units = PerLang::from_fn(|lang| {
        let is_told = |unit: &&Unit| !matches!(unit.mark.kind, Kind::Code | Kind::Value | Kind::Heading(_));
        pair.units(lang).filter(is_told).collect::<Vec<&Unit>>()
    });
    let waits = |units: &[&Unit]| units.iter().any(|unit| unfilled::waits(&unit.content.text));
    if units.en.is_empty() || units.fr.is_empty() || waits(&units.en) || waits(&units.fr) {
        return;
    }
    let kinds = units.as_ref().map(|_, units| units.iter().map(|unit| unit.mark.kind).collect::<Vec<_>>());
    let mut passages: Vec<PerLang<&[&Unit]>> = Vec::new();
    if kinds.en == kinds.fr {
        passages.extend((0..units.en.len()).map(|at| PerLang { en: &units.en[at..=at], fr: &units.fr[at..=at] }));
    }
    passages.push(PerLang { en: &units.en, fr: &units.fr });
    let Some((passage, shorter)) = passages.into_iter().find_map(|passage| Some((passage, shorter(&passage)?))) else {
        return;
    };
    let spans = passage.map(|_, units| units.first().map_or(Span::START, |unit| unit.span));
    let found = passage.map(|_, units| count(units, |text| text.split_whitespace().count()).to_string());
    differences.push(Difference::new(Rule::Length, at, shorter, spans, found));
}

/// The side on which a passage is much too short.
fn shorter(passage: &PerLang<&[&Unit]>) -> Option<Lang> {
    let letters = passage.map(|_, units| count(units, |text| text.chars().filter(|c| c.is_alphabetic()).count()));
    if letters.en.max(letters.fr) < SHORTEST {
        return None;
    }
    // Both as long as they would be in French.
    let (en, fr) = (letters.en * USUAL / 100, letters.fr);
    let is_short = |own: usize, other: usize| own * 100 < other * FEW;
    // Long names and addresses make a passage long, but not more words.
    let words = passage.map(|_, units| count(units, |text| text.split_whitespace().count()));
    if words.en.abs_diff(words.fr) * 4 < words.en.max(words.fr) {
        return None;
    }
    match (is_short(en, fr), is_short(fr, en)) {
        (true, _) => Some(Lang::En),
        (_, true) => Some(Lang::Fr),
        _ => None,
    }
}

fn count(units: &[&Unit], of: impl Fn(&str) -> usize) -> usize {
    units.iter().map(|unit| of(&unit.content.text)).sum()
}
