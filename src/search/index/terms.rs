//! Learns from a site's own pairs what each language calls the same: [`learn`].
//!
//! Titles, summaries, headings and keywords are beside their translations. Which word of the one belongs to which word
//! of the other is found by expectation maximisation (IBM's first model of word alignment), in both directions; a pair is
//! kept where each is the likely translation of the other. Sums are made in the order of the texts, so that equal sites
//! learn equal pairs on every machine.

use std::collections::{BTreeMap, HashMap};
use std::hash::BuildHasherDefault;

use super::super::analysis::{Analyser, Role, fold, normalized, words};
use super::super::hash::Hash;
use crate::lang::{Lang, PerLang};

/// A word of each language that mean the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TermPair {
    stems: PerLang<String>,
    forms: PerLang<String>,
}

impl TermPair {
    pub(super) fn stem(&self, lang: Lang) -> &str {
        self.stems.get(lang)
    }

    pub(super) fn form(&self, lang: Lang) -> &str {
        self.forms.get(lang)
    }
}

/// Texts beyond these teach little that is new.
const MOST_TEXTS: usize = 20_000;
/// Words of a text that is short enough for its words to be told apart.
const MOST_WORDS: usize = 14;
/// Rounds after which the likelihoods hardly change.
const ROUNDS: usize = 5;
/// How likely two words must be each other's translation.
const LIKELY: f32 = 0.2;
/// The most pairs: some tens of kilobytes, for readers who ask in the other language.
const MOST_PAIRS: usize = 3_000;
/// The most translations of one word.
const MOST_FOR_ONE: usize = 3;

type Table<K, V> = HashMap<K, V, BuildHasherDefault<Hash>>;

/// Words by number, with the forms in which they were met.
struct Vocabulary {
    analyser: Analyser,
    numbers: Table<String, usize>,
    stems: Vec<String>,
    forms: Vec<BTreeMap<String, usize>>,
}

impl Vocabulary {
    fn new(lang: Lang) -> Self {
        Self { analyser: Analyser::new(lang), numbers: Table::default(), stems: Vec::new(), forms: Vec::new() }
    }

    /// The words of a text that say something, each once.
    fn read(&mut self, text: &str) -> Vec<usize> {
        let mut found = Vec::new();
        words(&normalized(text), |word| {
            let folded = fold(word.form);
            let says = word.role != Role::Joined
                && folded.len() > 2
                && folded.chars().all(char::is_alphabetic)
                && !self.analyser.is_stop(&folded);
            if !says {
                return;
            }
            let stem = self.analyser.stem(&folded);
            let number = *self.numbers.entry(stem).or_insert_with_key(|stem| {
                self.stems.push(stem.clone());
                self.forms.push(BTreeMap::new());
                self.stems.len() - 1
            });
            *self.forms[number].entry(word.form.to_owned()).or_default() += 1;
            if !found.contains(&number) {
                found.push(number);
            }
        });
        found
    }

    /// The form in which a word is met most.
    fn form(&self, number: usize) -> &str {
        let forms = self.forms[number].iter();
        forms.max_by_key(|(form, count)| (**count, std::cmp::Reverse(*form))).map_or("", |(form, _)| form)
    }
}

/// Two words that are in texts beside each other.
struct Candidate {
    en: usize,
    fr: usize,
    texts: usize,
    /// How likely the French word is where the English one is, and the reverse.
    forth: f32,
    back: f32,
}

/// Learns from texts beside their translations.
pub fn learn<'a>(aligned: impl IntoIterator<Item = PerLang<&'a str>>) -> Vec<TermPair> {
    let mut own = PerLang { en: Vocabulary::new(Lang::En), fr: Vocabulary::new(Lang::Fr) };
    let mut numbers: Table<(usize, usize), usize> = Table::default();
    let mut candidates: Vec<Candidate> = Vec::new();
    // Each text: its candidates, row by row of English words, and how many French words a row has.
    let mut texts: Vec<(Vec<usize>, usize)> = Vec::new();
    for text in aligned.into_iter().take(MOST_TEXTS) {
        let (en, fr) = (own.en.read(text.en), own.fr.read(text.fr));
        if en.is_empty() || fr.is_empty() || en.len() > MOST_WORDS || fr.len() > MOST_WORDS {
            continue;
        }
        let mut cells = Vec::with_capacity(en.len() * fr.len());
        for &en in &en {
            for &fr in &fr {
                let number = *numbers.entry((en, fr)).or_insert_with(|| {
                    candidates.push(Candidate { en, fr, texts: 0, forth: 1.0, back: 1.0 });
                    candidates.len() - 1
                });
                candidates[number].texts += 1;
                cells.push(number);
            }
        }
        texts.push((cells, fr.len()));
    }
    for _ in 0..ROUNDS {
        likelier(&mut candidates, &texts, own.en.stems.len(), own.fr.stems.len());
    }
    chosen(candidates, &own)
}

