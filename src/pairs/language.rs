//! Which of the two languages a text is in, by its commonest words: [`Counts`] and [`language`].

use crate::lang::{Lang, PerLang, words};

use super::outline::{Kind, Outline};

/// No common word is longer, in bytes.
const LONGEST: usize = 5;

/// Words of a text that are common in one language and not used in the other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// How many of each language.
    pub common: PerLang<usize>,
}

/// The language that has this word among its common ones, and which of them it is.
pub fn common(word: &[u8]) -> Option<(Lang, usize)> {
    if word.len() > LONGEST {
        return None;
    }
    let number = number(word);
    Lang::BOTH.into_iter().find_map(|lang| Some((lang, NUMBERS.get(lang).binary_search(&number).ok()?)))
}

impl Counts {
    /// Counts the words of a text.
    pub fn add(&mut self, text: &str) {
        for (lang, _) in words(text).filter_map(|word| common(&text.as_bytes()[word])) {
            *self.common.get_mut(lang) += 1;
        }
    }

    /// The language of most of the text, if there is enough of it to tell.
    pub fn language(self) -> Option<Lang> {
        let mostly =
            |lang| *self.common.get(lang) >= ENOUGH && *self.common.get(lang) > 2 * self.common.get(lang.other());
        Lang::BOTH.into_iter().find(|lang| mostly(*lang))
    }
}

/// This many common words are enough to be sure.
const ENOUGH: usize = 4;

/// The language of most of a side, except what is marked as foreign; `None` if it is too short to tell.
pub fn language(outline: &Outline) -> Option<Lang> {
    let mut counts = Counts::default();
    for unit in outline.units_of_words().filter(|unit| unit.mark.kind != Kind::Code) {
        for run in unit.content.runs.iter().filter(|run| run.foreign.is_none()) {
            counts.add(unit.content.text_of(run));
        }
    }
    counts.language()
}

/// Whether both sides have the same words, and enough of them to rule out chance: a page that was copied and not
/// translated.
pub fn are_copies(outlines: &PerLang<Outline>) -> bool {
    const FEW: usize = 6;
    let words = |lang: Lang| {
        let units = outlines.get(lang).units_of_words();
        let runs = units.filter(|unit| unit.mark.kind != Kind::Code).flat_map(|unit| {
            unit.content.runs.iter().filter(|run| run.foreign.is_none()).map(|run| unit.content.text_of(run))
        });
        runs.flat_map(|text| text.split(|c: char| !c.is_alphabetic())).filter(|word| word.chars().count() > 2)
    };
    words(Lang::En).count() >= FEW && words(Lang::En).eq(words(Lang::Fr))
}

/// A short word in small letters as a number, so that whole words are compared at once.
const fn number(word: &[u8]) -> u64 {
    let mut number = 0;
    let mut at = 0;
    while at < LONGEST {
        let byte = if at < word.len() { word[at] } else { 0 };
        // Beyond ASCII, only the accented capitals of French matter: À is C3 80, à is C3 A0.
        let is_capital = 0x80 <= byte && byte < 0xa0 && at > 0 && word[at - 1] == 0xc3;
        let lower = if is_capital { byte + 0x20 } else { byte.to_ascii_lowercase() };
        number = number << 8 | lower as u64;
        at += 1;
    }
    number
}

/// The common words as numbers.
const NUMBERS: PerLang<[u64; 64]> = PerLang { en: numbers(COMMON.en), fr: numbers(COMMON.fr) };

/// The numbers of words that are in order, followed by one that no word has.
const fn numbers(words: &[&str]) -> [u64; 64] {
    let mut numbers = [u64::MAX; 64];
    let mut at = 0;
    while at < words.len() {
        numbers[at] = number(words[at].as_bytes());
        at += 1;
    }
    numbers
}

/// Common words that the other language does not have, in order.
const COMMON: PerLang<&[&str]> = PerLang {
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
    fn every_common_word_is_known_in_either_case_and_no_other() {
        for lang in Lang::BOTH {
            for (at, word) in COMMON.get(lang).iter().enumerate() {
                assert_eq!(common(word.as_bytes()), Some((lang, at)), "{word}");
                assert_eq!(common(word.to_uppercase().as_bytes()), Some((lang, at)), "{word}");
                assert_eq!(common(format!("{word}z").as_bytes()), None, "{word}z");
            }
            assert_eq!(common("longer words".as_bytes()), None);
        }
    }

    #[test]
    fn a_text_is_in_the_language_most_of_whose_common_words_it_has() {
        let of = |text: &str| {
            let mut counts = Counts::default();
            counts.add(text);
            counts.language()
        };
        assert_eq!(of("The service is open to those who have the right of access."), Some(Lang::En));
        assert_eq!(of("Le service est ouvert à ceux qui ont le droit d’accès."), Some(Lang::Fr));
        assert_eq!(of("Contact"), None);
    }
}
