//! Passages in the other language that are not marked as such: [`check`].
//!
//! A screen reader reads an unmarked passage with the wrong voice. Only passages long enough to be sure are reported: a run
//! of words with several of the other language's commonest words among them and none of the page's own.

use std::ops::Range;

use crate::diagnostic::catalog::{self, Kept};
use crate::diagnostic::{Diagnostics, Place, Span};
use crate::lang::{Lang, words};
use crate::pairs::PairTexts;
use crate::pairs::language::{Counts, common};
use crate::pairs::outline::{Kind, Unit};
use crate::schema::Policies;
use crate::source::Sources;

/// A shorter passage may be a name.
const SHORTEST: usize = 8;
/// So many different common words make sure.
const DIFFERENT: u32 = 4;

/// Reports every long passage that is written in the other language and not marked.
pub(super) fn check(full: &PairTexts<'_>, policies: Policies, sources: &Sources) -> Diagnostics {
    let mut diagnostics = Diagnostics::default();
    let Some(severity) = policies.unmarked_language else { return diagnostics };
    for (lang, words) in full.words.iter() {
        let Some(words) = words else { continue };
        let mut counts = Counts::default();
        let mut passages = Vec::new();
        for (file, unit) in full.units(lang).filter(|(_, unit)| unit.mark.kind != Kind::Code) {
            for run in unit.content.runs.iter().filter(|run| run.foreign.is_none()) {
                let here = if *file == words.path { &mut counts } else { &mut Counts::default() };
                let found = passage(lang, unit.content.text_of(run), here);
                passages.extend(found.map(|passage| (file, unit, run, passage)));
            }
        }
        // A page in the wrong language is one mistake, not one for each paragraph.
        if counts.language() == Some(lang.other()) {
            let mut units = full.outlines.get(lang).units_of_words();
            let first = units.clone().find(|unit| unit.mark.kind != Kind::Value).or_else(|| units.next());
            let at = Place::new(&words.path, first.map_or(Span::START, |unit| unit.span));
            diagnostics.push(catalog::page_in_other_language(at, lang.other(), severity));
            continue;
        }
        for (file, unit, run, passage) in passages {
            let text = unit.content.text_of(run);
            let words = &text[passage.clone()];
            let has_words = |(_, twin): (_, &Unit)| twin.content.text.contains(words);
            let kept =
                Kept { is_copied: full.units(lang.other()).any(has_words), takes_marks: unit.mark.kind != Kind::Value };
            let all = sources.text(file).unwrap_or_default();
            let at = Place::new(file, run.span.narrowed(all, text, &passage));
            diagnostics.push(catalog::unmarked_language(at, lang.other(), kept, severity));
        }
    }
    diagnostics
}

/// A run of words with none of the page's own common words in it.
#[derive(Clone, Copy, Default)]
struct Passage {
    start: usize,
    end: usize,
    words: usize,
    /// How many of them are common words of the other language, and which, a bit for each.
    common: usize,
    which: u64,
}

impl Passage {
    /// Where it is, if it is surely in the other language.
    fn range(self) -> Option<Range<usize>> {
        let is_sure = self.words >= SHORTEST && self.which.count_ones() >= DIFFERENT && self.common * 4 >= self.words;
        is_sure.then_some(self.start..self.end)
    }
}

/// The first passage of a text that is surely written in the other language. All common words of the text are counted.
pub(super) fn passage(lang: Lang, text: &str, counts: &mut Counts) -> Option<Range<usize>> {
    let mut first = None;
    let mut passage = Passage::default();
    for word in words(text) {
        let common = common(&text.as_bytes()[word.clone()]);
        if let Some((of, _)) = common {
            *counts.common.get_mut(of) += 1;
        }
        match common {
            Some((own, _)) if own == lang => {
                first = first.or(passage.range());
                passage = Passage::default();
                continue;
            }
            Some((_, number)) => {
                passage.common += 1;
                passage.which |= 1 << number;
            }
            None => {}
        }
        // What is before the first sure word may belong to either language.
        if passage.common > 0 {
            if passage.words == 0 {
                passage.start = word.start;
            }
            passage.words += 1;
            passage.end = word.end;
        }
    }
    first.or(passage.range())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passage(lang: Lang, text: &str) -> Option<Range<usize>> {
        super::passage(lang, text, &mut Counts::default())
    }

    #[test]
    fn a_long_passage_in_the_other_language_is_found() {
        let text = "He said « la sécurité du public est le critère qui prime dans tous les cas » and left.";
        let found = passage(Lang::En, text).unwrap();
        assert!(text[found].starts_with("la sécurité du public"));
        assert!(
            passage(
                Lang::Fr,
                "Selon lui, the protection of society is the criterion that must come first in all cases."
            )
            .is_some()
        );
    }

    #[test]
    fn names_and_text_in_its_own_language_are_accepted() {
        assert!(
            passage(Lang::En, "The Loi sur les langues officielles applies to the Service correctionnel du Canada.")
                .is_none()
        );
        assert!(
            passage(Lang::En, "The protection of society is the paramount consideration for the service.").is_none()
        );
        assert!(passage(Lang::Fr, "La protection de la société est le critère prépondérant.").is_none());
    }
}