/// One round: shares each text out among its candidates by how likely they are, and takes the shares as new likelihoods.
fn likelier(candidates: &mut [Candidate], texts: &[(Vec<usize>, usize)], en: usize, fr: usize) {
    let mut shares = vec![(0.0_f32, 0.0_f32); candidates.len()];
    for (cells, width) in texts {
        for column in 0..*width {
            let cells = || cells.iter().skip(column).step_by(*width);
            let all: f32 = cells().map(|&cell| candidates[cell].forth).sum();
            cells().for_each(|&cell| shares[cell].0 += candidates[cell].forth / all);
        }
        for row in cells.chunks(*width) {
            let all: f32 = row.iter().map(|&cell| candidates[cell].back).sum();
            for &cell in row {
                shares[cell].1 += candidates[cell].back / all;
            }
        }
    }
    let (mut of_en, mut of_fr) = (vec![0.0_f32; en], vec![0.0_f32; fr]);
    for (candidate, (forth, back)) in candidates.iter().zip(&shares) {
        of_en[candidate.en] += forth;
        of_fr[candidate.fr] += back;
    }
    for (candidate, (forth, back)) in candidates.iter_mut().zip(shares) {
        candidate.forth = (forth / of_en[candidate.en]).max(f32::MIN_POSITIVE);
        candidate.back = (back / of_fr[candidate.fr]).max(f32::MIN_POSITIVE);
    }
}

/// The likely pairs, those of the most texts first, and no more than are worth their bytes.
fn chosen(mut candidates: Vec<Candidate>, own: &PerLang<Vocabulary>) -> Vec<TermPair> {
    candidates.retain(|of| of.forth * of.back >= LIKELY && own.en.stems[of.en] != own.fr.stems[of.fr]);
    candidates.sort_by(|a, b| {
        let likely = |of: &Candidate| of.forth * of.back;
        b.texts.cmp(&a.texts).then(likely(b).total_cmp(&likely(a))).then((a.en, a.fr).cmp(&(b.en, b.fr)))
    });
    let (mut taken_en, mut taken_fr) = (vec![0; own.en.stems.len()], vec![0; own.fr.stems.len()]);
    candidates.retain(|of| {
        taken_en[of.en] += 1;
        taken_fr[of.fr] += 1;
        taken_en[of.en] <= MOST_FOR_ONE && taken_fr[of.fr] <= MOST_FOR_ONE
    });
    candidates.truncate(MOST_PAIRS);
    let pair = |of: Candidate| TermPair {
        stems: PerLang { en: own.en.stems[of.en].clone(), fr: own.fr.stems[of.fr].clone() },
        forms: PerLang { en: own.en.form(of.en).to_owned(), fr: own.fr.form(of.fr).to_owned() },
    };
    candidates.into_iter().map(pair).collect()
}

/// What a text of one language is made of, in the words of the other.
pub struct Translator<'a> {
    analyser: Analyser,
    by_stem: BTreeMap<&'a str, &'a str>,
}

impl<'a> Translator<'a> {
    /// Translates into a language.
    pub fn into(lang: Lang, pairs: &'a [TermPair]) -> Self {
        let mut by_stem = BTreeMap::new();
        for pair in pairs {
            by_stem.entry(pair.stem(lang.other())).or_insert(pair.form(lang));
        }
        Self { analyser: Analyser::new(lang.other()), by_stem }
    }

    /// The words that are known of a text, in its order.
    pub fn translate(&self, text: &str) -> String {
        let mut translated: Vec<&str> = Vec::new();
        words(&normalized(text), |word| {
            translated.extend(self.by_stem.get(&*self.analyser.stem(&fold(word.form))));
        });
        translated.join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(texts: &[(&str, &str)]) -> Vec<(String, String)> {
        let learned = learn(texts.iter().map(|&(en, fr)| PerLang { en, fr }));
        learned.into_iter().map(|pair| (pair.forms.en, pair.forms.fr)).collect()
    }

    #[test]
    fn words_that_are_beside_each_other_again_and_again_mean_the_same() {
        let learned = pairs(&[
            ("Button", "Bouton"),
            ("Release of prisoners", "Libération de détenus"),
            ("Rights of prisoners", "Droits des détenus"),
            ("Release of files", "Libération de dossiers"),
        ]);
        for (en, fr) in [("button", "bouton"), ("prisoners", "détenus"), ("release", "libération")] {
            assert!(learned.contains(&(en.to_owned(), fr.to_owned())), "{en}: {learned:?}");
        }
    }

    #[test]
    fn one_text_of_many_words_teaches_nothing() {
        assert_eq!(pairs(&[("one long unheard sentence", "encore quelques mots inconnus")]), []);
    }

    #[test]
    fn a_text_is_translated_as_far_as_its_words_are_known() {
        let learned = learn([PerLang { en: "Button", fr: "Bouton" }]);
        assert_eq!(Translator::into(Lang::Fr, &learned).translate("The red buttons"), "bouton");
    }
}
