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
    if units.en.is_empty() || units.fr.is_empty() {
        return;
    }
    let kinds = units.as_ref().map(|_, units| units.iter().map(|unit| unit.mark.kind));
    let is_alike = kinds.en.eq(kinds.fr);
    let whole = 0..units.en.len().max(units.fr.len());
    // Unit by unit nothing is missing: all together are measured by the record with them.
    let each = whole.clone().map(|at| (at..at + 1, false)).take_while(|_| is_alike);
    let mut found = each.chain([(whole, is_alike)]).filter_map(|(passage, is_in_record)| {
        let own = units.as_ref().map(|_, units| &units[passage.start..passage.end.min(units.len())]);
        let bytes = |units: &[&Unit]| units.iter().map(|unit| unit.content.text.len()).sum::<usize>();
        // Most passages are too short, or have about as many words on both sides, and are not measured.
        if own.iter().all(|(_, own)| bytes(own) < SHORTEST_OF_SENTENCES)
            || !is_one_sided(own.map(|_, own| own.iter().map(|unit| words(&unit.content.text)).sum()))
        {
            return None;
        }
        let sizes = own.map(|_, own| own.iter().map(|unit| Size::of(&unit.content.text)).sum());
        let left_out = if is_in_record { PerLang::default() } else { sizes };
        Some((passage.start, sizes, shorter(&sizes, measure, &left_out)?))
    });
    let Some((first, sizes, shorter)) = found.next() else { return };
    // How long a passage will be is not known while a place in it is to be filled in.
    if units.en.iter().chain(&units.fr).any(|unit| unfilled::waits(&unit.content.text)) {
        return;
    }
    let spans = units.map(|_, units| units.get(first).map_or(Span::START, |unit| unit.span));
    let found = sizes.map(|_, size| size.words.to_string());
    differences.push(Difference::new(Rule::Length, at, shorter, spans, found));
}

/// Whether one side has many more words. Long names and addresses make a passage longer, but not more words.
fn is_one_sided(words: PerLang<usize>) -> bool {
    words.en.abs_diff(words.fr) * 4 >= words.en.max(words.fr)
}

/// The words of a text, as [`Size::of`] counts them.
fn words(text: &str) -> usize {
    let mut words = 0;
    let mut is_space = true;
    for (at, byte) in text.bytes().enumerate() {
        let was_space = is_space;
        is_space = match byte {
            b'\t'..=b'\r' | b' ' => true,
            // The rest of a character, and one that begins like a space.
            0x80..0xc0 => was_space,
            0xc2 | 0xe1..=0xe3 => text[at..].starts_with(char::is_whitespace),
            _ => false,
        };
        words += usize::from(was_space && !is_space);
    }
    words
}

/// The side on which a passage is much too short, measured by its record without what is left out.
fn shorter(sizes: &PerLang<Size>, measure: &Measure<'_>, left_out: &PerLang<Size>) -> Option<Lang> {
    let PerLang { en, fr } = sizes;
    let longest = en.letters.max(fr.letters);
    if longest < SHORTEST_OF_SENTENCES {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_counted_alike_by_both() {
        for text in [
            "",
            "a",
            " L’été à\u{a0}Québec\u{202f}: 5\u{a0}% ",
            "\n\u{2003}« œuvre »\u{3000}日本\u{85}…",
            "é\u{301} \u{200b}",
        ] {
            assert_eq!(words(text), Size::of(text).words, "{text:?}");
        }
    }
}
