//! Words that differ by their ending only, [`kinship`], or by a beginning that says the opposite, [`are_opposites`]. The one
//! is never a correction of the other.

use crate::lang::Lang;

/// How two words that are written nearly alike belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kinship {
    /// One may be the other, misspelt.
    None,
    /// They are forms of one word.
    OtherForm,
    /// They end like forms of one word, but share too few letters to tell.
    TooShort,
}

/// Letters that two forms of a word share at least.
const SHARED: usize = 4;

/// Folded endings of inflection.
const ENGLISH: [&str; 9] = ["", "ed", "er", "ers", "es", "ies", "ing", "s", "y"];
const FRENCH: [&str; 23] = [
    "", "aient", "ait", "ale", "ales", "ant", "ante", "antes", "ants", "aux", "e", "ee", "ees", "ent", "er", "ere",
    "eres", "ers", "es", "ez", "s", "ux", "x",
];

/// Folded beginnings that turn a word into its opposite.
const AGAINST_ENGLISH: [&str; 10] = ["anti", "counter", "de", "dis", "il", "im", "in", "ir", "non", "un"];
const AGAINST_FRENCH: [&str; 10] = ["anti", "contre", "de", "des", "il", "im", "in", "ir", "mal", "non"];

/// Whether one folded word is the other with such a beginning.
pub(super) fn are_opposites(lang: Lang, a: &str, b: &str) -> bool {
    let beginnings = match lang {
        Lang::En => &AGAINST_ENGLISH,
        Lang::Fr => &AGAINST_FRENCH,
    };
    let denies = |one: &str, other: &str| beginnings.iter().any(|beginning| one.strip_prefix(beginning) == Some(other));
    denies(a, b) || denies(b, a)
}

/// How two folded words belong together by their endings.
pub(super) fn kinship(lang: Lang, a: &str, b: &str) -> Kinship {
    let shared = a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count();
    let ending = |word: &str| word.char_indices().nth(shared).map_or(word.len(), |(at, _)| at);
    let endings: &[&str] = match lang {
        Lang::En => &ENGLISH,
        Lang::Fr => &FRENCH,
    };
    let is_ending = |word: &str| endings.contains(&&word[ending(word)..]);
    match is_ending(a) && is_ending(b) {
        false => Kinship::None,
        true if shared >= SHARED => Kinship::OtherForm,
        true => Kinship::TooShort,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_opposite_is_no_error() {
        assert!(are_opposites(Lang::En, "classified", "unclassified"));
        assert!(are_opposites(Lang::Fr, "inadmissible", "admissible"));
        assert!(!are_opposites(Lang::En, "clasified", "classified"));
    }

    #[test]
    fn another_ending_is_no_error() {
        assert_eq!(kinship(Lang::Fr, "etrangers", "etranger"), Kinship::OtherForm);
        assert_eq!(kinship(Lang::Fr, "unis", "unies"), Kinship::TooShort);
        assert_eq!(kinship(Lang::En, "agremnt", "agreement"), Kinship::None);
        assert_eq!(kinship(Lang::En, "agreemen", "agreement"), Kinship::None);
        assert_eq!(kinship(Lang::En, "treaties", "treaty"), Kinship::OtherForm);
    }
}
