//! Passages that are much shorter on one side than on the other: a sentence may have been dropped.
//!
//! French is a quarter longer than English: of 995 sections of public bilingual pages, 96 in 100 have between 1.0 and
//! 1.6 letters of French for one of English. A record is measured by that ratio and by its own, since some are terse on
//! one side throughout, as laws are. No other record counts, so that the result for one depends on no other. If both
//! sides have equally many sentences, none was dropped: then only half of the usual length is too little.

use std::cell::OnceCell;
use std::iter::Sum;
use std::ops::Add;

use super::{Difference, Pair, Rule};
use crate::check::unfilled;
use crate::diagnostic::Span;
use crate::lang::{Lang, PerLang, is_letter};
use crate::pairs::outline::{Kind, Outline, Unit};

/// Letters of French for a hundred letters of English, usually.
const USUAL: usize = 125;

/// The least and the most that a record's own ratio can be.
const MEASURES: (usize, usize) = (90, 150);

/// How much the usual ratio weighs against the record's own, in letters of English.
const WEIGHT: usize = 600;

/// Too short, in percent of the expected letters, if the shorter side also has fewer sentences.
const FEW: usize = 68;

/// The same if it has equally many sentences.
const HALF: usize = 50;

/// Shorter passages vary too much. In letters of the longer side.
const SHORTEST: usize = 160;

/// The same if hardly a third is there, in at least two sentences fewer: that is not by chance.
const SHORTEST_OF_SENTENCES: usize = 80;

/// Too short for such a passage, in percent of the expected letters.
const HARDLY: usize = 35;

/// How much a text says.
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
                // An end mark counts if a space follows: `1.5` and `a.b` end nothing.
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
            size.letters += usize::from(is_letter(c));
        }
        // The last words are a sentence with or without an end mark.
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

/// The letters of a record, which its passages are measured by, counted only once a passage looks short.
pub(super) struct Measure<'a> {
    outlines: PerLang<&'a Outline>,
    letters: OnceCell<PerLang<usize>>,
}

impl<'a> Measure<'a> {
    pub(super) fn of(outlines: PerLang<&'a Outline>) -> Self {
        Self { outlines, letters: OnceCell::new() }
    }

    fn letters(&self) -> &PerLang<usize> {
        let letters = |outline: &Outline| {
            let units = outline.sections.iter().flat_map(|section| &section.units).filter(|unit| is_measured(unit));
            units.map(|unit| Size::of(&unit.content.text).letters).sum()
        };
        self.letters.get_or_init(|| self.outlines.as_ref().map(|_, outline| letters(outline)))
    }

    /// Letters of French for a hundred letters of English, by the usual ratio and by the record outside a passage.
    fn beside(&self, passage: &PerLang<Size>) -> usize {
        let rest = PerLang::from_fn(|lang| self.letters().get(lang).saturating_sub(passage.get(lang).letters));
        ((USUAL * WEIGHT + 100 * rest.fr) / (WEIGHT + rest.en)).clamp(MEASURES.0, MEASURES.1)
    }
}

fn is_measured(unit: &Unit) -> bool {
    !matches!(unit.mark.kind, Kind::Code | Kind::Value | Kind::Heading(_))
}

/// Compares how long two sections are: unit by unit if both have the same ones, else as a whole.
pub(super) fn compare(at: usize, pair: &Pair<'_>, measure: &Measure<'_>, differences: &mut Vec<Difference>) {
    let units = PerLang::from_fn(|lang| pair.units(lang).filter(|unit| is_measured(unit)).collect::<Vec<&Unit>>());
    let waits = |units: &[&Unit]| units.iter().any(|unit| unfilled::waits(&unit.content.text));
    if units.en.is_empty() || units.fr.is_empty() || waits(&units.en) || waits(&units.fr) {
        return;
    }
    let sizes =
        units.as_ref().map(|_, units| units.iter().map(|unit| Size::of(&unit.content.text)).collect::<Vec<_>>());
    let whole: PerLang<Size> = sizes.as_ref().map(|_, sizes| sizes.iter().copied().sum());
    let kinds = units.as_ref().map(|_, units| units.iter().map(|unit| unit.mark.kind));
    // The first unit of a passage, its size, and what is left out when its record is measured.
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
    // Both lengths as they would be in French.
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
