//! What else the words of a question may be called: [`Index::add_synonyms`] and [`Index::translate_unknown`].

use std::ops::Range;

use super::super::analysis::fold;
use super::super::answer::Origin;
use super::super::pack::FileId;
use super::super::thesaurus::Thesaurus;
use super::endings::{Kinship, kinship};
use super::lookup::{Sought, Variant};
use super::spelling::is_slip;
use super::{Index, Pause};

/// What a synonym, and a translation, counts beside the word itself.
const SYNONYM: f32 = 0.75;
const TRANSLATION: f32 = 0.7;
const MISSPELT: f32 = 0.6;
/// Words of the longest phrase that may have a synonym.
const LONGEST: usize = 5;
/// A word of so few documents may be there as the other language's: in a keyword, in a title that is cited.
const RARE: u32 = 4;

impl Index {
    /// Gives words and phrases of a question those that the site says mean the same.
    pub(super) fn add_synonyms(&self, sought: &mut [Sought]) -> Result<(), Pause> {
        let payload = self.arrivals.get(FileId::Synonyms).ok_or(Pause::Missing)?;
        let thesaurus = Thesaurus::read(&payload)?;
        // A compound is looked for by its pieces.
        let places: Vec<usize> = (0..sought.len()).filter(|&at| sought[at].asked.pieces == 0).collect();
        let mut found = Vec::new();
        for first in 0..places.len() {
            for last in first..places.len().min(first + LONGEST) {
                let words = || places[first..=last].iter().map(|&at| &sought[at]);
                let key = words().map(|word| &*word.asked.stem).collect::<Vec<_>>().join(" ");
                let mut alternatives = thesaurus.find(&key);
                // Stemmers do not bring all forms of a word together.
                if alternatives.is_empty() && first == last && words().any(Sought::is_unknown) {
                    let is_form = |other: &str| kinship(self.boot.lang, &key, other) == Kinship::OtherForm;
                    alternatives = thesaurus.find_like(is_form);
                }
                for alternative in alternatives {
                    found.push((first..last + 1, self.phrase(alternative, SYNONYM, Origin::Synonym)));
                }
            }
        }
        give(sought, &places, found)
    }

    /// Gives words that match nothing, however they may be misspelt, the meaning of the word that was misspelt: the site may
    /// know *jail* only as another word for *prison*.
    pub(super) fn add_synonyms_of_misspelt(&self, sought: &mut [Sought]) -> Result<(), Pause> {
        let payload = self.arrivals.get(FileId::Synonyms).ok_or(Pause::Missing)?;
        let thesaurus = Thesaurus::read(&payload)?;
        let places: Vec<usize> = (0..sought.len()).collect();
        let mut found = Vec::new();
        for &at in places.iter().filter(|&&at| sought[at].is_unknown() && sought[at].asked.counts()) {
            for alternative in thesaurus.find_like(|other| is_slip(&sought[at].asked.stem, other)) {
                found.push((at..at + 1, self.phrase(alternative, MISSPELT, Origin::Synonym)));
            }
        }
        give(sought, &places, found)
    }

    /// Gives words that match nothing what the other language's word is called here. In such a question, a word that hardly
    /// any page has may be of the other language too, and its small words say nothing.
    pub(super) fn translate_unknown(&self, sought: &mut [Sought]) -> Result<(), Pause> {
        if sought.iter().all(|word| !word.is_unknown()) {
            return Ok(());
        }
        let payload = self.arrivals.get(FileId::Pairs).ok_or(Pause::Missing)?;
        let thesaurus = Thesaurus::read(&payload)?;
        let is_foreign = |word: &Sought| {
            let documents = || word.variants.iter().map(Variant::documents).sum::<u32>();
            word.is_unknown() || word.asked.counts() && documents() <= RARE
        };
        let says = |at: &usize| !self.foreign.is_stop(&sought[*at].asked.folded);
        let places: Vec<usize> = (0..sought.len()).filter(says).collect();
        let mut found = Vec::new();
        for first in 0..places.len() {
            let foreign = places[first..].iter().take_while(|&&at| is_foreign(&sought[at])).take(LONGEST).count();
            for length in 1..=foreign {
                let stems = places[first..first + length].iter().map(|&at| self.foreign.stem(&sought[at].asked.folded));
                for alternative in thesaurus.find(&stems.collect::<Vec<_>>().join(" ")) {
                    let variant = self.phrase(alternative, TRANSLATION, Origin::Translation);
                    found.push((first..first + length, variant));
                }
            }
        }
        if found.iter().any(|(span, _)| places[span.clone()].iter().any(|&at| sought[at].is_unknown())) {
            for word in sought.iter_mut().filter(|word| self.foreign.is_stop(&word.asked.folded)) {
                word.asked.optional = true;
            }
        }
        give(sought, &places, found)
    }

    /// A phrase of the index: its words, standing in one title, section or list of keywords. Nothing if it lacks one.
    fn phrase(&self, phrase: &str, weight: f32, origin: Origin) -> Result<Option<Variant>, Pause> {
        let found: Vec<_> = phrase
            .split(' ')
            .map(|form| {
                let folded = fold(form);
                self.variant(&self.analyser.stem(&folded), form, &folded)
            })
            .collect();
        let words: Option<Vec<Variant>> = found.into_iter().collect::<Result<_, _>>()?;
        let Some(mut words) = words.filter(|words| !words.is_empty()) else { return Ok(None) };
        let first = words.remove(0);
        let form = phrase.to_owned();
        Ok(Some(Variant { form, weight, origin, with: words, ..first }))
    }
}

/// A phrase, if the index has it.
type Looked = Result<Option<Variant>, Pause>;

/// Gives the words of each span, of these places, what was found for them.
fn give(sought: &mut [Sought], places: &[usize], found: Vec<(Range<usize>, Looked)>) -> Result<(), Pause> {
    let mut complete = true;
    for (span, variant) in found {
        match variant {
            Ok(Some(variant)) => {
                for &at in &places[span] {
                    sought[at].variants.push(variant.clone());
                }
            }
            Ok(None) => {}
            Err(Pause::Missing) => complete = false,
            Err(damage) => return Err(damage),
        }
    }
    if complete { Ok(()) } else { Err(Pause::Missing) }
}
