//! Passages that one side tells much shorter than the other: a sentence may have been dropped.
//!
//! French is a quarter longer than English: of 995 sections of public bilingual pages, 96 in 100 have between 1.0 and 1.6
//! letters of French for one of English. A record is measured by that and by itself, since some are tersely written on
//! one side throughout, as laws are; no other record counts, so that what is said of one depends on no other. Where both
//! sides have as many sentences, none was dropped: then only half of the usual length is too little.

use std::cell::OnceCell;
use std::iter::Sum;
use std::ops::Add;

use super::{Difference, Pair, Rule};
use crate::check::unfilled;
use crate::diagnostic::Span;
use crate::lang::{Lang, PerLang};
use crate::pairs::outline::{Kind, Outline, Unit};

/// In a hundred letters of English so many of French, as a rule.
const USUAL: usize = 125;

/// The least and the most that a record's own measure can be.
const MEASURES: (usize, usize) = (90, 150);

/// As many letters of English as the rule weighs beside those of the record itself.
const WEIGHT: usize = 600;

/// The shorter side has less than so many letters of a hundred that it should have, and fewer sentences.
const FEW: usize = 68;

/// The same where it has as many sentences.
const HALF: usize = 50;

/// A shorter passage varies too much, in letters of the longer side.
const SHORTEST: usize = 160;

/// The same where hardly a third is said, in fewer sentences by two or more: chance does not drop those.
const SHORTEST_OF_SENTENCES: usize = 80;

/// The shorter side of such a passage has less than so many letters of a hundred that it should have.
const HARDLY: usize = 35;

/// How much is said.
#[derive(Clone, Copy, Default)]
struct Size {
    letters: usize,
    words: usize,
    sentences: usize,
}

impl Size {
    fn of(text: &str) -> Self {
        let mut size = Self::default();
        let (mut is_in_word, mut ends) = (false, true);
        for c in text.chars() {
            if c.is_whitespace() {
                // An end mark counts where a space follows: `1.5` and `a.b` end nothing.
                size.sentences += usize::from(is_in_word && ends);
                is_in_word = false;
                continue;
            }
            size.words += usize::from(!is_in_word);
            is_in_word = true;
            match c {
                '.' | '!' | '?' | '…' | ';' | ':' => ends = true,
                ')' | ']' | '”' | '»' | '"' => {}
                _ => ends = false,
            }
            size.letters += usize::from(c.is_alphabetic());
        }
        // What comes last is a sentence with or without its mark.
        size.sentences += usize::from(is_in_word || !ends);
        size
    }
}

impl Add for Size {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            letters: self.letters + other.letters,
            words: self.words + other.words,
            sentences: self.sentences + other.sentences,
        }
    }
}

impl Sum for Size {
    fn sum<I: Iterator<Item = Self>>(sizes: I) -> Self {
        sizes.fold(Self::default(), Add::add)
    }
}

/// What a record is measured by: its letters, counted only once a passage looks short.
pub(super) struct Measure<'a> {
    outlines: PerLang<&'a Outline>,
    letters: OnceCell<PerLang<usize>>,
}

impl<'a> Measure<'a> {
    pub(super) fn of(outlines: PerLang<&'a Outline>) -> Self {
        Self { outlines, letters: OnceCell::new() }
    }

    fn letters(&self) -> &PerLang<usize> {
        let told = |outline: &Outline| {
            let units = outline.sections.iter().flat_map(|section| &section.units).filter(|unit| is_told(unit));
            units.map(|unit| Size::of(&unit.content.text).letters).sum()
        };
        self.letters.get_or_init(|| self.outlines.as_ref().map(|_, outline| told(outline)))
    }

    /// In a hundred letters of English so many of French, by the rule and by what is outside of a passage.
    fn beside(&self, passage: &PerLang<Size>) -> usize {
        let rest = PerLang::from_fn(|lang| self.letters().get(lang).saturating_sub(passage.get(lang).letters));
        ((USUAL * WEIGHT + 100 * rest.fr) / (WEIGHT + rest.en)).clamp(MEASURES.0, MEASURES.1)
    }
}

fn is_told(unit: &Unit) -> bool {
    !matches!(unit.mark.kind, Kind::Code | Kind::Value | Kind::Heading(_))
}

/// Compares how long two sections are: unit by unit where both have the same ones, else as a whole.
pub(super) fn compare(at: usize, pair: &Pair<'_>, measure: &Measure<'_>, differences: &mut Vec<Difference>) {
    let units = PerLang::from_fn(|lang| pair.units(lang).filter(|unit| is_told(unit)).collect::<Vec<&Unit>>());
    let waits = |units: &[&Unit]| units.iter().any(|unit| unfilled::waits(&unit.content.text));
    if units.en.is_empty() || units.fr.is_empty() || waits(&units.en) || waits(&units.fr) {
        return;
    }
    let sizes =
        units.as_ref().map(|_, units| units.iter().map(|unit| Size::of(&unit.content.text)).collect::<Vec<_>>());
    let whole: PerLang<Size> = sizes.as_ref().map(|_, sizes| sizes.iter().copied().sum());
    let kinds = units.as_ref().map(|_, units| units.iter().map(|unit| unit.mark.kind));
    // The first unit of a passage, its size, and what its record is measured without.
    let found = if kinds.en.eq(kinds.fr) {
        let own = |at: usize| PerLang { en: sizes.en[at], fr: sizes.fr[at] };
        let each = (0..units.en.len()).map(|at| (at, own(at), own(at)));
        // Unit by unit nothing is missing: all together are measured by the record with them.
        let mut passages = each.chain([(0, whole, PerLang::default())]);
        passages.find_map(|(first, sizes, left_out)| Some((first, sizes, shorter(&sizes, measure, &left_out)?)))
    } else {
        shorter(&whole, measure, &whole).map(|shorter| (0, whole, shorter))
    };
    let Some((first, sizes, shorter)) = found else { return };
    let spans = units.map(|_, units| units.get(first).map_or(Span::START, |unit| unit.span));
    let found = sizes.map(|_, size| size.words.to_string());
    differences.push(Difference::new(Rule::Length, at, shorter, spans, found));
}

/// The side on which a passage is much too short, measured by its record without what is left out.
fn shorter(sizes: &PerLang<Size>, measure: &Measure<'_>, left_out: &PerLang<Size>) -> Option<Lang> {
    let PerLang { en, fr } = sizes;
    let longest = en.letters.max(fr.letters);
    if longest < SHORTEST_OF_SENTENCES {
        return None;
    }
    // Long names and addresses make a passage long, but not more words.
    if en.words.abs_diff(fr.words) * 4 < en.words.max(fr.words) {
        return None;
    }
    // Both as long as they would be in French.
    let (en_letters, fr_letters) = (en.letters * measure.beside(left_out) / 100, fr.letters);
    let few = |own: &Size, other: &Size| match other.sentences.saturating_sub(own.sentences) {
        2.. if longest < SHORTEST => HARDLY,
        _ if longest < SHORTEST => 0,
        1.. => FEW,
        0 => HALF,
    };
    if en_letters * 100 < fr_letters * few(en, fr) {
        Some(Lang::En)
    } else if fr_letters * 100 < en_letters * few(fr, en) {
        Some(Lang::Fr)
    } else {
        None
    }
}
