//! Passages in the other language that are not marked as such: [`check`].
//!
//! A screen reader reads an unmarked passage with the wrong voice. Only passages long enough to be sure are told: a run
//! of words in which several of the other language's commonest words stand and none of the page's own.

use std::collections::BTreeSet;
use std::ops::Range;

use super::writing::place;
use crate::diagnostic::{Diagnostics, Place, catalog};
use crate::lang::Lang;
use crate::pairs::Full;
use crate::pairs::outline::Kind;
use crate::schema::Policies;

/// A shorter passage may be a name.
const SHORTEST: usize = 8;
/// Longer words, in bytes, are none of the common ones.
const LONGEST: usize = 5;
/// So many different common words make sure.
const DIFFERENT: usize = 4;

/// Tells every long passage that is written in the other language and not marked.
pub(super) fn check(full: &Full<'_>, policies: Policies) -> Diagnostics {
    let mut diagnostics = Diagnostics::default();
    let Some(severity) = policies.unmarked_language else { return diagnostics };
    for (lang, words) in full.words.iter() {
        let Some(words) = words else { continue };
        let units = full.outlines.get(lang).sections.iter().flat_map(|section| &section.units);
        for unit in units.filter(|unit| unit.mark.kind != Kind::Code) {
            for run in unit.content.runs.iter().filter(|run| run.foreign.is_none()) {
                if let Some(passage) = foreign(lang, &run.text) {
                    let at = Place::new(&words.path, place(run, &passage));
                    diagnostics.push(catalog::unmarked_language(at, lang.other(), severity));
                }
            }
        }
    }
    diagnostics
}

/// The first passage of a text that is surely written in the other language.
fn foreign(lang: Lang, text: &str) -> Option<Range<usize>> {
    let mut run: Vec<Range<usize>> = Vec::new();
    let mut common = BTreeSet::new();
    let mut count = 0;
    let sure = |run: &[Range<usize>], common: &BTreeSet<String>, count: usize| {
        run.len() >= SHORTEST && common.len() >= DIFFERENT && count * 4 >= run.len()
    };
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        if c.is_alphabetic() {
            start.get_or_insert(at);
            continue;
        }
        let Some(from) = start.take() else { continue };
        let word = &text[from..at];
        // No common word is long.
        let word = if word.len() > LONGEST { String::new() } else { word.to_lowercase() };
        if COMMON.get(lang).binary_search(&word.as_str()).is_ok() {
            if sure(&run, &common, count) {
                break;
            }
            run.clear();
            common.clear();
            count = 0;
            continue;
        }
        if COMMON.get(lang.other()).binary_search(&word.as_str()).is_ok() {
            common.insert(word);
            count += 1;
        }
        // What stands before the first sure word may belong to either language.
        if count > 0 {
            run.push(from..at);
        }
    }
    sure(&run, &common, count).then(|| Some(run.first()?.start..run.last()?.end))?
}

/// Common words that the other language does not have, in order.
const COMMON: crate::lang::PerLang<&[&str]> = crate::lang::PerLang {
    en: &[
        "and", "are", "been", "by", "from", "has", "have", "his", "in", "is", "it", "its", "may", "must", "not", "of",
        "shall", "that", "the", "their", "these", "they", "this", "to", "was", "were", "which", "who", "will", "with",
        "would", "you",
    ],
    fr: &[
        "au", "aux", "avec", "ce", "ces", "cette", "dans", "de", "des", "du", "elle", "est", "et", "il", "ils", "la",
        "le", "les", "leur", "leurs", "mais", "ne", "nous", "ont", "ou", "par", "pas", "pour", "qu", "que", "qui",
        "sa", "sans", "ses", "sont", "sous", "sur", "un", "une", "vous", "à", "été",
    ],
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_passage_in_the_other_language_is_found() {
        let text = "He said « la sécurité du public est le critère qui prime dans tous les cas » and left.";
        let found = foreign(Lang::En, text).unwrap();
        assert!(text[found].starts_with("la sécurité du public"));
        assert!(
            foreign(
                Lang::Fr,
                "Selon lui, the protection of society is the criterion that must come first in all cases."
            )
            .is_some()
        );
    }

    #[test]
    fn names_and_text_in_its_own_language_are_let_pass() {
        assert!(
            foreign(Lang::En, "The Loi sur les langues officielles applies to the Service correctionnel du Canada.")
                .is_none()
        );
        assert!(
            foreign(Lang::En, "The protection of society is the paramount consideration for the service.").is_none()
        );
        assert!(foreign(Lang::Fr, "La protection de la société est le critère prépondérant.").is_none());
        assert!(COMMON.en.iter().chain(COMMON.fr).all(|word| word.len() <= LONGEST));
        assert!(COMMON.en.is_sorted() && COMMON.fr.is_sorted());
    }
}
